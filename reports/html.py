"""The ranking as one self-contained web page in two languages."""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from activity.agency import Agency
from activity.channel import Channel
from activity.jury import Stage
from activity.message import Message
from activity.ranking import ActivityRow, Category, Ranking, Standing, Status, Sweep
from activity.semester import Semester
from reports.calendar import CELL, LEFT, TOP, draw_calendar, draw_ground, place_months
from reports.catalogue import tell_detail, translate
from reports.link import anchor, bare, link_of
from reports.messages import reason_of, text, word
from reports.tables import list_vacuum
from reports.wording import Language, phrase_date, phrase_month, phrase_number, phrase_percent

__all__ = ["render_html"]


@dataclass(frozen=True, slots=True)
class _Line:
    """One channel in an office's calendar."""

    channel: Channel
    category: Category
    standing: Standing
    halves: tuple[tuple[Semester, ActivityRow | None], ...]


@dataclass(frozen=True, slots=True)
class _Office:
    """An agency and what it does on each channel."""

    agency: Agency
    lines: tuple[_Line, ...]


_SOURCES = {"posts": "posts", "nights": "nights", "looks": "nights"}
"""Values of a metric's explanation that name what it rests on."""


@dataclass(frozen=True, slots=True)
class _ToldMetric:
    """One metric's points, and the formula with its numbers."""

    points: float
    told: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What a standing's figures come from, in words."""

    metrics: Mapping[str, _ToldMetric]
    posts: str
    nights: str


def render_html(
    ranking: Ranking,
    rows: Sequence[ActivityRow],
    earlier: Sequence[ActivityRow] = (),
    *,
    title: str,
    language: str = "id",
    stage: Stage | None = None,
) -> bytes:
    """Draw rankings, shortlist, vacuum list and calendars as one page without any outside asset.

    Both languages are in the page; `language` is the one shown first, and without any script the
    reader can still switch. `earlier` holds the rows of the semester before, so that the calendars
    show a year; `stage` tells how far the result has come. Raises ConfigError for an unknown language.
    The same input gives the same bytes.
    """
    spoken = Language.parse(language)
    style, script = _asset("common.css") + _asset("page.css") + _label(ranking), _asset("page.js")
    # Of a city's first semester nothing is known before; half a year of hatching would say no more.
    earlier = earlier if any(night.known for row in earlier for night in row.nights) else ()
    semesters = (ranking.semester.previous, ranking.semester) if earlier else (ranking.semester,)
    page = _environment(spoken).get_template("page.html.j2").render(
        ranking=ranking,
        title=title,
        language=spoken.value,
        offices=_offices(ranking, rows, earlier),
        vacuum=list_vacuum(ranking),
        warnings=ranking.warnings(),
        stage=stage,
        semesters=semesters,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_policy(style, script),
        running=ranking.as_of < ranking.semester.days()[-1],
    )  # fmt: skip
    return page.encode()


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    once = lru_cache(maxsize=4096, typed=True)  # what is said of an office is said of many

    def say(key: str, **values: Any) -> Markup:
        return _both(lambda spoken: text(key, spoken, **values))

    def name(kind: str, value: str) -> Markup:
        return _both(lambda spoken: word(kind, value, spoken))

    environment.globals |= _STILL | {
        "say": once(say),
        "tell": lambda message: _both(lambda spoken: translate(message, spoken)),
        "tell_metrics": lambda standing: _tell_metrics(standing, language),
        "detail": lambda standing: _both(lambda spoken: tell_detail(standing.detail, spoken)),
        "reason": lambda standing: _both(lambda spoken: reason_of(standing, spoken)),
        "word": once(name),
        "category_name": _category_name,
        "semester_name": _semester_name,
        "number": lambda value, digits=0: _both(lambda spoken: phrase_number(value, spoken, digits)),
        "percent": lambda share: _both(lambda spoken: phrase_percent(share, spoken)),
        "day": lambda day: _both(lambda spoken: phrase_date(day, spoken, short=True)),
        "month": lambda month: _both(lambda spoken: phrase_month(month, spoken), "tspan"),
        "share_of": lambda share, spoken: phrase_percent(share, Language.parse(spoken)),
        "overall_name": lambda level: _both(
            lambda spoken: text("overall", spoken, level=word("level", level, spoken))
        ),
        "moved": _moved,
        "stage_name": lambda stage: _both(
            lambda spoken: text("stage", spoken, stage=word("stage", stage.value, spoken))
        ),
        "sweep_places": _name_sweep,
        "alive_on": _tell_alive,
    }
    return environment


def _find_ties(category: Category) -> frozenset[int]:
    """Places that several share."""
    held = Counter(standing.place for standing in category.standings)
    return frozenset(place for place, count in held.items() if place is not None and count > 1)


_STILL: dict[str, Any] = {
    "plain": text,
    "drawings": lambda halves: [(each, row and draw_calendar(row, each)) for each, row in halves],
    "ground": draw_ground,
    "months": place_months,
    "link_of": link_of,
    "anchor": anchor,
    "bare": bare,
    "ties": _find_ties,
    "unsure": lambda standing: standing.status is Status.TIDAK_DINILAI,
    "statuses": tuple(Status),
    "CELL": CELL,
    "LEFT": LEFT,
    "TOP": TOP,
}
"""What templates use in any language."""


def _tell_metrics(standing: Standing, spoken: Language) -> _Told:
    """What a pointer is told of a standing's figures; posts and nights once, on which all metrics rest."""
    metrics: dict[str, _ToldMetric] = {}
    sources: dict[str, str] = {}
    for metric in standing.weighed:
        said = metric.explanation
        if isinstance(said, Message):
            found = {n: v for n, v in said.values.items() if n in _SOURCES and isinstance(v, Message)}
            sources |= {_SOURCES[name]: value for name, value in found.items()}
            said = Message(said.template, **{**said.values, **dict.fromkeys(found, "")})
        metrics[metric.name] = _ToldMetric(metric.points, translate(said, spoken).rstrip("; "))
    posts, nights = (translate(sources.get(name, ""), spoken) for name in ("posts", "nights"))
    return _Told(metrics, posts, nights)


def _label(ranking: Ranking) -> str:
    """The style that says beside each figure of a small screen what the head of its column says."""
    weighed = {m.name: None for c in ranking.categories for s in c.standings for m in s.weighed}
    columns = {key: key for key in ("posts", "last", "coverage")} | {f"m-{name}": name for name in weighed}
    keys = {"posts": "posts", "last": "last_post", "coverage": "coverage"}

    def name(column: str, language: Language) -> str:
        key = keys.get(column)
        return text(key, language) if key else word("metric", columns[column], language)

    def set_in(language: Language) -> str:
        return "".join(
            f"--{each}:{json.dumps(name(each, language), ensure_ascii=False)};" for each in columns
        )

    indonesian, english = set_in(Language.ID), set_in(Language.EN)
    shown = "".join(f".category .{each}::before{{content:var(--{each})}}" for each in columns)
    return (
        f":root,:root:has(#language-id:checked){{{indonesian}}}"
        f":root[lang=en],:root:has(#language-en:checked){{{english}}}"
        f"@media screen and (max-width:1180px){{{shown}}}"
    )


def _both(speak: Callable[[Language], str], element: str = "i") -> Markup:
    """A text in both languages, of which the style shows one; written once where they agree."""
    indonesian, english = speak(Language.ID), speak(Language.EN)
    if indonesian == english:
        return Markup("{}").format(indonesian)
    shape = "<{0} lang=id>{1}</{0}><{0} lang=en>{2}</{0}>"
    return Markup(shape).format(element, indonesian, english)  # noqa: S704 - escapes what it fills in


def _category_name(category: Category) -> Markup:
    return _both(
        lambda spoken: text(
            "category",
            spoken,
            channel=word("channel", category.channel.value, spoken),
            level=word("level", category.level, spoken),
        )
    )


def _semester_name(semester: Semester, language: str | None = None) -> Markup | str:
    values = {
        "half": "I" * semester.half,
        "ordinal": ("first", "second")[semester.half - 1],
        "year": str(semester.year),
    }
    if language is not None:
        return text("semester", language, **values)
    return _both(lambda spoken: text("semester", spoken, **values))


def _offices(
    ranking: Ranking, rows: Sequence[ActivityRow], earlier: Sequence[ActivityRow]
) -> tuple[_Office, ...]:
    """Every agency of the ranking by level, then name, with a line for each channel."""
    now, before = _by_account(rows), _by_account(earlier)
    agencies: dict[str, Agency] = {}
    lines: dict[str, list[_Line]] = {}
    levels = list(dict.fromkeys(category.level for category in ranking.categories))
    for category in ranking.categories:
        for standing in category.standings:
            key = (standing.agency.slug, category.channel)
            halves = [(ranking.semester, now.get(key))]
            if earlier:
                halves.insert(0, (ranking.semester.previous, before.get(key)))
            agencies[key[0]] = standing.agency
            line = _Line(category.channel, category, standing, tuple(halves))
            lines.setdefault(key[0], []).append(line)
    ordered = sorted(agencies.values(), key=lambda a: (levels.index(a.level), a.name.casefold(), a.slug))
    return tuple(_Office(agency, tuple(lines[agency.slug])) for agency in ordered)


def _by_account(rows: Sequence[ActivityRow]) -> Mapping[tuple[str, Channel], ActivityRow]:
    return {(row.agency.slug, row.channel): row for row in rows if row.address is not None}


def _moved(standing: Standing) -> Markup:
    """How a place compares with the semester before."""
    before = standing.change.place if standing.change else None
    if standing.change is None or standing.place is None:
        return Markup("")
    if before is None:
        return _both(lambda spoken: text("new_here", spoken))
    key = "rose" if standing.place < before else "fell" if standing.place > before else "kept"
    return _both(lambda spoken: text(key, spoken, place=before))


def _tell_alive(standing: Standing) -> Markup:
    def tell(spoken: Language) -> str:
        names = ", ".join(word("channel", channel.value, spoken) for channel in standing.alive_on)
        return text("alive_on", spoken, channels=names)

    return _both(tell)


def _name_sweep(sweep: Sweep) -> Markup:
    return _both(
        lambda spoken: ", ".join(
            f"{word('channel', channel.value, spoken)} {place}" for channel, place in sweep.places
        )
    )


def _asset(name: str) -> str:
    return files("reports").joinpath("templates", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Allow this page its own style and script by their digests, and nothing else."""
    own = {kind: b64encode(sha256(body.encode()).digest()).decode() for kind, body in
           (("style", style), ("script", script))}  # fmt: skip
    return (
        f"default-src 'none'; style-src 'sha256-{own['style']}'; script-src 'sha256-{own['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
