"""Stories on a saved Facebook page: the Page's own, by their own date; shared and visitors' posts are not."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from activity.address import parse_facebook
from crawler.exports.saved_node import facebook_lists, read_unix

__all__ = ["Story", "read_stories"]

Node = dict[str, Any]

# A story within a story, by name: shared, quoted, answered. By content, what has another number is one.
_INNER: Final = re.compile(
    r"attached|shared|original|parent|previous|quoted|aggregated|comment|feedback|repl"
)
_NUMBERS: Final = ("post_id", "legacy_story_hideable_id")
_DEEPEST: Final = 60


class Story(NamedTuple):
    """One post of a Page."""

    number: str
    at: datetime
    address: str
    text: str


def read_stories(documents: list[Any], owner: str) -> Iterator[Story | str]:
    """Every story of a Page's timeline, or why it is none of the Page's posts."""
    found = [(owner_node, node) for document in documents for owner_node, node in facebook_lists(document)]
    names = {owner} - {""} | {str(each["id"]) for each, _ in found if isinstance(each.get("id"), str | int)}
    for _, node in found:
        yield _read_story(node, names)


def _read_story(node: Node, names: set[str]) -> Story | str:
    number = next((str(node[key]) for key in _NUMBERS if isinstance(node.get(key), str)), "")
    if not number:
        return "entries that are no posts"
    address = next((each for each in _find(node, "wwwURL", number) if isinstance(each, str)), "")
    if names and not _is_own(node, number, address, names):
        return "posts of others on the page"
    at = next(filter(None, map(read_unix, _find(node, "creation_time", number))), None)
    if at is None:
        return "posts without a moment of their own"
    texts = (each.get("text") for each in _find(node, "message", number) if isinstance(each, dict))
    text = next((each for each in texts if isinstance(each, str)), "")
    return Story(number, at, address or f"https://www.facebook.com/{number}", text)


def _is_own(node: Node, number: str, address: str, names: set[str]) -> bool:
    """Whether the first who acted is the Page; where that is not told, the address must.

    A number can only be held against a number, and a name against a name.
    """
    for actors in _find(node, "actors", number):
        first = actors[0] if isinstance(actors, list) and actors else None
        if isinstance(first, dict):
            said = {
                str(first.get("id", "")),
                _handle(str(first.get("url") or first.get("profile_url") or "")),
            }
            comparable = {each for each in said - {""} if _comparable(each, names)}
            if comparable:
                return bool(comparable & names)
    handle = _handle(address) if "/posts/" in address or "/videos/" in address else ""
    return handle in names or not _comparable(handle, names) or handle.isdecimal()


def _comparable(name: str, names: set[str]) -> bool:
    return bool(name) and any(name.isdecimal() is each.isdecimal() for each in names)


def _handle(address: str) -> str:
    try:
        return parse_facebook(address) or ""
    except ValueError:
        return ""


def _find(node: Node, name: str, number: str) -> Iterator[Any]:
    """What stands under a name in the story itself, nearest to the surface first; pictures come last."""
    level: list[Any] = [node]
    later: list[Any] = []
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for each in level:
            if isinstance(each, list):
                below.extend(each)
            elif isinstance(each, dict) and not _is_another(each, number):
                if each.get(name) is not None:
                    yield each[name]
                for key, value in each.items():
                    if isinstance(value, dict | list) and not _INNER.search(key.casefold()):
                        (later if key == "attachments" else below).append(value)
        if not below:
            below, later = later, []
        if not below:
            return
        level = below


def _is_another(part: Node, number: str) -> bool:
    return any(isinstance(part.get(key), str) and part[key] != number for key in _NUMBERS[:1])
