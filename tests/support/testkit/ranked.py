"""A small city already ranked: ties, a vacuum, a missing account, a hostile name, every state of a night."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from activity.agency import Agency, Channel, Participation
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import (
    ActivityRow,
    Category,
    Change,
    Coverage,
    MetricScore,
    Ranking,
    Reason,
    Standing,
    Status,
)
from activity.result.alternative import Alternative, Move
from activity.result.pulse import NightHealth, SemesterView
from activity.semester import Night, Semester
from desk.view.semester import take_pulse
from testkit.paged import render

__all__ = ["RankedCity", "city", "pages", "site", "view"]

SEMESTER = Semester(2026, 1)
AS_OF = date(2026, 6, 20)
METRICS = (("frequency", 40.0), ("regularity", 30.0), ("freshness", 30.0))


@dataclass(frozen=True)
class RankedCity:
    """What a report is made from."""

    ranking: Ranking
    rows: tuple[ActivityRow, ...]
    earlier: tuple[ActivityRow, ...]


def _row(agency: Agency, channel: Channel, address: str | None, semester: Semester, pace: int) -> ActivityRow:
    days = semester.days()
    nights = []
    for index, day in enumerate(days):
        if address is None or day > AS_OF:
            nights.append(Night.NOT_DUE)
        elif 40 <= index < 52:
            nights.append(Night.UNSEEN)
        else:
            nights.append(Night.RECONSTRUCTED if index < 20 else Night.SEEN)
    posts = tuple(
        1 + index % 4 if pace and index % pace == 0 and night.known else 0
        for index, night in enumerate(nights)
    )
    return ActivityRow(agency, channel, address, posts, tuple(nights))


def _standing(row: ActivityRow, place: int | None, score: float | None, **changes: Any) -> Standing:
    points = 0.0 if score is None else score
    metrics = tuple(MetricScore(name, points / 10, points, w, f"{name} = {points}") for name, w in METRICS)
    posted = [day for day, n in zip(SEMESTER.days(), row.posts, strict=True) if n]
    seen = sum(night is Night.SEEN for night in row.nights)
    rebuilt = sum(night is Night.RECONSTRUCTED for night in row.nights)
    last = posted[-1] if posted else None
    standing = Standing(
        agency=row.agency,
        channel=row.channel,
        address=row.address,
        place=place,
        score=score,
        status=Status.AKTIF,
        reason=Reason.NONE,
        metrics=metrics if score is not None else (),
        coverage=Coverage(seen, rebuilt, 171, (seen + rebuilt) / 171),
        posts=sum(row.posts),
        counted=sum(min(3, n) for n in row.posts),
        undated=0,
        last_post=last,
        silent_since=last + timedelta(days=1) if last else None,
        silent_days=(AS_OF - last).days if last else None,
        beyond_law=False,
        outcome=Outcome.OK,
        detail="",
    )
    return replace(standing, **changes)


def _website() -> tuple[Category, list[ActivityRow], list[ActivityRow]]:
    names = {
        "dinkes": ("Dinas Kesehatan", "https://dinkes.example/"),
        "dishub": ("Dinas Perhubungan", "http://dishub.example/"),
        "disdik": ("Dinas Pendidikan <script>alert(1)</script>", "javascript:alert(1)"),
        "dinsos": ('=HYPERLINK("http://evil.example")', "https://dinsos.example/"),
        "diskominfo": ("Diskominfo", "https://diskominfo.example/"),
        "bkd": ("BKD", None),
    }
    now, before = [], []
    for pace, (slug, (name, address)) in zip((3, 4, 4, 0, 2, 0), names.items(), strict=True):
        competes = Participation.NON_KOMPETISI if slug == "diskominfo" else Participation.PESERTA
        agency = Agency(slug, name, "skpd", competes)
        now.append(_row(agency, Channel.WEBSITE, address, SEMESTER, pace))
        before.append(_row(agency, Channel.WEBSITE, address, SEMESTER.previous, pace))
    standings = (
        _standing(now[0], 1, 91.234),
        _standing(now[1], 2, 70.0),
        _standing(now[2], 2, 70.0),
        _standing(
            now[3],
            4,
            0.0,
            status=Status.VAKUM,
            last_post=date(2025, 11, 2),
            silent_since=date(2025, 11, 3),
            silent_days=230,
            beyond_law=True,
            outcome=Outcome.HACKED,
            detail="@links to a foreign host",
        ),
        _standing(now[4], None, 95.5, reason=Reason.NOT_COMPETING),
        _standing(now[5], None, None, status=Status.TIDAK_DINILAI, reason=Reason.NO_ACCOUNT, outcome=None),
    )
    return Category(Channel.WEBSITE, "skpd", standings), now, before


def _instagram() -> tuple[Category, list[ActivityRow], list[ActivityRow]]:
    agency = Agency("kel-x", "Kelurahan X", "kelurahan")
    row = _row(agency, Channel.INSTAGRAM, "kel_x", SEMESTER, 0)
    unseen = tuple(n if n is Night.NOT_DUE else Night.UNSEEN for n in row.nights)
    row = replace(row, nights=unseen)
    standing = _standing(
        row, None, None, status=Status.TIDAK_DINILAI, reason=Reason.NEVER_SEEN, outcome=Outcome.NOT_VISIBLE
    )
    return Category(Channel.INSTAGRAM, "kelurahan", (standing,)), [row], []


@pytest.fixture(scope="session")
def city() -> RankedCity:
    website, now, before = _website()
    instagram, more, _ = _instagram()
    ranking = Ranking(
        SEMESTER, AS_OF, "keaktifan", "1", "ab" * 32, places=1, shortlist=2, categories=(website, instagram)
    )
    return RankedCity(ranking, (*now, *more), tuple(before))


@pytest.fixture(scope="session")
def view(city: RankedCity) -> SemesterView:
    night = NightHealth(date(2026, 6, 19), 1, None, {Channel.WEBSITE: {Outcome.OK: 4, Outcome.GONE: 1}}, 7)
    website, instagram = city.ranking.categories
    moved = tuple(
        replace(s, change=Change((s.agency.slug,), s.place + 1, 50.0, (("frequency", 4.0),)))
        if s.place
        else s
        for s in website.standings
    )
    ranking = replace(city.ranking, categories=(replace(website, standings=moved), instagram))
    pulse = take_pulse(ranking, city.rows, city.earlier, 90, night)
    return SemesterView(
        city="Kota <Uji> & kawan",
        ranking=ranking,
        stage=Stage.OBJECTIONS,
        rows=city.rows,
        earlier=city.earlier,
        pulse=pulse,
        alternatives=tuple(_alternatives(website)),
    )


def _alternatives(category: Category) -> Iterator[Alternative]:
    """A weight that nobody minds, a threshold that costs a prize, and another rubric."""
    first, second = category.standings[:2]
    loses = Move(
        first.agency, category.channel, "skpd", (1, None), (91.2, 91.2), (True, False), (True, False)
    )
    wins = Move(second.agency, category.channel, "skpd", (2, 1), (70.0, 75.5), (True, True), (False, True))
    yield Alternative("weights.frequency", 40.0, 50.0, (), 6)
    yield Alternative("coverage.minimum", 0.75, 0.85, (loses, wins), 6)
    yield Alternative("status.vacuum_days", 90, 60, (), 6)
    yield Alternative("rubric", "keaktifan", "probolinggo", (replace(wins, wins=(False, False)),), 6)


@pytest.fixture(scope="session")
def site(view: SemesterView) -> dict[str, bytes]:
    return render(view)


@pytest.fixture(scope="session")
def pages(site: dict[str, bytes]) -> dict[str, bytes]:
    """Those for a browser's window, without the badges."""
    return {path: content for path, content in site.items() if path.endswith(".html")}
