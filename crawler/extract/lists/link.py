"""The links of a page that could lead to a post, and how much each reads like a title."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from crawler.dates.hint import is_whole_date
from crawler.extract.lists.anchor import find_marked
from crawler.extract.page.document import Document
from crawler.extract.page.further import says_more
from crawler.extract.page.outline import HEADINGS, Outline
from crawler.extract.page.region import is_frame
from crawler.extract.page.shelf import SHELVES, is_topic

__all__ = ["ListedLink", "find_listed_links", "title_of"]

_WEAK_PATH: Final = re.compile(
    rf"/(?:{SHELVES}|users?|profile?s?|people|bio|contributors?|search)(?:/|$)"
    r"|[?&](?:cat|tag|author|kategori)=",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"(?:facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent|share)|x\.com/intent|wa\.me"
    r"|whatsapp\.com/send|t\.me/share"
    r"|linkedin\.com/share|pinterest\.\w+/pin|reddit\.com/submit|addtoany|sharethis|telegram\.me)",
    re.IGNORECASE,
)
_WEAK_TEXT: Final = re.compile(
    r"\W*(?:(?:baca\s)?(?:selengkapnya|selanjutnya|lanjut(?:kan)?(?:\smembaca)?)"
    r"|lihat(?:\s\w+){0,2}|buka(?:\s(?:file|dokumen|berkas|tautan|link|halaman|berita|detail|pdf))?|detail|read\s?more|tampilkan"
    r"|more|view|open|file|dokumen|lampiran"
    r"|continue(?:\sreading)?|full\s(?:story|text)|learn\smore|download(?:\s\w+)?|unduh(?:\s\w+)?|pdf|html?|docx?|xlsx?"
    r"|diskusikan(?:\stopik\sini)?|discuss(?:\sthis\stopic)?"
    r"|opini?on|order|link|here|di\ssini|klik.*"
    r"|\d+\s(?:comments?|komentar)|comments?|komentar|share|bagikan|print|cetak|home|beranda|edit|[\d\s.,:/-]+)"
    # "Unduh (1,2 MB)", "Download PDF [235 KB]", "Lihat 40 kB".
    r"\W*(?:[\d.,]+\s?[kmg]i?b(?:ytes?)?)?\W*",
    re.IGNORECASE,
)
_LONGEST_WEAK: Final = 200  # letters; thousands of figures took time by their square
# "Continue reading TITLE" stands in an excerpt and heads nothing.
_GOES_ON: Final = re.compile(
    r"\W*(?:(?:read|see|view)\smore|continue\sreading|learn\smore|(?:baca|lihat)\s(?:selengkapnya|lebih|juga|lanjut\w*)"
    r"|selengkapnya|lanjut(?:kan)?\s(?:mem)?baca|teruskan\smembaca)\b",
    re.IGNORECASE,
)
_NEVER_TEXT: Final = re.compile(
    r"\W*(?:(?:no|\d+)\s(?:comments?|komentar)"
    r"|(?:leave|add|tinggalkan|tulis)\s(?:a\s)?(?:comment|komentar|reply|balasan)|reply|share|bagikan"
    # A printer's page of the post stands beside the button that leads to it (the awkward site 700190).
    r"|(?:(?:versi|halaman|tampilan)\s)?(?:print|cetak)(?:\s(?:versi(?:on)?|halaman|berita|artikel|this|ini|page)){0,2}"
    r"|print(?:er|able)(?:[\s-]friendly)?(?:\s(?:version|page))?"
    r"|home|beranda|edit|next|previous|older.*|newer.*|pos-pos\s(?:lama|baru)"
    r"|berikutnya|sebelumnya|login|log\sin|[«»‹›<>]+)\W*",
    re.IGNORECASE,
)
# The last reply, in the row of its topic: "RE: Panen raya" (Redmine).
_ANSWERS: Final = re.compile(r"\W*(?:re|aw|bls)\s?:\s", re.IGNORECASE)
# A button of cards, or the way to the next page.
_GOES_FURTHER: Final = re.compile(r"(?:halaman\s)?selanjutnya\W*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,4}/?$")
_COUNTS: Final = re.compile(
    r"[?&](?:p|pg|page|paged|hal|halaman|laman|start|offset|skip)=\d{1,4}$", re.IGNORECASE
)
# What a script makes a link of.
_CLICKED: Final = frozenset({"div", "tr", "li", "article", "section", "td"})
_LEADS_TO: Final = re.compile(
    r"(?:location(?:\.href)?\s*=|(?:location\.(?:assign|replace)|window\.open)\()\s*['\"]([^'\"\s]+)['\"]"
)
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
# One more than the copies for wide and for narrow screens.
_SHARED: Final = 3
# An archive of many years on one page; what lies behind is older or a flood.
_MOST_LINKS: Final = 6_000
_FEWEST_HEADED: Final = 2.0
# Two words name a category or an author as often as a post.
_TITLE_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class ListedLink:
    """One link that could lead to a post.

    Attributes:
        index: of the anchor in the outline.
        words: of its text; 0 where it says "Selengkapnya", "PDF", a day or nothing.
        heading: whether it stands in a heading or holds one.
        foreign: whether it leads to another site.
    """

    index: int
    url: str
    text: str
    words: int
    heading: bool
    foreign: bool

    @property
    def is_title(self) -> bool:
        """Whether it reads like the title of a post by itself."""
        return self.words >= _TITLE_WORDS or (self.heading and self.words > 0)

    @property
    def is_button(self) -> bool:
        """Whether its text is that of a button, "Lihat" or "Unduh PDF", and no title of any post."""
        return self.words == 0 and len(self.text.split()) <= 2 and bool(_WEAK_TEXT.fullmatch(self.text))


def find_listed_links(document: Document) -> tuple[ListedLink, ...]:
    """Find every link that may lead to a post, in document order."""
    outline = document.outline
    return _without_buttons(
        outline, _without_shared(outline, list(_without_next([*_find(document)], document.url)))
    )


def _find(document: Document) -> Iterator[ListedLink]:
    outline = document.outline
    own = document.url.partition("#")[0]
    marked = find_marked(document)
    count = 0
    scripted = "onclick" in document.html or "data-href" in document.html
    for index, tag in enumerate(outline.tags):
        if tag != "a" and not (scripted and tag in _CLICKED):
            continue
        attributes = outline.nodes[index].attributes
        href = ((attributes.get("href") or "") if tag == "a" else _scripted(outline, index)).strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        url = document.resolve(href)
        if url is None or _is_elsewhere(url, (attributes.get("rel") or "").split()):
            continue
        if index in marked.entries:
            url = f"{url}#{marked.entries[index]}"
        elif url == own or url in marked.pages:
            continue  # the day that a page is of, or what readers say there
        text = outline.text_of(index)
        if _NEVER_TEXT.fullmatch(text) or is_frame(outline, index):
            continue
        if _ANSWERS.match(text) and is_topic(url):
            continue
        if count == _MOST_LINKS:
            return
        count += 1
        yield _describe(outline, index, url, own, text)


def _scripted(outline: Outline, index: int) -> str:
    """Where a click on a card or a row leads that holds no link; empty where nowhere."""
    attributes = outline.nodes[index].attributes
    told = _LEADS_TO.search(attributes.get("onclick") or "")
    href = attributes.get("data-href") or (told[1] if told else "")
    return "" if href and "a" in outline.tags[index : outline.ends[index]] else href


def _is_elsewhere(url: str, rel: Sequence[str]) -> bool:
    """Whether a link leads to the front of a site, to a share button, a tag, an author."""
    if _SHARE.search(url) or {"tag", "author", "category", "ugc"} & set(rel):
        return True
    return url.count("/") < 4 and urlsplit(url).path in {"", "/"} and not urlsplit(url).query


def _describe(outline: Outline, index: int, url: str, own: str, text: str) -> ListedLink:
    above = list(outline.ancestors(index))[:4]
    heading = any(outline.tags[i] in HEADINGS for i in above) or any(
        outline.tags[i] in HEADINGS for i in range(index, outline.ends[index])
    )
    weak = (
        (len(text) <= _LONGEST_WEAK and _WEAK_TEXT.fullmatch(text))
        or ("#" in url and not heading)
        or (_GOES_ON.match(text) and not heading)
    )
    if _WEAK_PATH.search(url) and not is_topic(url):
        # A category's link may stand in an h6 of the card.
        return ListedLink(index, url, text, min(2, len(_WORDS.findall(text))), False, False)
    # A post's day that leads to it heads nothing: its title stands above, and has no link (django-cast).
    weak = weak or is_whole_date(text.rstrip(" ,"))
    words = 0 if weak else len(_WORDS.findall(text)) or any(map(str.isalpha, text))
    return ListedLink(index, url, text, words, heading, _is_foreign(url, own))


def _is_foreign(url: str, own: str) -> bool:
    """Whether the last two labels of the hosts differ; subdomains of one site do not."""
    # The address came out of `resolve`: host and path stand where they must.
    theirs, ours = (address.split("/", 3)[2] for address in (url, own))
    return theirs != ours and theirs.lower().split(".")[-2:] != ours.lower().split(".")[-2:]


def _without_next(links: Sequence[ListedLink], own: str) -> Iterator[ListedLink]:
    """Without "Selanjutnya" that leads where a figure of the pager leads (the awkward site 2121402).

    Nor what says that there is more, and leads to a page by its number: as a title of three words it would
    take the day of the card above it.
    """
    pages = {link.url for link in links if link.text.isdecimal()}
    for link in links:
        # "Selanjutnya" on `/warta/5/` to `/warta/6/`, where a last page comes again and again, is no button.
        further = _NUMBER.sub("", link.url) == _NUMBER.sub("", own) and link.url != own
        onward = says_more(link.text) and (further or _COUNTS.search(link.url) is not None)
        if not onward and (link.url not in pages or not _GOES_FURTHER.fullmatch(link.text)):
            yield link


def _without_shared(outline: Outline, links: Sequence[ListedLink]) -> tuple[ListedLink, ...]:
    """Without the author, section or source that item after item links in the same words and place."""
    repeated = Counter((link.url, link.text, outline.tags[outline.parents[link.index]]) for link in links)
    return tuple(
        link
        for link in links
        if repeated[link.url, link.text, outline.tags[outline.parents[link.index]]] < _SHARED
    )


def _without_buttons(outline: Outline, links: Sequence[ListedLink]) -> tuple[ListedLink, ...]:
    """Take the words from links that say the same below each of several headings: "Diskusikan topik ini"."""
    groups: dict[tuple[str, int], list[ListedLink]] = {}
    for link in links:
        if link.words and not link.heading:
            groups.setdefault((link.text, len(list(outline.ancestors(link.index)))), []).append(link)
    buttons = {
        link.index
        for group in groups.values()
        if len(group) > 1 and len({link.url for link in group}) == len(group)
        if all(
            _is_headed(outline, begin, link) for begin, link in pairwise([0, *(each.index for each in group)])
        )
        for link in group
    }
    return tuple(replace(link, words=0) if link.index in buttons else link for link in links)


def _is_headed(outline: Outline, begin: int, end: int) -> bool:
    """Tell whether a heading of more than one word stands between a link and the one before it."""
    headings = (i for i in range(begin, end) if outline.tags[i] in HEADINGS)
    return any(len(_WORDS.findall(outline.text_of(i))) > 1 for i in headings)


def title_of(outline: Outline, link: ListedLink) -> str:
    """Read the heading in a card that is one link, which holds the excerpt as well; else the link's text.

    Of a card without one it is the first line that says as much as a title does.
    """
    inside = (i for i in range(link.index, outline.ends[link.index]) if outline.tags[i] in HEADINGS)
    texts = (outline.text_of(i) for i in inside)
    if heading := next((text for text in texts if len(text.split()) >= _FEWEST_HEADED), ""):
        return heading
    begin = bisect_left(outline.lines, link.index, key=lambda line: line.first)
    end = bisect_left(outline.lines, outline.ends[link.index], key=lambda line: line.first)
    lines = [line.text for line in outline.lines[begin:end]] if end - begin > 1 else []
    return next((text for text in lines if len(_WORDS.findall(text)) >= _TITLE_WORDS), link.text)
