from dataclasses import replace
from datetime import UTC, datetime

import pytest

from activity.outcome import Failure, Outcome
from activity.visit import Fetch, Page, Purpose
from crawler.extract.page.document import parse_document
from crawler.extract.spam import find_spam, is_spam_title
from crawler.health import judge_page

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://contoh.go.id/"


def page(body="", status=200, failure=None, headers=None):
    headers = {"content-type": "text/html", **(headers or {})}
    return Page(
        Fetch(URL, Purpose.HOME), URL, status, NOW, headers=headers, body=body.encode(), failure=failure
    )


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Failure.DNS, Outcome.UNREACHABLE),
        (Failure.REFUSED, Outcome.UNREACHABLE),
        (Failure.CERTIFICATE_EXPIRED, Outcome.UNREACHABLE),
        (Failure.ROBOTS, Outcome.REFUSED),
        (Failure.PRIVATE_ADDRESS, Outcome.MISCONFIGURED),
        (Failure.BUDGET, Outcome.LIMITED),
    ],
)
def test_failures(failure, outcome):
    verdict = judge_page(page(status=None, failure=failure))
    assert verdict is not None
    assert verdict.outcome is outcome
    assert failure.value in verdict.detail


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (403, Outcome.BLOCKED),
        (429, Outcome.THROTTLED),
        (500, Outcome.UNREACHABLE),
    ],
)
def test_statuses(status, outcome):
    verdict = judge_page(page("<p>galat</p>", status))
    assert verdict is not None
    assert verdict.outcome is outcome


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<title>Info</title><h1>Situs sedang dalam perbaikan</h1>", Outcome.MAINTENANCE),
        ("<h1>Website Under Maintenance</h1><p>Mohon maaf</p>", Outcome.MAINTENANCE),
        ("<h1>Error establishing a database connection</h1>", Outcome.MAINTENANCE),
        ("<h1>Mohon maaf, layanan sedang mengalami gangguan</h1>", Outcome.MAINTENANCE),
        ("<title>Account Suspended</title><p>Contact your hosting provider</p>", Outcome.SUSPENDED),
        ("<p>This domain is parked free</p>", Outcome.PARKED),
        ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", Outcome.PARKED),
        ("<title>Just a moment...</title><p>Checking your browser</p>", Outcome.BLOCKED),
        ("<script src='/aes.js'></script><noscript>x</noscript>", Outcome.BLOCKED),
        ("<title>Website ini belum aktif</title>", Outcome.PARKED),
        ("<title>Index of /</title><h1>Index of /</h1><a href=cgi-bin/>cgi-bin</a>", Outcome.PARKED),
        ("<title>One moment, please...</title>", Outcome.BLOCKED),
        ("   ", Outcome.EMPTY),
    ],
)
def test_pages_that_lie_with_200(body, outcome):
    verdict = judge_page(page(body))
    assert verdict is not None
    assert verdict.outcome is outcome
    assert URL in verdict.detail


def test_an_article_about_maintenance_is_healthy():
    links = "".join(f"<a href='/berita/{n}'>Berita {n}</a>" for n in range(20))
    assert judge_page(page(f"<h1>Jalan sedang dalam perbaikan</h1>{links}")) is None
    assert (
        judge_page(page(f"<h1>Kantor</h1><p>Jalan sedang dalam perbaikan</p><p>{'kata ' * 600}</p>")) is None
    )


def test_a_post_about_repairs_is_healthy_however_few_its_links():
    told = f"<h1>Perbaikan Jembatan</h1><p>Jembatan sedang dalam perbaikan.</p><p>{'kata ' * 90}</p>"
    article = page(told)
    assert judge_page(replace(article, fetch=replace(article.fetch, purpose=Purpose.ARTICLE))) is None
    assert judge_page(page("<h2>Kabar</h2><p>Dalam rangka Perbaikan Jembatan, warga berkumpul.</p>")) is None


def spam(body):
    return find_spam(parse_document(page(body)))


def test_gambling_links_are_found_even_if_hidden():
    found = spam(
        "<h1>Dinas</h1><div style='display:none'><a href='https://x.xyz/'>slot gacor maxwin</a></div>"
    )
    assert found is not None
    assert "x.xyz" in found
    assert "1 of them hidden" in found
    assert spam("<title>Situs Slot88 Terpercaya</title>")
    assert spam("<a href='/a'>Slot Gacor</a><a href='/b'>RTP Live</a>")
    assert spam("<a href='https://x.xyz'>bonus deposit casino</a>")


@pytest.mark.parametrize(
    "body",
    [
        "<a href='/a'>Waspada bahaya judi slot online</a><a href='/b'>Polres tangkap bandar togel online</a>",
        "<a href='/bandara'>Bandara dan bandar baru</a><a href='/d'>Deposito daerah</a>"
        "<a href='/slot'>Slot antrean</a>",
        "<a href='https://bank.go.id'>Daftar deposit</a>",
    ],
)
def test_ordinary_words_convict_nobody(body):
    assert spam(body) is None


def test_titles():
    assert is_spam_title("Bandar Togel Terbesar")
    assert is_spam_title("", "https://contoh.go.id/wp/slot-gacor-hari-ini/")
    assert not is_spam_title("Sosialisasi bahaya judi online dan slot gacor")
    assert not is_spam_title("Jadwal slot vaksinasi", "https://contoh.go.id/slot/1")


def test_what_is_no_page_cannot_be_read():
    verdict = judge_page(page("%PDF-1.4 ...", headers={"content-type": "application/pdf"}))
    assert verdict is not None
    assert verdict.outcome is Outcome.UNPARSABLE
    assert judge_page(page('{"data": []}', headers={"content-type": "application/json"})) is None
    assert judge_page(page("<h1>Kantor</h1>", headers={"content-type": "application/octet-stream"})) is None
