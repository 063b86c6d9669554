"""Stories on a saved Facebook page: the Page's own, by their own date; shared and visitors' posts are not."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from activity.address.canonical import parse_facebook
from crawler.exports.saved.node import facebook_lists, read_unix

__all__ = ["OF_NOBODY", "OF_NO_MOMENT", "Story", "read_stories"]

OF_NO_MOMENT: Final = "posts without a moment of their own"
OF_NOBODY: Final = "posts of several accounts on a page that does not say whose it is"

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
    """Read every story of a Page's timeline, or why it is none of the Page's posts."""
    found = [(owner_node, node) for document in documents for owner_node, node in facebook_lists(document)]
    names = {owner} - {""} | {str(each["id"]) for each, _ in found if isinstance(each.get("id"), str | int)}
    authors = {_first_author(node) for _, node in found} - {""}
    for _, node in found:
        yield _read_story(node, names) if names or len(authors) < 2 else OF_NOBODY


def _first_author(node: Node) -> str:
    number = next((str(node[key]) for key in _NUMBERS if isinstance(node.get(key), str)), "")
    actors = next((each for each in _find(node, "actors", number) if isinstance(each, list) and each), [None])
    return str(actors[0].get("id") or actors[0].get("url") or "") if isinstance(actors[0], dict) else ""


def _read_story(node: Node, names: set[str]) -> Story | str:
    number = next((str(node[key]) for key in _NUMBERS if isinstance(node.get(key), str)), "")
    if not number:
        return "entries that are no posts"
    address = next((each for each in _find(node, "wwwURL", number) if isinstance(each, str)), "")
    if names and not _is_own(node, number, address, names):
        return "posts of others on the page"
    at = _find_moment(node, number)
    if at is None:
        return OF_NO_MOMENT
    texts = (each.get("text") for each in _find(node, "message", number) if isinstance(each, dict))
    text = next((each for each in texts if isinstance(each, str)), "")
    return Story(number, at, address or f"https://www.facebook.com/{number}", text)


def _find_moment(node: Node, number: str) -> datetime | None:
    """When it was published: what is shared within it, under whichever name, is older than the sharing."""
    for pictures in (False, True):
        values = _find(node, "creation_time", number, pictures=pictures)
        if own := [at for value in values if (at := read_unix(value)) is not None]:
            return max(own)
    return None


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


def _find(node: Node, name: str, number: str, *, pictures: bool = True) -> Iterator[Any]:
    """What stands under a name in the story itself, nearest to the surface first; pictures come last."""
    level: list[Any] = [node]
    later: list[Any] = []
    for depth in range(_DEEPEST):
        below: list[Any] = []
        for each in level:
            if isinstance(each, list):
                below.extend(each)
            elif isinstance(each, dict) and not _is_another(each, number, within=depth > 0):
                if each.get(name) is not None:
                    yield each[name]
                for key, value in each.items():
                    if isinstance(value, dict | list) and not _INNER.search(key.casefold()):
                        (later if key == "attachments" else below).append(value)
        if not below and pictures:
            below, later = later, []
        if not below:
            return
        level = below


def _is_another(part: Node, number: str, *, within: bool) -> bool:
    """Whether a part is a story of its own: by its number, or as it has words, author or moment together."""
    if any(isinstance(part.get(key), str) and part[key] != number for key in _NUMBERS[:1]):
        return True
    if not within or "creation_time" not in part or not {"message", "actors"} & part.keys():
        return False
    return number not in str(part.get("url") or part.get("wwwURL") or "")
