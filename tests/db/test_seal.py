"""What a seal reads and keeps, alike on both engines."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from activity.agency import Account, Agency, Channel
from activity.errors import ConfigError
from activity.jury import Action, Objection, Override, Publication, Reopening, Seal
from activity.post import Precision
from activity.record import Record
from activity.semester import Semester
from activity.visit import Target, Window
from db.evidence.warc import Archive
from db.nightly.imported import Import, save_imports
from db.nightly.run import begin_run
from db.nightly.store import save_harvest
from db.post.claim import pack_evidence
from db.semester.activity import load_activity
from db.semester.jury import (
    load_objections,
    load_overrides,
    load_publication,
    save_answer,
    save_objection,
    save_override,
    save_publication,
)
from db.semester.seal import load_archive, load_reopenings, load_seals, save_reopening, save_seal
from db.semester.sealed import load_sealed_accounts, load_sealed_posts
from scoring.seal.contents import Contents, SealHead, seal_nights
from scoring.seal.recount import recount_rows

_SEMESTER = Semester(2026, 1)
_LAST = date(2026, 6, 30)
_AT = datetime(2026, 7, 20, 3, 4, 5, tzinfo=UTC)
_SEAL = Seal("2026-S1", 1, _AT, "Ketua", "", None, _LAST, "keaktifan", "1", "d", "r", "m")
_DECISION = Override(
    0, "2026-S1", "dinkes", Channel.WEBSITE, Action.DROP, "/a", "Ketua", "Sebab", "BA\x00 1", _AT
)
_OBJECTION = Objection(0, "2026-S1", "dinkes", None, "Kadis", "Salah", _AT)


def _live(office):
    """A site that moved, so that copies of its posts stand under two accounts."""
    agency = Agency("dinkes", "Dinas Kesehatan", "skpd")
    other = Agency("dispora", "Dinas Pemuda", "skpd", valid_from=date(2026, 2, 1))
    office.register(date(2025, 12, 20), agency, website="https://lama.go.id/")
    office.register(date(2025, 12, 20), other, website="https://dispora.go.id/", instagram="dispora")
    posts = [office.post(f"/{day}", date(2026, 1, day)) for day in range(3, 20, 4)]
    old = [office.post("/z", date(2025, 12, 12)), office.post("/Ä", date(2025, 12, 12))]
    office.crawl(date(2026, 1, 20), office.looked(*posts, *old, back_to=date(2025, 12, 1)))
    office.register(date(2026, 2, 2), agency, website="https://baru.go.id/")
    moved = [
        office.post("/3", date(2026, 7, 1)),
        office.post("/7"),
        office.post("/tanpa"),
        office.post("/bulan", date(2026, 3, 1), Precision.MONTH),
        office.post("/depan", date(2026, 8, 1)),
        office.post("/maret", date(2026, 3, 3)),
    ]
    office.crawl(date(2026, 3, 10), office.looked(*moved, back_to=date(2026, 2, 3)))
    office.crawl(_LAST, office.looked(*moved))


def test_posts_counted_one_by_one_give_the_rows_of_the_database(office):
    _live(office)
    rows = load_activity(office.engine, _SEMESTER, _LAST, office.zone)
    posts = tuple(load_sealed_posts(office.engine, _SEMESTER, _LAST, office.zone))
    contents = Contents(
        head=SealHead(3, "2026-S1", 1, None, _LAST, office.zone.key, _AT, "Ketua", "", "0"),
        rubric="",
        agencies=tuple({row.agency.slug: row.agency for row in rows}.values()),
        accounts=load_sealed_accounts(office.engine, ["dinkes"]),
        posts=posts,
        nights=seal_nights(rows),
        flags=(),
        overrides=(),
        objections=(),
        ranking=None,
    )
    assert sum(map(sum, (row.posts for row in rows))) > 5
    assert recount_rows(contents) == tuple(rows)
    assert [account.address for account in contents.accounts] == [
        "https://lama.go.id/",
        "https://baru.go.id/",
    ]
    (before,) = [post for post in posts if post.day == date(2025, 12, 12) and post.agency == "dinkes"]
    assert before.key == "/z"


def test_a_sealed_post_names_the_pages_and_files_that_it_rests_on(office, tmp_path):
    office.register(
        date(2025, 12, 20), Agency("dinkes", "Dinas", "skpd"), website="https://a.id/", instagram="dinkes"
    )
    night, archive = date(2026, 3, 2), Archive(tmp_path / "evidence")
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    pages = [Record.of(f"https://a.id/{n}", at, 200, {}, n.encode(), frozenset({"/a"})) for n in "xy"]
    run = begin_run(office.engine, night, office.evening(night))
    (target,) = office.targets(run)
    harvest = replace(office.looked(office.post("/a", night), office.post("/b", night)), records=tuple(pages))
    save_harvest(office.engine, run, target, harvest, archive)
    account = Account(2, "dinkes", Channel.INSTAGRAM, "dinkes")
    for digest, place in (("e" * 64, ""), ("d" * 64, "line 7")):
        post = replace(office.post("C", night), place=place)
        window, batches = Window(at, at), lambda post=post: [[post]]
        file = Import(Target(account, window, office.zone), "x,#sha256=.csv", digest, 9, night, None, batches)
        save_imports(office.engine, [file], at)
    found = {
        post.key: (post.records, post.files)
        for post in load_sealed_posts(office.engine, _SEMESTER, _LAST, office.zone)
    }
    assert found == {
        "/a": (tuple(sorted(page.digest for page in pages)), ()),
        "/b": ((), ()),
        "C": ((), ("d" * 64, "e" * 64)),
    }


def test_decisions_and_objections_come_back_as_they_were_entered(office):
    engine = office.engine
    assert save_override(engine, _DECISION) == 1
    assert save_override(engine, replace(_DECISION, action=Action.WITHDRAW, post=None, withdraws=1)) == 2
    assert load_overrides(engine, "2026-S2") == ()
    first, second = load_overrides(engine)
    assert first == replace(_DECISION, number=1, evidence="BA 1")
    assert second.withdraws == 1
    assert save_objection(engine, _OBJECTION) == 1
    closed = save_answer(engine, 1, who="Ketua", answer="Ya", accepted=True, now=_AT)
    assert closed == replace(
        _OBJECTION, number=1, closed_at=_AT, closed_by="Ketua", answer="Ya", accepted=True
    )
    assert load_objections(engine, "2026-S1") == (closed,)
    with pytest.raises(ConfigError, match="answered on 2026-07-20"):
        save_answer(engine, 1, who="Lain", answer="Tidak", accepted=False, now=_AT)
    assert load_objections(engine) == (closed,)


def test_only_the_first_publication_counts(office):
    first = Publication("2026-S1", _AT, "Ketua", date(2026, 7, 27), "x")
    assert load_publication(office.engine, "2026-S1") is None
    assert save_publication(office.engine, first) == first
    assert save_publication(office.engine, replace(first, who="Lain")) == first
    assert load_publication(office.engine, "2026-S1") == first


def test_a_witness_with_half_a_letter_keeps_no_semester_open(office):
    office.register(
        date(2025, 12, 20), Agency("dinkes", "Dinas Kesehatan", "skpd"), website="https://a.go.id/"
    )
    post = office.post("/a", date(2026, 1, 3))
    (witness,) = post.date.evidence
    halved = replace(post, date=replace(post.date, evidence=(replace(witness, raw="3 Januari \ud83d"),)))
    office.crawl(date(2026, 1, 20), office.looked(halved, office.post("/b", date(2026, 1, 4))))
    posts = load_sealed_posts(office.engine, _SEMESTER, _LAST, office.zone)
    first, second = sorted(posts, key=lambda each: each.key)
    assert (first.key, len(first.evidence)) == ("/a", 64)
    packed = pack_evidence(office.post("/b", date(2026, 1, 4)).date.evidence)
    plain = json.dumps(packed, sort_keys=True, separators=(",", ":"))
    assert second.evidence == sha256(plain.encode()).hexdigest()


def _pieces(archive):
    return [archive[at : at + 2**20] for at in range(0, len(archive), 2**20)]


def test_a_seal_keeps_its_archive_and_refuses_changes_until_it_is_reopened(office):
    engine, archive = office.engine, bytes(range(256)) * 9000
    save_seal(engine, _SEAL, _pieces(archive))
    assert load_seals(engine) == (_SEAL,)
    assert b"".join(load_archive(engine, _SEAL)) == archive
    before = office.dump()
    changes = (
        lambda: save_override(engine, _DECISION),
        lambda: save_objection(engine, _OBJECTION),
        lambda: save_publication(engine, Publication("2026-S1", _AT, "K", None, "x")),
        lambda: save_seal(engine, replace(_SEAL, number=2), []),
        lambda: save_reopening(engine, Reopening("2026-S1", 2, "K", "x", _AT)),
    )
    for change in changes:
        with pytest.raises(ConfigError, match="sealed"):
            change()
    assert office.dump() == before
    reopening = Reopening("2026-S1", 1, "Ketua", "Putusan", _AT)
    save_reopening(engine, reopening)
    assert load_reopenings(engine, "2026-S1") == (reopening,)
    assert save_override(engine, _DECISION) == 1
    save_seal(engine, replace(_SEAL, number=2, supersedes=1), [b"new"])
    with pytest.raises(ConfigError, match="seal 2"):
        save_override(engine, _DECISION)
    assert b"".join(load_archive(engine, _SEAL)) == archive
