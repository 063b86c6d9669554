"""What part of a page an element is: the post itself, its surroundings, or the frame of the site."""

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.page.outline import Outline

__all__ = ["is_aside", "is_brand_element", "is_event", "is_frame", "is_frame_element", "is_side_box"]

_FRAME_TAGS: Final = frozenset({"nav", "footer"})
_FRAME: Final = re.compile(
    # A post's or a card's own footer carries its day.
    r"(?:^|[\s_-])(?:(?<!post.)(?<!card.)(?<!item.)(?<!entry.)(?<!article.)(?<!panel.)(?<!box.)"
    r"(?<!news.)(?<!blog.)(?<!media.)(?<!content.)footer"
    r"|nav|navbar|navigation|menu|topbar|top-bar|breadcrumbs?|ticker|running-?text|marquee|clock|jam"
    r"|cookie|copyright|newsticker|contentinfo|site-?header|statistik|counter|visitor|pengunjung)"
    # "side_nav_content" is beside a menu, not in one.
    r"(?:$|\s|[_-](?:menu|bar|wrap(?:per)?|container|inner|list|links?|items?|area|widgets?|text|\d))",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:sidebar|aside|widget(?:-area)?|comments?|komentar|comment-?list|respond|related|terkait|serupa|recents?"
    r"|recent-?posts|latest|terbaru|terkini|popular|populer|terpopuler|trending|recommended|rekomendasi|more-?posts"
    r"|read-?next|see-?also|baca-?juga|lainnya|archive|arsip|calendar|kalender|complementary|card(?!-(?!list|group|grid|deck|columns|row|container|wrapper|slider))|teaser|carousel|slider"
    r"|promo|newsletter|modal|popup|reviews?|ulasan|testimoni(?:al)?|upcoming)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
# Fewer marks than those of what stands beside a post: cards, sliders and what is new may be a page's list.
_SIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:sidebar|aside|complementary|popular|populer|terpopuler|related|terkait|trending"
    r"|recommended|rekomendasi)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_TABS: Final = re.compile(r"\s*nav nav-(?:tabs|pills|stacked)")
_EVENT: Final = re.compile(
    r"(?:^|[\s_-])(?:agenda|events?|jadwal|kegiatan-mendatang|tribe-events)(?:$|[\s_-])", re.I
)
_BRAND: Final = re.compile(
    r"(?:^|[\s_-])(?:brand(?:ing)?|logo|masthead|kop|site-?(?:title|name|branding|header)|judul-?(?:situs|web))(?:$|[\s_-])"
    r"|(?:^|\s)(?:header|banner)(?:$|\s)",
    re.IGNORECASE,
)
_MOST_SHARE: Final = 0.4
_FEWEST_FOOTERS: Final = 3
_ASIDE_TAGS: Final = frozenset({"aside"})
_NOTHING: Final[frozenset[int]] = frozenset()
_WHOLE: Final = frozenset({"body", "html", "main", "article"})


def is_frame(outline: Outline, index: int, around: frozenset[int] = _NOTHING) -> bool:
    """Tell whether it belongs to the site's frame: navigation, footer, clock, visitor counter.

    Elements in `around`, those that hold the post's heading as well, say nothing about a part.
    The footer of an item is not the site's.
    """
    if not _is_within(outline, index, around, _FRAME_TAGS, _FRAME):
        return False
    for above in outline.ancestors(index):
        if outline.tags[above] in {"article", "li", "tr"}:
            return _is_within(outline, above, around, _FRAME_TAGS, _FRAME)
    return True


def is_aside(outline: Outline, index: int, around: frozenset[int] = _NOTHING) -> bool:
    """Tell whether it stands beside a post: sidebar, comments, related posts, cards."""
    return _is_within(outline, index, around, _ASIDE_TAGS, _ASIDE)


def is_side_box(outline: Outline, index: int) -> bool:
    """Tell whether it stands in a box beside a list: a side column, what is read most, related posts."""
    return _is_within(outline, index, _NOTHING, _ASIDE_TAGS, _SIDE)


def is_event(outline: Outline, index: int, around: frozenset[int] = _NOTHING) -> bool:
    """Tell whether it belongs to an agenda, however much of the page that fills: its dates are events'."""
    return _is_within(outline, index, around, frozenset(), _EVENT, most=1.0)


def is_frame_element(element: LexborNode) -> bool:
    """Tell whether an element itself is part of the site's frame, or a box beside the post."""
    marks = _marks_of(element)
    return element.tag in _FRAME_TAGS | _ASIDE_TAGS or _is_marked(_FRAME, marks) or _is_marked(_ASIDE, marks)


def is_brand_element(element: LexborNode) -> bool:
    """Tell whether an element holds the site's own name."""
    return _is_marked(_BRAND, _marks_of(element))


def _marks_of(element: LexborNode) -> str:
    attributes = element.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _is_within(
    outline: Outline,
    index: int,
    around: frozenset[int],
    tags: frozenset[str],
    marks: re.Pattern[str],
    most: float = _MOST_SHARE,
) -> bool:
    """Whether something above belongs to a region; what was found for the neighbours is not asked again."""
    limit = most * len(outline.tags)
    known = outline.regions.setdefault((marks.pattern, around), {})
    found, path = False, []
    for above in outline.ancestors(index):
        if above in known:
            found = known[above]
            break
        path.append(above)
    for above in reversed(path):
        tag = outline.tags[above]
        # What stands on the whole page or the whole post ("has-sidebar", "side_nav_content") says
        # nothing about a part of it.
        if not (found or tag in _WHOLE or above in around or outline.ends[above] - above > limit):
            found = tag in tags or _is_marked(marks, outline.marks(above))
            found = found and not (marks is _FRAME and not around and _is_item_footer(outline, above))
            # Joomla 3 sets titles below a blog's posts as `<ol class="nav nav-tabs">`; menus are no `ol`.
            found = found and not (tag == "ol" and marks is _FRAME and _TABS.match(outline.marks(above)))
        known[above] = found
    return found


def _is_item_footer(outline: Outline, index: int) -> bool:
    """Whether a footer is one of several alike on the page: each item's, while the site has one."""
    tag, marks = outline.tags[index], outline.marks(index)
    if tag != "footer" and "footer" not in marks:
        return False
    alike = (i for i, other in enumerate(outline.tags) if other == tag and outline.marks(i) == marks)
    return len(list(islice(alike, _FEWEST_FOOTERS))) == _FEWEST_FOOTERS


@lru_cache(maxsize=8192)
def _is_marked(pattern: re.Pattern[str], marks: str) -> bool:
    return pattern.search(marks) is not None
