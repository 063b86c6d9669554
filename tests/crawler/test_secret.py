import logging

import pytest

from crawler.secret import SecretFilter, scrub


@pytest.mark.parametrize(
    "line",
    [
        "GET https://graph.facebook.com/v26.0/1?fields=id&access_token=EAAB0secret&limit=5",
        "https://x/?appsecret_proof=EAAB0secret",
        "https://x/debug_token?input_token=EAAB0secret",
        "https://x/?access_token=990000000000001%7CEAAB0secret",
        "Authorization: Bearer 990000000000001|EAAB0secret",
        "https%3A%2F%2Fx%3Faccess_token%3DEAAB0secret",
        "Authorization: Bearer EAAB0secret",
        "{b'Authorization': [b'Bearer EAAB0secret']}",
        '{"access_token": "EAAB0secret", "token_type": "bearer"}',
        "authorization: bearer EAAB0secret",
        "X-Goog-Api-Key: EAAB0secret",
        "{b'X-Goog-Api-Key': [b'EAAB0secret']}",
        '{"x-api-key": "EAAB0secret"}',
    ],
)
def test_no_spelling_of_a_token_stays(line):
    assert "EAAB0secret" not in scrub(line)
    assert scrub(scrub(line)) == scrub(line)


def test_ordinary_lines_stay():
    assert scrub("Layanan 24 jam: tanda pengenal dan token listrik") == (
        "Layanan 24 jam: tanda pengenal dan token listrik"
    )


def test_a_log_record_loses_them_in_arguments_and_traceback():
    error = ValueError("access_token=EAAB0secret")
    record = logging.LogRecord("x", 30, "f", 1, "asked %s", ("?access_token=EAAB0secret",), None)
    record.exc_info = (ValueError, error, None)
    assert SecretFilter().filter(record)
    assert "EAAB0secret" not in logging.Formatter().format(record)
    assert "asked ?access_token=***" in logging.Formatter().format(record)
