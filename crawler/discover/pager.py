"""The pager of a list that follows no convention: numbered links to addresses that differ in one number."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from crawler.discover.page_number import read_label
from crawler.extract.page.document import Document
from crawler.extract.page.key import same_site

__all__ = ["discover_pager"]

# Longer numbers are ids or days.
_LABEL = re.compile(r"[\[({<]?\s*(\d{1,5})\s*[\])}>.]?")
_COUNTS_PAGES = re.compile(r"(?<![a-z])(?:hal|halaman|laman|page|paging)(?:[a-z]*[-_/.=])?$", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
_Mask = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A link whose text is a number; `numbers` are those in its address, in their places of the mask."""

    url: str
    label: int
    mask: _Mask
    numbers: tuple[int, ...]


def discover_pager(document: Document) -> str | None:
    """Find the page after this one by a run of numbered links, whatever their counter is called; else None.

    Labels may count pages or items. A calendar's days are no pages: their addresses bear a year.
    """
    run, place = _find_run(document)
    return _following(run, place, document.url) if run else None


def _find_run(document: Document) -> tuple[Sequence[_Numbered], int]:
    """The longest run of numbered links, and the place in which their addresses differ; none: `((), 0)`."""
    runs: defaultdict[_Mask, list[_Numbered]] = defaultdict(list)
    for link in document.links:
        url = link.url
        label = _LABEL.fullmatch(read_label(link.element.text(strip=True)))
        if label is None or url is None or not same_site(url, document.url):
            continue
        mask, numbers = _split(url)
        own = numbers and (_continues(url, document.url) or _says_page(mask, numbers, int(label[1])))
        if own and not _YEAR.search(url):
            runs[mask].append(_Numbered(url, int(label[1]), mask, numbers))
    for run in sorted(runs.values(), key=len, reverse=True):
        place = _varying(run)
        if place is not None:
            return run, place
    return (), 0


def _split(url: str) -> tuple[_Mask, tuple[int, ...]]:
    """An address with its numbers taken out, and the numbers."""
    parts = urlsplit(url)
    pieces = re.split(r"(\d+)", f"{parts.path}?{parts.query}")
    return tuple(pieces[::2]), tuple(int(piece[:18]) for piece in pieces[1::2])


def _continues(url: str, base: str) -> bool:
    """Whether an address may be a page of the list at `base`: the same, or the same and something more."""
    there, here = urlsplit(url), urlsplit(base)
    if _split(url)[0] == _split(base)[0]:
        return True
    folder = re.sub(r"(?:/index)?(?:\.\w{2,5})?$", "", here.path).rstrip("/")
    if not here.query:
        return there.path == here.path or there.path.startswith(f"{folder}/")
    stated = set(parse_qsl(here.query, keep_blank_values=True))
    return there.path == here.path and stated <= set(parse_qsl(there.query, keep_blank_values=True))


def _says_page(mask: _Mask, numbers: tuple[int, ...], label: int) -> bool:
    """Whether an address of another name counts pages as its label does: `/halberita-2.html` says 2."""
    return len(numbers) == 1 and numbers[0] == label and _COUNTS_PAGES.search(mask[0]) is not None


def _varying(run: Sequence[_Numbered]) -> int | None:
    """The one place in which the numbers of a run differ, rising as its labels rise; None for no pager."""
    places = [place for place in range(len(run[0].numbers)) if len({link.numbers[place] for link in run}) > 1]
    if len(places) != 1:
        return None
    by_label = sorted({(link.label, link.numbers[places[0]]) for link in run})
    numbers = [number for _, number in by_label]
    rises = all(earlier < later for earlier, later in pairwise(numbers))
    return places[0] if rises and len({label for label, _ in by_label}) > 1 else None


def _following(run: Sequence[_Numbered], place: int, base: str) -> str | None:
    mask, numbers = _split(base)
    ordered = sorted(run, key=lambda link: link.label)
    if mask == run[0].mask:
        later = [link for link in ordered if link.numbers[place] > numbers[place]]
    else:
        # Without a counter we stand on the first page, whose own link says 1, or 0 where items count.
        later = [link for link in ordered if link.label > 1]
    return later[0].url if later else None
