"""A rubric tried out: some of its rules set otherwise, and who would move."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar

from activity.agency import Agency, Channel
from activity.errors import RubricError
from activity.message import Message
from activity.ranking import Overall, Ranking, Standing
from activity.result.alternative import Move
from scoring.rubrics.rubric import Rubric, load_default, read_rubric

__all__ = ["Move", "OverallMove", "Trial", "find_moves", "find_overall_moves", "try_rubric"]

_OPTION = "--set"
_Value = TypeVar("_Value")
_Found = TypeVar("_Found", Standing, Overall)


@dataclass(frozen=True, slots=True)
class Trial:
    """A rubric with some rules set otherwise; it has no text of its own and cannot be adopted.

    Attributes:
        scaled: weights that were not set and moved all the same, as (metric, before, after).
    """

    rubric: Rubric
    scaled: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class OverallMove:
    """One agency over all channels under both rubrics; None where it has no place or no score."""

    agency: Agency
    level: str
    place: tuple[int | None, int | None]
    score: tuple[float | None, float | None]


def try_rubric(text: str, settings: Sequence[str]) -> Trial:
    """Try a rubric's text with settings such as `weights.frequency=30` put over it.

    Where the weights no longer add up to 100, those that were not set are scaled in proportion.

    Raises:
        RubricError: a setting that names no rule, or that no rubric may have.
    """
    values = tomllib.loads(text)
    known = {*_paths(values), *_paths(tomllib.loads(load_default()))}
    named = [_set_value(values, setting, known) for setting in settings]
    scaled = _scale_weights(values, [path for path in named if path.startswith("weights.")])
    try:
        return Trial(read_rubric(values, "", _OPTION), scaled)
    except RubricError:
        for path in named:
            if path not in known and not _is_level(path):
                _refuse_unknown(path, known)
        raise


def _is_level(path: str) -> bool:
    """Whether a path may name the target of a level, which are the city's own words."""
    table, *names = path.split(".")
    return table == "targets" and len(names) == 2 and names[0] in {channel.value for channel in Channel}


def find_moves(before: Ranking, after: Ranking) -> tuple[Move, ...]:
    """Find every account that either rubric ranks, by category, those with a place to come first."""
    moves: list[Move] = []
    for channel, level in dict.fromkeys(
        (c.channel, c.level) for c in (*after.categories, *before.categories)
    ):
        earlier, later = _standings(before, channel, level), _standings(after, channel, level)
        for slug in dict.fromkeys((*later, *earlier)):
            pair = (earlier.get(slug), later.get(slug))
            moves.append(
                Move(
                    agency=next(s.agency for s in reversed(pair) if s is not None),
                    channel=channel,
                    level=level,
                    place=_both(pair, lambda s: s.place),
                    score=_both(pair, lambda s: s.score),
                    shortlisted=(_is_within(pair[0], before.shortlist), _is_within(pair[1], after.shortlist)),
                    wins=(_is_within(pair[0], before.places), _is_within(pair[1], after.places)),
                )
            )
    return tuple(moves)


def find_overall_moves(before: Ranking, after: Ranking) -> tuple[OverallMove, ...]:
    """Find every agency that either rubric puts into a standing over all channels, by level."""
    earlier, later = (dict(each.overall) for each in (before, after))
    moves: list[OverallMove] = []
    for level in dict.fromkeys((*later, *earlier)):
        was, now = ({o.agency.slug: o for o in each.get(level, ())} for each in (earlier, later))
        for slug in dict.fromkeys((*now, *was)):
            pair = (was.get(slug), now.get(slug))
            moves.append(
                OverallMove(
                    agency=next(o.agency for o in reversed(pair) if o is not None),
                    level=level,
                    place=_both(pair, lambda o: o.place),
                    score=_both(pair, lambda o: o.score),
                )
            )
    return tuple(moves)


def _standings(ranking: Ranking, channel: Channel, level: str) -> dict[str, Standing]:
    found = (c.standings for c in ranking.categories if (c.channel, c.level) == (channel, level))
    return {s.agency.slug: s for standings in found for s in standings}


def _both(
    pair: tuple[_Found | None, _Found | None], read: Callable[[_Found], _Value | None]
) -> tuple[_Value | None, _Value | None]:
    before, after = pair
    return (None if before is None else read(before)), (None if after is None else read(after))


def _is_within(standing: Standing | None, places: int) -> bool:
    return standing is not None and standing.place is not None and standing.place <= places


def _paths(values: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Dotted names of every table and value."""
    for key, value in values.items():
        yield f"{path}{key}"
        if isinstance(value, dict):
            yield from _paths(value, f"{path}{key}.")


def _set_value(values: dict[str, Any], setting: str, known: set[str]) -> str:
    """Put one setting into place and give its dotted name."""
    name, separator, written = (part.strip() for part in setting.partition("="))
    if not name or not separator or not written:
        raise RubricError(
            "{option}: {setting!r} sets nothing.",
            "Write --set weights.frequency=30.",
            option=_OPTION,
            setting=setting,
        )
    *tables, key = name.split(".")
    table = values
    for part in tables:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            raise RubricError(
                "{option}: {part} in {name!r} is no table.",
                "See `denyut rubric show`.",
                option=_OPTION,
                part=part,
                name=name,
            )
    value = _read_value(written)
    if isinstance(table.get(key), dict) and not isinstance(value, dict):
        _refuse_unknown(
            name, {each for each in known if not any(more.startswith(f"{each}.") for more in known)}
        )
    table[key] = value
    return name


def _read_value(written: str) -> Any:
    """A value as TOML has it; a bare word is a text, for nobody quotes it on a command line."""
    try:
        return tomllib.loads(f"value = {written}")["value"]
    except tomllib.TOMLDecodeError:
        return written


def _scale_weights(values: dict[str, Any], named: Sequence[str]) -> tuple[tuple[str, float, float], ...]:
    weights = values.get("weights")
    if not named or not isinstance(weights, dict) or not all(_is_number(w) for w in weights.values()):
        return ()
    total = sum(weights.values())
    given = {path.removeprefix("weights.") for path in named}
    others = {metric: weight for metric, weight in weights.items() if metric not in given and weight}
    rest = 100 - sum(weight for metric, weight in weights.items() if metric in given)
    if abs(total - 100) <= 1e-9 or rest < 0 or not others:
        return ()
    scale = rest / sum(others.values())
    weights.update({metric: weight * scale for metric, weight in others.items()})
    return tuple((metric, float(weight), weight * scale) for metric, weight in others.items())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse_unknown(path: str, known: set[str]) -> NoReturn:
    last = path.rpartition(".")[2]
    names = sorted(known)
    alike = [
        *(name for name in names if name.rpartition(".")[2] == last),
        *get_close_matches(path, names, n=3, cutoff=0.7),
        *(name for name in names if name.startswith(f"{path}.")),
    ]
    near = list(dict.fromkeys(alike))
    hint = (
        Message("Did you mean {names}?", names=", ".join(near[:4]))
        if near
        else "See `denyut rubric show` for every rule."
    )
    raise RubricError("{option}: a rubric has no rule {path!r}.", hint, option=_OPTION, path=path)
