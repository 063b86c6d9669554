"""One post, one key: rows that turn out to be one post become one, and stay so; deletions are recorded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from activity.agency import Agency, Channel
from activity.flag import Sieve
from activity.jury import Action, Override
from activity.post import PostMetrics
from activity.semester import Semester
from activity.visit import Alias
from db.engine import reading
from db.nightly.run import begin_run
from db.nightly.store import Saved, save_harvest
from db.post.query import load_posts
from db.semester.activity import load_activity
from db.semester.integrity import load_trails
from db.semester.jury import load_overrides, save_override

NIGHT = date(2026, 3, 2)
NEXT = NIGHT + timedelta(1)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")
SEMESTER = Semester(2026, 1)
MOVED = Alias("/?p=7", "/berita/a", "its address leads there")


@pytest.fixture
def kuin(office: Any) -> Any:
    office.register(NIGHT, KUIN, website="https://kuin.id/")
    return office


def rows(office: Any, query: str) -> list[tuple[Any, ...]]:
    with reading(office.engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_post_takes_its_other_key_with_all_its_history(kuin: Any) -> None:
    liked = replace(kuin.post("/?p=7", NIGHT), metrics=PostMetrics(likes=3))
    kuin.crawl(NIGHT, kuin.looked(liked, kuin.post("/b", NIGHT)))
    again = replace(kuin.looked(kuin.post("/berita/a", NIGHT)), aliases=(MOVED,))
    assert kuin.crawl(NEXT, again) == [Saved(updated=1)]
    found = {post.key: post for post in load_posts(kuin.engine)}
    assert found.keys() == {"/berita/a", "/b"}
    assert found["/berita/a"].first_seen == kuin.evening(NIGHT)
    assert rows(kuin, "SELECT key, likes FROM post_metric") == [("/berita/a", 3)]
    assert rows(kuin, "SELECT old, key, why FROM post_alias") == [("/?p=7", "/berita/a", MOVED.why)]


def test_two_rows_become_one_and_the_first_sight_stays(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("/?p=7", NIGHT - timedelta(3))))
    kuin.crawl(NEXT, kuin.looked(kuin.post("/berita/a", NIGHT - timedelta(3))))
    later = NEXT + timedelta(1)
    kuin.crawl(later, replace(kuin.looked(), aliases=(MOVED,)))
    (post,) = load_posts(kuin.engine)
    assert (post.key, post.first_seen, post.last_seen) == (
        "/berita/a",
        kuin.evening(NIGHT),
        kuin.evening(NEXT),
    )
    found = load_activity(kuin.engine, SEMESTER, later, kuin.zone)
    assert sum(sum(row.posts) for row in found) == 1


def test_the_same_harvest_twice_and_the_old_key_again_change_nothing(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("/?p=7", NIGHT)))
    run = begin_run(kuin.engine, NEXT, kuin.evening(NEXT))
    (target,) = kuin.targets(run)
    both = kuin.looked(kuin.post("/?p=7", NIGHT), kuin.post("/berita/a", NIGHT))
    harvest = replace(both, aliases=(MOVED, Alias("/nobody", "/berita/a", "unknown")))
    save_harvest(kuin.engine, run, target, harvest)
    before = kuin.dump()
    assert save_harvest(kuin.engine, run, target, harvest) == Saved()
    assert kuin.dump() == before
    assert len(rows(kuin, "SELECT key FROM post")) == 1
    kuin.crawl(NEXT + timedelta(1), kuin.looked(kuin.post("/?p=7", NIGHT)))
    assert rows(kuin, "SELECT key FROM post") == [("/berita/a",)]


def test_keys_that_change_twice_or_back(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("/1", NIGHT)))
    chain = (Alias("/1", "/2", "slug"), Alias("/2", "/3", "slug"))
    kuin.crawl(NEXT, replace(kuin.looked(), aliases=chain))
    assert rows(kuin, "SELECT old, key FROM post_alias ORDER BY old") == [("/1", "/3"), ("/2", "/3")]
    kuin.crawl(NEXT + timedelta(1), replace(kuin.looked(), aliases=(Alias("/3", "/1", "slug"),)))
    assert rows(kuin, "SELECT old, key FROM post_alias ORDER BY old") == [("/2", "/1"), ("/3", "/1")]
    assert rows(kuin, "SELECT key FROM post") == [("/1",)]


def test_a_decision_follows_its_post(kuin: Any) -> None:
    kuin.crawl(NIGHT, kuin.looked(kuin.post("/?p=7", NIGHT)))
    said = Override(
        0, "2026-S1", "kuin", Channel.WEBSITE, Action.DROP, "/?p=7", "Ketua", "r", "e", kuin.evening(NIGHT)
    )
    save_override(kuin.engine, said)
    kuin.crawl(NEXT, replace(kuin.looked(), aliases=(MOVED,)))
    assert [each.post for each in load_overrides(kuin.engine, "2026-S1")] == ["/berita/a"]


def test_a_deletion_is_recorded_told_and_known_no_more(kuin: Any) -> None:
    posts = [kuin.post(key, NIGHT) for key in "ab"]
    kuin.crawl(NIGHT, kuin.looked(*posts, back_to=date(2026, 1, 1)))
    run = begin_run(kuin.engine, NEXT, kuin.evening(NEXT))
    (target,) = kuin.targets(run)
    assert {key: known.title for key, known in target.stored.items()} == {"a": "Berita a", "b": "Berita b"}
    harvest = replace(kuin.looked(posts[0]), deleted=("b", "nobody"))
    save_harvest(kuin.engine, run, target, harvest)
    before = kuin.dump()
    save_harvest(kuin.engine, run, target, harvest)
    assert kuin.dump() == before
    sieve = Sieve(2, date(2026, 6, 24), 10, 0.4, every=0)
    (trail,) = load_trails(kuin.engine, SEMESTER, NEXT, kuin.zone, sieve)
    assert {trace.key: trace.deleted for trace in trail.traces} == {"a": None, "b": NEXT}
    later = begin_run(kuin.engine, NEXT, kuin.evening(NEXT))
    assert later.number == run.number
    night = NEXT + timedelta(1)
    (target,) = kuin.targets(begin_run(kuin.engine, night, kuin.evening(night)))
    assert target.known == target.stored.keys() == {"a"}
    kuin.crawl(night, kuin.looked(posts[1]))
    assert rows(kuin, "SELECT deleted_at FROM post WHERE key = 'b'") == [(None,)]
