"""Pagers of buttons that a script works and that tell their page: those of Livewire, in pages of Laravel."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extract.page.document import Document

__all__ = ["discover_buttons"]

_MOST_NODES = 3_000
_ATTRIBUTE = "wire:click"
# `gotoPage(2, 'page')`, `nextPage('beritaPage')`, and as the second release wrote them, without a name.
_CLICK = re.compile(
    r"\s*(?:gotoPage\(\s*(?P<number>\d{1,5})\s*(?:,\s*['\"](?P<of>[\w-]{1,40})['\"]\s*)?\)"
    r"|(?P<on>nextPage)(?:\(\s*(?:['\"](?P<name>[\w-]{1,40})['\"])?\s*\))?)\s*;?\s*"
)


def discover_buttons(document: Document) -> str | None:
    """Find the page after this one by the numbers that its buttons ask for; None where none leads on.

    What they do is also an address: the component reads its number from the query under its name.
    """
    if _ATTRIBUTE not in document.html:
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


def _current(url: str, name: str) -> int:
    told = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(told) if told.isdecimal() and len(told) <= 5 else 1


def _page(url: str, name: str, number: int) -> str:
    parts = urlsplit(url)
    others = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*others, (name, str(number))]), fragment=""))
