"""How a list in JSON goes on: its own next address, page numbers, totals."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extract.page.key import join_address
from crawler.extract.page.total import StatedTotal, TotalUnit
from crawler.extract.state.name import word_set

__all__ = ["Paging", "count_on", "find_paging", "follow_paging", "read_paging"]

MAX_FIELDS = 400
_TOTAL: Final = word_set(
    "total totalcount totalitems totalresults totaldocs totaldata totalrecords totalposts totalrows "
    "numfound jumlah jumlahdata recordstotal recordsfiltered itemcount totalelements totalberita "
    "hits"
)
_PAGES: Final = word_set(
    "lastpage totalpages totalpage pagecount pages numpages maxpage pagetotal jumlahhalaman totalhalaman"
)
_PAGE: Final = word_set("currentpage page pagenumber pageno pageindex halaman current")
_SIZE: Final = word_set("perpage pagesize limit size itemsperpage take")
_NEXT: Final = word_set("next nextpageurl nexturl nextlink nextpage nextpagelink selanjutnya berikutnya")
_MORE: Final = word_set("hasnextpage hasnext hasmore hasmorepages more hasnextpages")
_INSIDE: Final = word_set("meta pagination paging pager pageinfo links info paginator paginate halaman")
_COUNTER: Final = re.compile(
    r"(?:current)?_?(?:page|hal|halaman|laman|p|pg|paged|page_?(?:no|num|number))", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"offset|skip|start|from|_start|limitstart", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paging:
    """What a list in JSON says of its own length and continuation; None where it does not say.

    Attributes:
        shown: items that stand here.
        more: whether it says itself that there is more, or none.
    """

    shown: int = 0
    total: int | None = None
    pages: int | None = None
    page: int | None = None
    size: int | None = None
    next_url: str | None = None
    more: bool | None = None

    @property
    def partial(self) -> bool | None:
        """Whether there is more than stands here and on the pages before; None where nothing tells.

        >>> Paging(shown=6, total=24).partial, Paging(shown=24, total=24).partial, Paging(shown=6).partial
        (True, False, None)
        """
        if self.next_url is not None or self.more:
            return True
        if self.page is not None and self.pages is not None:
            return self.page < self.pages
        if self.total is not None:
            before = (self.page - 1) * (self.size or self.shown) if self.page else 0
            return before + self.shown < self.total
        return self.more

    @property
    def stated(self) -> StatedTotal | None:
        """Its length as a total of items, or else of pages."""
        if self.total is not None:
            return StatedTotal(self.total, TotalUnit.ITEMS, f"total: {self.total}")
        if self.pages is not None:
            return StatedTotal(self.pages, TotalUnit.PAGES, f"pages: {self.pages}", self.page)
        return None


def read_paging(around: Sequence[Mapping[str, Any]], base: str, shown: int) -> Paging | None:
    """Read what the objects around a list say of it, the nearest first; None where they say nothing.

    >>> read_paging([{"data": [], "meta": {"pagination": {"page": 1, "pageCount": 9}}}], "", 9).pages
    9
    """
    for mapping in around:
        found = replace(_collect(mapping, base, 3), shown=shown)
        if _says(found):
            return found
    return None


def find_paging(data: Any, base: str, depth: int = 6) -> Paging | None:
    """Find the first object anywhere in JSON that says how a list goes on."""
    if isinstance(data, dict) and depth:
        own = read_paging(
            [data], base, max((len(v) for v in data.values() if isinstance(v, list)), default=0)
        )
        if own is not None and (own.next_url or own.more is not None or own.pages is not None):
            return own
        for value in list(data.values())[:MAX_FIELDS]:
            found = find_paging(value, base, depth - 1)
            if found is not None:
                return found
    return None


def follow_paging(paging: Paging, url: str) -> str | None:
    """Find the address of the next page by the list's own link, or by its counter; None at its end.

    >>> follow_paging(Paging(shown=10, total=45), "https://a.id/api/posts?limit=10&offset=20")
    'https://a.id/api/posts?limit=10&offset=30'
    """
    if paging.next_url is not None:
        return paging.next_url
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    offset = next(
        (
            n
            for n, v in query.items()
            if _OFFSET.fullmatch(n.rpartition("[")[2].rstrip("]")) and v.isdecimal()
        ),
        None,
    )
    if offset is not None and paging.page is None:
        reached = int(query[offset][:9]) + (paging.size or paging.shown)
        open_end = paging.more if paging.total is None else reached < paging.total
        return _with_query(url, query, offset, reached) if open_end and reached else None
    if not paging.partial:
        return None
    counter = next((n for n, v in query.items() if _COUNTER.fullmatch(n) and v.isdecimal()), "page")
    current = paging.page if paging.page is not None else int((query.get(counter) or "1")[:9])
    if paging.pages is None and paging.total is not None and paging.page is None:
        size = paging.size or paging.shown
        if not size or current * size >= paging.total:
            return None
    return _with_query(url, query, counter, current + 1)


def count_on(url: str, shown: int) -> str | None:
    """Count on to the next page of a list that says nothing of its length, by its address's counter.

    >>> count_on("https://a.id/api/berita?page=2", 10), count_on("https://a.id/api/berita", 10)
    ('https://a.id/api/berita?page=3', None)
    """
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    for name, value in query.items():
        if not value.isdecimal() or len(value) > 9:
            continue
        if _OFFSET.fullmatch(name) and shown:
            return _with_query(url, query, name, int(value) + shown)
        if _COUNTER.fullmatch(name):
            return _with_query(url, query, name, int(value) + 1)
    return None


def _with_query(url: str, query: Mapping[str, str], name: str, number: int) -> str:
    return urlunsplit(urlsplit(url)._replace(query=urlencode({**query, name: str(number)}, errors="replace")))


def _says(paging: Paging) -> bool:
    numbers = paging.total, paging.pages if paging.page is not None else None
    return (
        any(number is not None for number in numbers)
        or paging.next_url is not None
        or paging.more is not None
    )


def _collect(mapping: Mapping[str, Any], base: str, depth: int) -> Paging:
    """One object's words about its list, and those of the objects that it keeps for them."""
    paging = Paging()
    for name, value in _fields(mapping):
        if isinstance(value, dict) and name in _INSIDE and depth:
            paging = _merge(paging, _collect(value, base, depth - 1))
        else:
            paging = _merge(paging, _read_field(name, value, base))
    if paging.total is None and "results" in mapping and isinstance(mapping.get("count"), int):
        paging = replace(paging, total=_number(mapping["count"]))  # Django's
    return paging


def _fields(mapping: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in list(mapping.items())[:MAX_FIELDS]:
        yield re.sub(r"[\W_]", "", str(name)).lower(), value


def _read_field(name: str, value: Any, base: str) -> Paging:
    if name in _NEXT:
        href = value.get("href") or value.get("url") if isinstance(value, dict) else value
        if isinstance(href, str) and href.startswith(("/", "http", "?")):
            return Paging(next_url=join_address(base, href) if base else href)
        return Paging()
    if name in _MORE and isinstance(value, bool):
        return Paging(more=value)
    number = _number(value)
    if number is None:
        return Paging()
    if name in _TOTAL:
        return Paging(total=number)
    if name in _PAGES:
        return Paging(pages=number)
    if name in _PAGE:
        return Paging(page=number)
    return Paging(size=number) if name in _SIZE and number else Paging()


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 1e9 else None


def _merge(one: Paging, other: Paging) -> Paging:
    """The first that says something of each, field by field."""

    def pick(name: str) -> Any:
        own = getattr(one, name)
        return getattr(other, name) if own is None else own

    names = ("total", "pages", "page", "size", "next_url", "more")
    return Paging(**{name: pick(name) for name in names})
