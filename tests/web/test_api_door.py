"""Who may ask the API what: a password with each request, roles, and what everybody may have."""

from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from activity.agency import Channel
from activity.jury import Action, Override, Reopening
from activity.semester import Semester
from activity.user import Role
from cli.seal_make import make_seal
from db.semester.seal import save_reopening
from desk.office.user import change_password
from desk.semester.decision import enter_decision
from testkit.served import find_late
from web.limits import Limit
from web.proven import Proven
from web.serving import PagesPlace, open_door

_API = "/api/v1"
_WORDS = "empat kata yang mudah"
_SECRETS = ("Ibu Rahasia", "alasan rahasia", "bukti rahasia")
_SEMESTER = Semester(2026, 1)


def basic(name="viewer", password=_WORDS):
    return {"authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


def status(city, path="/posts?limit=1", **headers):
    return city.visit().get(f"{_API}{path}", **headers).status_code


def test_beyond_loopback_one_signs_in_by_cookie_or_password(opened, serve):
    closed = serve(replace(opened, is_open=False, origin="https://denyut.kota.go.id"))
    for path in ("/openapi.json", "/semesters", "/posts", "/semesters/2026-S1/ranking", "/records", "/x"):
        answer = closed.visit().get(f"{_API}{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json"), path
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert "Kesehatan" not in answer.text
    for role in Role:
        assert status(closed, **basic(role.value)) == 200
        assert status(closed, "/records", **basic(role.value)) == 200
    assert closed.visit().get("/api").headers["location"].startswith("/masuk")
    # A password that came along opens no page.
    assert closed.visit().get("/2026-S1/", **basic("jury")).status_code == 303
    assert closed.visit().get("/meja", **basic("jury")).status_code == 303


def test_a_password_is_not_asked_for_where_it_would_cross_a_network_readable(closed):
    answer = closed.visit().get(f"{_API}/posts")
    assert answer.status_code == 401
    assert "www-authenticate" not in answer.headers
    assert status(closed, **basic()) == 401
    assert closed.visit(Role.VIEWER).get(f"{_API}/posts").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Bearer abc",
        "Basic",
        "Basic ####",
        f"Basic {b64encode(b'viewer').decode()}",
        f"Basic {b64encode(bytes([255, 58, 255])).decode()}",
        f"Basic {b64encode(b'nobody:empat kata yang mudah').decode()}",
        f"Basic {b64encode(b'viewer:kata yang keliru ini').decode()}",
        f"Basic {b64encode(b'x' * 5000).decode()}",
    ],
)
def test_a_wrong_password_is_refused_even_where_everybody_may_look(opened, serve, header):
    fresh = serve(replace(opened, sign_ins=Limit(100, 900)))
    answer = fresh.visit().get(f"{_API}/posts", authorization=header)
    assert answer.status_code == 401
    assert "keliru" not in answer.text


@pytest.mark.parametrize("limits", [{"sign_ins": 3}, {"failures": 3}])
def test_attempts_are_counted_with_those_at_the_form(opened, serve, limits):
    counted = {name: Limit(most, 900) for name, most in limits.items()}
    limited = serve(replace(opened, proven=Proven(b""), **counted))
    assert limited.visit().sign_in("viewer", "kata yang keliru").status_code == 401
    assert [status(limited, **basic(password="kata yang keliru")) for _ in range(3)] == [401, 401, 429]
    answer = limited.visit().get(f"{_API}/posts", **basic())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    assert limited.visit().sign_in("viewer").status_code == 429


def test_a_password_is_worked_out_once_and_an_old_one_opens_nothing(own):
    from desk.office.user import add_user

    add_user(own.door.engine, "analis", "Analis", Role.VIEWER, _WORDS, own.door.config.now())
    # Ten questions within a quarter of an hour would use the attempts up, were each an attempt.
    assert [status(own, **basic("analis")) for _ in range(12)] == [200] * 12
    change_password(own.door.engine, "analis", "lima kata yang lain lagi")
    assert status(own, **basic("analis")) == 401
    assert status(own, **basic("analis", "lima kata yang lain lagi")) == 200


def test_questions_are_counted(opened, serve):
    limited = serve(replace(opened, questions=Limit(2, 60)))
    assert [status(limited), status(limited, "/semesters"), status(limited)] == [200, 200, 429]
    assert limited.visit().get(f"{_API}/posts").headers["retry-after"] == "60"


def test_another_name_is_not_answered_on_loopback(city):
    answer = city.visit().get(f"{_API}/posts", host="evil.example", **basic("jury"))
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")


def test_before_a_seal_everybody_sees_nothing(public):
    for path in ("/semesters", "/posts", "/rankings", "/vacuum", "/flags"):
        assert public.visit().get(f"{_API}{path}", **basic("jury")).json()["items"] == [], path
    for path in ("/semesters/2026-S1/ranking", "/nights", "/looks", "/accounts", "/decisions", "/records"):
        assert status(public, path, **basic("jury")) == 404, path


@pytest.fixture
def sealed(copied):
    """The city with a decision of the jury, sealed; later something is found."""
    door = open_door(copied, PagesPlace(is_public=True))
    who, why, proof = _SECRETS
    draft = Override(
        0, "2026-S1", "dinkes", Channel.WEBSITE, Action.EXCLUDE, None, who, why, proof, copied.now()
    )
    enter_decision(door.engine, copied, draft)
    make_seal(copied, _SEMESTER, who, why)
    find_late(door.engine, "dispora", date(2026, 5, 5), "Kabar susulan")
    return door


def test_everybody_sees_what_was_sealed_and_no_name(sealed, serve):
    client = serve(sealed).client
    offered = client.get(f"{_API}/openapi.json").json()["paths"]
    seen = ""
    for path in offered:
        answer = client.get(path.replace("{semester}", "2026-S1"))
        assert answer.status_code == 200, path
        seen += answer.text
    for hidden in (*_SECRETS, "Kabar susulan", "2025-S2"):
        assert hidden not in seen, hidden
    assert "Kesehatan" in seen
    posts = client.get(f"{_API}/posts?limit=1000").json()["items"]
    assert {row["semester"] for row in posts} == {"2026-S1"}
    told = client.get(f"{_API}/semesters/2026-S1/ranking").json()
    counted = Counter((row["agency"], row["channel"]) for row in posts if row["counts"])
    standings = [s for category in told["categories"] for s in category["standings"]]
    assert counted == {(s["agency"], s["channel"]): s["posts"] for s in standings if s["posts"]}
    assert len(counted) == 3
    assert {row["latest"] for row in client.get(f"{_API}/rankings").json()["items"]} == {True}
    assert "who" not in told["seal"]
    assert "drift" not in told


def test_what_is_reopened_is_no_result_until_it_is_sealed_again(sealed, serve):
    city = serve(sealed)
    assert city.visit().get(f"{_API}/posts").json()["items"]
    save_reopening(sealed.engine, Reopening("2026-S1", 1, "Ketua", "putusan", sealed.config.now()))
    assert city.visit().get(f"{_API}/posts").json()["items"] == []
    assert status(city, "/semesters/2026-S1/ranking") == 404


def test_the_page_for_people_names_every_address_with_an_example_that_works(city):
    from lxml import html

    page = html.fromstring(city.visit().get("/api?kantor=dinkes").content)
    links = page.xpath("//main//a/@href")
    told = {each.partition("?")[0].replace("2026-S2", "{semester}") for each in links}
    assert told == set(city.visit().get(f"{_API}/openapi.json").json()["paths"])
    assert any("agency=dinkes" in link for link in links)
    assert "kosong" not in city.visit().get("/api?kantor=kosong").text
    assert [link for link in links if city.visit().get(link).status_code != 200] == []
    assert city.visit().get("/terlewat").text.count('href="/api"') == 1
