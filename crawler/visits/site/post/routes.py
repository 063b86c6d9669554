"""Posts that a program shows by two routes, told by the words and the number of their addresses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from activity.post import EvidenceKind, Post
from crawler.discover.shape import Shape, counter_of, shape_of
from crawler.extract.feed.host import rehost
from crawler.extract.page.key import post_key, same_site
from crawler.visits.site.post.identity import LONGEST_COMMON_TITLE, local_day, plain_title, slug_of
from crawler.visits.site.survey.parts import Survey

__all__ = ["CUT", "FEWEST_ROUTED", "bear_one_title", "fold_named", "fold_numbered", "fold_routed"]

# A shorter number may be a word of the title: a report and a notice of "hut-ri-ke-81" are two posts.
FEWEST_DIGITS: Final = 3
# So many posts have each a second folder by no accident.
FEWEST_ROUTED: Final = 3
_FEWEST_WORDS: Final = 3
# By which a program tells addresses of one title apart, if on one route only (2140674): the number says more.
_COUNTED: Final = re.compile(r"-\d{1,2}\Z")
# How a list ends a headline that it cuts.
CUT: Final = ("...", "…")


def fold_numbered(survey: Survey) -> None:
    """Know posts again that a program shows by two routes: number, words and title are the same in both.

    Whatever their days say: where a list told one of them another day, that is no second post (the awkward
    site 202196, Joomla's `/kabar/item/1132-…` beside `/index.php/component/k2/item/1132-…`). One list may cut
    the title that the other has whole (2130842).
    """
    finds = survey.finds
    groups: defaultdict[tuple[str, str], list[Post]] = defaultdict(list)
    shapes = Counter(shape_of(post.url) for post in finds.posts.values())
    for post in (*finds.posts.values(), *_list_stored(survey)):
        name = _COUNTED.sub("", slug_of(post.url))
        _, number = counter_of(post.url) or ("", "")
        if (
            "#" not in post.key
            and len(number) >= FEWEST_DIGITS
            and len(plain_title(post.title)) > LONGEST_COMMON_TITLE
        ):
            groups[number, name].append(post)
    for posts in groups.values():
        posts.sort(key=lambda post: (post.key not in finds.known, -shapes[shape_of(post.url)]))
        for post in posts[1:]:
            apart = shape_of(post.url) != shape_of(posts[0].url)
            if apart and post.key not in finds.known and bear_one_title(post.title, posts[0].title):
                finds.rename(post.key, posts[0].key, "the same number, words and title by another route")


def fold_named(survey: Survey) -> None:
    """Know posts again that a feed puts under another host: else address and title are the same.

    A feed of counters is not known by its addresses, nor one whose posts home links by another route (the
    awkward sites 3000446, 3000154): its site's lists have them by name and title.
    """
    finds, site = survey.finds, survey.site
    foreign = [post for post in finds.posts.values() if "#" not in post.key and not same_site(post.url, site)]
    # Home may write an address in large letters, or lead to its AMP page, under which the post is known.
    own = {
        name.lower(): post
        for post in ((*_list_stored(survey), *finds.posts.values()) if foreign else ())
        if "#" not in post.key and same_site(post.url, site)
        for name in (post.key, post_key(post.url, site))
    }
    for post in foreign:
        key = survey.key(rehost(post.url, site))
        found = own.get(finds.standing_key(key).lower()) or own.get(key.lower())
        is_told = len(plain_title(post.title)) > LONGEST_COMMON_TITLE
        if found is not None and is_told and bear_one_title(post.title, found.title):
            finds.rename(post.key, found.key, "the same address and title under the site's own name")


def _list_stored(survey: Survey) -> Iterator[Post]:
    """Give stored posts that stand under their key, and that tonight's lists show without a day, if at all.

    Home may show a new one of them by the other route (the awkward site 2110197).
    """
    finds = survey.finds
    for key, known in survey.finds.stored.items():
        if key in finds.known and key not in finds.posts and finds.standing_key(key) == key:
            yield Post(key, known.url, known.title)


def bear_one_title(one: str, other: str) -> bool:
    """Tell whether two headlines are of one title, which a list may have cut.

    >>> bear_one_title("Rapat Koordinasi Pasar Ta...", "Rapat Koordinasi Pasar Tani di Aula")
    True
    >>> bear_one_title("Rapat Koordinasi", "Rapat Koordinasi Pasar Tani di Aula")
    False
    """
    here, there = plain_title(one), plain_title(other)
    cut = (one.endswith(CUT) and there.startswith(here)) or (other.endswith(CUT) and here.startswith(there))
    return here == there or cut


def fold_routed(survey: Survey) -> None:
    """Know posts again that a program shows under a second folder as well, whether anything tells their day.

    Where every one of several has its very words and title under another folder too, tonight or as stored,
    these are routes, as where the home page leads by way of categories (the awkward sites 810409, 810504,
    2080004); one alone may be told twice. Those that the server leads to the other folder itself count with
    them, for a slug that was corrected is led nowhere (2120290). Days that differ part them, but for those
    that a feed alone tells of the one and pages of the other: a feed may tell when a draft began (2060481).
    """
    finds = survey.finds
    fed = {post.key for post in finds.posts.values() if _is_fed(post)}
    by_shape: defaultdict[Shape, dict[tuple[str, str], str]] = defaultdict(dict)
    days: dict[str, date | None] = {}
    for key, url, title, day in _list_shown(survey):
        name, words = slug_of(url), plain_title(title)
        if "#" not in key and len(words) > LONGEST_COMMON_TITLE and _says(name, words):
            by_shape[shape_of(url)].setdefault((name, words), key)
            days.setdefault(key, day)
    ranked, led = sorted(by_shape.items(), key=lambda pair: len(pair[1])), _count_led(survey)
    for number, (shape, few) in enumerate(ranked):
        larger = ((name, each) for name, each in ranked[number + 1 :] if few.keys() <= each.keys())
        other, more = next(larger, ((), {}))
        if not more or len(few) + led[shape, other] < FEWEST_ROUTED:
            continue
        pairs = [(key, more[said]) for said, key in few.items()]
        if any(_is_apart(days[a], days[b]) and (a in fed) == (b in fed) for a, b in pairs):
            continue
        for said, key in few.items():
            if key not in finds.known:
                finds.rename(key, more[said], "the same words and title under another folder")


def _count_led(survey: Survey) -> Counter[tuple[Shape, Shape]]:
    """Count the posts of lists that go by the same words under another shape of address by now."""
    moved = [(key, survey.finds.standing_key(key)) for key in survey.walks.keys]
    alike = [(a, b) for a, b in moved if a != b and a.rpartition("/")[2] == b.rpartition("/")[2]]
    return Counter((shape_of(a), shape_of(b)) for a, b in alike)


def _list_shown(survey: Survey) -> Iterator[tuple[str, str, str, date | None]]:
    """Give key, address, title and local day of tonight's posts, and of the stored ones that it shows.

    The day of an event, which bounds that of the post, parts none (the awkward site 2131674).
    """
    zone, finds = survey.target.zone, survey.finds
    for post in finds.posts.values():
        told = post.date if post.date is not None and post.date.precision.names_a_day else None
        yield post.key, post.url, post.title, None if told is None else local_day(told.at, zone)
    for key, known in survey.finds.stored.items():
        if key in finds.met and finds.standing_key(key) == key:
            yield key, known.url, known.title, None if known.at is None else local_day(known.at, zone)


def _is_apart(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one != other


def _is_fed(post: Post) -> bool:
    """Tell whether nothing but a feed tells a post's day."""
    return post.date is not None and all(each.kind is EvidenceKind.FEED for each in post.date.evidence)


def _says(name: str, title: str) -> bool:
    """Tell whether the last part of an address begins with a title's words: it is no number or index."""
    told, words = re.findall(r"[a-z]+", name.lower()), re.findall(r"[a-z]+", title)
    return len(told) >= _FEWEST_WORDS and told[:_FEWEST_WORDS] == words[:_FEWEST_WORDS]
