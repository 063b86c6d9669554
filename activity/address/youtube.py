"""How YouTube writes its channels and videos: what people type, links, and which video an address is of."""

import re
from urllib.parse import SplitResult

from activity.address.typed import (
    find_url,
    is_no_account,
    list_steps,
    read_handle,
    read_typed,
    refuse,
    unwrap,
)
from activity.message import Message

__all__ = ["is_channel_id", "link_channel", "parse_youtube", "video_key"]

_HOSTS = frozenset({"youtube.com"})
_DOORS = frozenset({"", "www", "m", "id"})
_EXPECTED = Message("a YouTube channel such as @dinkesbjm or youtube.com/channel/UC…")
_OLD = Message(
    "{expected}: open the old address (/c/, /user/) and copy the name with @ that stands on its page",
    expected=_EXPECTED,
)
_HANDLE = re.compile(r"(?![._-])[a-z0-9._-]{3,30}(?<![._-])")
_CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
_PAGES = frozenset({"channel", "playlist", "results", "shorts", "hashtag", "redirect", "clip", "youtubei"})
_VIDEO = re.compile(
    r"(?:youtu\.be/|youtube\.com/(?:shorts/|live/|embed/|v/|watch/?\?(?:[^#]*&)?v=))([\w-]{11})(?![\w-])",
    re.ASCII,
)


def parse_youtube(text: str) -> str | None:
    """The bare handle in lower case, or the channel's number; None where the cell says that there is none.

    Raises:
        AccountError: saying what was found and what is expected.

    >>> parse_youtube("https://www.youtube.com/@DinkesBJM/videos")
    'dinkesbjm'
    """
    typed = read_typed(text)
    if typed is None:
        return None
    typed = unwrap(typed)
    if _CHANNEL.fullmatch(typed):
        return typed
    url = find_url(typed, _HOSTS)
    name = read_handle(typed) if url is None else _read_address(url, text)
    if name is None or is_channel_id(name):
        return name if name is not None else _refuse(text)
    if not _HANDLE.fullmatch(name) or name in _PAGES or is_no_account(name):
        return _refuse(text)
    return name


def is_channel_id(address: str) -> bool:
    """Tell whether an account goes by its number and not by its handle, which its owner may change."""
    return _CHANNEL.fullmatch(address) is not None


def link_channel(address: str) -> str:
    """Tell where a reader finds an account.

    >>> link_channel("dinkesbjm")
    'https://www.youtube.com/@dinkesbjm'
    """
    return f"https://www.youtube.com/{'channel/' if is_channel_id(address) else '@'}{address}"


def video_key(address: str) -> str | None:
    """The number of the video that an address is of; None where there is none.

    >>> video_key("https://youtu.be/dQw4w9WgXcQ?t=42"), video_key("https://www.youtube.com/@dinkesbjm")
    ('dQw4w9WgXcQ', None)
    """
    match = _VIDEO.search(address)
    return match[1] if match else None


def _read_address(url: SplitResult, text: str) -> str | None:
    door = (url.hostname or "").removesuffix("youtube.com").rstrip(".")
    steps = list_steps(url)
    if door not in _DOORS or not steps:
        return None
    if steps[0] in {"c", "user"}:
        raise refuse(text, _OLD)
    if steps[0] == "channel":
        numbers = [step for step in url.path.split("/") if _CHANNEL.fullmatch(step)]
        return numbers[0] if numbers else None
    return steps[0].removeprefix("@") if steps[0].startswith("@") else None


def _refuse(text: str) -> str:
    raise refuse(text, _EXPECTED)
