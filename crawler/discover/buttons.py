"""Pagers of buttons that a script works and that tell their page: Livewire's, and numbers without address."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from crawler.extract.page.document import Document

__all__ = ["discover_buttons"]

_MOST_NODES = 3_000
_MOST_FIGURES = 5
_ATTRIBUTE = "wire:click"
# `<a href="#" data-page="2">2</a>`, `<button onclick="muatHalaman(2)">2</button>`.
_TOLD = ("data-page", "data-halaman", "onclick")
_CALLED = re.compile(
    r"\s*[\w.$]*(?:pag(?:e|ing|inate)|halaman|laman)\w*\(\s*['\"]?(\d{1,5})\b.*", re.IGNORECASE
)
_NOWHERE = re.compile(r"\s*(?:#.*|javascript:.*)?", re.IGNORECASE)
# `gotoPage(2, 'page')`, `nextPage('beritaPage')`, and as the second release wrote them, without a name.
_CLICK = re.compile(
    r"\s*(?:gotoPage\(\s*(?P<number>\d{1,5})\s*(?:,\s*['\"](?P<of>[\w-]{1,40})['\"]\s*)?\)"
    r"|(?P<on>nextPage)(?:\(\s*(?:['\"](?P<name>[\w-]{1,40})['\"])?\s*\))?)\s*;?\s*"
)


def discover_buttons(document: Document) -> str | None:
    """Find the page after this one by the numbers that its buttons ask for; None where none leads on.

    What they do is also an address: the component reads its number from the query under its name.
    """
    if not any(name in document.html for name in (_ATTRIBUTE, *_TOLD)):
        return None
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for name, number in _find_clicks(document):
        counts[name] += 1
        current = _current(document.url, name)
        if number is None or number > current:
            numbers[name].add(current + 1 if number is None else number)
    # The longest of several pagers is that of the page's main list.
    for name, _ in counts.most_common():
        return _page(document.url, name, min(numbers[name])) if numbers[name] else None
    return None


def _find_clicks(document: Document) -> Iterator[tuple[str, int | None]]:
    """The name of each button's counter, and its number: None for "next"."""
    for node in document.tree.css("button, a, [role=button], span, li")[:_MOST_NODES]:
        attributes = node.attributes
        clicks = [value for name, value in attributes.items() if value and name.startswith(_ATTRIBUTE)]
        match = _CLICK.fullmatch(clicks[0]) if clicks and "disabled" not in attributes else None
        if match is not None:
            name = match["of"] or match["name"] or "page"
            yield name, None if match["on"] else int(match["number"])
        elif _NOWHERE.fullmatch(attributes.get("href") or "") and (number := _told(node)):
            yield "page", number


def _told(node: LexborNode) -> int:
    """The page that a number's own element tells a script; 0 where it tells none, or not the one shown."""
    shown = node.text(strip=True)
    for name in _TOLD if shown.isdecimal() and len(shown) <= _MOST_FIGURES else ():
        value = node.attributes.get(name) or ""
        called = _CALLED.fullmatch(value) if name == "onclick" else None
        if (called[1] if called else value.strip()) == shown:
            return int(shown)
    return 0


def _current(url: str, name: str) -> int:
    told = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(told) if told.isdecimal() and len(told) <= _MOST_FIGURES else 1


def _page(url: str, name: str, number: int) -> str | None:
    """The address of a page; None where the name says something else: `?page=berita`."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    others = [(key, value) for key, value in query if key != name]
    if any(not value.isdecimal() for key, value in query if key == name):
        return None
    return urlunsplit(parts._replace(query=urlencode([*others, (name, str(number))]), fragment=""))
