"""A file by a one-time link: sent once, laid aside, and taken in by an officer under their name only."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import text

from activity.agency import Agency, Channel, RegistryEntry
from activity.upload import LinkVerdict
from activity.user import Role
from db.lock import hold_lock
from db.office.registry import save_registry
from db.office.upload import load_uploads
from db.post.query import load_posts
from desk.office.upload import try_file

LIST = "/meja/berkas"
_POSTS = "your_instagram_activity/media/posts_1.json"


def _pack_facebook() -> bytes:
    post = {"timestamp": 1772500000, "title": "Dinas memperbarui status", "data": [{"post": "Kegiatan"}]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        name = "this_profile's_activity_across_facebook/posts/profile_posts_1.json"
        archive.writestr(name, json.dumps([post]))
    return out.getvalue()


def _pack(*days: int, path: str = _POSTS) -> bytes:
    """An Instagram archive with a post on each of these days of March."""
    items = [
        {
            "media": [
                {
                    "uri": f"media/posts/{day}.jpg",
                    "creation_timestamp": int(datetime(2026, 3, day, 2, tzinfo=UTC).timestamp()),
                    "title": f"Kegiatan {day}",
                }
            ]
        }
        for day in days
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(path, json.dumps(items))
    return out.getvalue()


@pytest.fixture
def office(own):
    """The city, in which the health office has an Instagram account too."""
    entry = RegistryEntry(
        Agency("dinkes", "Dinas <b>Kesehatan</b>", "skpd"),
        {Channel.INSTAGRAM: "dinkes_uji"},
        frozenset({Channel.INSTAGRAM}),
    )
    save_registry(own.door.engine, [entry], own.door.config.now(), timezone="Asia/Makassar")
    return own


def _make(city, **form):
    """The path of a fresh link."""
    officer = city.visit(Role.OFFICER)
    form = {"agency": "dinkes", "channel": "instagram", "month": "2026-03"} | form
    answer = officer.send(LIST, LIST, **form)
    assert answer.status_code == 200, answer.text
    (address,) = html.fromstring(answer.content).xpath("//p[@class='address']/code/text()")
    base = str(city.client.base_url).rstrip("/")
    assert address.startswith(f"{base}/kirim/")
    return address.removeprefix(base)


def _send(visitor, path, content, name="unduhan.zip", **headers):
    csrf = visitor.csrf(path)
    files = {"file": (name, content)}
    return visitor.ask("POST", path, data={"csrf": csrf}, files=files, headers=headers)


def _folder(city) -> Path:
    database = Path(city.door.config.database_url.removeprefix("sqlite:///"))
    return database.with_name(f"{database.stem}-handed-in")


def _count(city) -> int:
    posts = load_posts(city.door.engine, agency="dinkes", channel=Channel.INSTAGRAM, since=None, until=None)
    return len(list(posts))


def test_a_file_is_counted_once_an_officer_accepts_it_under_their_name(office):
    path = _make(office)
    form = office.visit().get(path).text
    assert "Dinas &lt;b&gt;Kesehatan" in form
    assert "2026-03" in form
    answer = _send(office.visit(), path, _pack(3, 9, 27))
    assert "Berkas sudah masuk" in answer.text
    assert _count(office) == 0
    assert len(list(_folder(office).glob("*/*"))) == 1
    officer = office.visit(Role.OFFICER)
    look = officer.get(f"{LIST}/1").text
    assert "3 unggahan, 3 di antaranya baru" in look
    assert _count(office) == 0
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="accept", note="Lengkap").status_code == 303
    assert _count(office) == 3
    assert not list(_folder(office).iterdir())
    (upload,) = load_uploads(office.door.engine)
    assert (upload.verdict, upload.closed_by, upload.note) == (
        LinkVerdict.ACCEPTED,
        "Orang officer (officer)",
        "Lengkap",
    )
    told = office.visit(Role.JURY).get(LIST).text
    assert "Orang officer (officer)" in told
    assert "Lengkap" in told
    assert officer.send(f"{LIST}/1", LIST, verdict="accept").status_code == 400


def test_the_month_counts_as_handed_in_once_it_is_accepted(office):
    _send(office.visit(), _make(office), _pack(3, 9, 27))
    officer = office.visit(Role.OFFICER)
    officer.send(f"{LIST}/1", f"{LIST}/1", verdict="accept")
    semester = office.door.find_semester("2026-S1")
    office.door.semesters.get(semester)
    office.door.semesters.wait()
    page = html.fromstring(officer.get("/2026-S1/bulanan/2026-03/instagram--skpd.html").content)
    row = page.xpath("//tr[@id='dinkes']")[0]
    assert row.xpath("./td[last()]/text()") == ["lengkap"]


def test_days_after_a_file_can_have_been_made_are_not_silent(office, monkeypatch):
    sent, later = (datetime(2026, month, 10, 4, tzinfo=UTC) for month in (3, 4))
    monkeypatch.setattr("desk.setting.config.Config.now", lambda _: sent)
    _send(office.visit(), _make(office), _pack(3))
    monkeypatch.setattr("desk.setting.config.Config.now", lambda _: later)
    upload = load_uploads(office.door.engine)[0]
    ((line,), _) = try_file(office.door.config, office.door.engine, upload)
    assert line.planned.stored.last_day == date(2026, 3, 9)


def test_a_file_is_not_at_fault_while_a_crawl_is_at_work(office):
    _send(office.visit(), _make(office), _pack(3))
    with hold_lock(office.door.config.database_url, "crawl"):
        answer = office.visit(Role.OFFICER).get(f"{LIST}/1")
    assert answer.status_code == 503
    assert not html.fromstring(answer.content).xpath("//button[@name='verdict']")


def test_a_withdrawal_deletes_no_file_that_came_meanwhile(office):
    path = _make(office)
    officer = office.visit(Role.OFFICER)
    form = officer.csrf(f"{LIST}/1")
    _send(office.visit(), path, _pack(3))
    answer = officer.post(f"{LIST}/1", {"csrf": form, "verdict": "withdraw"})
    assert answer.status_code == 400
    assert load_uploads(office.door.engine)[0].waits
    assert len(list(_folder(office).glob("*/*"))) == 1


def test_the_senders_name_for_a_file_is_shown_to_nobody_but_the_desk(office):
    _send(office.visit(), _make(office), _pack(3), "Laporan Bu Sari 0812-3456.zip")
    officer = office.visit(Role.OFFICER)
    assert "Bu Sari" in officer.get(f"{LIST}/1").text
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="accept").status_code == 303
    with office.door.engine.connect() as connection:
        told = "\n".join(map(str, connection.execute(text("SELECT endpoint, detail FROM snapshot"))))
        told += "\n".join(map(str, connection.execute(text("SELECT evidence FROM post"))))
    assert "kiriman-1" in told
    assert "Sari" not in told


def test_a_link_works_once_and_its_secret_is_kept_nowhere(office):
    path = _make(office)
    first, second = office.visit(), office.visit()
    csrf = second.csrf(path)
    assert _send(first, path, _pack(3)).status_code == 200
    again = second.ask("POST", path, data={"csrf": csrf}, files={"file": ("a.zip", _pack(4))})
    assert again.status_code == 403
    assert first.get(path).status_code == 404
    office.door.engine.dispose()
    secret = path.removeprefix("/kirim/").encode()
    database = Path(office.door.config.database_url.removeprefix("sqlite:///"))
    assert all(secret not in file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert secret.decode() not in office.visit(Role.OFFICER).get(LIST).text


def test_a_link_that_ended_or_was_withdrawn_opens_nothing(office, monkeypatch):
    withdrawn, ended = _make(office), _make(office)
    officer = office.visit(Role.OFFICER)
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="withdraw").status_code == 303
    assert office.visit().get(withdrawn).status_code == 404
    assert office.visit().get(ended).status_code == 200
    monkeypatch.setattr("activity.upload.Upload.is_open", lambda self, now: now < self.made_at)
    assert office.visit().get(ended).status_code == 404


def test_a_file_that_is_rejected_is_deleted_and_nothing_is_stored(office):
    _send(office.visit(), _make(office), _pack(3))
    officer = office.visit(Role.OFFICER)
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="reject", note="Bulan lain").status_code == 303
    assert _count(office) == 0
    assert not list(_folder(office).iterdir())
    assert load_uploads(office.door.engine)[0].verdict is LinkVerdict.REJECTED


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "kosong.zip"),
        (b"x", ""),
    ],
)
def test_what_is_no_file_leaves_the_link_open(office, content, name):
    path = _make(office)
    assert _send(office.visit(), path, content, name).status_code == 400
    assert office.visit().get(path).status_code == 200
    assert not list(_folder(office).glob("*"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x00" * 1000, "../../../etc/passwd"),
        (b"PK\x03\x04 rusak", "a\x00b\r\n.zip"),
        (b"<html><script>alert(1)</script>", "<script>alert(1)</script>.html"),
        (b"[" * 100_000, "dalam.json"),
        (_pack(3, path="../../keluar/posts_1.json"), "keluar.zip"),
        (_pack_facebook(), "facebook.zip"),
        (b"Tanggal,Tautan\n2026-02-03,https://www.instagram.com/p/CzzAAAAAAAA/\n", "bulan-lain.csv"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_in_words_and_can_only_be_rejected(office, content, name):
    _send(office.visit(), _make(office), content, name)
    kept = [path for path in _folder(office).glob("*/*") if path.is_file()]
    assert len(kept) == 1
    assert kept[0].resolve().is_relative_to(_folder(office).resolve())
    officer = office.visit(Role.OFFICER)
    page = officer.get(f"{LIST}/1")
    assert page.status_code == 200
    assert "Berkas ini tidak dapat dimasukkan" in page.text
    assert "<script" not in page.text
    assert not html.fromstring(page.content).xpath("//button[@value='accept']")
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="accept").status_code >= 400
    assert _count(office) == 0
    assert officer.send(f"{LIST}/1", f"{LIST}/1", verdict="reject").status_code == 303


def test_more_than_a_file_may_have_is_refused_before_it_is_kept(office, monkeypatch):
    monkeypatch.setattr("web.guard.MOST_BYTES", 50_000)
    path = _make(office)
    assert _send(office.visit(), path, b"x" * 80_000).status_code == 413
    assert office.visit().get(path).status_code == 200
    assert not _folder(office).exists()


def test_files_are_limited_by_client(office):
    path = _make(office)
    visitor = office.visit()
    assert {_send(visitor, path, b"").status_code for _ in range(10)} == {400}
    assert _send(visitor, path, b"x" * 30_000).status_code == 413


def test_a_file_without_the_forms_token_or_from_another_site_is_refused(office):
    path = _make(office)
    visitor = office.visit()
    visitor.csrf(path)
    files = {"file": ("a.zip", _pack(3))}
    assert visitor.ask("POST", path, data={"csrf": "0" * 64}, files=files).status_code == 403
    assert _send(visitor, path, _pack(3), origin="https://evil.example").status_code == 403
    assert not _folder(office).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"agency": "nobody"}, {"channel": "website"}, {"month": "2026-13"}, {"month": "2031-01"}, {"month": ""}],
)
def test_a_link_for_nothing_is_not_made(city, wrong):
    form = {"agency": "dinkes", "channel": "instagram", "month": "2026-03"} | wrong
    assert city.visit(Role.OFFICER).send(LIST, LIST, **form).status_code == 400
    assert load_uploads(city.door.engine) == ()


def test_only_officers_make_links_and_the_public_door_takes_none(office, serve):
    assert office.visit(Role.JURY).send(LIST, agency="dinkes").status_code == 403
    path = _make(office)
    public = serve(replace(office.door, is_public=True))
    assert public.visit().get(path).status_code == 404
