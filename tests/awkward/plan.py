"""An awkward site's plan: one kind a dimension, by seed, without contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Self

from tests.awkward.contradiction import reconcile
from tests.awkward.dimension import (
    BUILT,
    BUILT_FROM,
    DIMENSIONS,
    EXACT,
    FAULTS,
    LATER,
    LATER_FAULTS,
    LATEST,
    LATEST_FROM,
    NEWEST,
    NEWEST_FROM,
    SEEN,
    SEEN_FROM,
    UNREADABLE,
)

__all__ = ["Plan", "begin_anew", "compose", "draw"]

_HOW_MANY = {0: 3, 1: 7, 2: 13, 3: 19, 4: 22, 5: 18, 6: 12, 7: 6}


@dataclass(frozen=True)
class Plan:
    """The kinds of one site, by dimension; everything else follows from them and the seed."""

    seed: int
    kinds: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, dimension: str) -> str:
        return self.kinds[dimension]

    def with_kind(self, dimension: str, kind: str) -> Self:
        """The same site with one dimension changed, and what then contradicts it put right."""
        return replace(self, kinds=reconcile({**self.kinds, dimension: kind}))

    def random(self, what: str) -> Random:
        """A source of its own for each question, so that a change in one leaves the others."""
        return Random(f"{self.seed} {what}")

    @property
    def faults(self) -> tuple[str, ...]:
        """What is awkward about the site, as `dimension=kind`."""
        return tuple(
            f"{name}={kind}"
            for name, kind in self.kinds.items()
            if {(name, kind)} & (FAULTS.keys() | LATER_FAULTS)
        )

    @property
    def readable(self) -> bool:
        """Whether a careful reader finds the day of each post somewhere on the site."""
        return not UNREADABLE & set(self.kinds.items())

    @property
    def exact(self) -> bool:
        """Whether the list tells each post's day."""
        told = self["listed"] in EXACT and self["witness"] == "told"
        return told and self["grouping"] in {"none", "day"}

    @property
    def odd(self) -> str:
        """What is not plain about it, as `compose` reads it; `-` for nothing."""
        kinds = [
            f"{name}={kind}" for name, kind in self.kinds.items() if kind != next(iter(DIMENSIONS[name]))
        ]
        return ",".join(kinds) or "-"

    def __str__(self) -> str:
        return f"seed={self.seed} {self.odd.replace(',', ' ')}"


def draw(seed: int) -> Plan:
    """Draw a site's plan; the same seed gives the same site for ever."""
    source = Random(f"plan {seed}")
    kinds: dict[str, str] = {}
    for name, weights in DIMENSIONS.items():
        if name in LATER or name in LATEST or name in NEWEST or name in (*BUILT, *SEEN):
            continue
        sound = {kind: weight for kind, weight in weights.items() if (name, kind) not in FAULTS}
        kinds[name] = source.choices(list(sound), list(sound.values()))[0]
    left = dict(FAULTS)
    for _ in range(source.choices(list(_HOW_MANY), list(_HOW_MANY.values()))[0]):
        name, kind = source.choices(list(left), list(left.values()))[0]
        kinds[name] = kind
        if name == "dates_of_feed" and kinds["feed"] == "none":
            kinds["feed"] = source.choice(("newest", "full", "twenty"))
        left = {pair: weight for pair, weight in left.items() if pair[0] != name}
    kinds |= _draw_later(seed)
    if kinds["feed_holds"] == "main":
        kinds |= {"sections": "two", "feed": "newest" if kinds["feed"] == "none" else kinds["feed"]}
    return Plan(seed, reconcile(kinds))


def _draw_later(seed: int) -> dict[str, str]:
    drawn = {name: next(iter(DIMENSIONS[name])) for name in (*LATEST, *NEWEST, *BUILT, *SEEN)}
    for begin, names, what in (
        (0, LATER, "later"),
        (LATEST_FROM, LATEST, "latest"),
        (NEWEST_FROM, NEWEST, "newest"),
        (BUILT_FROM, BUILT, "built"),
        (SEEN_FROM, SEEN, "seen"),
    ):
        source = Random(f"{what} {seed}")
        for name in names if seed >= begin else ():
            weights = DIMENSIONS[name]
            drawn[name] = source.choices(list(weights), list(weights.values()))[0]
    return drawn | _make_room(drawn) | _make_room_for_builders(drawn)


def _make_room(drawn: Mapping[str, str]) -> dict[str, str]:
    """What the newest kinds need of the others to show at all."""
    made: dict[str, str] = {}
    if drawn["course"] == "recategorised":
        made |= {
            "sections": "two",
            "delivery": "html",
            "documents": "none",
            "witness": "told",
            "home": "some",
            "twin": "none",
        }
        made |= {"address": "slug", "language": "one", "menu": "named", "change": "none", "frame": "none"}
    if drawn["feed_span"] == "week":
        made |= {"feed": "newest", "delivery": "html", "documents": "none", "witness": "told"}
    if drawn["pins"] == "every_page":
        made |= {"extra": "sticky"}
    if drawn["behind"] == "first_page":
        made |= {
            "pages": "sound",
            "pager": "numbered",
            "delivery": "html",
            "trouble": "none",
            "blocked": "none",
        }
    if drawn["session"] == "path":
        made |= {"address": "slug", "delivery": "html", "documents": "none", "twin": "none"}
    if drawn["tabs"] != "none":
        made |= {"frame": "none", "language": "one", "pages": "sound"}
    if drawn["near"] == "near" or drawn["grouping"] != "none" or drawn["tabs"] != "none":
        made |= {"delivery": "html", "documents": "none", "witness": "told", "order": "falling"}
    if drawn["near"] == "near" or drawn["grouping"] != "none":
        made |= {"listed": "long", "form": "usual", "rows": "each"}
    return made


def _make_room_for_builders(drawn: Mapping[str, str]) -> dict[str, str]:
    """What the kinds of builders and portals need of the others to show at all."""
    made: dict[str, str] = {}
    if any(drawn[name] != next(iter(DIMENSIONS[name])) for name in (*BUILT, *SEEN)):
        made |= {"delivery": "html", "documents": "none"}
    if drawn["wording"] != "usual" or drawn["wrapping"] != "none":
        made |= {"listed": "long", "witness": "told", "form": "usual", "rows": "each"}
        made |= {"grouping": "none", "near": "none", "parts": "whole"}
    if drawn["wrapping"] != "none":
        made |= {"wording": "usual"}
    if drawn["feed_host"] != "own":
        made |= {"feed": "newest", "dates_of_feed": "true", "witness": "told"}
    if drawn["ways"] != "links":
        made |= {"pager": "post"}
    if drawn["graph"] in {"yoast", "nil"}:
        made |= {"machine": "none"}
    if drawn["block"] != "usual" or drawn["lists"] == "masonry" or drawn["lead"] != "none":
        made |= {"grouping": "none", "rows": "each"}
    if drawn["block"] == "whole_link":
        made |= {"extra": "none", "headline": "link", "beside": "none", "pins": "first_page"}
    return made | _make_room_for_seen(drawn)


def _make_room_for_seen(drawn: Mapping[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    days = drawn["yearly"] != "none" or drawn["two_dates"] != "none" or drawn["ages"] != "none"
    if days:
        made |= {"witness": "told", "form": "usual", "rows": "each", "grouping": "none", "near": "none"}
        made |= {"parts": "whole", "wording": "usual", "wrapping": "none", "listed": "long"}
    if drawn["yearly"] != "none":
        made |= {
            "order": "falling",
            "lead": "none",
            "lists": "one",
            "two_dates": "none",
            "pins": "first_page",
        }
        made |= {"extra": "none", "ages": "none"}
    elif drawn["two_dates"] != "none":
        made |= {"block": "usual", "extra": "none", "pins": "first_page", "ages": "none"}
    elif drawn["ages"] != "none":
        made |= {"listed": "relative"}
    if drawn["ident"] != "usual":
        made |= {"address": "number", "twin": "none"}
    return made


def compose(seed: int, odd: str) -> Plan:
    """The plain site of a seed with some kinds set, as `show` names the least: `feed=full,pages=repeats`."""
    kinds = {name: next(iter(weights)) for name, weights in DIMENSIONS.items()}
    for pair in filter(None, odd.removeprefix("-").split(",")):
        name, kind = pair.split("=", 1)
        if kind not in DIMENSIONS[name]:
            raise KeyError(pair)
        kinds[name] = kind
    return Plan(seed, reconcile(kinds))


# What another program changes of a site: its looks and addresses, not what the office publishes.
_BY_PROGRAM = (
    "layout",
    "names",
    "listed",
    "told",
    "place",
    "pager",
    "feed",
    "machine",
    "address",
    "sitemap",
    "home",
)


def begin_anew(plan: Plan) -> Plan:
    """The same office's site as another program has it."""
    kinds, source = dict(plan.kinds), plan.random("anew")
    for name in _BY_PROGRAM:
        sound = {kind: weight for kind, weight in DIMENSIONS[name].items() if (name, kind) not in FAULTS}
        kinds[name] = source.choices(list(sound), list(sound.values()))[0]
    kinds |= {"course": "steady", "grouping": "none", "tabs": "none", "behind": "nothing", "menu": "named"}
    # Its lists stand elsewhere, too.
    return Plan(-plan.seed, reconcile(kinds))
