"""Posts in JSON: the state a script-drawn page carries, or the API that its script asks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from activity.errors import UnparsableError
from activity.post import DateEvidence, Post
from activity.visit import Page
from crawler.extract.feed.item import plain_text
from crawler.extract.feed.kind import judge_kind
from crawler.extract.page.document import Document, decode_body, parse_document
from crawler.extract.page.json_value import load_json
from crawler.extract.page.key import join_address, post_key, same_site
from crawler.extract.page.source import find_states
from crawler.extract.state.address import Addresses, find_templates, last_segment
from crawler.extract.state.paging import Paging, count_on, find_paging, follow_paging, read_paging
from crawler.extract.state.record import StateGroup, find_groups, find_objects

__all__ = [
    "StateList",
    "extract_json",
    "extract_json_posts",
    "extract_listed",
    "extract_state",
    "extract_states",
    "find_apis",
    "find_own_date",
    "find_templates",
    "follow_json",
]

_API: Final = re.compile(
    r"(?:fetch|axios(?:\.get)?|\$\.(?:get|getJSON|ajax)|url)\s*[(:]\s*[\"'`]([^\"'`$\s]+)(?:[\"'`]|\$\{)"
)
# `const api = "/api/v1"`, `baseURL: "/api"`: what the paths of the requests are put behind.
_BASE: Final = re.compile(r"(?<![\w$])([\w$]{1,60}+)\s*+[:=]\s*+[\"'`]((?:https?:/)?/[\w\-./:]*+)[\"'`]")
_JOINED: Final = re.compile(
    r"(?:(?<![\w$])([\w$]{1,60}+)\s*+\+\s*+[\"'`]|\$\{(?:\w{1,40}+\.){0,6}([\w$]{1,60}+)\})(/?[\w\-./?=&]+)"
    r"|\.get\(\s*+[\"'`](/[\w\-./?=&]++)"
)
_NEWS: Final = re.compile(r"berita|news|artikel|article|post|blog|kabar|warta|pengumuman", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StateList:
    """What the JSON of a page or of an API's answer lists.

    Attributes:
        paging: what the list with most of the posts says of its length; None where it says nothing, so that
            nobody knows whether it is all.
        unaddressed: records with a title and a moment whose address nothing tells.
        undated: records without a moment that stand among dated ones.
        future: records whose day has not come.
        next_url: where the list goes on, by its own words or by the counter in its address; a counter
            whose list says nothing may lead behind its end, to an empty page or the last one again.
    """

    posts: tuple[Post, ...] = ()
    paging: Paging | None = None
    unaddressed: int = 0
    undated: int = 0
    future: int = 0
    next_url: str | None = None

    @property
    def partial(self) -> bool | None:
        """Whether there are more posts than these; None where it does not say, as on a home page."""
        return None if self.paging is None else self.paging.partial


def extract_states(document: Document, *, now: datetime, zone: ZoneInfo, site: str) -> StateList:
    """Read what a page carries for its scripts (`__NEXT_DATA__`, `data-page="…"`, `window.state = …`)."""
    groups = [group for data in document.states for group in find_groups(data, document.url, now, zone)]
    return _compose(groups, Addresses.of(document), now, site) if groups else StateList()


def extract_json(
    page: Page, *, now: datetime, zone: ZoneInfo, site: str, templates: Mapping[str, str]
) -> StateList:
    """Read what an API's answer lists; raises UnparsableError where it is no JSON or lists no posts.

    Args:
        templates: address before a `slug` or an `id`, where items carry no address of their own.
    """
    groups = list(find_groups(_load(page), page.url, now, zone))
    origin = page.url if same_site(page.url, site) else site
    listed = _compose(groups, Addresses(page.url, origin, templates, {}, {}), now, site)
    if not listed.posts:
        raise UnparsableError(f"{page.url} lists no posts.")
    if listed.next_url is None and listed.paging is None:
        following = _follow([_load(page)], page.url) or count_on(page.url, len(listed.posts))
        listed = replace(listed, next_url=following)
    return listed


def extract_listed(
    page: Page, *, now: datetime, zone: ZoneInfo, site: str, templates: Mapping[str, str]
) -> StateList:
    """Read what an API's answer or a page's state lists; raises UnparsableError where neither lists posts."""
    if page.body.lstrip()[:1] in {b"{", b"["}:
        return extract_json(page, now=now, zone=zone, site=site, templates=templates)
    listed = extract_states(parse_document(page), now=now, zone=zone, site=site)
    if not listed.posts:
        raise UnparsableError(f"{page.url} carries no posts in its scripts.")
    return listed


def extract_state(document: Document, *, now: datetime, zone: ZoneInfo, site: str) -> tuple[Post, ...]:
    """Read the posts of `extract_states`."""
    return extract_states(document, now=now, zone=zone, site=site).posts


def extract_json_posts(
    page: Page, *, now: datetime, zone: ZoneInfo, site: str, templates: Mapping[str, str]
) -> tuple[Post, ...]:
    """Read the posts of `extract_json`."""
    return extract_json(page, now=now, zone=zone, site=site, templates=templates).posts


def find_own_date(document: Document, *, now: datetime, zone: ZoneInfo) -> DateEvidence | None:
    """Find what the JSON in an article's page says of that very article; None unless it names the address.

    A field named after the publication before one of the creation (`crawler.extract.state.name`).
    """
    own = last_segment(document.url)
    found = []
    for data in find_states(document.common.scripts, document.html, own) if own else ():
        for record in find_objects(data, document.url, now, zone):
            stated = join_address(document.url, record.address) if record.address else None
            known = {record.names.get("slug"), last_segment(stated) if stated else None}
            # A generator's front matter has no address; it is the page's own by its title.
            named = own in known if stated or record.names.get("slug") else _is_titled(document, record.title)
            if named and record.date is not None and record.role is not None and not record.doubted:
                found.append((record.role, record.date.evidence[0]))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _is_titled(document: Document, title: str) -> bool:
    """Whether a page calls itself so, in its head."""
    element = document.tree.css_first("title")
    heads = (document.metas.get("og:title", ""), element.text() if element is not None else "")
    words = plain_text(title).casefold()
    return len(words) > 8 and any(plain_text(head).casefold().startswith(words) for head in heads)


def find_apis(document: Document, scripts: str = "") -> tuple[str, ...]:
    """Find addresses on the site's own host that its scripts ask for data, at most five, news first."""
    text = f"{document.html}\n{scripts}"
    raw = [match[1] for match in _API.finditer(text)]
    bases = {name: base for name, base in _BASE.findall(text) if "api" in base.lower()}
    for match in _JOINED.finditer(text):
        base = bases.get(match[1] or match[2] or "baseURL")
        if base is not None:
            raw.append(f"{base.rstrip('/')}/{(match[3] or match[4]).lstrip('/')}")
    found = (document.resolve(f"{url}1" if url.endswith("=") else url) for url in raw)
    own = [url for url in found if url is not None and same_site(url, document.url) and "." not in url[-5:-1]]
    ordered = sorted(dict.fromkeys(own), key=lambda url: (not _NEWS.search(url), url.endswith("/")))
    return tuple(ordered)[:5]


def _follow(states: Iterable[Any], url: str) -> str | None:
    found = (find_paging(data, url) for data in states)
    following = (follow_paging(paging, url) for paging in found if paging is not None)
    return next((each for each in following if each is not None), None)


def follow_json(page: Page, shown: int) -> tuple[str | None, str | None]:
    """Find where a list goes on whose later pages come as JSON: as it says itself, else by its counter.

    Both None for a page of another kind, at an end that is told, and where nothing is `shown`.
    """
    if not shown or page.body.lstrip()[:1] not in {b"{", b"["}:
        return None, None
    paging = find_paging(_load(page), page.url)
    if paging is not None:
        return follow_paging(paging, page.url), None
    return None, count_on(page.url, shown)


def _load(page: Page) -> Any:
    return load_json(decode_body(page.body, page.headers.get("content-type", "")))


def _compose(groups: list[StateGroup], addresses: Addresses, now: datetime, site: str) -> StateList:
    posts: dict[str, Post] = {}
    main, most = None, 0
    unaddressed = undated = future = 0
    for group in groups:
        undated += sum(record.date is None for record in group.records)
        dated = [record for record in group.records if record.date is not None]
        future += sum(record.date is not None and record.date.at > now for record in dated)
        named = list(_read_posts(group, addresses, now, site))
        unaddressed += sum(post is None for post in named)
        own = [post for post in named if post is not None]
        for post in own:
            posts.setdefault(post.key, post)
        if len(own) > most:
            main, most = group, len(own)
    paging = None if main is None else read_paging(main.around, addresses.base, main.items)
    following = None if paging is None else follow_paging(paging, addresses.base)
    return StateList(tuple(posts.values()), paging, unaddressed, undated, future, following)


def _read_posts(group: StateGroup, addresses: Addresses, now: datetime, site: str) -> Iterator[Post | None]:
    """Each record of the past as a post; None for one without an address, nothing for another site's."""
    for record in group.records:
        if record.date is None or record.date.at > now:
            continue
        url = addresses.resolve(record, group)
        if url is None:
            yield None
        elif same_site(url, site):
            words = plain_text(record.title)
            yield Post(post_key(url, site), url, words, record.date, judge_kind(url, words))
