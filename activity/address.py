"""From what people type in a list of accounts to one canonical address a channel."""

import re
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from activity.reserved import is_reserved

__all__ = ["parse_facebook", "parse_instagram", "parse_website"]

_NOTHING = frozenset(
    {"-", "--", "–", "—", ".", "0", "x", "n/a", "na", "none", "null", "nihil", "kosong"}
    | {"tidak ada", "tdk ada", "belum ada", "blm ada", "tidak punya", "belum punya"}
)
"""What an officer writes where there is no account."""

_LABEL = re.compile(r"(?:ig|insta|instagram|fb|facebook|web|website|situs)\s*:(?!//)\s*", re.IGNORECASE)
_HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_SITE_ENDING = re.compile(r"\.(?:(?:go|desa|co|or|ac|sch|web|my)\.id|com|net|org)$")
_DIGITS_LOST = re.compile(r"(?<!\d)\d[.,]?\d*+e\+?\d+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mibextid|_rdr|_rdc")

_INSTAGRAM_HOSTS = frozenset({"instagram.com", "instagr.am"})
_INSTAGRAM_HANDLE = re.compile(r"(?!\.)(?!.*\.\.)[a-z0-9._]{1,30}(?<!\.)")
_PHONE = re.compile(r"(?:0|62)\d{7,13}")

_FACEBOOK_HOSTS = frozenset({"facebook.com", "fb.com", "fb.me"})
_FACEBOOK_HANDLE = re.compile(r"(?!\.)[a-z0-9._-]{2,80}(?<!\.)")
_FACEBOOK_NUMBER = re.compile(r"(?:^|-)(\d{6,20})$")
_FACEBOOK_FOLDERS = frozenset({"pages", "people", "p", "pg"})

_DOORS = re.compile(r"(?:www|m|web|mbasic|touch|free|mobile|d|0|p|[a-z]{2}-[a-z]{2})")
"""Names before a platform's own under which profiles are shown; `business.` and the like show others."""
_WRAPPERS = re.compile(r"(?:lm?|www|m|web)\.(?:facebook|instagram)\.com|(?:www\.)?google\.(?:com|co\.id)")
_WRAPPED = ("u", "q", "url")


def parse_website(text: str) -> str | None:
    """The absolute URL of a site; None where the cell says that there is none.

    The host is written small, the path as typed; fragments and tracking parameters go. A bare host
    is taken to speak https.

    Raises:
        ValueError: saying what was found and what is expected.

    >>> parse_website(" Dinkes.Banjarmasinkota.GO.ID ")
    'https://dinkes.banjarmasinkota.go.id/'
    """
    typed = _typed(text)
    if typed is None:
        return None
    typed = _unwrap(typed)
    expected = "a web address such as https://dinkes.example.go.id"
    parts = _split(typed if "://" in typed else f"https://{typed}")
    if parts is None or parts.scheme not in {"http", "https"} or not _is_host(parts.hostname):
        raise _unexpected(text, expected)
    if _bare_host(parts) in _INSTAGRAM_HOSTS | _FACEBOOK_HOSTS:
        raise _unexpected(text, f"{expected}; a social media account has its own column")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(k)])
    default = {"http": 80, "https": 443}[parts.scheme]
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return urlunsplit((parts.scheme, host + port, parts.path or "/", query, ""))


def parse_instagram(text: str) -> str | None:
    """The bare handle, in lower case; None where the cell says that there is none.

    Raises:
        ValueError: saying what was found and what is expected.

    >>> parse_instagram("https://www.instagram.com/Dinkes_BJM/?hl=id")
    'dinkes_bjm'
    """
    typed = _typed(text)
    if typed is None:
        return None
    expected = "an Instagram account such as @dinkes_bjm or instagram.com/dinkes_bjm"
    typed = _unwrap(typed)
    url = _social_url(typed, _INSTAGRAM_HOSTS)
    if url is None:
        handle = _bare_handle(typed)
    else:
        steps = _steps(url)
        steps = steps[1:] if steps[:1] == ["_u"] else steps
        handle = steps[0].removeprefix("@") if steps and _is_door(url) else None
    if handle is None or not _INSTAGRAM_HANDLE.fullmatch(handle) or _is_no_account(handle):
        raise _unexpected(text, expected)
    return handle


def parse_facebook(text: str) -> str | None:
    """The page's bare name in lower case, or its number; None where the cell says that there is none.

    Raises:
        ValueError: saying what was found and what is expected.

    >>> parse_facebook("https://m.facebook.com/profile.php?id=100064000000000&ref=x")
    '100064000000000'
    """
    typed = _typed(text)
    if typed is None:
        return None
    expected = "a Facebook page such as facebook.com/dinkesbjm or facebook.com/profile.php?id=100064000000000"
    typed = _unwrap(typed)
    url = _social_url(typed, _FACEBOOK_HOSTS)
    name = _bare_handle(typed) if url is None else _facebook_name(url)
    if name is None or not _FACEBOOK_HANDLE.fullmatch(name) or _is_no_account(name):
        raise _unexpected(text, expected)
    return name


def _facebook_name(url: SplitResult) -> str | None:
    steps = _steps(url)
    if not steps or not _is_door(url):
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


def _is_no_account(name: str) -> bool:
    """A page of the platform's own, a plain word, a telephone number, what Excel leaves of a long number."""
    return is_reserved(name) or any(shape.fullmatch(name) for shape in (_PHONE, _DIGITS_LOST))


def _is_door(url: SplitResult) -> bool:
    before = (url.hostname or "").removesuffix(".").split(".")[:-2]
    return not before or (len(before) == 1 and _DOORS.fullmatch(before[0]) is not None)


def _unwrap(typed: str) -> str:
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


def _typed(text: str) -> str | None:
    """What stands in the cell without blanks and a label such as `IG:`; None for nothing."""
    typed = " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())
    if not typed or typed.casefold() in _NOTHING:
        return None
    return _LABEL.sub("", typed, count=1) if _LABEL.match(typed) else typed


def _unexpected(found: str, expected: str) -> ValueError:
    shown = " ".join(found.split())
    return ValueError(f'found "{shown[:80]}{"…" if len(shown) > 80 else ""}", expected {expected}')


def _split(address: str) -> SplitResult | None:
    """The parts of an address without blanks, password or impossible port."""
    if re.search(r"[\s\\<>\"@]", address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_host(host: str | None) -> bool:
    if host is None or not host.isascii() or len(host) > 253:
        return False
    if ":" in host:
        return True
    labels = host.removesuffix(".").split(".")
    return (len(labels) > 1 or host == "localhost") and all(_HOST_LABEL.fullmatch(each) for each in labels)


def _bare_host(url: SplitResult) -> str:
    """The registrable end of a social host: `m.`, `web.`, `id-id.` and `www.` are the same place."""
    return ".".join((url.hostname or "").removesuffix(".").split(".")[-2:])


def _social_url(typed: str, hosts: frozenset[str]) -> SplitResult | None:
    """The address, where one of these hosts was typed, with or without a scheme."""
    address = typed if "://" in typed else f"https://{typed}"
    try:
        url = urlsplit(address)
        return url if _bare_host(url) in hosts else None
    except ValueError:
        return None


def _steps(url: SplitResult) -> list[str]:
    return [step.strip().casefold() for step in url.path.split("/") if step.strip()]


def _bare_handle(typed: str) -> str | None:
    """A handle typed without an address; None for an address of somewhere else."""
    handle = typed.rstrip("/").casefold()
    if handle.startswith("@"):
        return handle[1:].strip()
    return None if "/" in handle or _SITE_ENDING.search(handle) else handle
