"""Signing in: what the browser keeps, how often one may try, and that signing out ends it."""

from dataclasses import replace

import pytest

from activity.user import Role
from web.door import own_path
from web.limits import Limit


def test_what_the_browser_keeps_is_read_by_no_script_and_opens_nothing_after_signing_out(city):
    visitor = city.visit()
    answer = visitor.sign_in("jury", back="/meja/2026-S1/tanda")
    assert (answer.status_code, answer.headers["location"]) == (303, "/meja/2026-S1/tanda")
    (kept,) = (each for each in answer.headers.get_list("set-cookie") if "denyut_session" in each)
    for said in ("HttpOnly", "SameSite=lax", "Max-Age=43200"):
        assert said in kept
    assert "Secure" not in kept
    stolen = dict(visitor.cookies)
    assert "Orang jury (jury)" in visitor.get("/meja").text
    assert visitor.send("/keluar", "/meja").status_code == 303
    visitor.cookies = stolen
    assert visitor.get("/meja").status_code == 303


def test_behind_tls_cookies_come_over_tls_only(opened, serve):
    secured = serve(replace(opened, origin="https://denyut.kota.go.id"))
    answer = secured.visit().get("/masuk")
    assert "Secure" in answer.headers["set-cookie"]


def test_a_wrong_password_says_neither_what_was_wrong_nor_the_password(city):
    answers = [city.visit().sign_in(name, "kata yang keliru") for name in ("jury", "nobody")]
    assert [each.status_code for each in answers] == [401, 401]
    for each in answers:
        assert "tidak cocok" in each.text
        assert "kata yang keliru" not in each.text


@pytest.mark.parametrize("limits", [{"sign_ins": 3}, {"failures": 3}])
def test_attempts_are_limited_by_client_and_by_name(opened, serve, limits):
    limited = serve(replace(opened, **{name: Limit(most, 900) for name, most in limits.items()}))
    visitor = limited.visit()
    tried = [visitor.sign_in("jury", "kata yang keliru").status_code for _ in range(4)]
    assert tried == [401, 401, 401, 429]
    last = visitor.sign_in("jury")
    assert (last.status_code, last.headers["retry-after"]) == (429, "900")
    assert "Terlalu banyak" in last.text


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""]
)
def test_signing_in_leads_to_our_own_pages_only(city, evil):
    assert own_path(evil, "/meja") == "/meja"
    assert city.visit().sign_in("officer", back=evil).headers["location"] == "/meja"


def test_who_only_looks_is_given_nothing_to_keep(city):
    answer = city.visit().get("/2026-S1/")
    assert "set-cookie" not in answer.headers


def test_what_is_too_long_is_refused(city):
    visitor = city.visit(Role.JURY)
    answer = visitor.send("/meja/2026-S1/keputusan", reason="x" * 30_000)
    assert answer.status_code == 413
