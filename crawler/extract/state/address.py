"""The address of a post that JSON describes: stated, linked, or made as its scripts or its list make it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from crawler.extract.page.document import Document
from crawler.extract.page.key import join_address, same_site
from crawler.extract.state.name import news_word, word_set
from crawler.extract.state.record import StateGroup, StateRecord, find_groups

__all__ = ["Addresses", "find_links", "find_state_lists", "find_templates", "last_segment", "learn_templates"]

MOST_LISTS = 8
_TEMPLATE: Final = re.compile(
    r"[\"'`]((?:https?:/)?/?[\w\-./?=&#]*[/=])"
    r"(?:\$\{\s*\w+(?:\.\w+)*\.(slug|id)\b[^}]*\}|[\"'`]\s*\+\s*\w+(?:\.\w+)*\.(slug|id)\b)"
)
# Tables of routes: Laravel's `"uri":"berita\/{slug}"`, a router's `/berita/[slug]`, `/berita/:slug`.
_ROUTE: Final = re.compile(r"[\"'`]/?((?:[\w\-]+\\?/)+)(?:\{\w*?:?(\w+)\}|\[(\w+)\]|:(\w+))[\"'`]")
# Under these names JSON keeps the addresses of menus and routes.
_MENU: Final = re.compile(
    r"\"(?:url|href|link|path|to|route|uri|slug|permalink)\"\s*:\s*\"((?:\\?/)?[\w\-.:\\/]{2,120})\"",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"\{[^{}]{4,300}\}")
_LABEL: Final = re.compile(
    r"\"(?:label|title|name|text|nama|judul|teks|menu)\"\s*:\s*\"(\w+(?: \w+)?)\"", re.IGNORECASE
)
_GENERAL: Final = word_set(
    "berita news artikel article articles post posts blog blogs kabar warta tulisan postingan informasi"
)
_API: Final = re.compile(
    r"(?:^|/)(?:api|v\d|graphql|wp-json|storage|uploads?)(?:/|$)|\.(?:jpe?g|png|webp|gif|json|svg)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a page knows of its posts' addresses.

    Attributes:
        base: the address of the page or the answer.
        origin: an address of the site on which the posts stand; an answer may come from another host.
        templates: how scripts begin an address before a `slug` or an `id`.
        links: the page's own links by their last segment.
        lists: the page's links to lists, by the word for news with which they end.
    """

    base: str
    origin: str
    templates: Mapping[str, str]
    links: Mapping[str, str]
    lists: Mapping[str, str]

    @classmethod
    def of(cls, document: Document) -> "Addresses":
        """Learn what one page tells."""
        links, lists = find_links(document)
        named = {
            news_word(last_segment(url)): urlsplit_path(url).rstrip("/") for url in find_state_lists(document)
        }
        named |= {word: urlsplit_path(url).rstrip("/") for url, word in _find_labelled(document).items()}
        return cls(document.url, document.url, find_templates(document.html), links, {**named, **lists})

    def resolve(self, record: StateRecord, group: StateGroup) -> str | None:
        """Find a record's absolute address; None where nothing tells it."""
        stated = self._stated(record)
        if stated is not None:
            return stated
        slug = record.names.get("slug", "")
        if slug and slug in self.links:
            return self.links[slug]
        for name, value in record.names.items():
            if name in self.templates:
                return join_address(self.origin, f"{self.templates[name]}{_write(value)}")
        if record.address.startswith("http") and not _API.search(urlsplit_path(record.address)):
            return None  # of another site, that of the system behind this one or of a newspaper
        folder = self._folder(group) if slug and len(slug) < 300 else None
        return join_address(self.origin, f"{folder}/{_write(slug)}") if folder else None

    def _stated(self, record: StateRecord) -> str | None:
        address = record.address
        if not address or (record.names.get("slug") and _API.search(urlsplit_path(address))):
            return None
        if address.startswith(("http://", "https://", "/", "?")):
            url = join_address(self.origin, address)
            foreign = url is not None and not same_site(url, self.origin)
            # Where the posts' system stands on a host of its own, the slug tells the address here.
            return None if foreign and record.names.get("slug") else url
        # Without a folder it is as a rule a slug; with one it begins at the site's root.
        return join_address(self.origin, f"/{address}") if "/" in address else None

    def _folder(self, group: StateGroup) -> str | None:
        """The list's own address, without a trailing slash: its page's, or the one that the page links."""
        path = re.sub(r"/(?:index\.\w+|page/\d+)?/?$", "", urlsplit_path(self.base))
        segments = [segment for segment in path.split("/") if segment]
        if segments and news_word(segments[-1]) and not _API.search(path) and self.origin == self.base:
            return path
        for slug in (record.names.get("slug", "") for record in group.records):
            if slug and slug in self.links and urlsplit_path(self.links[slug]).endswith(f"/{slug}"):
                return urlsplit_path(self.links[slug])[: -len(slug) - 1]
        if group.folder in self.lists:
            return self.lists[group.folder]
        # Its state says `news`, its menu `/berita`.
        kin = _GENERAL if group.folder in _GENERAL or not group.folder else {group.folder}
        linked = [path for word, path in self.lists.items() if word in kin]
        if linked:
            return linked[0]
        # Of an answer's address the folder, `berita` of `/api/berita?page=2` and of `/data/berita.json`.
        words = [segment.partition(".")[0] for segment in reversed(segments)]
        own = next((word for word in words if news_word(word)), "")
        word = group.folder or own
        # A menu may call news what bears another name: "Berita" at `/pers`. A headline has more words.
        odd = len(segments) == 1 and segments[0].isalpha() and self.origin == self.base
        return f"/{word}" if word else path if odd else None


def find_templates(text: str) -> Mapping[str, str]:
    """Find how scripts build a post's address: the part before its `slug` or `id`.

    >>> find_templates('href={`/baca/${post.slug}`}'), find_templates('"uri":"berita\\\\/{berita:slug}"')
    ({'slug': '/baca/'}, {'slug': '/berita/'})
    """
    # The address a reader sees, not the one under which the script asks for the text.
    found = {m[2] or m[3]: m[1] for m in _TEMPLATE.finditer(text) if "api/" not in m[1]}
    for match in _ROUTE.finditer(text):
        folder, name = match[1].replace("\\", ""), match[2] or match[3] or match[4]
        if "api/" not in folder and news_word(folder.rstrip("/").rpartition("/")[2]):
            found.setdefault("id" if name == "id" else "slug", f"/{folder}")
    return found


def learn_templates(document: Document, data: Any) -> Mapping[str, str]:
    """Learn how a page writes the addresses of posts in data that it fetched, by the links it made of them.

    Two of them at least must agree on what stands before the `slug` or the `id`.
    """
    links = find_links(document)[0]
    now = document.page.fetched_at
    begins: dict[str, Counter[str]] = {"slug": Counter(), "id": Counter()}
    for group in find_groups(data, document.url, now, ZoneInfo("UTC")):
        for record in group.records:
            for name, counts in begins.items():
                value = record.names.get(name, "")
                path = urlsplit_path(links[value]) if value in links else ""
                if path.endswith(f"/{value}"):
                    counts[path[: -len(value)]] += 1
    best = {name: counts.most_common(1)[0] for name, counts in begins.items() if counts}
    return {name: begin for name, (begin, count) in best.items() if count > 1}


def find_links(document: Document) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Find a page's links by their last segment, and its lists' paths by the word for news they end with."""
    found: dict[str, str] = {}
    lists: dict[str, str] = {}
    for url in document.linked:
        if not same_site(url, document.url):
            continue
        name = last_segment(url)
        found.setdefault(name, url)
        word = news_word(name)
        if word and len(re.findall(r"\w+", name)) <= 2:
            lists.setdefault(word, urlsplit_path(url).rstrip("/"))
    return found, lists


def find_state_lists(document: Document) -> tuple[str, ...]:
    """Find lists of news that the menu or the table of routes in a page's JSON names, at most eight."""
    found: dict[str, None] = {}
    for match in _MENU.finditer(document.html.replace("&quot;", '"')):
        path = match[1].replace("\\/", "/")
        url = document.resolve(path if "/" in path else f"/{path}")
        if url is None or not same_site(url, document.url) or "api/" in url:
            continue
        name = last_segment(url)
        if news_word(name) and len(re.findall(r"[^\W_]+", name)) <= 2:
            found[url] = None
    found.update(dict.fromkeys(_find_labelled(document)))
    return tuple(found)[:MOST_LISTS]


def _find_labelled(document: Document) -> Mapping[str, str]:
    """Find the lists that a menu in a page's JSON calls news, whatever their address: "Berita" at `/pers`."""
    found: dict[str, str] = {}
    for entry in _ENTRY.finditer(document.html.replace("&quot;", '"')):
        label, path = _LABEL.search(entry[0]), _MENU.search(entry[0])
        word = news_word(label[1]) if label is not None else ""
        url = (
            document.resolve(path[1].replace("\\/", "/"))
            if word and path is not None and "/" in path[1]
            else None
        )
        if url is not None and same_site(url, document.url) and urlsplit_path(url).strip("/"):
            found.setdefault(url, word)
    return found


def last_segment(url: str) -> str:
    """Read the last part of an address's path, without its escapes; empty for the root."""
    return unquote(urlsplit_path(url).rstrip("/").rpartition("/")[2])


def urlsplit_path(url: str) -> str:
    """Read the path of an address; empty for what is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _write(value: str) -> str:
    return quote(value.strip("/"), safe="/%?=&-._~", errors="replace")
