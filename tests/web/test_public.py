"""What everybody sees: sealed results, and of them no name and no reason; what came later stands apart."""

from datetime import date

import pytest
from lxml import html

from activity.agency import Channel
from activity.jury import Action, Override, Reopening
from activity.semester import Semester
from activity.user import Role
from cli.seal_make import make_seal
from db.semester.seal import save_reopening
from desk.semester.decision import enter_decision
from desk.semester.explanation import explain_standing
from desk.semester.judge import judge
from desk.view.site import write_site
from testkit.served import find_late
from web.serving import PagesPlace, open_door

_SECRETS = ("Ibu Rahasia", "alasan rahasia", "bukti rahasia")
_SEMESTER = Semester(2026, 1)


@pytest.fixture
def sealed(copied):
    """The city with a decision of the jury, sealed."""
    door = open_door(copied, PagesPlace(is_public=True))
    who, why, proof = _SECRETS
    draft = Override(
        0, "2026-S1", "dinkes", Channel.WEBSITE, Action.EXCLUDE, None, who, why, proof, copied.now()
    )
    enter_decision(door.engine, copied, draft)
    make_seal(copied, _SEMESTER, who, why)
    return door


def test_a_sealed_semester_is_shown_without_names_and_reasons(sealed, serve):
    visitor = serve(sealed).visit()
    assert visitor.get("/").headers["location"] == "/2026-S1/"
    live = sealed.semesters.get(_SEMESTER)
    paths = [*live._city, *(f"kantor/{slug}.html" for slug in live.offices), "unggahan/dinkes/website-1.html"]
    for path in paths:
        answer = visitor.get(f"/2026-S1/{path}")
        assert answer.status_code == 200, path
        for hidden in (*_SECRETS, "/meja", "/masuk"):
            assert hidden not in answer.text, path
    assert "Keputusan 1" in visitor.get("/2026-S1/kantor/dinkes.html").text
    assert visitor.get("/lencana/dinkes.svg").headers["cross-origin-resource-policy"] == "cross-origin"
    assert visitor.get("/2025-S2/").status_code == 404
    form = {"agency": "dinkes", "channel": "website", "url": "https://dinkes.go.id/b", "who": "Ibu"}
    assert visitor.send("/terlewat", **form).status_code == 200


def test_what_was_found_after_the_seal_stands_apart_and_counts_nowhere(sealed, copied, serve, tmp_path):
    before = judge(copied, _SEMESTER)
    find_late(sealed.engine, "dispora", date(2026, 5, 5), "Kabar susulan")
    visitor = serve(sealed).visit()
    after = judge(copied, _SEMESTER)
    write_site(after, tmp_path / "situs", "id")
    category = after.ranking.categories[0]
    (standing,) = [each for each in category.standings if each.agency.slug == "dispora"]
    assert standing in before.ranking.categories[0].standings
    told = explain_standing(after, category, standing)
    assert sum(post.counts_on is not None for post in told.posts) == standing.posts
    assert told.posts == explain_standing(before, category, standing).posts
    for path in ("unggahan/dispora/website-1.html", "kantor/dispora.html"):
        shown = visitor.get(f"/2026-S1/{path}").text, (tmp_path / "situs" / path).read_text("utf-8")
        for page in shown:
            assert "Baru diketahui setelah disegel: 1 lagi" in page
            if "<ol" in page:
                listed, later = (each.xpath("li") for each in html.fromstring(page).xpath("//main//ol"))
                assert len(listed) == len(told.posts)
                assert [each.text_content().count("Kabar susulan") for each in later] == [1]
                assert page.count("Kabar susulan") == 1


def test_what_is_reopened_is_no_result_until_it_is_sealed_again(sealed, serve):
    visitor = serve(sealed).visit()
    assert visitor.get("/2026-S1/").status_code == 200
    save_reopening(sealed.engine, Reopening("2026-S1", 1, "Ketua", "putusan", sealed.config.now()))
    for path in ("/2026-S1/", "/2026-S1/kantor/dinkes.html"):
        assert visitor.get(path).status_code == 404
    assert "Belum ada hasil" in visitor.get("/").text


def test_a_signed_in_cookie_opens_nothing_in_public(copied, serve, sealed):
    jury = serve(open_door(copied, PagesPlace())).visit(Role.JURY)
    assert jury.get("/meja").status_code == 200
    visitor = serve(sealed).visit()
    visitor.cookies = dict(jury.cookies)
    assert visitor.get("/meja/2026-S1/keputusan").status_code == 403


@pytest.mark.usefixtures("sealed")
def test_after_the_seal_the_desk_offers_and_takes_nothing(copied, serve):
    jury = serve(open_door(copied, PagesPlace())).visit(Role.JURY)
    told = jury.get("/meja/2026-S1/kantor/dinkes").text
    assert "sudah disegel" in told
    assert 'name="reason"' not in told
    form = {"agency": "dispora", "channel": "website", "action": "exclude from places"}
    refused = jury.send("/meja/2026-S1/keputusan", **form, reason="x", evidence="y")
    assert refused.status_code == 400
    assert "Tidak berhasil" in refused.text
