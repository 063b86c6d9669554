"""Every address for every role: allowed or refused; a form without its token is refused whoever sends it."""

import pytest

from activity.user import Role
from web.app import ROUTES

_FILLED = {
    "{semester}": "2026-S1",
    "{slug}": "dinkes",
    "{number:int}": "1",
    "{flag}": "0" * 16,
    "{token}": "0" * 43,
    "{channel}": "website",
    "{path:path}": "kantor/dinkes.html",
    "{view}": "posts",
}
_ROLES = (None, Role.VIEWER, Role.OFFICER, Role.JURY)
_ALL, _DESK = (200, 200, 200, 200), (303, 403, 200, 200)
# What each gets: nobody in particular on this machine, a viewer, an officer, the jury.
# A form that is allowed comes back with what is wrong in it.
EXPECTED = {
    ("GET", "/"): (303, 303, 303, 303),
    ("GET", "/masuk"): _ALL,
    ("POST", "/masuk"): (401, 401, 401, 401),
    ("POST", "/keluar"): (303, 303, 303, 303),
    ("GET", "/terlewat"): _ALL,
    ("POST", "/terlewat"): (400, 400, 400, 400),
    ("GET", "/lencana/{slug}.svg"): _ALL,
    ("GET", "/api"): _ALL,
    ("GET", "/api/v1/openapi.json"): _ALL,
    ("GET", "/api/v1/semesters"): _ALL,
    ("GET", "/api/v1/semesters/{semester}/ranking"): _ALL,
    ("GET", "/api/v1/{view}"): _ALL,
    ("GET", "/api/{path:path}"): (404, 404, 404, 404),
    ("GET", "/bukti/{slug}/{channel}"): (404, 404, 404, 404),
    ("GET", "/meja"): _DESK,
    ("GET", "/meja/terlewat"): _DESK,
    ("POST", "/meja/terlewat/{number:int}"): (403, 403, 400, 403),
    ("GET", "/meja/pengelola"): _DESK,
    ("GET", "/meja/berkas"): _DESK,
    ("POST", "/meja/berkas"): (403, 403, 400, 403),
    ("GET", "/meja/berkas/{number:int}"): (303, 403, 404, 404),
    ("POST", "/meja/berkas/{number:int}"): (403, 403, 404, 403),
    ("GET", "/kirim/{token}"): (404, 404, 404, 404),
    ("POST", "/kirim/{token}"): (404, 404, 404, 404),
    ("GET", "/meja/{semester}"): _DESK,
    ("GET", "/meja/{semester}/tanda"): _DESK,
    ("GET", "/meja/{semester}/tanda/{flag}"): (303, 403, 404, 404),
    ("GET", "/meja/{semester}/kantor"): (303, 403, 404, 404),
    ("GET", "/meja/{semester}/kantor/{slug}"): _DESK,
    ("GET", "/meja/{semester}/keputusan"): _DESK,
    ("POST", "/meja/{semester}/keputusan"): (403, 403, 403, 400),
    ("GET", "/meja/{semester}/sanggahan"): _DESK,
    ("POST", "/meja/{semester}/sanggahan"): (403, 403, 400, 400),
    ("POST", "/meja/{semester}/sanggahan/{number:int}"): (403, 403, 403, 404),
    ("GET", "/{semester}"): (303, 303, 303, 303),
    ("GET", "/{semester}/{path:path}"): _ALL,
}


def fill_in(path):
    for place, value in _FILLED.items():
        path = path.replace(place, value)
    return path


def test_every_address_is_named_here():
    assert set(EXPECTED) == {(method, path) for method, path, _, _ in ROUTES}


@pytest.mark.parametrize("role", _ROLES)
def test_each_role_gets_what_it_may_and_nothing_else(city, role):
    visitor = city.visit(role)
    csrf = visitor.csrf()
    got = {}
    for method, path in sorted(EXPECTED, key=lambda each: each[1] == "/keluar"):
        where = fill_in(path)
        answer = visitor.get(where) if method == "GET" else visitor.post(where, {"csrf": csrf})
        got[method, path] = answer.status_code
    column = _ROLES.index(role)
    assert got == {each: statuses[column] for each, statuses in EXPECTED.items()}


@pytest.mark.parametrize("role", _ROLES)
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_without_its_token_is_refused(city, role, token):
    visitor = city.visit(role)
    visitor.csrf()
    for method, path in EXPECTED:
        if method == "POST":
            form = {} if token is None else {"csrf": token}
            answer = visitor.post(fill_in(path), form)
            assert answer.status_code == 403, path
            assert "Tidak diizinkan" in answer.text


def test_a_token_of_another_browser_or_from_another_site_is_refused(city):
    jury, other = city.visit(Role.JURY), city.visit(Role.JURY)
    form = {"csrf": jury.csrf()}
    assert other.post("/keluar", form).status_code == 403
    assert jury.post("/keluar", form, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert jury.post("/keluar", form, origin="https://evil.example").status_code == 403
    assert jury.post("/keluar", form, origin="null").status_code == 403
    own = str(city.client.base_url).rstrip("/")
    assert jury.post("/keluar", form, origin=own, **{"sec-fetch-site": "same-origin"}).status_code == 303


def test_beyond_loopback_one_signs_in_to_look(closed):
    for path in ("/", "/2026-S1/", "/2026-S1/kantor/dinkes.html", "/terlewat", "/lencana/dinkes.svg"):
        answer = closed.visit().get(path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/masuk"), path
    assert closed.visit(Role.VIEWER).get("/2026-S1/").status_code == 200


def test_nobody_signs_in_where_everybody_looks_and_nothing_unsealed_is_shown(public):
    visitor = public.visit()
    for method, path in EXPECTED:
        if path.startswith("/api"):
            # What everybody may have of it is tried beside it.
            continue
        if path not in {"/", "/terlewat"} and (method == "GET" or path == "/masuk"):
            answer = visitor.get(fill_in(path))
            assert answer.status_code in {403, 404}, path
            assert "Kesehatan" not in answer.text, path
    assert "Belum ada hasil" in visitor.get("/").text
    assert visitor.send("/masuk", name="jury", password="empat kata yang mudah").status_code == 404


def test_another_name_is_not_answered_on_loopback(city):
    answer = city.visit().get("/2026-S1/", host="evil.example")
    assert answer.status_code == 421
    assert "Kesehatan" not in answer.text
