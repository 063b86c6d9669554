"""Semesters under each fault of the Graph API: what is stored is the truth, and nobody who posts is vacuum.

The faults fall on a drawn part of the nights; on the last one everything answers as it should.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from activity.agency import Channel
from activity.ranking import Standing, Status
from activity.semester import Semester
from cli.demo import plan_nights
from cli.judge import judge
from desk.setting.config import load_config
from samplecity.graph.api import GraphApi
from samplecity.graph.fault import FAULTS
from samplecity.graph.instagram import media_code, media_id
from samplecity.graph.oddity import Oddity
from samplecity.office import Item, Presence
from samplecity.server import CityServer
from samplecity.truth import TrueStatus
from testkit.machine import Machine
from testkit.offices import build_offices

_EPOCH = date(1970, 1, 1)
_SEMESTER = Semester(2026, 1)
_SOCIAL = (Channel.INSTAGRAM, Channel.FACEBOOK)
_EVERY = 30
_OFTEN = 0.7

# What single accounts do: three offices each, all in one city.
_ODDITIES = {
    "empty answer": Oddity.SHOWS_NOTHING,
    "list left out": Oddity.LEAVES_OUT_LIST,
    "dates left out": Oddity.LEAVES_OUT_DATES,
    "ids left out": Oddity.LEAVES_OUT_IDS,
    "counts left out": Oddity.LEAVES_OUT_COUNTS,
    "posts vanish": Oddity.SHOWS_FEW,
    "list of last month": Oddity.SHOWS_LAST_MONTH,
    "addresses change": Oddity.ADDRESSES_WANDER,
    "first page empty": Oddity.EMPTY_PAGE,
    "cursor repeats": Oddity.SAME_CURSOR,
    "gone private": Oddity.PRIVATE,
    "figures refused": Oddity.NO_FIGURES,
    "page merged": Oddity.MERGED,
}
_LIMITS = tuple(name for name in FAULTS if "limit" in name)
_PASSING = ("unknown error", "service down", "passing trouble")
_REFUSALS = ("no permission", "api access blocked", "token expired", "policy", "invalid parameter")


def _order(*names: str) -> Callable[[GraphApi, Random], None]:
    """Let a few calls of a night, from its first one on, end in an error: each in turn, shuffled.

    So many calls that asking once more, or for less, does not help the first account.
    """
    turns: list[str] = []

    def change(graph: GraphApi, chance: Random) -> None:
        turns.extend([] if turns else chance.sample(names, len(names)))
        graph.order(FAULTS[turns.pop()], calls=chance.randint(6, 12))

    return change


def _serve(*versions: str) -> Callable[[GraphApi, Random], None]:
    def change(graph: GraphApi, chance: Random) -> None:
        graph.served = chance.choice(versions)

    return change


def _fill_other_buckets(graph: GraphApi, _chance: Random) -> None:
    graph.meter.others = 100


# What the API does to everybody, a city each; and an outcome of it, none where every night is as any other.
_TROUBLES: Mapping[str, tuple[Callable[[GraphApi, Random], None], str]] = {
    "other buckets at their limit": (_fill_other_buckets, ""),
    "another version": (_serve("v21.0", "v26.0", "v28.0", "v31.0"), ""),
    "limits": (_order(*_LIMITS), "throttled"),
    "calls spent": (lambda graph, chance: graph.throttle_after(chance.randint(0, 8)), "throttled"),
    "passing trouble": (_order(*_PASSING), "unreachable"),
    "refusals": (_order(*_REFUSALS), "not permitted"),
    "small pages only": (lambda graph, chance: graph.shrink_pages(chance.randint(5, 40)), ""),
}


def _calm(graph: GraphApi) -> None:
    graph.order(None)
    graph.throttle_after(None)
    graph.shrink_pages(None)
    graph.served = ""
    graph.meter.others = 0


@dataclass
class _Lived:
    """A semester that was lived through and crawled."""

    machine: Machine
    troubled: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slandered: list[str] = field(default_factory=list)
    standings: dict[tuple[str, Channel], Standing] = field(default_factory=dict)

    def live(self, trouble: Callable[[date, bool], bool]) -> None:
        """Crawl some nights; after each, nobody may be called vacuum who is not."""
        server = self.machine.server
        nights = plan_nights(_SEMESTER, _EVERY)
        for night in nights:
            server.set_now(datetime.combine(night, time(23, 30), server.city.zone))
            self.troubled += trouble(night, night == nights[-1])
            self.machine.crawl()
            self.outcomes.update(self.machine.outcomes())
            ranking = judge(load_config(self.machine.now()), _SEMESTER).ranking
            self.standings = {(s.agency.slug, s.channel): s for c in ranking.categories for s in c.standings}
            self.slandered += self._find_slandered(night)

    def _find_slandered(self, night: date) -> Iterator[str]:
        accounts = {(a.agency, a.channel): a for a in self.machine.server.truth(as_of=night).accounts}
        for place, standing in self.standings.items():
            if standing.status is Status.VAKUM and accounts[place].status is not TrueStatus.VAKUM:
                yield f"{place} on {night}: last posted on {accounts[place].last_post}"


@contextmanager
def _open(groups: tuple[str, ...], folder: Path, python) -> Iterator[_Lived]:
    city = build_offices(f"faults of {groups}", groups)
    with CityServer(city, datetime(2026, 1, 1, 23, 30, tzinfo=city.zone)) as server:
        yield _Lived(Machine.prepare(server, folder, python))


@pytest.fixture(scope="module")
def odd(tmp_path_factory, warm_python):
    """A semester in which every account is odd in its own way, each on nights of its own."""
    groups = tuple(name.replace(" ", "") for name in _ODDITIES)
    with _open(groups, tmp_path_factory.mktemp("odd"), warm_python) as lived:
        graph = lived.machine.server.graph

        def trouble(night: date, last: bool) -> bool:
            for group, oddity in zip(groups, _ODDITIES.values(), strict=True):
                for place in range(3):
                    slug = f"{group}-{place}"
                    # What nobody knew yet cannot be missed.
                    known = oddity is not Oddity.SHOWS_FEW or night > _SEMESTER.days()[_EVERY]
                    falls = known and not last and Random(f"{slug}/{night}").random() < _OFTEN
                    graph.play(slug, oddity if falls else None)
            return not last

        lived.live(trouble)
        yield lived


@pytest.mark.parametrize("name", _ODDITIES)
def test_the_truth_of_a_semester_holds_where_accounts_are_odd(odd, name):
    _assert_true(odd, f"{name.replace(' ', '')}-")


def test_odd_accounts_ended_in_every_kind_of_night(odd):
    """Else the faults were none."""
    assert {"ok", "withheld", "limited", "not visible", "moved"} <= odd.outcomes.keys()


@pytest.mark.parametrize("name", _TROUBLES)
def test_the_truth_of_a_semester_holds_under_the_apis_troubles(tmp_path, warm_python, name):
    with _open(("kel",), tmp_path, warm_python) as lived:
        graph, (change, outcome) = lived.machine.server.graph, _TROUBLES[name]

        nights = plan_nights(_SEMESTER, _EVERY)[:-1]
        troubled = Random(name).sample(nights, round(_OFTEN * len(nights)))

        def trouble(night: date, _last: bool) -> bool:
            _calm(graph)
            chance = Random(f"{name}/{night}")
            falls = night in troubled
            if falls:
                change(graph, chance)
            return falls

        lived.live(trouble)
        assert lived.troubled > 2
        assert (outcome in lived.outcomes) if outcome else (lived.outcomes.keys() <= {"ok", "empty"})
        _assert_true(lived, "kel-")


def _assert_true(lived: _Lived, group: str) -> None:
    """Posts, their days, the statuses and the silences of some offices are the city's."""
    server = lived.machine.server
    truth = server.truth(as_of=_SEMESTER.days()[-1])
    assert [line for line in lived.slandered if group in line] == []
    dead = 0
    for office in (office for office in server.city.offices if office.slug.startswith(group)):
        for channel in _SOCIAL:
            true, standing = truth.account(office.slug, channel), lived.standings[office.slug, channel]
            presence = office.presence(channel)
            assert presence is not None
            assert _find_stored(lived.machine, presence, office.slug) == {
                item.number: item.published.date()
                for item in presence.items
                if item.published.date() >= _SEMESTER.first_day
            }
            assert (office.slug, channel, standing.status.value) == (office.slug, channel, true.status.value)
            assert standing.last_post == true.last_post
            dead += true.status is TrueStatus.VAKUM
    assert dead == 2


def _find_stored(machine: Machine, presence: Presence, slug: str) -> Mapping[int, date]:
    """The day of each stored post of the semester by the city's number of it; no post is stored twice."""
    query = """
        SELECT post.key, post.local_day FROM post
        JOIN account ON account.id = post.account_id JOIN agency ON agency.id = account.agency_id
        WHERE agency.slug = ? AND account.channel = ? AND (local_day IS NULL OR local_day >= ?)
    """
    rows = machine.ask(query, slug, presence.channel.value, (_SEMESTER.first_day - _EPOCH).days)
    numbers = {name: item.number for item in presence.items for name in _list_names(presence, item)}
    found = [(numbers[key], _EPOCH + timedelta(days=day)) for key, day in rows]
    assert len(dict(found)) == len(found), slug
    return dict(found)


def _list_names(presence: Presence, item: Item) -> tuple[str, ...]:
    """Every number under which the platform may tell of a post."""
    if presence.channel is Channel.INSTAGRAM:
        return media_code(presence, item), media_id(presence, item)
    number = f"122{presence.number:05d}{item.number:08d}"
    return number, f"977{number[3:]}", f"988{number[3:]}"
