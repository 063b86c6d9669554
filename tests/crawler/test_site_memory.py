"""What is remembered of a website: written and read as it was; of any other shape it is looked at afresh."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Harvest, KnownPost, Memory, Target, Validators, Window
from crawler.discover.endpoint import EndpointKind
from crawler.visits.site.survey.memory import VERSION, SiteMemory, read_memory, write_memory
from crawler.visits.site.website import visit
from db.nightly.memory import pack_memory, unpack_memory
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
DAYS = (27, 24, 20, 15, 9, 4)
# What version 0.1 wrote, all in one dictionary of anything.
FLAT = (
    *("anew", "asked", "checked", "day_first", "clocks", "date_selector", "shift", "frontier", "gained"),
    *("guessed", "head", "https", "lessons", "links", "minute", "minute_misses", "minutes", "misses", "off"),
    *("refuted", "rendered", "robot", "rough", "settled", "sides", "site", "spam", "spans", "templates"),
    *("tried_http", "unclaimed", "visited", "waiting"),
)

EDGES = st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
ODD_TEXTS = st.sampled_from(
    [
        *("", " ", "https://[", "//", "javascript:void(0)", "mailto:a@b", "ftp://contoh.go.id/", "/berita"),
        *("https://lain.example.org/", "https://contoh.go.id:99999/", "div[", "::", "\x00", "\ud800", "%zz"),
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-01T00:00:00+08:00", "2026-13-01", "day"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | ODD_TEXTS
JSON = st.recursive(
    SCALARS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3),
    max_leaves=6,
)


def page_of(body: str) -> bytes:
    return f"<html><body><main>{body}</main></body></html>".encode()


def card(day: int) -> str:
    link = f"{HOME}berita/rapat-kerja-dinas-{day}"
    title = f'<h3><a href="{link}">Rapat kerja dinas ke-{day}</a></h3>'
    return f"<article>{title}<span>{day} Februari 2026</span></article>"


PAGES = {HOME: page_of("<h2>Berita</h2>" + "".join(map(card, DAYS)))} | {
    f"{HOME}berita/rapat-kerja-dinas-{day}": page_of(
        f"<h1>Rapat kerja dinas ke-{day}</h1><p>{day} Februari 2026 10:15 WITA</p>"
        f"<p>{'Rapat dibuka oleh kepala dinas. ' * 8}</p>"
    )
    for day in DAYS
}


def look(memory: Memory, *, thorough: bool = False) -> Harvest:
    stored = {
        f"/berita/rapat-kerja-dinas-{day}": KnownPost(
            f"{HOME}berita/rapat-kerja-dinas-{day}", "", NOW - timedelta(days=9)
        )
        for day in DAYS[3:]
    }
    goal = Target(
        account=Account(1, "contoh", Channel.WEBSITE, HOME),
        window=Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW),
        zone=ZONE,
        memory=memory,
        known=frozenset(stored),
        stored=stored,
        thorough=thorough,
    )
    return drive(visit(goal), answering(PAGES, NOW), NOW)[0]


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Valid values of a type of the memory, so that a field that is added is tried without a word here."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated and inner[0] is int:
        return st.integers(*(getattr(inner[1], bound) for bound in ("ge", "le")))
    if origin is Annotated:
        return of_type(inner[0])
    if origin in {Union, types.UnionType}:
        return st.one_of(*map(of_type, inner))
    if origin is tuple and inner[-1] is ...:
        return st.lists(of_type(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of_type, inner))
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(of_type(inner[0]), of_type(inner[1]), max_size=2)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{field.name: of_type(hints[field.name]) for field in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        str: ODD_TEXTS | st.text(max_size=6),
        datetime: st.datetimes(datetime(2025, 6, 1), datetime(2026, 3, 2), timezones=st.just(UTC)) | EDGES,
        type(None): st.none(),
    }
    return plain[hint]


MEMORIES = of_type(SiteMemory)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a piece of JSON, itself included."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for name, value in inner for place in places(value, (*path, name)))]


def put(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(node, dict):
        return node | {path[0]: put(node[path[0]], path[1:], value)}
    return [put(each, path[1:], value) if n == path[0] else each for n, each in enumerate(node)]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A valid memory with anything at one or two of its places."""
    facts: Any = write_memory(draw(MEMORIES))
    for _ in range(draw(st.integers(1, 2))):
        facts = put(facts, draw(st.sampled_from(places(facts))), draw(JSON))
    return facts


# A visit each; the place of the fault matters more than the rest of the memory.
MANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def notes_of(harvest: Harvest) -> list[str]:
    return [note.text for note in harvest.notes if note.subject == "memory"]


def assert_afresh(harvest: Harvest) -> None:
    """One line says why; then it is a first visit, with all that one finds."""
    assert len(notes_of(harvest)) == 1
    assert {post.url for post in harvest.posts} >= {url for url in PAGES if "rapat" in url}
    assert harvest.outcome is Outcome.OK
    assert read_memory(harvest.memory)[1] == ""


@given(MEMORIES)
@MANY
def test_a_memory_is_read_as_it_was_written(memory: SiteMemory) -> None:
    facts = json.loads(json.dumps(write_memory(memory)))
    assert read_memory(Memory(facts=facts)) == (memory, "")


@given(MEMORIES, st.booleans())
@MANY
def test_any_memory_of_the_right_shape_is_taken_or_left(memory: SiteMemory, thorough: bool) -> None:
    remembered = Memory(
        HOME, EndpointKind.LISTING, seen_at=NOW - timedelta(days=1), facts=write_memory(memory)
    )
    assert isinstance(look(remembered, thorough=thorough), Harvest)


@given(spoilt())
@MANY
def test_what_is_spoilt_never_ends_a_visit(facts: Any) -> None:
    memory = unpack_memory({**pack_memory(Memory(HOME, EndpointKind.LISTING)), "facts": facts})
    harvest = look(memory)
    if read_memory(memory)[1]:
        assert_afresh(harvest)


@pytest.mark.parametrize("facts", [{"home": {"\ud800": 1}}, {"\ud800": 1}, {"minute": "\ud800"}])
def test_half_a_letter_in_a_memory_costs_the_memory(facts: dict[str, Any]) -> None:
    assert_afresh(look(Memory(HOME, EndpointKind.LISTING, facts={"version": VERSION, **facts})))


@given(JSON.filter(lambda version: version != VERSION or isinstance(version, bool)))
@MANY
def test_another_version_is_looked_at_afresh(version: Any) -> None:
    assert_afresh(
        look(Memory(HOME, EndpointKind.LISTING, facts=write_memory(SiteMemory()) | {"version": version}))
    )


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FLAT, JSON)))
@MANY
def test_what_version_0_1_remembered_is_looked_at_afresh(facts: dict[str, Any]) -> None:
    assert_afresh(look(Memory(HOME, EndpointKind.LISTING, facts=facts)))


@given(
    endpoint=SCALARS,
    kind=SCALARS | st.sampled_from(list(EndpointKind)),
    validators=st.builds(Validators, SCALARS, SCALARS, SCALARS),
    seen_at=st.none() | st.just(NOW - timedelta(days=1)),
)
@MANY
def test_an_odd_endpoint_never_ends_a_visit(
    endpoint: Any, kind: Any, validators: Validators, seen_at: datetime | None
) -> None:
    facts = write_memory(read_memory(look(Memory()).memory)[0])
    harvest = look(Memory(endpoint, kind, validators, seen_at, facts))
    assert len(notes_of(harvest)) <= 1


@pytest.mark.parametrize("facts", [None, [], "x", 7, {"version": VERSION, "home": 7}, {"version": 3}, {}])
def test_facts_of_any_type_are_looked_at_afresh(facts: Any) -> None:
    assert_afresh(look(Memory(HOME, "listing", facts=facts)))


@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(pack_memory(Memory()), JSON)))
@MANY
def test_a_row_of_any_shape_is_a_memory(packed: Any) -> None:
    memory = unpack_memory(packed)
    assert unpack_memory(pack_memory(memory)) == memory


def test_a_row_is_the_memory_that_was_packed() -> None:
    remembered = replace(look(Memory()).memory, validators=Validators('"a"', "Mon", "00"))
    assert unpack_memory(json.loads(json.dumps(pack_memory(remembered)))) == remembered
