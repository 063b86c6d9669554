"""The captured page of a post: seen by those who may look, as text in which nothing runs, never in public."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html

from activity.agency import Channel
from activity.record import Record
from activity.user import Role
from db.engine import writing
from db.evidence.record import save_records
from db.evidence.warc import Archive
from db.office.registry import load_agencies
from testkit.served import EVIL
from web.serving import PagesPlace, open_door

_KEY = "/b/20260208-16"
_PAGE = f"/bukti/bappeda/website?unggahan={_KEY}"
_LISTED = "/2026-S1/unggahan/bappeda/website-1.html"
_RUNS = (
    "<img src=x onerror=alert(1)></pre></details><script>alert(2)</script><iframe srcdoc='x'></iframe>\x1b[2J"
)


@pytest.fixture
def captured(copied, tmp_path):
    """The city with the page that a hostile post rests on."""
    config = replace(copied, evidence=str(tmp_path / "bukti"))
    door = open_door(config, PagesPlace())
    account = next(r for r in load_agencies(door.engine) if r.agency.slug == "bappeda").accounts[
        Channel.WEBSITE
    ]
    at = datetime(2026, 2, 8, 12, tzinfo=UTC)
    body = f"{_RUNS}<h1>{EVIL}</h1>".encode()
    page = Record.of(f"https://bappeda.go.id{_KEY}", at, 200, {"server": _RUNS}, body, frozenset({_KEY}))
    with writing(door.engine) as connection:
        save_records(connection, Archive(Path(config.evidence)), account.id, date(2026, 2, 8), [page], {_KEY})
    return door, page


def test_the_captured_page_is_shown_as_text(captured, serve):
    door, page = captured
    visitor = serve(door).visit(Role.VIEWER)
    answer = visitor.get(_PAGE)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    tree = html.fromstring(answer.content)
    assert tree.xpath("//script | //iframe | //img | //@onerror") == []
    assert page.digest in answer.text
    assert "\x1b" not in answer.text
    assert "\u202e" not in answer.text
    assert "<script>alert(1)</script>" in tree.xpath("string(//mark)")
    (source,) = tree.xpath("//pre")
    assert "onerror=alert(1)" in source.text_content()


def test_the_list_of_posts_says_what_each_rests_on(captured, serve):
    door, page = captured
    listed = serve(door).visit().get(_LISTED).text
    assert page.digest[:16] in listed
    assert "/bukti/bappeda/website?unggahan=" in listed
    assert "tidak ada halaman" in listed


def test_a_damaged_page_is_said_to_be_and_no_other_is_shown(captured, serve):
    door, _ = captured
    (path,) = Path(door.config.evidence).iterdir()
    path.write_bytes(path.read_bytes()[:-30])
    answer = serve(door).visit().get(_PAGE)
    assert answer.status_code == 200
    assert "<pre" not in answer.text


def test_nothing_captured_is_shown_in_public_or_to_who_has_not_signed_in(captured, serve):
    door, page = captured
    for other, status in ((replace(door, is_public=True), 403), (replace(door, is_open=False), 303)):
        answer = serve(other).visit().get(_PAGE)
        assert answer.status_code == status
        assert page.digest not in answer.text
    assert open_door(door.config, PagesPlace(is_public=True)).semesters._evidence == ""


@pytest.mark.parametrize(
    "path",
    [
        "bappeda/website",
        "bappeda/tiktokk?unggahan=x",
        "x/website?unggahan=/b/1",
        "bappeda/website?unggahan=%00",
    ],
)
def test_what_is_no_post_is_not_found(captured, serve, path):
    assert serve(captured[0]).visit().get(f"/bukti/{path}").status_code == 404
