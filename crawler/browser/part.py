"""Parts of a page that is rendered: which are fetched, and what its servers are told and tell."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from tldextract import TLDExtract

from activity.errors import GuardError
from crawler.drive.guard import Guard

__all__ = ["is_admitted", "pick_headers", "pick_reply"]

# Whose copies of public libraries pages load their scripts from; nothing else is asked of them.
_LIBRARIES: Final = frozenset(
    {
        "ajax.googleapis.com",
        "cdn.jsdelivr.net",
        "cdnjs.cloudflare.com",
        "code.jquery.com",
        "unpkg.com",
    }
)
# The list that comes with the package; never a download.
_SPLIT = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def is_admitted(kind: str, url: str, page: str, guard: Guard) -> bool:
    """Tell whether a part is fetched: scripts and data of the page's own site, and public libraries.

    Args:
        kind: Playwright's name for what it is asked for as.
        page: the address of the page that asks.
    """
    try:
        guard.check_url(url)
    except GuardError:
        return False
    if kind == "script" and urlsplit(url).hostname in _LIBRARIES:
        return True
    return kind in {"script", "xhr", "fetch"} and _site(url) == _site(page)


def pick_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Keep what a script says to its own API; nothing of who asks, or from where."""
    wanted = {"accept", "apikey", "authorization", "content-type", "origin"}
    return {n: v for n, v in headers.items() if n in wanted or n.startswith("x-")}


def pick_reply(headers: Mapping[str, str]) -> dict[str, str]:
    """Keep what a script may want to know of an answer; no cookie."""
    wanted = {"content-type", "link"}
    return {n: v for n, v in headers.items() if n in wanted or n.startswith(("x-", "access-control-"))}


def _site(url: str) -> str:
    """The domain that somebody registered, as browsers draw a site's border; a literal address whole."""
    parts = urlsplit(url)
    return _SPLIT(parts.hostname or "").top_domain_under_public_suffix or parts.netloc
