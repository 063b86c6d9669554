"""What a person sees of a post's evidence: the page, the passages, and what is wrong with it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from activity.agency import Account, Agency, Channel
from activity.errors import ConfigError
from activity.jury import Publication, Reopening, Seal
from activity.post import PostKind
from activity.record import Record
from activity.semester import Semester
from activity.visit import Target, Window
from db.evidence.warc import Archive
from db.nightly.imported import Import, save_imports
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.semester.jury import save_publication
from db.semester.seal import save_reopening, save_seal
from desk.keeping.pruning import find_settled, list_removals, prune
from desk.setting.config import Config, load_config
from desk.view.captured import Seen, find_one, see_evidence

NIGHT = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\x1b[2J\u202e" + "ha" * 5_000
LIST = "<ul><li>Kabar lain <time>2026-03-02</time></li><li>Berita a <time>2026-03-02</time></li></ul>"


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    settings = {
        "DATABASE": database_url,
        "EVIDENCE": str(tmp_path / "bukti"),
        "NOW": "2026-08-01T10:00+08:00",
    }
    return load_config({f"DENYUT_{name}": value for name, value in settings.items()})


@pytest.fixture
def filled(office: Any, config: Config) -> Any:
    agency = Agency("kuin", "Kelurahan Kuin", "kelurahan")
    office.register(NIGHT, agency, website="https://a.id/", instagram="kuin")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    (target,) = office.targets(run)
    posts = [office.post("a", NIGHT), office.post("ab", NIGHT), replace(office.post("c", NIGHT), title=EVIL)]
    records = (
        Record.of("https://a.id/feed", AT, 200, {}, LIST.encode(), frozenset({"a"})),
        Record.of("https://www.a.id/a/", AT, 200, {}, b"<h1>Berita a</h1>", frozenset({"a"})),
        Record.of("https://a.id/c", AT, 200, {}, f"<h1>{EVIL}</h1>".encode(), frozenset({"c"})),
    )
    archive = Archive(Path(config.evidence))
    save_harvest(office.engine, run, target, replace(office.looked(*posts), records=records), archive)
    finish_run(office.engine, run, office.evening(NIGHT), {})
    return office


def see(office: Any, config: Config, text: str) -> Seen:
    return see_evidence(office.engine, config, find_one(office.engine, text))


def test_a_post_is_found_by_its_key_its_address_or_a_part(filled: Any) -> None:
    for text in ("a", "https://a.id/a", "https://a.id/a/", " a "):
        assert find_one(filled.engine, text).key == "a"
    assert find_one(filled.engine, "/AB").key == "ab"
    with pytest.raises(ConfigError, match="may be any of"):
        find_one(filled.engine, "https://a.id/")
    for text in ("tak ada", "%", "_", "\x00"):
        with pytest.raises(ConfigError):
            find_one(filled.engine, text)
    with pytest.raises(ConfigError, match="No post"):
        find_one(filled.engine, "a", channel=Channel.INSTAGRAM)


def test_the_passages_of_list_and_article_are_shown(filled: Any, config: Config) -> None:
    listing, article = see(filled, config, "a").captures
    assert (listing.is_article, article.is_article) == (False, True)
    assert listing.date is not None
    assert "Berita a" in listing.date.before
    assert listing.title is not None
    assert article.title is not None
    assert (article.date, article.problem) == (None, "")


def test_a_day_that_the_page_writes_otherwise_is_shown_as_it_does(filled: Any, config: Config) -> None:
    run = begin_run(filled.engine, NIGHT, filled.evening(NIGHT))
    (target,) = filled.targets(run)
    page = "<p>Agenda 2 Maret 2026</p><p>1 Maret 2026</p><h1>Berita d</h1><p>Senin, 2 Maret 2026</p>"
    record = Record.of("https://a.id/d", AT, 200, {}, page.encode(), frozenset({"d"}))
    harvest = replace(filled.looked(filled.post("d", NIGHT)), records=(record,))
    save_harvest(filled.engine, run, target, harvest, Archive(Path(config.evidence)))
    (capture,) = see(filled, config, "d").captures
    assert (capture.date, capture.same_day and capture.same_day.found) == (None, "Senin, 2 Maret 2026")
    article = see(filled, config, "a").captures[1]
    assert (article.date, article.same_day) == (None, None)


def test_a_hostile_title_is_found_in_its_page(filled: Any, config: Config) -> None:
    (capture,) = see(filled, config, "c").captures
    assert capture.title is not None
    assert capture.title.found.startswith("<script>")
    assert len(capture.title.before + capture.title.found + capture.title.after) < 400


def test_what_was_stored_without_a_page_has_none(filled: Any, config: Config) -> None:
    seen = see(filled, config, "ab")
    assert (seen.captures, seen.basis.digests) == ((), ())


def test_a_page_that_is_damaged_or_gone_is_told(filled: Any, config: Config) -> None:
    (kept,) = see(filled, config, "c").basis.records
    path = Path(config.evidence) / kept.place.file
    content = bytearray(path.read_bytes())
    content[kept.place.offset + kept.place.length - 20] ^= 0xFF
    path.write_bytes(content)
    (capture,) = see(filled, config, "c").captures
    assert capture.is_lost
    assert "no WARC record" in capture.problem or "changed" in capture.problem
    path.unlink()
    (capture,) = see(filled, config, "c").captures
    assert "cannot be read" in capture.problem


def test_a_post_of_a_file_names_the_file_and_the_line(filled: Any, config: Config) -> None:
    account = Account(2, "kuin", Channel.INSTAGRAM, "kuin")
    post = replace(filled.post("Cxyz", NIGHT), kind=PostKind.STATUS, place="line 12")
    each = Import(
        target=Target(account, Window(AT, AT), filled.zone),
        name="ekspor #1.csv",
        digest="d" * 64,
        size=9,
        last_day=NIGHT,
        complete_since=None,
        batches=lambda: [[post]],
    )
    for _ in range(2):
        save_imports(filled.engine, [each], AT)
        (file,) = see(filled, config, "Cxyz").basis.files
        assert (file.name, file.digest, file.place) == ("ekspor #1.csv", "d" * 64, "line 12")


def seal(number: int, sealed_at: datetime) -> Seal:
    return Seal(
        "2026-S1", number, sealed_at, "K", "", None, date(2026, 6, 30), "keaktifan", "1", "d", "r", "m"
    )


def test_only_after_the_objections_of_a_seal_something_goes(filled: Any, config: Config) -> None:
    engine, old = filled.engine, Semester(2026, 1)
    assert find_settled(engine, config) == {}
    save_publication(engine, Publication("2026-S1", AT, "K", date(2026, 7, 27), "x"))
    sealed_at = datetime(2026, 7, 20, tzinfo=UTC)
    save_seal(engine, seal(1, sealed_at), [])
    assert find_settled(engine, config.at("2026-07-27")) == {}
    assert find_settled(engine, config) == {old: sealed_at}
    assert tuple(list_removals(engine, config)) == ()
    later = filled.post("baru", date(2026, 6, 1))
    filled.crawl(date(2026, 6, 1), filled.looked(later))
    told: list[str] = []
    done = prune(engine, config, told.append)
    assert (done.records, done.problems, told) == (3, (), ["2026-03-02.warc.gz"])
    (capture,) = see(filled, config, "c").captures
    assert "removed after the seal" in capture.problem
    assert not capture.is_lost
    assert tuple(list_removals(engine, config)) == ()
    save_reopening(engine, Reopening("2026-S1", 1, "K", "x", AT))
    assert find_settled(engine, config) == {}
