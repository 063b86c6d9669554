"""Lists for which a page shows no date, told by how their links read."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from statistics import fmean, median
from typing import Final
from urllib.parse import parse_qs, urlsplit

from crawler.extract.article.nature import judge_address
from crawler.extract.file import is_file
from crawler.extract.lists.date.monthly import says_month
from crawler.extract.lists.date.prose import count_title_words
from crawler.extract.lists.link import ListedLink, title_of
from crawler.extract.lists.path import TagPaths
from crawler.extract.lists.record import ListRecord, cut_records
from crawler.extract.lists.search import RecordList
from crawler.extract.lists.title import find_title, leads_away, without_teasers
from crawler.extract.page.box import find_boxes
from crawler.extract.page.outline import HEADINGS, Outline
from crawler.extract.page.region import is_aside, is_side_box

__all__ = ["find_headed", "find_left", "find_lone", "find_rest", "form_of", "is_boxed", "keep_undated"]

_FEWEST: Final = 3
_CROWD: Final = 8
# Menus say "Profil" and "Visi Misi"; titles of posts are sentences.
_FEWEST_WORDS: Final = 3.5
_FEWEST_HEADED_WORDS: Final = 2.0
_FEWEST_ABOVE: Final = 2
# "Artikel Lainnya" goes on with the list, these do not.
_CHOSEN: Final = re.compile(
    r"populer|popular|terkait|related|serupa|similar|rekomendasi|recommend|pilihan|trending|acak|terbaru|terkini|latest|recent|baca",
    re.IGNORECASE,
)
# A list's box, and the column in which it stands with its pager.
_MOST_AROUND: Final = 3
# What holds cards, however few.
_LISTS: Final = frozenset({"table", "tbody", "ul", "ol", "main", "body"})
_ROWS: Final = frozenset({"tr", "td"})
_ROW_WORDS: Final = 3
# A card is no deeper than this around its link.
_MOST_CLIMBED: Final = 8
# A box tells title, day and readers, a bare list the title.
_MOST_TOLD: Final = 2.0
_FIGURES: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+")


def keep_undated(
    undated: Sequence[RecordList],
    dated: Sequence[RecordList],
    outline: Outline,
    paths: TagPaths,
    places: Collection[str] = frozenset(),
    all_links: Sequence[ListedLink] = (),
) -> Iterator[ListedLink]:
    """Keep the links of posts without a date.

    Beside dated items those set exactly like them, sponsored rows for instance; like the headings under which
    the dated ones stand a second time, where only a side column tells their days; headed ones that
    far outnumber dated ones without a heading; those in which the list goes on above its pager; or at least
    as many as the dated ones, under addresses of their form. What stands where the page before had its
    undated items, `places`, is kept. On a page without any date every list of at least three whose texts read
    like titles.
    """
    taken = [link for part in dated for link in part.links]
    alike = {paths.of(link.index) for link in taken}
    known = {link.url for link in taken}
    told = max((_weigh(outline, part.records) for part in dated), default=0.0)
    for part in undated:
        # A file is a post where a list dates it.
        links = [link for link in part.links if judge_address(link.url) >= 0 and not is_file(link.url)]
        if not links:
            continue
        if not dated:
            if _are_titles(links):
                yield from links
            continue
        copied = links[0].heading and any(link.url in known for link in links)
        follows = paths.of(links[0].index) in alike or paths.name_place(links[0].index) in places
        # Cards with a story are a page's list, whatever runs in bare titles above them.
        bare = told > _MOST_TOLD * _weigh(outline, part.records)
        hidden = not bare and _are_titles(links) and _is_hidden(outline, links, taken)
        below = _are_titles(links) and any(_goes_on_below(outline, links, own, all_links) for own in dated)
        if follows or copied or hidden or below or _outnumbers(links, taken):
            yield from (link for link in links if link.url not in known)


def _outnumbers(links: Sequence[ListedLink], dated: Sequence[ListedLink]) -> bool:
    """Whether headed links are the page's list, and the few dated items its surroundings."""
    crowd = len(links) >= _CROWD and len(links) > 2 * len(dated)
    return crowd and links[0].heading and not any(link.heading for link in dated) and _are_titles(links)


def _goes_on_below(
    outline: Outline, links: Sequence[ListedLink], dated: RecordList, all_links: Sequence[ListedLink]
) -> bool:
    """Whether bare titles stand between a list and its pager, as below a blog's posts in Joomla.

    The next page goes on behind them, so that nothing else would show these posts.
    """
    forms = {form_of(link.url) for link in dated.links}
    last = dated.records[-1]
    if len(dated.records) < _FEWEST_ABOVE or not last.end <= links[0].index:
        return False
    if any(form_of(link.url) not in forms or judge_address(link.url) <= 0 for link in links):
        return False
    heads = [
        next(filter(None, reversed(outline.texts[: box.start])), "")
        for box in find_boxes(outline)
        if links[0].index in box
    ]
    if is_aside(outline, links[0].index) or any(map(_CHOSEN.search, heads)):
        return False
    pages = [link.index for link in all_links if link.text.isdecimal() and link.index > links[-1].index]
    around = list(outline.ancestors(last.begin))[:_MOST_AROUND]
    return any(outline.ends[box] > index for box in around for index in pages)


def _weigh(outline: Outline, records: Sequence[ListRecord]) -> float:
    """How many words a card of a list says."""
    return median(sum(len(t.split()) for t in outline.texts[r.begin : r.after]) for r in records)


def _is_hidden(outline: Outline, links: Sequence[ListedLink], dated: Sequence[ListedLink]) -> bool:
    return _stands_first(links, dated) and _are_posts(outline, links, dated)


def _stands_first(links: Sequence[ListedLink], dated: Sequence[ListedLink]) -> bool:
    """Whether links stand above the dated ones, or under headings where those have none."""
    headed = links[0].heading and not any(link.heading for link in dated)
    return headed or links[0].index < min(link.index for link in dated)


def _are_posts(outline: Outline, links: Collection[ListedLink], dated: Sequence[ListedLink]) -> bool:
    """Whether links beside a dated box ("Terpopuler") are the page's list: as many, addressed like those.

    Or all alike, for the box may show another section's (the awkward site 2142467); cards of a portal may
    stand between the office's own (2141325, 2148466). Fewer will do where the box is one of a side column by
    its element or its name (2110438).
    """
    hosts = {urlsplit(link.url).hostname for link in dated}
    links = [link for link in links if urlsplit(link.url).hostname in hosts]
    own, forms = {form_of(link.url) for link in links}, {form_of(link.url) for link in dated}
    count, boxed = len({link.url for link in links}), len({link.url for link in dated})
    alike = len(own) == 1 or own <= forms
    addressed = bool(own) and alike and all(judge_address(link.url) > 0 for link in links)
    return addressed and (count >= boxed or is_boxed(outline, dated))


def is_boxed(outline: Outline, links: Iterable[ListedLink]) -> bool:
    """Tell whether all of these stand in side boxes, which are no list of their page."""
    return all(is_side_box(outline, link.index) for link in links)


def form_of(url: str) -> tuple[str, str]:
    """Give the folders of an address, figures aside, and the names of its query."""
    parts = urlsplit(url)
    folders = parts.path.removesuffix("/").rpartition("/")[0]
    return _FIGURES.sub("9", folders), "&".join(sorted(parse_qs(parts.query)))


def _are_titles(links: Sequence[ListedLink]) -> bool:
    if len({link.url for link in links}) < _FEWEST:
        return False
    words = fmean(link.words for link in links)
    return words >= (_FEWEST_HEADED_WORDS if links[0].heading else _FEWEST_WORDS)


def find_headed(
    outline: Outline, paths: TagPaths, links: Sequence[ListedLink], others: Sequence[ListedLink]
) -> Iterator[tuple[ListedLink, str]]:
    """Find links that say "Selengkapnya" or nothing, each in a card of its own, and what heads that.

    For a page on which nothing else reads like an item, or no more than a box of `others`: the card's
    title is not the link. It is a heading, or the text that says most in a row of a table. Those set exactly
    like a dated one are of its list: a month's heading beside the figure of a day had dated the first card
    alone (the awkward site 2072645).
    """
    groups: dict[tuple[int, bool], dict[str, ListedLink]] = defaultdict(dict)
    known = {link.url for link in others}
    alike = {paths.of(link.index) for link in others}
    for link in links:
        if not link.is_title and judge_address(link.url) >= 0:
            groups[paths.of(link.index), link.text.isdecimal()].setdefault(link.url, link)
    for group in groups.values():
        own = list(group.values())
        is_listed = not others or paths.of(own[0].index) in alike or _is_hidden(outline, own, others)
        if len(own) < _FEWEST or not is_listed:
            continue
        cards = [(link, _heading_of_card(outline, link, own)) for link in own]
        if not any(heading for _, heading in cards):
            cards = _name_cards(outline, paths, own)
        headed = [(link, heading) for link, heading in cards if heading]
        words = sum(len(heading.split()) for _, heading in headed)
        if _are_titles_of(headed, len(cards)) and words >= _FEWEST_HEADED_WORDS * len(cards):
            # "Selengkapnya" below a title that is an item leads where that does. And a box may show most of a
            # list's posts again (the awkward site 2147400).
            yield from ((link, heading) for link, heading in headed if link.url not in known)


def _are_titles_of(headed: Sequence[tuple[ListedLink, str]], cards: int) -> bool:
    """Tell whether headings are those of posts, and not of a few sections.

    Most differ, or all but one that recurs every week; or each stands in the address to which its card leads,
    as where all posts of a page are of one title (the awkward sites 2144396, 2144376).
    """
    often = Counter(heading for _, heading in headed)
    recurring = sum(times > 1 for times in often.values())
    if len(often) * 2 > cards or (recurring == 1 and len(often) > _FEWEST):
        return True
    if recurring == 1 and len(often) == _FEWEST and all(judge_address(link.url) > 0 for link, _ in headed):
        # Of a page of six four may be of that title (2146478).
        return fmean(len(heading.split()) for _, heading in headed) >= _FEWEST_WORDS
    return all(_words(heading) <= _words(link.url) for link, heading in headed)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _name_cards(
    outline: Outline, paths: TagPaths, links: Sequence[ListedLink]
) -> list[tuple[ListedLink, str]]:
    """Buttons of cards without headings, by what is bold, a term or a line of its own above them.

    Their addresses must be posts': services and galleries have such buttons, too (the awkward sites 810182,
    810283).
    """
    if not links or any(judge_address(link.url) <= 0 and not is_file(link.url) for link in links):
        return []
    return [(r.link, find_title(outline, r).text) for r in cut_records(outline, paths, links, ())]


def find_rest(
    outline: Outline, paths: TagPaths, links: Sequence[ListedLink], places: Collection[str]
) -> list[tuple[ListedLink, str]]:
    """Find the one or two links on a list's last page, told by where those of the page before stood."""
    if not places:
        return []
    there = [link for link in links if paths.name_place(link.index) in places]
    rest = [link for link in there if judge_address(link.url) >= 0 or is_file(link.url)]
    headed = [(a, title_of(outline, a) if a.is_title else _heading_of_card(outline, a, rest)) for a in rest]
    if not any(heading for _, heading in headed):
        headed = _name_cards(outline, paths, rest)
    return [(link, heading) for link, heading in headed if heading]


def find_left(
    outline: Outline,
    paths: TagPaths,
    links: Sequence[ListedLink],
    places: Collection[str],
    others: Sequence[ListedLink],
) -> Iterator[tuple[ListedLink, str]]:
    """Find the one or two cards left of a list on its last page, where side boxes (`others`) show more.

    They stand where the page before had its list, and where nothing else of this page does. A link that says
    nothing, an eye in the last cell of a row, goes by what heads its card (the awkward site 301446).
    """
    known, taken = {link.url for link in others}, {paths.name_place(link.index) for link in others}
    # A ticker's titles may stand as deep as the buttons of cards.
    left: dict[tuple[str, bool], dict[str, ListedLink]] = defaultdict(dict)
    for link in links:
        place = paths.name_place(link.index)
        # A pager's figures may stand in a table as cards' titles do.
        if link.text.isdecimal():
            continue
        if place in places and place not in taken and (judge_address(link.url) > 0 or is_file(link.url)):
            left[place, link.is_title].setdefault(link.url, link)
    for cards in left.values():
        if len(cards) < _FEWEST and not known & cards.keys():
            alike = list(cards.values())
            headed = [
                (a, title_of(outline, a) if a.is_title else _heading_of_card(outline, a, alike))
                for a in alike
            ]
            yield from ((a, title) for a, title in headed if len(title.split()) >= _FEWEST_HEADED_WORDS)


def find_lone(outline: Outline, links: Sequence[ListedLink]) -> list[tuple[ListedLink, str]]:
    """Find the one or two posts of a page on which nothing else is an item: an archive's month with one post.

    Their addresses must be posts', their titles say it, and no more of the kind be there.
    """
    posts: dict[str, tuple[ListedLink, str]] = {}
    # An author's link in the card is none of its kind.
    alike = [link for link in links if judge_address(link.url) > 0 and not is_file(link.url)]
    for link in alike:
        if not _is_beside(outline, link):
            title = title_of(outline, link) if link.is_title else _heading_of_card(outline, link, alike)
            if len(title.split()) >= _FEWEST_WORDS:
                posts.setdefault(link.url, (link, title))
    return list(posts.values()) if len(posts) < _FEWEST else []


def _is_beside(outline: Outline, link: ListedLink) -> bool:
    """Whether a link stands in a side column, or in the midst of a paragraph.

    "Selengkapnya" at the end of an excerpt leads to the whole of it (the awkward site 2100201).
    """
    above = list(outline.ancestors(link.index))
    text = next((outline.text_of(i) for i in above if outline.tags[i] == "p"), "")
    goes_on = not link.words and text.endswith(link.text)
    in_prose = len(text) > 2 * len(link.text) > 0 and not goes_on
    return in_prose or any(outline.tags[i] == "aside" for i in above)


def _heading_of_card(outline: Outline, link: ListedLink, alike: Sequence[ListedLink]) -> str:
    """The heading in the widest element around a link that holds no other link of its kind.

    Where none stands as it does, in the smallest that has one: the page's own heading stands above its last
    card.
    """
    card, others = link.index, [other.index for other in alike if other.url != link.url]
    own = [outline.tags[above] for above in outline.ancestors(link.index)]
    lone = not any([outline.tags[above] for above in outline.ancestors(i)] == own for i in others)
    for above in list(outline.ancestors(link.index))[:_MOST_CLIMBED]:
        if outline.tags[above] in _LISTS or any(above < other < outline.ends[above] for other in others):
            break
        card = above
        if lone and any(outline.tags[i] in HEADINGS for i in range(card, outline.ends[card])):
            break
    headings = [i for i in range(card, outline.ends[card]) if outline.tags[i] in HEADINGS]
    headings.sort(key=lambda i: leads_away(outline, link, i))
    said = (outline.text_of(i) for i in headings)
    heading = next((text for text in said if text and not says_month(text)), "")
    if heading or outline.tags[card] not in _ROWS:
        return heading
    row = range(card, outline.ends[card])
    told = [i for i in row if count_title_words(outline.texts[i]) >= _ROW_WORDS]
    # Of a title and a longer teaser the row goes by the former (the awkward site 2071202).
    texts = [outline.texts[i] for i in without_teasers(outline, told)]
    return max(texts, key=count_title_words, default="")
