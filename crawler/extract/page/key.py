"""The identity of a web post: its address without what changes while the post stays the same."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

__all__ = ["LONGEST_ADDRESS", "clean_address", "host_of", "join_address", "post_key", "same_site"]

# Servers refuse a longer one (8 kB in Apache and nginx), and one of megabytes costs every reader its time.
LONGEST_ADDRESS = 8_000
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|igshid|mc_[ce]id|_gl|_ga|yclid|msclkid|ref_src|phpsessid|jsessionid|replytocom"
    # Where a reader came from, as portals note it in every link of a list.
    r"|\w*redirect|return_?url|back_?url",
    re.IGNORECASE,
)
# Blogger's and AMP's other renderings of one page; `m=berita` elsewhere is an address of its own.
_SAME_PAGE = {("m", "0"), ("m", "1"), ("amp", ""), ("amp", "1")}
_INDEX = re.compile(r"(?<=/)(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)
# Java's `;jsessionid=…`, and ASP.NET's `/(S(k4x…))/` in front of everything.
_SESSION = re.compile(r";jsessionid=[^/?#]*|(?<=/)\((?:[A-Z]\([\w-]+\))+\)/?", re.IGNORECASE)
# Written as people say it: `www.contoh.go.id/berita/3`.
_SCHEMELESS = re.compile(r"www\.[\w-]+\.\w", re.IGNORECASE)
# What `urljoin` takes for the base itself: a scheme and no host.
_UNFILLED = re.compile(r"(?:https?:)?/{2,}|https?:/?|:+", re.IGNORECASE)
# Letters of every alphabet; a colon only in a literal address.
_HOST = re.compile(r"[^\W_](?:[\w.-]*\w)?\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)

_LONGEST_HOST = 253
# As nearly every stored post's address is written; each is read every night.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+(?::(?!(?:80|443)/)[1-9]\d{0,3})?)(/[A-Za-z0-9/_.~-]*)")


def _is_session(name: str, value: str) -> bool:
    """phpBB's `sid` of 32 hexadecimal digits; PHP-Nuke's `sid=12` is an article."""
    return name == "sid" and len(value) == 32


def join_address(base: str, href: str) -> str | None:
    """Make an address absolute, its fragment kept; None unless it is http(s), whole and writable.

    What a program's template left unfilled is none: `http://[alamat-situs]/`, `//`, half a character.

    >>> join_address("https://contoh.go.id/feed", "/berita#isi"), join_address("https://contoh.go.id/", "http://[situs]/")
    ('https://contoh.go.id/berita#isi', None)
    """
    if len(href) > LONGEST_ADDRESS:
        return None
    href = "".join(href.split("\n")).strip().replace("\t", "").replace("\r", "")
    if not href or _UNFILLED.fullmatch(href):
        return None
    if _SCHEMELESS.match(href):
        href = f"//{href}"
    try:
        url = urljoin(base, href)
        url.encode()
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        return None
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]|") if " " in url else url


def clean_address(url: str) -> str:
    """Drop from an address what only follows its reader about.

    >>> clean_address("https://contoh.go.id/berita?id=3&utm_source=rss&utm_medium=rss")
    'https://contoh.go.id/berita?id=3'
    """
    if "(" in url or ";" in url:
        url = _SESSION.sub("", url)
    if "?" not in url:
        return url
    address, _, query = url.partition("?")
    query, mark, fragment = query.partition("#")
    kept = [pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return "?".join(filter(None, (address, "&".join(kept)))) + mark + fragment


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """Read host and port of an address, lower case, without `www.` and the scheme's own port."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    return host if port in {None, 80, 443} else f"{host}:{port}"


def same_site(url: str, site: str) -> bool:
    """Tell whether both addresses are on one host, `www.` and scheme aside."""
    return host_of(url) == host_of(site) != ""


def post_key(url: str, site: str) -> str:
    """Make the key of a post, after `Post.key`: equal for every way of writing one post's address.

    Args:
        url: absolute address of the post.
        site: any address on the account's own host; posts there have keys that begin with `/`.

    >>> post_key("https://www.contoh.go.id/berita/12/?utm_source=wa#isi", "http://contoh.go.id")
    '/berita/12'
    >>> post_key("https://lain.go.id/?page=berita&id=7", "http://contoh.go.id")
    'lain.go.id/?id=7&page=berita'
    """
    plain = _PLAIN.fullmatch(url)
    if plain is None or _INDEX.search(plain[2]):
        return _read_key(url, site)
    key = plain[2].rstrip("/") or "/"
    host = plain[1].removeprefix("www.")
    return key if host == host_of(site) else f"{host}{key}"


def _read_key(url: str, site: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = _INDEX.sub("", _SESSION.sub("", parts.path)) or "/"
    path = quote(unquote(path, errors="replace"), safe="/:@!$&'()*+,;=~-._", errors="replace")
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (_TRACKING.fullmatch(name) or (name, value) in _SAME_PAGE or _is_session(name, value))
    )
    key = path.rstrip("/") or "/"
    if query:
        key = f"{path if path == '/' else key}?{urlencode(query, errors='replace')}"
    host = host_of(url)
    return key if host == host_of(site) else f"{host}{key}"
