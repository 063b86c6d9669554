"""Posts that show no date but a dateline: certain on watched nights, the rubric's matter in a backlog."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from activity.agency import Agency, Channel
from activity.flag import Treatment
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.ranking import Ranking, Standing, Status
from activity.semester import Semester
from activity.visit import Memory
from db.post.dateline import settle_dateline
from db.post.query import load_posts
from db.semester.activity import load_activity
from db.semester.sealed import load_sealed_posts
from scoring.judgement import judge_rows
from scoring.rubrics.rubric import load_default, parse_rubric
from scoring.seal.contents import FORMAT, Contents, SealHead, seal_nights
from scoring.seal.recount import recount_rows
from testkit.zone import MAKASSAR as ZONE

SEMESTER = Semester(2026, 1)
NIGHT = date(2026, 5, 20)
NEXT = NIGHT + timedelta(1)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")


def dateline(key: str, day: date) -> Post:
    at = datetime.combine(day, time(), ZONE).astimezone(UTC)
    url = f"https://kuin.id{key}"
    raw = f"KUIN, Selasa ({day:%d/%m/%Y}) – "
    witness = DateEvidence(EvidenceKind.DATELINE, "p", raw, at, Precision.DAY, url)
    return Post(key, url, f"Berita {key}", PostDate(at, Precision.WEEK, (witness,)))


@pytest.mark.parametrize(
    ("looked", "now", "told", "day"),
    [
        pytest.param((19, 20), (20, 20), 20, 20, id="of today"),
        pytest.param((19, 20), (20, 20), 19, 20, id="of the evening before: more hours lie in today"),
        pytest.param((20, 1), (21, 1), 20, 20, id="looked at after midnight"),
        pytest.param((19, 20), (20, 20), 17, 20, id="written three days after"),
        pytest.param((19, 20), (20, 20), 16, None, id="too old to be of tonight"),
        pytest.param((19, 20), (20, 20), 21, None, id="of a day to come"),
        pytest.param((17, 20), (20, 20), 19, None, id="not watched"),
    ],
)
def test_the_nights_around_it_tell_the_day(
    looked: tuple[int, int], now: tuple[int, int], told: int, day: int | None
) -> None:
    before, tonight = (datetime(2026, 5, at, hour, tzinfo=ZONE) for at, hour in (looked, now))
    settled = settle_dateline(dateline("/a", date(2026, 5, told)), before, tonight, ZONE).date
    assert settled is not None
    found = settled.at.astimezone(ZONE).date() if settled.precision is Precision.DAY else None
    assert found == (None if day is None else date(2026, 5, day))


@pytest.fixture
def kuin(office: Any) -> Any:
    """A first visit with a backlog of datelines, then a watched night; all nights are known."""
    office.register(date(2026, 1, 1), KUIN, website="https://kuin.id/")
    backlog = [dateline(f"/{n}", date(2026, 3, 1) + timedelta(7 * n)) for n in range(11)]
    memory = Memory("https://kuin.id/berita", seen_at=office.evening(NIGHT))
    first = replace(office.looked(*backlog, back_to=date(2025, 12, 20)), memory=memory)
    office.crawl(NIGHT, first)
    office.crawl(NEXT, replace(office.looked(dateline("/new", NEXT), back_to=NEXT), memory=memory))
    return office


def rank(office: Any, treatment: Treatment) -> tuple[Standing, Ranking]:
    text = load_default().replace(
        '[datelines]\ntreatment = "hold"', f'[datelines]\ntreatment = "{treatment}"'
    )
    rubric = parse_rubric(text, "kota.toml")
    assert rubric.integrity.dateline is treatment
    rows = load_activity(office.engine, SEMESTER, NEXT, ZONE)
    ranking = judge_rows(rows, (), rubric, SEMESTER, NEXT)
    (found,) = (s for c in ranking.categories for s in c.standings if s.channel is Channel.WEBSITE)
    return found, ranking


def test_a_watched_post_has_its_day_and_keeps_it(kuin: Any) -> None:
    kuin.crawl(NEXT + timedelta(1), kuin.looked(dateline("/new", NEXT)))
    found = {post.key: post for post in load_posts(kuin.engine)}
    assert (found["/new"].local_day, found["/new"].precision) == (NEXT, Precision.DAY)
    assert found["/0"].local_day is None


def test_a_backlog_is_the_rubrics_matter_and_no_silence(kuin: Any) -> None:
    (row,) = (r for r in load_activity(kuin.engine, SEMESTER, NEXT, ZONE) if r.channel is Channel.WEBSITE)
    assert (sum(row.posts), len(row.datelines), row.undated) == (1, 11, 0)
    assert row.datelines[0].day == date(2026, 3, 1)
    held, _ = rank(kuin, Treatment.HOLD)
    counted, _ = rank(kuin, Treatment.COUNT)
    dropped, _ = rank(kuin, Treatment.DROP)
    assert (held.posts, held.held) == (1, 11)
    assert (counted.posts, counted.held) == (12, 0)
    assert (dropped.posts, dropped.held) == (1, 0)
    assert held.score is not None
    assert counted.score is not None
    assert held.score < counted.score


def test_an_account_of_datelines_alone_is_not_vacuum(office: Any) -> None:
    office.register(date(2026, 1, 1), KUIN, website="https://kuin.id/")
    backlog = [dateline(f"/{n}", date(2026, 5, 1) + timedelta(n)) for n in range(9)]
    office.crawl(NIGHT, office.looked(*backlog, back_to=date(2025, 12, 20)))
    held, _ = rank(office, Treatment.HOLD)
    assert (held.status, held.last_post) == (Status.AKTIF, date(2026, 5, 9))
    dropped, _ = rank(office, Treatment.DROP)
    assert dropped.status is Status.VAKUM


def test_a_seal_counts_them_alike(kuin: Any) -> None:
    rows = load_activity(kuin.engine, SEMESTER, NEXT, ZONE)
    now = kuin.evening(NEXT)
    head = SealHead(FORMAT, str(SEMESTER), 1, None, NEXT, ZONE.key, now, "Ketua", "", "0")
    posts = tuple(load_sealed_posts(kuin.engine, SEMESTER, NEXT, ZONE))
    contents = Contents(head, "", (KUIN,), (), posts, seal_nights(rows), (), (), (), None)
    assert set(recount_rows(contents)) == set(rows)
