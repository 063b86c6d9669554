"""A semester's activity: against a plain reading of the rules, on both engines, and against the views."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.outcome import Outcome
from activity.post import Precision
from activity.ranking import ActivityRow
from activity.result.month import line_up, list_months
from activity.semester import Night, Semester
from activity.visit import Harvest, Profile, Proof
from db.engine import reading, writing
from db.schema.models import Base
from db.semester.activity import load_activity

S1 = Semester(2026, 1)
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")
LAST = date(2026, 6, 30)


def row(
    office: Any, as_of: date = LAST, channel: Channel = Channel.WEBSITE, semester: Semester = S1
) -> ActivityRow:
    rows = load_activity(office.engine, semester, as_of, office.zone)
    return next(r for r in rows if r.channel is channel)


def states(found: ActivityRow) -> Counter[str]:
    return Counter(night.value for night in found.nights)


def on(found: ActivityRow, day: date) -> tuple[int, Night]:
    index = S1.days().index(day)
    return found.posts[index], found.nights[index]


def test_an_agency_has_a_row_on_every_channel_also_without_an_account(office: Any) -> None:
    office.register(date(2026, 1, 1), KUIN, website="https://kuin.id/")
    rows = load_activity(office.engine, S1, LAST, office.zone)
    assert [(r.channel, r.address) for r in rows] == [
        (Channel.WEBSITE, "https://kuin.id/"),
        (Channel.INSTAGRAM, None),
        (Channel.FACEBOOK, None),
    ]
    assert set(rows[0].nights) == {Night.UNSEEN}
    assert rows[0].outcome is None
    assert rows[0].earliest_known is None


def test_a_city_that_starts_in_may_reaches_back(office: Any) -> None:
    office.register(date(2026, 5, 4), KUIN, website="https://kuin.id/")
    days = [date(2026, 1, 1), date(2026, 2, 3), date(2025, 12, 24), date(2026, 5, 4)]
    posts = [office.post(f"p{n}", day) for n, day in enumerate(days)]
    office.crawl(date(2026, 5, 4), office.looked(*posts, office.post("u"), back_to=date(2025, 12, 20)))
    found = row(office, date(2026, 5, 5))
    assert sum(found.posts) == 3
    assert states(found) == {"reconstructed": 123, "seen": 1, "unseen": 1, "not due": 56}
    assert found.newest_before == date(2025, 12, 24)
    assert found.earliest_known == date(2025, 12, 20)
    assert found.undated == 1
    assert found.outcome is Outcome.OK
    assert found.checked_at == office.evening(date(2026, 5, 4))


def test_a_listing_that_ends_within_a_day_does_not_reconstruct_it(office: Any) -> None:
    office.register(date(2026, 3, 1), KUIN, website="https://kuin.id/")
    since = office.evening(date(2026, 3, 5))
    office.crawl(date(2026, 3, 9), replace(office.looked(), complete_since=since, proof=Proof.OLDER_MET))
    found = row(office)
    assert on(found, date(2026, 3, 5))[1] is Night.UNSEEN
    assert on(found, date(2026, 3, 6))[1] is Night.RECONSTRUCTED
    assert found.earliest_known == date(2026, 3, 6)


def test_a_claim_without_a_proof_reconstructs_nothing(office: Any) -> None:
    office.register(date(2026, 3, 1), KUIN, website="https://kuin.id/")
    office.crawl(date(2026, 3, 9), replace(office.looked(back_to=date(2026, 3, 1)), proof=None))
    found = row(office)
    assert on(found, date(2026, 3, 8))[1] is Night.UNSEEN
    assert on(found, date(2026, 3, 9))[1] is Night.SEEN
    assert found.earliest_known == date(2026, 3, 9)


def test_a_look_after_the_day_of_judgement_reconstructs_but_has_no_outcome(office: Any) -> None:
    office.register(date(2026, 7, 3), KUIN, website="https://kuin.id/")
    office.crawl(
        date(2026, 7, 3), office.looked(office.post("a", date(2026, 6, 2)), back_to=date(1969, 12, 1))
    )
    found = row(office, LAST)
    assert states(found) == {"reconstructed": 181}
    # Stored as a number below 0.
    assert found.earliest_known == date(1969, 12, 1)
    assert (sum(found.posts), found.outcome) == (1, None)


def test_failed_nights_are_unseen_and_the_newest_look_is_told(office: Any) -> None:
    office.register(date(2026, 3, 1), KUIN, website="https://kuin.id/")
    office.crawl(date(2026, 3, 1), replace(office.looked(), profile=Profile(followers=7)))
    office.crawl(date(2026, 3, 2), Harvest(Outcome.UNREACHABLE, detail="timed out"))
    found = row(office, date(2026, 3, 31))
    assert [on(found, date(2026, 3, day))[1] for day in (1, 2)] == [Night.SEEN, Night.UNSEEN]
    assert (found.outcome, found.detail, found.followers) == (Outcome.UNREACHABLE, "timed out", 7)
    assert row(office, date(2026, 3, 1)).outcome is Outcome.OK


def test_a_moved_site_counts_each_post_once(office: Any) -> None:
    day = date(2026, 3, 2)
    office.register(day, KUIN, website="https://old.id/")
    office.crawl(
        day, office.looked(office.post("both", day), office.post("old", day), office.post("dated", day))
    )
    office.register(day + timedelta(1), KUIN, website="https://new.id/")
    moved = (office.post("both", day + timedelta(1)), office.post("new", day), office.post("dated"))
    office.crawl(day + timedelta(1), office.looked(*moved))
    found = row(office)
    assert found.address == "https://new.id/"
    assert (on(found, day), on(found, day + timedelta(1))) == ((3, Night.SEEN), (1, Night.SEEN))
    assert found.undated == 0


def test_days_without_certainty_and_days_to_come_do_not_count(office: Any) -> None:
    day = date(2026, 3, 2)
    office.register(day, KUIN, website="https://kuin.id/")
    posts = (
        office.post("week", day, Precision.WEEK),
        office.post("later", day + timedelta(5)),
        office.post("a", day),
    )
    office.crawl(day, office.looked(*posts))
    assert (sum(row(office, day).posts), row(office, day).undated) == (1, 1)
    assert sum(row(office).posts) == 2


def test_an_agency_counts_only_while_it_exists(office: Any) -> None:
    night = date(2026, 3, 2)
    brief = replace(KUIN, valid_from=date(2026, 2, 1), valid_to=date(2026, 4, 1))
    gone = Agency("gone", "Lama", "kelurahan", valid_to=date(2026, 1, 1))
    office.register(night, brief, gone, website="https://kuin.id/")
    office.crawl(night, office.looked(back_to=date(2025, 12, 1)))
    assert {r.agency for r in load_activity(office.engine, S1, LAST, office.zone)} == {brief}
    found = row(office)
    assert states(found) == {"seen": 1, "reconstructed": 29, "unseen": 29, "not due": 122}
    assert found.earliest_known == date(2026, 2, 1)


def test_another_zone_would_mean_other_days(office: Any) -> None:
    office.register(date(2026, 3, 2), KUIN)
    with pytest.raises(ConfigError, match="Asia/Makassar"):
        load_activity(office.engine, S1, LAST, type(office.zone)("Asia/Jakarta"))


@dataclass(frozen=True)
class Look:
    """One look of a random history, in days from its first."""

    night: int
    account: int
    outcome: Outcome
    back: int | None
    days: tuple[int | None, ...]


FIRST = date(2025, 12, 20)
looks = st.lists(
    st.builds(
        Look,
        st.integers(0, 30),
        st.integers(0, 1),
        st.sampled_from([Outcome.OK, Outcome.UNCHANGED, Outcome.UNREACHABLE]),
        st.none() | st.integers(0, 12),
        st.lists(st.none() | st.integers(-5, 30), max_size=4).map(tuple),
    ),
    max_size=6,
    unique_by=lambda look: look.night,
).map(lambda found: sorted(found, key=lambda look: (look.account, look.night)))


def play(office: Any, history: Sequence[Look]) -> None:
    """The site moves once: first the looks at the old address, then those at the new one."""
    with writing(office.engine) as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "setting":
                connection.execute(table.delete())
    for number, address in enumerate(("https://old.id/", "https://new.id/")):
        office.register(FIRST + timedelta(days=number), KUIN, website=address)
        for look in history:
            if look.account == number:
                night = FIRST + timedelta(days=look.night + 1)
                posts = [
                    office.post(f"k{n}", None if day is None else FIRST + timedelta(days=day))
                    for n, day in enumerate(look.days)
                ]
                back = None if look.back is None else night - timedelta(days=look.back)
                office.crawl(night, office.looked(*posts, back_to=back, outcome=look.outcome))


def expected_night(history: Sequence[Look], day: date, as_of: date) -> Night:
    if day > as_of:
        return Night.NOT_DUE
    saw = [(FIRST + timedelta(days=look.night + 1), look) for look in history if look.outcome.saw]
    if any(night == day for night, _ in saw):
        return Night.SEEN
    reach = [(night, night - timedelta(days=look.back)) for night, look in saw if look.back is not None]
    if any(start <= day <= night for night, start in reach):
        return Night.RECONSTRUCTED
    return Night.UNSEEN


def expected_start(history: Sequence[Look], as_of: date, newest_before: date | None) -> date | None:
    """Looks before the semester say nothing where an older post says more."""
    if newest_before is not None:
        history = [look for look in history if FIRST + timedelta(days=look.night + 1) >= S1.first_day]
    known = [day for day in S1.days() if expected_night(history, day, as_of).known]
    if not known:
        return None
    day = known[-1]
    while expected_night(history, day - timedelta(days=1), as_of).known:
        day -= timedelta(days=1)
    return day


@pytest.fixture
def offices(tmp_path: Path, fresh_postgres_url: str, open_office: Callable[[str], Any]) -> tuple[Any, Any]:
    return open_office(f"sqlite:///{tmp_path / 'a.db'}"), open_office(fresh_postgres_url)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=looks, as_of=st.integers(12, 40))
def test_random_histories_read_alike_everywhere(
    offices: tuple[Any, Any], history: list[Look], as_of: int
) -> None:
    last = FIRST + timedelta(days=as_of)
    answers = []
    for office in offices:
        play(office, history)
        found = row(office, last)
        answers.append(found)
        assert found.nights == tuple(expected_night(history, day, last) for day in S1.days())
        assert found.earliest_known == expected_start(history, last, found.newest_before)
        _check_views(office, history)
    assert answers[0] == answers[1]


def _check_views(office: Any, history: Sequence[Look]) -> None:
    newest = max((look.night for look in history), default=None)
    with reading(office.engine) as connection:
        nights = connection.execute(text("SELECT night, state, posts, semester, week FROM nights")).all()
        totals = connection.execute(text("SELECT semester, posts, nights_due FROM semester_activity")).all()
        weeks = connection.execute(text("SELECT sum(posts), sum(nights_due) FROM weekly_activity")).one()
    if newest is None:
        assert not nights
        return
    last = FIRST + timedelta(days=newest + 1)
    shown = {date.fromisoformat(str(night)): rest for night, *rest in nights}
    assert max(shown) == last
    found = row(office, last)
    for index, week in enumerate(S1.weeks(), 1):
        for day in (S1.days()[n] for n in week):
            if day <= last:
                posts = found.posts[S1.days().index(day)]
                assert shown[day] == [expected_night(history, day, last).value, posts, "2026-S1", index]
    assert sum(total.posts for total in totals) == weeks[0] == sum(rest[1] for rest in shown.values())
    assert sum(total.nights_due for total in totals) == weeks[1] == len(shown)
    assert {t.semester: t.posts for t in totals}.get("2026-S1", 0) == sum(found.posts)
    _check_months(office, found, last)


def _check_months(office: Any, found: ActivityRow, last: date) -> None:
    """What SQL says of each month is what the row gives."""
    with reading(office.engine) as connection:
        asked = "SELECT * FROM monthly_activity WHERE semester = '2026-S1' ORDER BY month"
        told = connection.execute(text(asked)).all()
    lines = [line_up(found, month) for month in list_months(S1, last)]
    assert [str(line.month) for line in lines] == [month.month for month in told]
    for line, month in zip(lines, told, strict=True):
        known = month.nights_seen + month.nights_reconstructed
        assert (line.due, line.due - line.unseen) == (month.nights_due, known)
        if line.posts is None:
            assert (month.posts, known) == (0, 0)
            continue
        newest = None if month.last_post is None else date.fromisoformat(str(month.last_post))
        counts = (month.posts, month.active_days, month.longest_silence)
        assert (line.posts, line.active_days, line.longest_silence, line.latest) == (*counts, newest)
