"""A ranking as an archive keeps it, and what two of them differ in, office by office."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from activity.agency import Agency
from activity.ranking import MetricScore, Ranking, Standing
from scoring.seal.codec import dump, encode

__all__ = ["compare_rankings", "digest_ranking", "plain_ranking", "render_ranking"]

_CLOSE = 2e-6
"""Figures kept to six decimals are the same within this: the last decimal may be rounded either way."""
_LEFT_OUT: Mapping[type, frozenset[str]] = {
    # Sentences and other people's facts: the archive holds what they are made from.
    MetricScore: frozenset({"told"}),
    Standing: frozenset({"change", "flags"}),
}
_LATER: Mapping[type, frozenset[str]] = {
    # Came after the first seals: left out where there is nothing, so that those stay what they were.
    Standing: frozenset({"deductions"}),
    Ranking: frozenset({"prizes"}),
}
_Path = tuple[str, ...]
_IDENTITY = ("channel", "level", "agency", "name")


def plain_ranking(ranking: Ranking) -> Any:
    """Plain JSON: agencies by their slugs, without explanations, flags and the change against last time."""
    return encode(_shorten(ranking))


def render_ranking(plain: Any) -> bytes:
    """An archive's `ranking.json`."""
    return f"{dump(plain, indent=1)}\n".encode()


def digest_ranking(ranking: Ranking) -> str:
    """The SHA-256 by which a ranking is known."""
    return sha256(render_ranking(plain_ranking(ranking))).hexdigest()


def _shorten(value: Any) -> Any:
    if isinstance(value, Agency):
        return value.slug
    if isinstance(value, tuple | list):
        return [_shorten(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        left_out = _LEFT_OUT.get(type(value), frozenset())
        later = _LATER.get(type(value), frozenset())
        found = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in left_out}
        return {name: _shorten(each) for name, each in found.items() if each or name not in later}
    return value


def compare_rankings(sealed: Any, other: Any) -> tuple[str, ...]:
    """Every figure in which two plain rankings differ, with its office; none where they are the same.

    The order of offices counts as little as it does in scoring. A metric that came after the seal decides
    nothing in it, as the sealed rubric gives it no weight, and is no difference.
    """
    return tuple(_differences((), sealed, other))


def _differences(where: _Path, sealed: Any, other: Any) -> Iterator[str]:
    if isinstance(sealed, Mapping) and isinstance(other, Mapping):
        for name in sorted(sealed.keys() | other.keys()):
            deeper = _step(where, name)
            if name in sealed and name in other:
                yield from _differences(deeper, sealed[name], other[name])
            elif not (name in other and where[-1:] == ("metrics",) and other[name]["weight"] == 0):
                yield f"{' · '.join(deeper)}: only {'sealed' if name in sealed else 'now'}"
    elif isinstance(sealed, list) and isinstance(other, list):
        yield from _differences_of_lists(where, sealed, other)
    elif not _same(sealed, other):
        yield f"{' · '.join(where)}: sealed {_shown(sealed)}, now {_shown(other)}"


def _step(where: _Path, name: str) -> _Path:
    # An office names its channel itself, and the words for lists say nothing.
    return () if name in {"categories", "standings"} else (*where, name)


def _differences_of_lists(where: _Path, sealed: list[Any], other: list[Any]) -> Iterator[str]:
    named, other_named = _by_name(sealed), _by_name(other)
    if named is not None and other_named is not None:
        yield from _differences(where, named, other_named)
    elif len(sealed) != len(other):
        yield f"{' · '.join(where)}: sealed {_shown(sealed)}, now {_shown(other)}"
    else:
        for number, (first, second) in enumerate(zip(sealed, other, strict=True), 1):
            yield from _differences((*where, str(number)), first, second)


def _by_name(items: list[Any]) -> Mapping[str, Any] | None:
    """The items by what they are called; None where they have no names, or not one each."""
    if not items or not all(isinstance(item, Mapping) for item in items):
        return None
    names = [" ".join(str(item[key]) for key in _IDENTITY if key in item) for item in items]
    return dict(zip(names, items, strict=True)) if all(names) and len(set(names)) == len(names) else None


def _same(sealed: Any, other: Any) -> bool:
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (sealed, other))
    return abs(sealed - other) <= _CLOSE if numbers else sealed == other and type(sealed) is type(other)


def _shown(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
