"""The jury's desk: both sides of a copy, decisions and answers under the signed-in name, reports."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from activity.agency import RegistryEntry
from activity.jury import Publication
from activity.user import Right, Role
from db.office.registry import load_agencies, save_registry
from db.semester.jury import load_objections, load_overrides, save_publication

DESK = "/meja/2026-S1"
_WHY = {"reason": "Bukan  berita\nkantor itu", "evidence": "BA 4/2026"}


def _publish(own):
    now = own.door.config.now()
    save_publication(own.door.engine, Publication("2026-S1", now, "Ketua", date(2026, 7, 9), "0" * 64))


def _find_copy(visitor):
    page = html.fromstring(visitor.get(f"{DESK}/tanda?jenis=copied").content)
    (link,) = page.xpath("//ul[@class='rows']//a[@class='name']/@href")
    return str(link)


def test_a_copy_stands_beside_what_it_copied(city):
    jury = city.visit(Role.JURY)
    page = html.fromstring(jury.get(_find_copy(jury)).content)
    flagged, named = page.xpath("//div[@class='sides']/section")
    assert flagged.xpath(".//code/text()") == ["/b/20260205-15"]
    assert named.xpath(".//code/text()") == ["/b/20260203-15"]
    assert named.xpath(".//p[@class='title']/a/@href") == ["https://dinkes.go.id/b/20260203-15"]
    assert len(flagged.xpath(".//form")) == 1
    assert not html.fromstring(city.visit(Role.OFFICER).get(_find_copy(jury)).content).xpath("//main//form")


def test_the_list_of_flags_is_narrowed(city):
    jury = city.visit(Role.JURY)
    count = lambda query: len(  # noqa: E731
        html.fromstring(jury.get(f"{DESK}/tanda?{query}").content).xpath("//ul[@class='rows']//a")
    )
    assert count("jenis=copied&kantor=pemuda") == 1
    assert count("jenis=copied&kantor=Kesehatan") == 0
    assert count("jenis=spam") == 0
    assert count("hal=99999999999") == count("hal=0") == count("hal=²") == count("")


def test_a_decision_bears_the_name_of_who_signed_in_and_moves_the_figures(own):
    jury = own.visit(Role.JURY)
    flag = _find_copy(jury)
    before = own.door.semesters.get(own.door.find_semester("2026-S1"))
    form = {
        "agency": "dispora",
        "channel": "website",
        "action": "do not count post",
        "post": "/b/20260205-15",
    }
    answer = jury.send(f"{DESK}/keputusan", flag, back=flag, **form, **_WHY)
    assert (answer.status_code, answer.headers["location"]) == (303, flag)
    (decision,) = load_overrides(own.door.engine)
    assert (decision.who, decision.reason) == ("Orang jury (jury)", "Bukan berita kantor itu")
    assert "Orang jury (jury)" in jury.get(flag).text
    assert "sedang dihitung ulang" in jury.get(DESK).text
    own.door.semesters.get(before.view.ranking.semester)
    own.door.semesters.wait()
    after = own.door.semesters.get(before.view.ranking.semester)
    assert after is not before
    assert "Keputusan 1" in jury.get("/2026-S1/kantor/dispora.html").text
    withdrawn = jury.send(
        f"{DESK}/keputusan", flag, agency="dispora", channel="website", action="withdraw 1", **_WHY
    )
    assert withdrawn.status_code == 303
    assert [each.withdraws for each in load_overrides(own.door.engine)] == [None, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "seal"},
        {"action": "withdraw x"},
        {"channel": "radio"},
        {"reason": " "},
        {"evidence": ""},
        {"agency": ""},
        {"agency": "nobody"},
        {"action": "count post", "post": ""},
        {"action": "count post", "post": "/b/19990101-9"},
        {"action": "withdraw 77"},
    ],
)
def test_what_would_change_nothing_is_refused_and_nothing_is_stored(city, wrong):
    form = {"agency": "dinkes", "channel": "website", "action": "exclude from places", **_WHY} | wrong
    answer = city.visit(Role.JURY).send(f"{DESK}/keputusan", **form)
    assert answer.status_code == 400
    assert "Tidak berhasil" in answer.text
    assert load_overrides(city.door.engine) == ()


def test_an_objection_is_written_down_and_answered_with_both_names(own):
    officer, jury = own.visit(Role.OFFICER), own.visit(Role.JURY)
    form = {"agency": "dinkes", "who": "Ibu Rahasia", "reason": "Dua berita Maret hilang"}
    early = officer.send(f"{DESK}/sanggahan", **form)
    assert early.status_code == 400
    _publish(own)
    assert officer.send(f"{DESK}/sanggahan", **form).status_code == 303
    answer = {"answer": "Benar, dihitung", "verdict": "accept"}
    assert officer.send(f"{DESK}/sanggahan/1", **answer).status_code == 403
    assert jury.send(f"{DESK}/sanggahan/1", **answer).status_code == 303
    assert jury.send(f"{DESK}/sanggahan/1", **answer).status_code == 400
    (found,) = load_objections(own.door.engine)
    assert found.who == "Ibu Rahasia (dicatat oleh Orang officer (officer))"
    assert (found.closed_by, found.accepted) == ("Orang jury (jury)", True)
    for page in (f"{DESK}/sanggahan", f"{DESK}/kantor/dinkes"):
        assert "Ibu Rahasia" in jury.get(page).text
    live = own.door.semesters.get(own.door.find_semester("2026-S1"))
    for path in ("kantor/dinkes.html", "index.html", "kantor.html"):
        assert b"Rahasia" not in (live.read(path) or b"")


def test_a_report_of_the_missed_reaches_the_officer_only(own):
    sent = {
        "agency": "dinkes",
        "channel": "website",
        "url": "https://dinkes.go.id/b/hilang",
        "who": "Ibu Rahasia",
    }
    visitor, officer = own.visit(), own.visit(Role.OFFICER)
    answer = visitor.send("/terlewat", **sent, note="<i>di beranda</i>")
    assert answer.status_code == 200
    assert "nomor 1" in answer.text
    told = officer.get("/meja/terlewat").text
    assert "Ibu Rahasia" in told
    assert "&lt;i&gt;di beranda" in told
    assert officer.send("/meja/terlewat/1", answer="Sudah masuk").status_code == 303
    assert officer.send("/meja/terlewat/1", answer="Lagi").status_code == 400
    told = own.visit(Role.JURY).get(f"{DESK}/kantor/dinkes").text
    assert "Sudah masuk" in told
    assert "Orang officer (officer)" in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "javascript:alert(1)"},
        {"url": "https://a b"},
        {"url": "https://" + "x" * 600},
        {"agency": "nobody"},
        {"channel": "radio"},
        {"who": ""},
        {"note": "x" * 1001},
    ],
)
def test_a_report_that_says_too_little_comes_back_as_it_was_written(city, wrong):
    form = {"agency": "dinkes", "channel": "website", "url": "https://a.id/b", "who": "<b>Ibu</b>"} | wrong
    answer = city.visit().send("/terlewat", **form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<b>Ibu" not in answer.text


def test_reports_are_limited(own):
    visitor = own.visit()
    form = {"agency": "dinkes", "channel": "website", "url": "https://a.id/b", "who": "Ibu"}
    assert [visitor.send("/terlewat", **form).status_code for _ in range(6)] == [200] * 5 + [429]


def test_who_keeps_the_accounts_is_for_officer_and_jury_only(own):
    engine, now = own.door.engine, own.door.config.now()
    agency = next(row.agency for row in load_agencies(engine) if row.agency.slug == "dinkes")
    entry = RegistryEntry(agency, {}, frozenset(), "<i>Ibu Rahasia</i>, 0812", (date(2024, 5, 2),))
    save_registry(engine, [entry], now, timezone="Asia/Makassar")
    for path in ("/meja/pengelola", f"{DESK}/kantor/dinkes"):
        told = own.visit(Role.JURY).get(path).text
        assert "&lt;i&gt;Ibu Rahasia" in told
        assert "2 Mei 2024" in told
    listed = html.fromstring(own.visit(Role.OFFICER).get("/meja/pengelola").content)
    assert [heading.text.strip() for heading in listed.xpath("//main//h2")] == [
        "tanpa kontak",
        "serah terima sudah lama",
    ]
    live = own.door.semesters.get(own.door.find_semester("2026-S1"))
    for path in ("kantor/dinkes.html", "index.html", "kantor.html", "vakum.html", "lencana/dinkes.svg"):
        assert b"Rahasia" not in (live.read(path) or b"")
    public = replace(own.door, is_public=True)
    assert not public.may(None, Right.DESK)
