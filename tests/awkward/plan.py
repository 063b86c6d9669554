"""What an awkward site is drawn from: one kind a dimension, by seed, without contradictions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Self

__all__ = [
    "DIMENSIONS",
    "FAULTS",
    "LATEST",
    "LATEST_FROM",
    "NEWEST",
    "NEWEST_FROM",
    "UNREADABLE",
    "Plan",
    "begin_anew",
    "compose",
    "draw",
]

# Of each dimension the kinds with their weights; the first is the plain one, to which shrinking goes back.
DIMENSIONS: dict[str, dict[str, float]] = {
    "delivery": {"html": 85, "attribute": 5, "script": 5, "shell": 5},
    "layout": {
        "cards": 12,
        "footer": 9,
        "badge": 7,
        "nested": 8,
        "columns": 7,
        "icons": 5,
        "dl": 7,
        "flat": 8,
        "zebra": 8,
        "sibling": 8,
        "bullets": 8,
        "links": 7,
        "unclosed": 6,
        "untitled": 6,
    },
    "names": {"english": 22, "indonesian": 22, "bootstrap": 14, "tailwind": 10, "none": 18, "hashed": 14},
    "listed": {
        "long": 13,
        "weekday": 7,
        "clock": 8,
        "short": 7,
        "capitals": 5,
        "slashed": 8,
        "dashed": 5,
        "iso": 5,
        "time": 6,
        "time_mdy": 5,
        "english": 4,
        "label": 7,
        "relative": 8,
        "day_month": 6,
        "none": 9,
        "one_date": 5,
        "edited": 5,
    },
    "told": {"same": 40, "label": 24, "clock": 18, "slashed": 9, "short": 9},
    "place": {"above": 80, "below": 12, "aside": 8},
    "witness": {"told": 92, "dateline": 4, "feed": 4},
    "text": {"plain": 24, "datelines": 76},
    "titles": {"plain": 62, "events": 24, "formulaic": 14},
    "clock": {"none": 48, "today": 20, "yesterday": 14, "alike": 11, "footer": 7},
    "side": {
        "none": 30,
        "agenda": 14,
        "related": 16,
        "popular": 14,
        "calendar": 7,
        "ticker": 10,
        "comments": 9,
    },
    "extra": {"none": 46, "sticky": 16, "continue": 12, "category": 12, "author": 14, "print": 9},
    "pager": {
        "numbered": 24,
        "next": 12,
        "path": 11,
        "offset": 10,
        "older": 8,
        "head": 6,
        "one": 11,
        "short": 5,
        "more": 7,
        "post": 6,
    },
    "pages": {
        "sound": 58,
        "first_again": 11,
        "last_again": 8,
        "repeats": 8,
        "empty_behind": 9,
        "wrong_total": 6,
    },
    "order": {"falling": 76, "title": 7, "readers": 9, "oldest": 8},
    "feed": {"none": 34, "newest": 24, "full": 16, "twenty": 9, "hidden": 6, "paged": 6, "empty": 5},
    "dates_of_feed": {
        "true": 36,
        "build": 8,
        "draft": 9,
        "shared_link": 7,
        "utc_day": 7,
        "updated": 7,
        "none": 7,
        "local_utc": 8,
        "indonesian": 6,
        "zoneless": 5,
    },
    "machine": {
        "none": 42,
        "true": 14,
        "build": 8,
        "local_z": 9,
        "created": 7,
        "meta": 8,
        "modified": 7,
        "itemprop": 5,
    },
    "language": {"one": 84, "hreflang": 6, "folder": 5, "query": 5},
    "address": {
        "slug": 28,
        "number": 12,
        "query": 12,
        "dated": 10,
        "utc_dated": 5,
        "nightly": 8,
        "two": 9,
        "html": 8,
        "both": 8,
    },
    "documents": {"none": 92, "pdf": 4.5, "drive": 4},
    "sitemap": {"none": 66, "true": 16, "build": 12, "partial": 6},
    "sections": {"one": 78, "two": 14, "archive": 8},
    "home": {"some": 60, "list": 22, "links": 18},
    "server": {"plain": 70, "etag": 18, "charset": 5, "latin": 4, "soft_404": 5},
    "rhythm": {"steady": 34, "daily": 18, "sparse": 16, "bursts": 18, "dead": 8, "batch": 8},
    "zone": {"Asia/Jakarta": 60, "Asia/Makassar": 26, "Asia/Jayapura": 14},
    "change": {"none": 46, "edited": 14, "renamed": 14, "reslugged": 11, "moved": 12, "down": 10},
    "office": {"honest": 70, "back_dating": 10, "copying": 9, "withdrawing": 11},
    "second": {"pengumuman": 70, "kegiatan": 15, "siaran": 15},
    "feed_holds": {"all": 93, "main": 7},
    "host": {"one": 94, "mixed": 6},
    "beside": {"none": 90, "hits": 5, "share": 5},
    "trouble": {"none": 90, "page_500": 5, "page_login": 5},
    "form": {
        "usual": 65,
        "roman": 7,
        "short_year": 7,
        "sentence": 7,
        "hijri": 7,
        "own_clock": 7,
    },
    "letters": {"none": 88, "edaran": 12},
    "menu": {"named": 92, "numbered": 8},
    "headline": {"link": 88, "button": 12},
    "parts": {"whole": 55, "spaced": 20, "joined": 25},
    "spelling": {"usual": 84, "old": 8, "lower": 8},
    "twin": {"none": 20, "amp": 20, "slash": 20, "case": 20, "category": 20},
    "frame": {"none": 76, "iframe": 24},
    "blocked": {"none": 88, "upkeep": 6, "challenge": 6},
    "rows": {"each": 94, "merged": 6},
    "mirror": {"none": 92, "portal": 8},
    "lastmod": {"told": 80, "empty": 20},
    "course": {
        "steady": 44,
        "corrected": 7,
        "scheduled": 8,
        "recategorised": 5,
        "rebuilt": 9,
        "upkeep_200": 6,
        "upkeep_503": 6,
        "stale": 8,
    },
    "grouping": {"none": 81, "day": 7, "month": 6, "month_day": 6},
    "near": {"none": 93, "near": 7},
    "weekly": {"none": 92, "apel": 8},
    "hours": {"office": 88, "midnight": 12},
    "stated": {"own": 76, "utc": 14, "jakarta": 10},
    "tabs": {"none": 87, "years": 6.5, "months": 6.5},
    "behind": {"nothing": 93, "first_page": 7},
    "agenda": {"none": 92, "events": 8},
    "headlines": {"whole": 91, "cut": 9},
    "session": {"none": 93, "path": 7},
    "feed_span": {"all": 94, "week": 6},
    "pins": {"first_page": 94, "every_page": 6},
}
# Thought of later, and drawn from a source of their own: what a seed gave before, it gives still.
LATER = ("second", "feed_holds", "host", "beside", "trouble", "form", "letters", "menu")
# Thought of last, and drawn from this seed on only, so that the sites which are named by a lower one stay.
LATEST = ("headline", "parts", "spelling", "twin", "frame", "blocked", "rows", "mirror", "lastmod")
LATEST_FROM = 700_000
# What the world has beside all that, drawn from this seed on only.
NEWEST = (
    "course",
    "grouping",
    "near",
    "weekly",
    "hours",
    "stated",
    "tabs",
    "behind",
    "agenda",
    "headlines",
    "session",
    "feed_span",
    "pins",
)
NEWEST_FROM = 1_000_000

# Kinds that mislead, hide or lose something, each with how much oftener than others it is drawn; the other
# kinds of a dimension are merely different.
FAULTS: dict[tuple[str, str], float] = {
    ("delivery", "attribute"): 1.6,
    ("delivery", "script"): 1.7,
    ("delivery", "shell"): 1.6,
    ("witness", "dateline"): 1.6,
    ("witness", "feed"): 1.9,
    ("text", "datelines"): 26,
    ("titles", "events"): 5,
    ("titles", "formulaic"): 2,
    ("clock", "today"): 2,
    ("clock", "yesterday"): 2,
    ("clock", "alike"): 2,
    ("clock", "footer"): 2.0,
    **dict.fromkeys([("side", kind) for kind in list(DIMENSIONS["side"])[1:]], 2.1),
    **dict.fromkeys([("extra", kind) for kind in list(DIMENSIONS["extra"])[1:]], 2.3),
    ("pages", "first_again"): 3.2,
    ("pages", "last_again"): 3.2,
    ("pages", "repeats"): 3.2,
    ("pages", "empty_behind"): 2.7,
    ("pages", "wrong_total"): 4.4,
    ("order", "title"): 2.6,
    ("order", "readers"): 2.4,
    ("order", "oldest"): 2.3,
    **dict.fromkeys([("dates_of_feed", kind) for kind in list(DIMENSIONS["dates_of_feed"])[1:]], 3.5),
    ("machine", "build"): 2.5,
    ("machine", "local_z"): 2.5,
    ("machine", "created"): 2.4,
    ("machine", "modified"): 2.7,
    **dict.fromkeys([("language", kind) for kind in list(DIMENSIONS["language"])[1:]], 2.0),
    ("documents", "pdf"): 2.1,
    ("documents", "drive"): 2.2,
    ("place", "below"): 2.0,
    ("place", "aside"): 1.8,
    **dict.fromkeys(
        [("listed", k) for k in ["relative", "day_month", "none", "one_date", "edited", "time_mdy"]], 2.3
    ),
    ("address", "utc_dated"): 2.1,
    ("address", "nightly"): 2.2,
    ("address", "two"): 2.4,
    ("pager", "more"): 2.0,
    ("pager", "post"): 1.8,
    ("pager", "short"): 2.0,
    ("sitemap", "build"): 2.0,
    ("sitemap", "partial"): 2.1,
    ("feed", "empty"): 2.2,
    ("feed", "hidden"): 2.1,
    ("server", "charset"): 2.0,
    ("server", "latin"): 2.0,
    ("server", "soft_404"): 2.0,
    ("sections", "two"): 2.5,
    ("sections", "archive"): 2.0,
}
_LATER_FAULTS = frozenset(
    {
        ("feed_holds", "main"),
        ("host", "mixed"),
        ("beside", "hits"),
        ("beside", "share"),
        ("trouble", "page_500"),
        ("trouble", "page_login"),
        ("form", "own_clock"),
        ("letters", "edaran"),
        ("menu", "numbered"),
        ("headline", "button"),
        ("parts", "joined"),
        *(("twin", kind) for kind in ("amp", "slash", "case", "category")),
        ("frame", "iframe"),
        ("blocked", "upkeep"),
        ("blocked", "challenge"),
        ("rows", "merged"),
        ("mirror", "portal"),
        *(("course", kind) for kind in list(DIMENSIONS["course"])[1:]),
        *(("grouping", kind) for kind in list(DIMENSIONS["grouping"])[1:]),
        ("near", "near"),
        ("weekly", "apel"),
        ("hours", "midnight"),
        ("stated", "utc"),
        ("stated", "jakarta"),
        ("tabs", "years"),
        ("tabs", "months"),
        ("behind", "first_page"),
        ("agenda", "events"),
        ("headlines", "cut"),
        ("session", "path"),
        ("feed_span", "week"),
        ("pins", "every_page"),
    }
)
# Styles of a date whose text a form may stand for.
_TEXTS = frozenset(
    {"long", "weekday", "clock", "short", "capitals", "slashed", "dashed", "iso", "english", "label"}
)
_HOW_MANY = {0: 3, 1: 7, 2: 13, 3: 19, 4: 22, 5: 18, 6: 12, 7: 6}
# Kinds that nobody can read a day from; settled here, before any run.
UNREADABLE = {("witness", "dateline")}
_EXACT = frozenset(DIMENSIONS["listed"]) - {"relative", "day_month", "none", "one_date", "edited"}
_SILENT_PAGERS = frozenset({"one", "short", "more", "post"})


@dataclass(frozen=True)
class Plan:
    """The kinds of one site, by dimension; everything else follows from them and the seed."""

    seed: int
    kinds: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, dimension: str) -> str:
        return self.kinds[dimension]

    def with_kind(self, dimension: str, kind: str) -> Self:
        """The same site with one dimension changed, and what then contradicts it put right."""
        return replace(self, kinds=_reconcile({**self.kinds, dimension: kind}))

    def random(self, what: str) -> Random:
        """A source of its own for each question, so that a change in one leaves the others."""
        return Random(f"{self.seed} {what}")

    @property
    def faults(self) -> tuple[str, ...]:
        """What is awkward about the site, as `dimension=kind`."""
        return tuple(
            f"{name}={kind}"
            for name, kind in self.kinds.items()
            if {(name, kind)} & (FAULTS.keys() | _LATER_FAULTS)
        )

    @property
    def readable(self) -> bool:
        """Whether a careful reader finds the day of each post somewhere on the site."""
        return not UNREADABLE & set(self.kinds.items())

    @property
    def exact(self) -> bool:
        """Whether the list tells each post's day."""
        told = self["listed"] in _EXACT and self["witness"] == "told"
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
        if name in LATER or name in LATEST or name in NEWEST:
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
    return Plan(seed, _reconcile(kinds))


def _draw_later(seed: int) -> dict[str, str]:
    drawn = {name: next(iter(DIMENSIONS[name])) for name in (*LATEST, *NEWEST)}
    for begin, names, what in (
        (0, LATER, "later"),
        (LATEST_FROM, LATEST, "latest"),
        (NEWEST_FROM, NEWEST, "newest"),
    ):
        source = Random(f"{what} {seed}")
        for name in names if seed >= begin else ():
            weights = DIMENSIONS[name]
            drawn[name] = source.choices(list(weights), list(weights.values()))[0]
    return drawn | _make_room(drawn)


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


def compose(seed: int, odd: str) -> Plan:
    """The plain site of a seed with some kinds set, as `show` names the least: `feed=full,pages=repeats`."""
    kinds = {name: next(iter(weights)) for name, weights in DIMENSIONS.items()}
    for pair in filter(None, odd.removeprefix("-").split(",")):
        name, kind = pair.split("=", 1)
        if kind not in DIMENSIONS[name]:
            raise KeyError(pair)
        kinds[name] = kind
    return Plan(seed, _reconcile(kinds))


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
    return Plan(-plan.seed, _reconcile(kinds))


def _reconcile(drawn: Mapping[str, str]) -> dict[str, str]:
    """Take back what could not stand on one site, or would hide a day from every reader."""
    kinds = dict(drawn)
    if kinds["witness"] == "dateline":
        kinds |= {"listed": "none", "told": "same", "text": "datelines", "feed": "none", "machine": "none"}
        kinds |= {"delivery": "html", "documents": "none", "sitemap": "none", "order": "falling"}
        kinds |= {"address": "slug" if kinds["address"] in {"dated", "utc_dated"} else kinds["address"]}
    if kinds["witness"] == "feed":  # the pages name no day, the feed does for all
        kinds |= {"listed": "none", "told": "same", "dates_of_feed": "true", "machine": "none"}
        kinds |= {"feed": "full", "documents": "none"}
        kinds |= {"delivery": "html"}
    if kinds["delivery"] != "html":
        kinds |= {"language": "one", "documents": "none", "order": "falling", "pager": "numbered"}
        kinds |= {
            "pages": "sound",
            "address": "slug",
            "sections": "one",
            "server": "plain",
            "machine": "none",
        }
        kinds |= {"listed": "long" if kinds["listed"] == "day_month" else kinds["listed"]}
        kinds |= {"home": "some", "change": "none" if kinds["change"] != "down" else "down"}
    if kinds["delivery"] == "shell":
        kinds |= {"feed": "full", "dates_of_feed": "true"}
    if kinds["documents"] != "none":
        kinds |= {"feed": "none", "machine": "none", "language": "one", "address": "slug", "sections": "one"}
        kinds |= {"sitemap": "none", "change": "none" if kinds["change"] != "down" else "down"}
        kinds |= {"listed": kinds["listed"] if kinds["listed"] in _EXACT else "long"}
    return _reconcile_lists(kinds)


def _reconcile_lists(kinds: dict[str, str]) -> dict[str, str]:
    for contradicts, instead in _CONTRADICTIONS:
        if contradicts(kinds):
            kinds |= instead
    return kinds


_ORDERED_TABLES = frozenset({"columns", "icons"})
_IN_WORDS = frozenset({"long", "short", "capitals", "weekday"})
_CONTRADICTIONS: tuple[tuple[Callable[[Mapping[str, str]], bool], dict[str, str]], ...] = (
    # Only a steady fall tells the year of a day and a month.
    (
        lambda k: k["listed"] == "day_month",
        {"order": "falling", "feed": "none", "machine": "none", "told": "same"},
    ),
    (lambda k: k["listed"] == "day_month" and k["extra"] == "sticky", {"extra": "none"}),
    (lambda k: k["pager"] in _SILENT_PAGERS, {"pages": "sound"}),
    (lambda k: k["pages"] == "first_again" and k["order"] != "falling", {"pages": "sound"}),
    (lambda k: k["pages"] == "wrong_total" and k["pager"] in {"next", "older", "head"}, {"pages": "sound"}),
    (lambda k: k["feed"] in {"none", "empty"}, {"dates_of_feed": "true"}),
    (lambda k: k["listed"] == "relative" and k["told"] == "same", {"told": "label"}),
    # A reader believes the page against a machine because it says "published".
    (lambda k: k["dates_of_feed"] == "draft" or k["machine"] == "created", {"told": "label"}),
    (lambda k: k["home"] == "list" and k["sections"] == "two", {"home": "some"}),
    (lambda k: k["home"] == "list" and k["address"] == "two", {"home": "some"}),
    (
        lambda k: k["layout"] in _ORDERED_TABLES and k["extra"] not in {"none", "sticky"},
        {"extra": "none"},
    ),
    (lambda k: k["language"] != "one" and k["sections"] == "two", {"sections": "one"}),
    (
        lambda k: k["change"] == "reslugged" and k["address"] not in {"slug", "both", "html", "dated"},
        {"change": "renamed"},
    ),
    (
        lambda k: k["sections"] != "two" or k["feed"] in {"none", "empty"} or k["witness"] == "feed",
        {"feed_holds": "all"},
    ),
    (lambda k: k["delivery"] != "html", {"host": "one", "beside": "none", "trouble": "none"}),
    (
        lambda k: k["delivery"] != "html" or k["witness"] != "told" or k["listed"] not in _TEXTS,
        {"form": "usual"},
    ),
    (lambda k: k["text"] != "datelines", {"letters": "none"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["address"] == "query"
            or k["change"] == "moved"
            or k["home"] == "list"
        ),
        {"menu": "named"},
    ),
    (lambda k: k["listed"] == "day_month", {"trouble": "none"}),
    (
        lambda k: (
            k["change"] == "moved"
            and (k["language"] != "one" or k["address"] not in {"slug", "html", "both", "number"})
        ),
        {"change": "edited"},
    ),
    (lambda k: k["delivery"] != "html", {"headline": "link", "rows": "each", "mirror": "none"}),
    (lambda k: k["layout"] in {"nested", "icons"}, {"headline": "link"}),
    (
        lambda k: k["listed"] not in _IN_WORDS or k["form"] != "usual" or k["witness"] != "told",
        {"parts": "whole"},
    ),
    (lambda k: k["rows"] == "merged", {"layout": "columns", "extra": "none", "headline": "link"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["home"] == "list"
            or k["host"] != "one"
            or k["address"] not in {"slug", "both", "html"}
            or (k["address"] == "html" and k["twin"] in {"amp", "slash"})
        ),
        {"twin": "none"},
    ),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["home"] == "list"
            or k["menu"] != "named"
            or k["address"] == "query"
            or k["pager"] in {"more", "post"}
            or k["sections"] == "two"
        ),
        {"frame": "none"},
    ),
    (
        lambda k: k["delivery"] != "html" or k["listed"] == "day_month" or k["trouble"] != "none",
        {"blocked": "none"},
    ),
    (lambda k: k["sitemap"] == "none", {"lastmod": "told"}),
    (lambda k: k["near"] == "near", {"parts": "whole", "told": "label"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["witness"] != "told"
            or k["documents"] != "none"
            or k["order"] != "falling"
            or k["listed"] not in _TEXTS
            or k["form"] != "usual"
            or k["rows"] != "each"
            or k["extra"] == "sticky"
        ),
        {"grouping": "none"},
    ),
    # Only the articles tell the days of posts below a month's heading.
    (
        lambda k: k["grouping"] != "none",
        {"told": "label", "parts": "whole", "near": "none", "mirror": "none"},
    ),
    (lambda k: k["listed"] not in _TEXTS or k["form"] != "usual", {"near": "none"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["order"] != "falling"
            or k["home"] == "list"
            or k["frame"] != "none"
            or k["pager"] in {"more", "post", "short"}
            or k["pages"] != "sound"
            or k["change"] == "moved"
            or k["extra"] == "sticky"
        ),
        {"tabs": "none"},
    ),
    (
        lambda k: (
            k["tabs"] != "none" or k["pages"] != "sound" or k["pager"] in {"one", "head", *_SILENT_PAGERS}
        ),
        {"behind": "nothing"},
    ),
    (
        lambda k: k["delivery"] != "html" or k["documents"] != "none" or k["home"] == "list",
        {"agenda": "none"},
    ),
    # Whose list tells two days of a post has articles that tell which is which.
    (lambda k: k["agenda"] == "events" and k["told"] == "same", {"told": "label"}),
    (lambda k: k["delivery"] != "html" or k["documents"] != "none", {"headlines": "whole"}),
    (
        lambda k: (
            k["delivery"] != "html"
            or k["address"] not in {"slug", "html", "number"}
            or k["language"] != "one"
            or k["documents"] != "none"
            or k["twin"] != "none"
        ),
        {"session": "none"},
    ),
    (
        lambda k: k["feed"] in {"none", "empty"} or k["witness"] == "feed" or k["delivery"] != "html",
        {"feed_span": "all"},
    ),
    (lambda k: k["extra"] != "sticky", {"pins": "first_page"}),
    (
        lambda k: k["delivery"] != "html" and k["course"] not in {"upkeep_200", "upkeep_503"},
        {"course": "steady"},
    ),
    (lambda k: k["course"] == "rebuilt" and k["documents"] != "none", {"course": "steady"}),
    (
        lambda k: (
            k["course"] == "recategorised"
            and (
                k["sections"] != "two"
                or k["address"] not in {"slug", "both", "html"}
                or k["change"] == "moved"
                or k["twin"] != "none"
            )
        ),
        {"course": "steady"},
    ),
    (
        lambda k: (
            k["course"] == "corrected"
            and (
                k["address"] in {"dated", "utc_dated"}
                or not (k["listed"] in _EXACT and k["witness"] == "told" and k["order"] == "falling")
            )
        ),
        {"course": "steady"},
    ),
    (
        lambda k: (
            k["course"] == "scheduled" and (k["documents"] != "none" or k["listed"] not in _EXACT | {"none"})
        ),
        {"course": "steady"},
    ),
    (lambda k: k["course"] in {"rebuilt", "upkeep_200", "upkeep_503", "stale"}, {"change": "none"}),
)
