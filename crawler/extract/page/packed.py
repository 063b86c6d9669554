"""Forms in which frameworks pack their state: numbered values, and values beside their type."""

from typing import Any, Final

__all__ = ["hydrate", "unwrap_island"]

MAX_VALUES = 100_000
MAX_DEPTH = 14
# Wrappers that a packed value bears for its kind; what follows is the value.
_WRAPPERS: Final = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "Date", "Set"})


def hydrate(data: Any) -> Any:
    """Put together what Nuxt writes as one flat list, in which numbers are places of that list.

    >>> hydrate([{"judul": 1, "tgl": 2}, "Rapat", ["Date", 3], "2026-03-04"])
    {'judul': 'Rapat', 'tgl': '2026-03-04'}
    """
    if not isinstance(data, list) or not data or len(data) > MAX_VALUES:
        return data
    left = [MAX_VALUES]
    return _resolve(data, 0, MAX_DEPTH, left)


def _resolve(data: list[Any], place: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if isinstance(place, bool) or not isinstance(place, int):
        return place
    if depth == 0 or left[0] < 0 or not 0 <= place < len(data):
        return None
    value = data[place]
    if isinstance(value, dict):
        return {name: _resolve(data, inner, depth - 1, left) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) == 2 and isinstance(value[0], str) and value[0] in _WRAPPERS:
        return _resolve(data, value[1], depth, left) if isinstance(value[1], int) else value[1]
    return [_resolve(data, inner, depth - 1, left) for inner in value]


def unwrap_island(value: Any, depth: int = MAX_DEPTH) -> Any:
    """Take away the types that Astro writes before each value of an island: `[0, "Rapat"]`, `[1, [...]]`.

    >>> unwrap_island({"berita": [1, [[0, {"judul": [0, "Rapat"], "terbit": [3, "2026-03-04"]}]]]})
    {'berita': [{'judul': 'Rapat', 'terbit': '2026-03-04'}]}
    """
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {name: unwrap_island(inner, depth - 1) for name, inner in value.items()}
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int):
        inner = value[1]
        if value[0] == 1 and isinstance(inner, list):
            return [unwrap_island(each, depth - 1) for each in inner]
        return unwrap_island(inner, depth - 1) if isinstance(inner, dict) else inner
    return value
