"""Posts inside the data that Instagram's and Facebook's pages carry for their own scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from activity.post import PostKind

__all__ = ["SavedPost", "facebook_lists", "find_first", "instagram_nodes", "read_node", "read_unix"]

# A profile's own posts; other lists on the page are of tagged or suggested accounts.
_INSTAGRAM_LISTS = frozenset(
    {
        "polaris_ordered_timeline_connection",
        "edge_owner_to_timeline_media",
        "xdt_api__v1__feed__user_timeline_graphql_connection",
    }
)
_FACEBOOK_LIST = "timeline_list_feed_units"
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class SavedPost:
    """One Instagram post of a page.

    Attributes:
        code: the whole shortcode.
        taken_at: None where the page leaves it out; the shortcode's clock must do.
        owner: the handle that published it, empty where the page is silent.
    """

    code: str
    taken_at: datetime | None
    text: str
    kind: PostKind
    owner: str


def instagram_nodes(document: Any) -> Iterator[SavedPost]:
    """Find every post of the profile's own list, in its order."""
    for found in _find_lists(document, _INSTAGRAM_LISTS):
        for node in _nodes(found):
            if (post := read_node(node)) is not None:
                yield post


def read_node(node: Mapping[str, Any]) -> SavedPost | None:
    """Read one post in either shape that Instagram gives it; None where no shortcode names it."""
    code = node.get("code") or node.get("shortcode")
    if not isinstance(code, str):
        return None
    taken_at = read_unix(node.get("taken_at") or node.get("taken_at_timestamp"))
    return SavedPost(code, taken_at, _caption(node), _kind(node), _owner(node))


def facebook_lists(document: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Find every story of a Page's own timeline, raw, with the record of whose timeline it is."""
    for owner, found in _find_owned(document, frozenset({_FACEBOOK_LIST})):
        for node in _nodes(found):
            yield owner, node


def find_first(value: Any, name: str) -> Any:
    """Tell what stands under a name, nearest to the surface; None where nothing does."""
    level = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                if each.get(name) is not None:
                    return each[name]
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
        if not below:
            return None
        level = below
    return None


def read_unix(value: Any) -> datetime | None:
    """Read seconds since 1970 as a moment."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1_000_000_000 < value < 32_503_680_000:
        return None
    return datetime.fromtimestamp(value, UTC)


def _find_lists(document: Any, names: frozenset[str]) -> Iterator[dict[str, Any]]:
    for _, found in _find_owned(document, names):
        yield found


def _find_owned(document: Any, names: frozenset[str]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The lists of these names, and the record in which each stands."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for name, below in value.items():
                if name in names and isinstance(below, dict):
                    yield value, below
                else:
                    waiting.append(below)
        elif isinstance(value, list):
            waiting.extend(value)


def _nodes(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    edges = found.get("edges")
    for edge in edges if isinstance(edges, list) else []:
        node = edge.get("node") if isinstance(edge, dict) else None
        if isinstance(node, dict):
            yield node


def _caption(node: Mapping[str, Any]) -> str:
    caption = node.get("caption")
    text = caption.get("text") if isinstance(caption, dict) else None
    if text is None:
        text = find_first(node.get("edge_media_to_caption"), "text")
    return text if isinstance(text, str) else ""


def _kind(node: Mapping[str, Any]) -> PostKind:
    if node.get("product_type") == "clips":
        return PostKind.REEL
    if node.get("media_type") == 8 or node.get("__typename") == "GraphSidecar" or node.get("carousel_media"):
        return PostKind.ALBUM
    return PostKind.VIDEO if node.get("is_video") is True or node.get("media_type") == 2 else PostKind.PHOTO


def _owner(node: Mapping[str, Any]) -> str:
    for name in ("owner", "user"):
        person = node.get(name)
        if isinstance(person, dict) and isinstance(person.get("username"), str):
            return str(person["username"]).casefold()
    return ""
