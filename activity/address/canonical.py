"""From what people type in a list of accounts to one canonical address a channel."""

import re
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlunsplit

from activity.address.typed import (
    bare_host,
    find_url,
    is_door,
    is_host,
    is_no_account,
    list_steps,
    read_handle,
    read_typed,
    refuse,
    split_address,
    unwrap,
)
from activity.message import Message

__all__ = ["parse_facebook", "parse_instagram", "parse_website"]

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mibextid|_rdr|_rdc")

_INSTAGRAM_HOSTS = frozenset({"instagram.com", "instagr.am"})
_INSTAGRAM_HANDLE = re.compile(r"(?!\.)(?!.*\.\.)[a-z0-9._]{1,30}(?<!\.)")
_INSTAGRAM_TABS = frozenset(
    {"channel", "feed", "followers", "following", "guide", "guides", "igtv", "live", "p", "reel", "reels"}
    | {"reposts", "saved", "tagged", "tv"}
)
"""What may stand behind a handle; behind the platform's own pages stands something else."""

_FACEBOOK_HOSTS = frozenset({"facebook.com", "fb.com", "fb.me"})
_FACEBOOK_HANDLE = re.compile(r"(?!\.)[a-z0-9._-]{2,80}(?<!\.)")
_FACEBOOK_NUMBER = re.compile(r"(?:^|-)(\d{6,20})$")
_FACEBOOK_FOLDERS = frozenset({"pages", "people", "p", "pg"})

_PLATFORMS = _INSTAGRAM_HOSTS | _FACEBOOK_HOSTS | {"fb.watch", "youtube.com", "youtu.be", "tiktok.com"}
"""Where accounts are, and no office's own site."""


def parse_website(text: str) -> str | None:
    """The absolute URL of a site; None where the cell says that there is none.

    The host is written small, the path as typed; fragments and tracking parameters go. A bare host
    is taken to speak https.

    Raises:
        AccountError: saying what was found and what is expected.

    >>> parse_website(" Dinkes.Banjarmasinkota.GO.ID ")
    'https://dinkes.banjarmasinkota.go.id/'
    """
    typed = read_typed(text)
    if typed is None:
        return None
    typed = unwrap(typed)
    expected = Message("a web address such as https://dinkes.example.go.id")
    parts = split_address(typed if "://" in typed else f"https://{typed}")
    if parts is None or parts.scheme not in {"http", "https"} or not is_host(parts.hostname):
        raise refuse(text, expected)
    if bare_host(parts) in _PLATFORMS:
        raise refuse(
            text, Message("{expected}; a social media account has its own column", expected=expected)
        )
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(k)])
    default = {"http": 80, "https": 443}[parts.scheme]
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return urlunsplit((parts.scheme, host + port, parts.path or "/", query, ""))


def parse_instagram(text: str) -> str | None:
    """The bare handle, in lower case; None where the cell says that there is none.

    Raises:
        AccountError: saying what was found and what is expected.

    >>> parse_instagram("https://www.instagram.com/Dinkes_BJM/?hl=id")
    'dinkes_bjm'
    """
    typed = read_typed(text)
    if typed is None:
        return None
    expected = Message("an Instagram account such as @dinkes_bjm or instagram.com/dinkes_bjm")
    typed = unwrap(typed)
    url = find_url(typed, _INSTAGRAM_HOSTS)
    if url is None:
        handle = read_handle(typed)
    else:
        steps = list_steps(url)
        steps = steps[1:] if steps[:1] == ["_u"] else steps
        own = bool(steps) and is_door(url) and (len(steps) == 1 or steps[1] in _INSTAGRAM_TABS)
        handle = steps[0].removeprefix("@") if own else None
    if handle is None or not _INSTAGRAM_HANDLE.fullmatch(handle) or is_no_account(handle):
        raise refuse(text, expected)
    return handle


def parse_facebook(text: str) -> str | None:
    """The page's bare name in lower case, or its number; None where the cell says that there is none.

    Raises:
        AccountError: saying what was found and what is expected.

    >>> parse_facebook("https://m.facebook.com/profile.php?id=100064000000000&ref=x")
    '100064000000000'
    """
    typed = read_typed(text)
    if typed is None:
        return None
    expected = Message(
        "a Facebook page such as facebook.com/dinkesbjm or facebook.com/profile.php?id=100064000000000"
    )
    typed = unwrap(typed)
    url = find_url(typed, _FACEBOOK_HOSTS)
    name = read_handle(typed) if url is None else _facebook_name(url)
    if name is None or not _FACEBOOK_HANDLE.fullmatch(name) or is_no_account(name):
        raise refuse(text, expected)
    return name


def _facebook_name(url: SplitResult) -> str | None:
    steps = list_steps(url)
    if not steps or not is_door(url):
        return None
    if steps[0] == "profile.php":
        number = parse_qs(url.query).get("id", [""])[0]
        return number if number.isdecimal() else None
    if steps[0] in _FACEBOOK_FOLDERS:
        numbers = [found[1] for step in steps[1:] if (found := _FACEBOOK_NUMBER.search(step))]
        if numbers:
            return numbers[-1]
        return steps[1] if steps[0] == "pg" and len(steps) > 1 else None
    numbered = _FACEBOOK_NUMBER.search(steps[0])
    return numbered[1] if numbered else steps[0].removeprefix("@")
