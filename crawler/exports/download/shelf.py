"""Which lists in an archive's documents may hold posts, by their names, and what the others hold."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from activity.agency import Channel

__all__ = ["Shelf", "find_shelves"]

# Names of files and keys are English in every language's archive. The order matters: "archived stories".
_OTHERS: Final = tuple(
    (re.compile(rf"(?:^|_)(?:{words})"), reason)
    for words, reason in (
        ("stor(?:y|ies)|highlight", "stories, gone after a day"),
        ("edit", "edits of posts"),
        ("repost", "posts of others, passed on"),
        ("threads?(?:_|$)|text_post", "posts on Threads"),
        ("archived?(?:_|$)", "archived posts, not public"),
        ("deleted|trash|bin$", "deleted posts"),
        ("drafts?|scheduled", "drafts"),
        ("profile_(?:pic|pho)|profile$|cover_|avatar", "pictures of the profile"),
        ("visitor|other_[pu]|others_|tagged|mention", "posts on or of other profiles"),
        ("groups?_", "posts in groups"),
        ("like|react|saved|collection|comment|repl|message|inbox|chat|direct$|memories|birthday|poll|ads?_"
         "|view|watch|seen|sentiment|topic|interest|suggest|impression|insight|search|hidden|click",
         "records of comments, likes, messages and the like"),
    )
)  # fmt: skip
_POSTS: Final = re.compile(r"(?:^|_)(?:posts?|reels?|igtv|media|content|videos?|photos?|ig)(?:_|\d|$)")
_FILMS: Final = re.compile(r"(?!.*(?:post|photo)).*(?:video|reel|igtv)")
_ALBUM: Final = re.compile(r"other_photos|uncategorized_photos|album")
_ALBUM_FACTS: Final = frozenset({"cover_photo", "last_modified_timestamp"})


class Shelf(NamedTuple):
    """A list in a document.

    Attributes:
        other: what it holds where that is no posts of the account; else empty.
        posts: whether its name says that it holds posts.
        films: whether its name says that it holds films.
        album: whether it is a list of pictures that posts show.
        channel: whose archive its path names.
    """

    name: str
    items: list[Any]
    other: str
    posts: bool
    films: bool
    album: bool
    channel: Channel | None


def find_shelves(path: str, document: Any) -> Iterator[Shelf]:
    """Find the lists of a document, at its top or under a key, with what their names say."""
    if isinstance(document, list):
        yield _describe(path, "", document, album=False)
    elif isinstance(document, dict):
        album = bool(_ALBUM_FACTS & set(document))
        for key, value in document.items():
            if isinstance(value, list):
                yield _describe(path, key, value, album=album)
            elif isinstance(value, dict):
                for below, items in value.items():
                    if isinstance(items, list):
                        yield _describe(path, f"{key}_{below}", items, album=album)


def _describe(path: str, key: str, items: list[Any], *, album: bool) -> Shelf:
    steps = PurePosixPath(path.replace("\\", "/"))
    names = [_plain(key), _plain(steps.stem)]
    other = next((reason for name in names for shape, reason in _OTHERS if name and shape.search(name)), "")
    folder = _plain(steps.parent.name)
    return Shelf(
        name=f"{path}#{key}",
        items=items,
        other=other,
        posts=any(map(_POSTS.search, [*names, folder])),
        films=any(map(_FILMS.match, names)),
        album=album or any(map(_ALBUM.search, names)),
        channel=_channel(path.casefold(), names[0]),
    )


def _channel(path: str, key: str) -> Channel | None:
    instagram = "instagram" in path or key.startswith("ig_")
    facebook = "facebook" in path or key == "videos_v2"
    if instagram is facebook:
        return None
    return Channel.INSTAGRAM if instagram else Channel.FACEBOOK


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold())
