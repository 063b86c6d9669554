"""What people type into a cell for an account, whatever the channel: labels, wrappers and doors."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from activity.address.reserved import is_reserved
from activity.errors import AccountError
from activity.message import Message

__all__ = [
    "bare_host",
    "find_url",
    "is_door",
    "is_host",
    "is_no_account",
    "list_steps",
    "read_handle",
    "read_typed",
    "refuse",
    "split_address",
    "unwrap",
]

_NOTHING = frozenset(
    {"-", "--", "–", "—", ".", "0", "x", "n/a", "na", "none", "null", "nihil", "kosong"}
    | {"tidak ada", "tdk ada", "belum ada", "blm ada", "tidak punya", "belum punya"}
)
"""What an officer writes where there is no account."""

_LABEL = re.compile(
    r"(?:ig|insta|instagram|fb|facebook|yt|youtube|tt|tiktok|web|website|situs)\s*:(?!//)\s*", re.IGNORECASE
)
_HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_SITE_ENDING = re.compile(r"\.(?:(?:go|desa|co|or|ac|sch|web|my)\.id|com|net|org)$")
_DIGITS_LOST = re.compile(r"(?<!\d)\d[.,]?\d*+e\+?\d+")
_PHONE = re.compile(r"(?:0|62)\d{7,13}")

_DOORS = re.compile(r"(?:www|m|web|mbasic|touch|free|mobile|d|0|p|[a-z]{2}-[a-z]{2})")
"""Names before a platform's own under which profiles are shown; `business.` and the like show others."""
_WRAPPERS = re.compile(r"(?:lm?|www|m|web)\.(?:facebook|instagram)\.com|(?:www\.)?google\.(?:com|co\.id)")
_WRAPPED = ("u", "q", "url")


def is_no_account(name: str) -> bool:
    """A page of the platform's own, a plain word, a telephone number, what Excel leaves of a long number."""
    return is_reserved(name) or any(shape.fullmatch(name) for shape in (_PHONE, _DIGITS_LOST))


def is_door(url: SplitResult) -> bool:
    """Tell whether profiles are shown under the name before the platform's own."""
    before = (url.hostname or "").removesuffix(".").split(".")[:-2]
    return not before or (len(before) == 1 and _DOORS.fullmatch(before[0]) is not None)


def unwrap(typed: str) -> str:
    """The address inside one that only counts clicks (`l.facebook.com/l.php?u=…`); others as they are."""
    try:
        url = urlsplit(typed if "://" in typed else f"https://{typed}")
        if not _WRAPPERS.fullmatch(url.hostname or "") or url.path.rstrip("/") not in {
            "",
            "/l.php",
            "/url",
            "/flx/warn",
        }:
            return typed
        query = parse_qs(url.query)
    except ValueError:
        return typed
    inside = next((query[name][0] for name in _WRAPPED if name in query), "")
    return inside if inside.startswith(("http://", "https://")) else typed


def read_typed(text: str) -> str | None:
    """Tell what stands in the cell without blanks and a label such as `IG:`; None for nothing."""
    typed = " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())
    if not typed or typed.casefold() in _NOTHING:
        return None
    return _LABEL.sub("", typed, count=1) if _LABEL.match(typed) else typed


def refuse(found: str, expected: str) -> AccountError:
    """The error that says what was found and what is expected."""
    shown = " ".join(found.split())
    return AccountError(
        'found "{found}", expected {expected}',
        found=f"{shown[:80]}…" if len(shown) > 80 else shown,
        expected=Message(expected),
    )


def split_address(address: str) -> SplitResult | None:
    """The parts of an address without blanks, password or impossible port."""
    if re.search(r"[\s\\<>\"@]", address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def is_host(host: str | None) -> bool:
    """Tell whether it is a name or a number that a server may have."""
    if host is None or not host.isascii() or len(host) > 253:
        return False
    if ":" in host:
        return True
    labels = host.removesuffix(".").split(".")
    return (len(labels) > 1 or host == "localhost") and all(_HOST_LABEL.fullmatch(each) for each in labels)


def bare_host(url: SplitResult) -> str:
    """The registrable end of a social host: `m.`, `web.`, `id-id.` and `www.` are the same place."""
    return ".".join((url.hostname or "").removesuffix(".").split(".")[-2:])


def find_url(typed: str, hosts: frozenset[str]) -> SplitResult | None:
    """The address, where one of these hosts was typed, with or without a scheme."""
    address = typed if "://" in typed else f"https://{typed}"
    try:
        url = urlsplit(address)
        return url if bare_host(url) in hosts else None
    except ValueError:
        return None


def list_steps(url: SplitResult) -> list[str]:
    """The parts of a path, in small letters."""
    return [step.strip().casefold() for step in url.path.split("/") if step.strip()]


def read_handle(typed: str) -> str | None:
    """A handle typed without an address; None for an address of somewhere else."""
    handle = typed.rstrip("/").casefold()
    if handle.startswith("@"):
        return handle[1:].strip()
    return None if "/" in handle or _SITE_ENDING.search(handle) else handle
