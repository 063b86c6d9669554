"""Harvests stored: once, twice, on a full disk, and across a death."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import StatementError

from activity.agency import Agency, Channel
from activity.errors import StoreError, StoreFullError
from activity.outcome import Outcome
from activity.post import Post, PostKind, PostMetrics, Precision
from activity.visit import Cost, Harvest, Memory, Profile, Validators
from db.engine import reading, writing
from db.nightly.run import begin_run, finish_run, load_runs
from db.nightly.store import Saved, save_harvest, save_harvests
from db.post.query import load_posts
from db.schema.models import RunStatus

NIGHT = date(2026, 3, 2)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")


@pytest.fixture
def kuin(office: Any) -> Any:
    office.register(NIGHT, KUIN, website="https://kuin.id/", instagram="kuin")
    return office


def rows(office: Any, query: str) -> list[tuple[Any, ...]]:
    with reading(office.engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_same_harvest_twice_is_the_same_database(kuin: Any) -> None:
    run = begin_run(kuin.engine, NIGHT, kuin.evening(NIGHT))
    (target,) = kuin.targets(run)
    metrics = PostMetrics(likes=3, comments=None)
    posts = (
        kuin.post("a", NIGHT),
        replace(kuin.post("b"), metrics=metrics),
        kuin.post("a", NIGHT - timedelta(4)),
    )
    memory = Memory(
        "https://kuin.id/feed", "feed", Validators("e"), kuin.evening(NIGHT), {"pages": [1, {"b": None}]}
    )
    harvest = replace(
        kuin.looked(*posts, back_to=date(2026, 2, 1)),
        memory=memory,
        profile=Profile(9, 8),
        cost=Cost(3, 4, 5.5),
    )
    assert save_harvest(kuin.engine, run, target, harvest) == Saved(new=2)
    before = kuin.dump()
    assert save_harvest(kuin.engine, run, target, harvest) == Saved()
    assert kuin.dump() == before
    (shot,) = rows(kuin, "SELECT posts_found, posts_new, followers, seconds FROM snapshot")
    assert shot == (2, 2, 9, 5.5)


def brought(office: Any, run: Any) -> list[tuple[Any, Harvest]]:
    """What three offices brought: new posts, a site that is down, a look at what was there before."""
    harvests = {
        "a": replace(office.looked(office.post("x", NIGHT), office.post("y")), memory=Memory("a/feed")),
        "b": Harvest(Outcome.UNREACHABLE, detail="no answer"),
        "c": replace(office.looked(back_to=NIGHT - timedelta(2)), memory=Memory("c/feed")),
    }
    return [(target, harvests[target.account.agency]) for target in office.targets(run)]


def register_three(office: Any) -> None:
    for name in "abc":
        office.register(NIGHT, Agency(name, name, "kelurahan"), website=f"https://{name}.id/")


def test_harvests_stored_together_are_as_if_stored_one_by_one(office: Any) -> None:
    register_three(office)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    together = brought(office, run)
    assert save_harvests(office.engine, run, together) == [Saved(new=2), Saved(), Saved()]
    stored = office.dump()
    assert [save_harvest(office.engine, run, *each) for each in together] == [Saved()] * 3
    assert office.dump() == stored
    assert len(rows(office, "SELECT 1 FROM snapshot")) == 3
    assert len(rows(office, "SELECT 1 FROM account_memory")) == 2


def test_of_harvests_stored_together_none_is_stored_where_one_cannot_be(office: Any) -> None:
    register_three(office)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    empty = office.dump()
    *good, (target, _) = brought(office, run)
    nowhen = replace(target, window=replace(target.window, now=target.window.now.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        save_harvests(office.engine, run, [*good, (nowhen, office.looked(office.post("z", NIGHT)))])
    assert office.dump() == empty


def test_memory_and_known_keys_come_back(kuin: Any) -> None:
    memory = Memory(
        "https://kuin.id/feed", "feed", Validators("e", "l", "d"), kuin.evening(NIGHT), {"a": [1]}
    )
    old = kuin.post("old", NIGHT - timedelta(days=400))
    kuin.crawl(NIGHT, replace(kuin.looked(kuin.post("a", NIGHT), kuin.post("u"), old), memory=memory))
    run = begin_run(kuin.engine, NIGHT + timedelta(1), kuin.evening(NIGHT + timedelta(1)))
    (target,) = kuin.targets(run)
    assert target.memory == memory
    assert target.known == {"a", "u"}


def test_a_pinned_post_from_before_the_window_is_no_news(kuin: Any) -> None:
    """One that stands on top of the list is met every night; what counts is the newest from before."""
    pinned, newest = (
        kuin.post(key, NIGHT - timedelta(days)) for key, days in (("pinned", 300), ("newest", 230))
    )
    first = replace(kuin.looked(kuin.post("a", NIGHT)), before=newest)
    assert kuin.crawl(NIGHT, first) == [Saved(new=2)]
    second = replace(kuin.looked(kuin.post("a", NIGHT)), before=pinned)
    assert kuin.crawl(NIGHT + timedelta(1), second) == [Saved()]
    assert rows(kuin, "SELECT key FROM post ORDER BY key") == [("a",), ("newest",)]


def test_a_date_that_gives_way_is_kept(kuin: Any) -> None:
    first, second = NIGHT - timedelta(9), NIGHT - timedelta(3)
    others = [kuin.post(key, first - timedelta(9)) for key in "bc"]
    kuin.crawl(NIGHT, kuin.looked(kuin.post("a", first), *others))
    edited = kuin.looked(kuin.post("a", second), *others)
    assert kuin.crawl(NIGHT + timedelta(1), edited) == [Saved(updated=1)]
    (post,) = load_posts(kuin.engine, since=second)
    assert (post.local_day, post.redated, post.contested) == (second, True, False)
    assert post.evidence[0].raw == str(second)
    assert (post.first_seen, post.last_seen) == (kuin.evening(NIGHT), kuin.evening(NIGHT + timedelta(1)))
    days = (first - date(1970, 1, 1)).days
    assert rows(kuin, "SELECT key, local_day, precision, cause FROM post_claim") == [
        ("a", days, "minute", "site")
    ]


def test_neither_none_nor_a_coarser_date_replaces_one(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("a", NIGHT)))
    for later, post in enumerate((kuin.post("a"), kuin.post("a", NIGHT - timedelta(8), Precision.DAY)), 1):
        kuin.crawl(NIGHT + timedelta(later), kuin.looked(post))
    (post,) = load_posts(kuin.engine)
    assert (post.local_day, post.precision, post.redated) == (NIGHT, Precision.MINUTE, False)
    assert rows(kuin, "SELECT * FROM post_claim") == []


def test_a_finer_date_of_the_same_day_is_no_contradiction(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("a", NIGHT, Precision.DAY)))
    kuin.crawl(NIGHT + timedelta(1), kuin.looked(kuin.post("a", NIGHT)))
    (post,) = load_posts(kuin.engine)
    assert (post.precision, post.redated) == (Precision.MINUTE, False)


def test_a_title_is_kept_where_a_listing_has_none(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("a", NIGHT)))
    nameless = replace(kuin.post("a", NIGHT), title="", kind=PostKind.AGENDA)
    assert kuin.crawl(NIGHT + timedelta(1), kuin.looked(nameless)) == [Saved(updated=1)]
    (post,) = load_posts(kuin.engine)
    assert (post.title, post.kind) == ("Berita a", PostKind.AGENDA)


def test_metrics_are_appended_only_when_they_change(kuin: Any) -> None:
    for later, likes in enumerate((3, 3, 5, 5, None)):
        post = replace(kuin.post("a", NIGHT), metrics=PostMetrics(likes=likes))
        kuin.crawl(NIGHT + timedelta(later), kuin.looked(post), Channel.INSTAGRAM)
    assert rows(kuin, "SELECT likes FROM post_metric ORDER BY observed_at") == [(3,), (5,)]


def test_metrics_are_followed_for_four_weeks(kuin: Any) -> None:
    for later, likes in ((27, 3), (28, 4), (60, 5)):
        post = replace(kuin.post("a", NIGHT, hour=21), metrics=PostMetrics(likes=likes))
        harvest = kuin.looked(post)
        for _ in range(2):
            kuin.crawl(NIGHT + timedelta(later), harvest, Channel.INSTAGRAM)
    assert rows(kuin, "SELECT likes FROM post_metric ORDER BY observed_at") == [(3,), (4,)]


def test_text_that_an_engine_would_refuse(kuin: Any) -> None:
    nasty = Post("k" * 5000, "https://a.id/\x00", "\ud800 <b>'; DROP TABLE post; --\x00")
    harvest = replace(kuin.looked(nasty), detail="\x00?", memory=Memory(facts={"x": "\x00\ud800"}))
    assert kuin.crawl(NIGHT, harvest) == [Saved(new=1)]
    (post,) = load_posts(kuin.engine)
    assert (post.title, post.url) == ("? <b>'; DROP TABLE post; --", "https://a.id/")
    assert len(post.key) < 1200
    run = begin_run(kuin.engine, NIGHT, kuin.evening(NIGHT))
    assert kuin.targets(run)[0].memory.facts == {"x": "\x00\ud800"}


def test_a_harvest_of_thousands(kuin: Any) -> None:
    posts = tuple(kuin.post(f"p{n}", NIGHT - timedelta(n % 300)) for n in range(3000))
    assert kuin.crawl(NIGHT, kuin.looked(*posts)) == [Saved(new=3000)]
    assert kuin.crawl(NIGHT + timedelta(1), kuin.looked(*posts)) == [Saved()]


def test_a_run_is_resumed_the_same_night_and_closed_the_next(kuin: Any) -> None:
    first = begin_run(kuin.engine, NIGHT, kuin.evening(NIGHT))
    again = begin_run(kuin.engine, NIGHT, kuin.evening(NIGHT))
    assert (again.id, again.number, again.resumed, first.resumed) == (first.id, 1, True, False)
    finish_run(kuin.engine, again, kuin.evening(NIGHT), {"posts": 3})
    second = begin_run(kuin.engine, NIGHT, kuin.evening(NIGHT))
    assert (second.number, second.resumed) == (2, False)
    begin_run(kuin.engine, NIGHT + timedelta(1), kuin.evening(NIGHT + timedelta(1)))
    runs = load_runs(kuin.engine)
    assert [run.status for run in runs] == [RunStatus.RUNNING, RunStatus.INTERRUPTED, RunStatus.FINISHED]
    assert runs[2].summary == {"posts": 3}
    with pytest.raises(StoreError, match="not open"):
        finish_run(kuin.engine, second, kuin.evening(NIGHT), {})


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, open_office: Callable[[str], Any]) -> None:
    office = open_office(f"sqlite:///{tmp_path / 'small.db'}")
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    (target,) = office.targets(run)
    before = office.dump()
    office.engine.dispose()

    @event.listens_for(office.engine, "connect")
    def _limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    posts = tuple(office.post(f"p{n}", NIGHT) for n in range(3000))
    with pytest.raises(StoreFullError, match="rolled back"):
        save_harvest(office.engine, run, target, office.looked(*posts))
    assert office.dump() == before


def test_a_full_server_leaves_nothing_half_written(
    fresh_postgres_url: str, open_office: Callable[[str], Any]
) -> None:
    office = open_office(fresh_postgres_url)
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    with writing(office.engine) as connection:
        for statement in (
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END$$",
            "CREATE TRIGGER no_room BEFORE INSERT ON snapshot EXECUTE FUNCTION no_room()",
        ):
            connection.exec_driver_sql(statement)
    run = begin_run(office.engine, NIGHT, office.evening(NIGHT))
    (target,) = office.targets(run)
    before = office.dump()
    with pytest.raises(StoreFullError):
        save_harvest(office.engine, run, target, office.looked(office.post("a", NIGHT)))
    assert office.dump() == before


def test_failures_keep_what_was_remembered(kuin: Any) -> None:
    kuin.crawl(NIGHT, replace(kuin.looked(kuin.post("a", NIGHT)), memory=Memory("https://kuin.id/feed")))
    kuin.crawl(NIGHT + timedelta(1), lambda t: Harvest.failed(t, Outcome.UNREACHABLE, "timed out"))
    run = begin_run(kuin.engine, NIGHT + timedelta(2), kuin.evening(NIGHT + timedelta(2)))
    assert kuin.targets(run)[0].memory.endpoint == "https://kuin.id/feed"
