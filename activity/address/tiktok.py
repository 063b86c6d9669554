"""How TikTok writes its accounts and videos: what people type, and which video an address is of."""

import re

from activity.address.typed import (
    find_url,
    is_no_account,
    list_steps,
    read_handle,
    read_typed,
    refuse,
    unwrap,
)

__all__ = ["parse_tiktok", "tiktok_key"]

_HOSTS = frozenset({"tiktok.com"})
_DOORS = frozenset({"", "www", "m"})
_HANDLE = re.compile(r"[a-z0-9._]{2,24}(?<!\.)")
_POST = re.compile(r"tiktok\.com/(?:@[\w.]*/(?:video|photo)|embed(?:/v2)?|v)/(\d{10,20})(?!\d)", re.ASCII)


def parse_tiktok(text: str) -> str | None:
    """The bare handle in lower case; None where the cell says that there is none.

    Raises:
        AccountError: saying what was found and what is expected.

    >>> parse_tiktok("https://www.tiktok.com/@Dinkes.BJM?lang=id-ID")
    'dinkes.bjm'
    """
    typed = read_typed(text)
    if typed is None:
        return None
    typed = unwrap(typed)
    url = find_url(typed, _HOSTS)
    if url is None:
        handle = read_handle(typed)
    else:
        steps, door = list_steps(url), (url.hostname or "").removesuffix("tiktok.com").rstrip(".")
        own = door in _DOORS and bool(steps) and steps[0].startswith("@")
        handle = steps[0].removeprefix("@") if own else None
    if handle is None or not _HANDLE.fullmatch(handle) or is_no_account(handle):
        raise refuse(text, "a TikTok account such as @dinkesbjm or tiktok.com/@dinkesbjm")
    return handle


def tiktok_key(address: str) -> str | None:
    """The number of the video or picture that an address is of; None where there is none.

    >>> tiktok_key("https://www.tiktok.com/@dinkes/video/7301234567890123456?lang=id")
    '7301234567890123456'
    """
    match = _POST.search(address)
    return match[1] if match else None
