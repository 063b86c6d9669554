"""Posts that a site shows twice: in another language, or at another address of the same program."""

import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from activity.post import EvidenceKind, Post, Precision
from activity.visit import Fetch, Page
from crawler.discover.shape import counter_of, shape_of
from crawler.extract.feed.syndication import WIDEST_ZONE
from crawler.extract.variant import translation_of
from crawler.visits.site.post.article import take_article
from crawler.visits.site.post.identity import LONGEST_COMMON_TITLE, plain_title
from crawler.visits.site.post.render import ask_article
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["fold_known", "settle_copies"]

# Two articles of a section that both name an original show that the section holds versions.
MOST_SAMPLES: Final = 2
MOST_SECTIONS: Final = 2
# A shorter number may be a word of the title: a report and a notice of "hut-ri-ke-81" are two posts.
FEWEST_DIGITS: Final = 3
# So many posts have each a second folder by no accident.
FEWEST_ROUTED: Final = 3
_FEWEST_WORDS: Final = 3
# How a list ends a headline that it cuts.
_CUT: Final = ("...", "…")
# Zones lie half hours apart.
_HALF_HOUR: Final = timedelta(minutes=30)


def settle_copies(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read one or two posts of each suspected section, and give versions the key of their original.

    Where both name an original, or share title and day with one, the whole section is one of versions.
    """
    _complete_titles(survey)
    _fold_stored(survey)
    _fold_numbered(survey)
    _fold_routed(survey)
    for shape, posts in list(_plan_copies(survey).items())[:MOST_SECTIONS]:
        if all("#" in post.key for post in posts):
            # Items of a feed that share one address: the page behind them is none of theirs.
            _fold_twins(survey, posts)
            _fold_clocks(survey)
            continue
        named = asked = 0
        for post in posts[:MOST_SAMPLES]:
            if post.url in survey.trail.asked:
                continue
            asked += 1
            page = yield from ask_article(survey, post.url)
            if page.ok:
                take_article(survey, Candidate(post.url, post.title, post.date, key=post.key), page)
                named += post.key not in survey.finds.posts
        if named and named == asked:
            _fold(survey, shape)
        elif not named:
            _fold_twins(survey, posts)


def fold_known(survey: Survey) -> None:
    """Know new posts again that another list, or an earlier night, has under another shape of address.

    Asks nothing: where two lists of a site write the addresses of one post differently, each would be stored.
    Of an item of a feed that shares its address with others and a page of its own the page stands.
    """
    _complete_titles(survey)
    _fold_stored(survey)
    _fold_numbered(survey)
    first: dict[str, tuple[str, str]] = {}
    posts = survey.finds.posts
    for post in sorted(
        posts.values(), key=lambda post: ("#" in post.key, post.key not in survey.finds.known)
    ):
        title = _title_of_day(survey, post)
        if title is None:
            continue
        if "#" in post.key:
            if title in first:
                survey.finds.rename(post.key, first[title][0], "the same title and day under another address")
            continue
        key, url = first.setdefault(title, (post.key, post.url))
        if key != post.key and post.key not in survey.finds.known and shape_of(url) != shape_of(post.url):
            survey.finds.rename(post.key, key, "the same title and day under another address")
    _fold_clocks(survey)


def _complete_titles(survey: Survey) -> None:
    """Give posts whose headline a list cuts the whole one that a feed, a page or an earlier night has.

    Else an item of a feed that shares its address, or has another, would not be known by it (the awkward
    sites 2000044, 2000177).
    """
    cut = [post for post in survey.finds.posts.values() if post.title.endswith(_CUT)]
    whole: defaultdict[date, set[str]] = defaultdict(set)
    if not cut:
        return
    told = [(post.title, post.date.at) for post in survey.finds.posts.values() if post.date is not None]
    told += [(known.title, known.at) for known in survey.target.stored.values() if known.at is not None]
    for title, at in told:
        if not title.endswith(_CUT):
            whole[at.astimezone(survey.target.zone).date()].add(title)
    for post in cut:
        stem = plain_title(post.title)
        if post.date is None or len(stem) <= LONGEST_COMMON_TITLE:
            continue
        day = post.date.at.astimezone(survey.target.zone).date()
        found = {title for title in whole[day] if plain_title(title).startswith(stem)}
        if len(found) == 1:
            survey.finds.retitle(post.key, found.pop())


def _fold_clocks(survey: Survey) -> None:
    """Know items of a feed that share one address by posts of their title whose clock names another zone.

    Of two machines of a site one often calls local time UTC; a post of the evening then has two days (the
    awkward site 601567: a list's "2024-09-10T19:18:27Z", the feed's "Tue, 10 Sep 2024 19:18:27 +0700").
    """
    titles: defaultdict[str, list[Post]] = defaultdict(list)
    for post in survey.finds.posts.values():
        if _title_of_day(survey, post) is not None:
            titles[plain_title(post.title)].append(post)
    for pair in titles.values():
        shared = [post for post in pair if "#" in post.key and post.key not in survey.finds.known]
        own = [post for post in pair if "#" not in post.key]
        if len(shared) == len(own) == 1 and len(pair) == 2 and _is_zone_apart(shared[0], own[0]):
            why = "the same title and moment, by a clock of another zone, under another address"
            survey.finds.rename(shared[0].key, own[0].key, why)


def _is_zone_apart(one: Post, other: Post) -> bool:
    """Tell whether two moments, told to the second, are the same by clocks of two zones."""
    if one.date is None or other.date is None or one.date.at == other.date.at:
        return False
    if {one.date.precision, other.date.precision} != {Precision.SECOND}:
        return False
    apart = abs(one.date.at - other.date.at)
    return apart <= WIDEST_ZONE and not apart % _HALF_HOUR


def _fold_stored(survey: Survey) -> None:
    """Know items of a feed that share one address by the posts that are stored.

    On a night that begins anew a list may show those without their days, so that nothing else compares them.
    """
    shared = [post for post in survey.finds.posts.values() if "#" in post.key]
    if not shared:
        return
    stored = {
        f"{plain_title(known.title)} {known.at.astimezone(survey.target.zone).date()}": key
        for key, known in survey.target.stored.items()
        if "#" not in key and known.at is not None
    }
    for post in shared:
        key = stored.get(_title_of_day(survey, post) or "")
        if key is not None:
            own = survey.finds.standing_key(key)
            survey.finds.rename(post.key, own, "the same title and day under another address")


def _fold_numbered(survey: Survey) -> None:
    """Know posts again that a program shows by two routes: number, words and title are the same in both.

    Whatever their days say: where a list told one of them another day, that is no second post (the awkward
    site 202196, Joomla's `/kabar/item/1132-…` beside `/index.php/component/k2/item/1132-…`).
    """
    finds = survey.finds
    groups: defaultdict[tuple[str, str, str], list[Post]] = defaultdict(list)
    shapes = Counter(shape_of(post.url) for post in finds.posts.values())
    for post in finds.posts.values():
        name, title = urlsplit(post.url).path.rstrip("/").rpartition("/")[2], plain_title(post.title)
        _, number = counter_of(post.url) or ("", "")
        if "#" not in post.key and len(number) >= FEWEST_DIGITS and len(title) > LONGEST_COMMON_TITLE:
            groups[number, name, title].append(post)
    for posts in groups.values():
        posts.sort(key=lambda post: (post.key not in finds.known, -shapes[shape_of(post.url)]))
        for post in posts[1:]:
            if post.key not in finds.known and shape_of(post.url) != shape_of(posts[0].url):
                finds.rename(post.key, posts[0].key, "the same number, words and title by another route")


def _fold_routed(survey: Survey) -> None:
    """Know posts again that a program shows under a second folder as well, whether anything tells their day.

    Where every one of several has its very words and title under another folder too, tonight or as stored,
    these are routes, as where the home page leads by way of categories (the awkward sites 810409, 810504,
    2080004); one alone may be told twice. Days that differ part them, but for those that a feed alone tells
    of the one and pages of the other: a feed may tell when a draft was begun (2060481).
    """
    finds = survey.finds
    fed = {post.key for post in finds.posts.values() if _is_fed(post)}
    by_shape: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    days: dict[str, date | None] = {}
    for key, url, title, day in _list_shown(survey):
        name, words = urlsplit(url).path.rstrip("/").rpartition("/")[2], plain_title(title)
        if "#" not in key and len(words) > LONGEST_COMMON_TITLE and _says(name, words):
            by_shape[_name(shape_of(url))].setdefault((name, words), key)
            days.setdefault(key, day)
    ranked = sorted(by_shape.values(), key=len)
    for number, few in enumerate(ranked):
        more = next((each for each in ranked[number + 1 :] if few.keys() <= each.keys()), None)
        if more is None or len(few) < FEWEST_ROUTED:
            continue
        pairs = [(key, more[said]) for said, key in few.items()]
        if any(_is_apart(days[a], days[b]) and (a in fed) == (b in fed) for a, b in pairs):
            continue
        for said, key in few.items():
            if key not in finds.known:
                finds.rename(key, more[said], "the same words and title under another folder")


def _list_shown(survey: Survey) -> Iterator[tuple[str, str, str, date | None]]:
    """Give key, address, title and local day of tonight's posts, and of the stored ones that it shows."""
    zone, finds = survey.target.zone, survey.finds
    for post in finds.posts.values():
        yield (
            post.key,
            post.url,
            post.title,
            None if post.date is None else post.date.at.astimezone(zone).date(),
        )
    for key, known in survey.target.stored.items():
        if key in finds.met and finds.standing_key(key) == key:
            yield key, known.url, known.title, None if known.at is None else known.at.astimezone(zone).date()


def _is_apart(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one != other


def _is_fed(post: Post) -> bool:
    """Tell whether nothing but a feed tells a post's day."""
    return post.date is not None and all(each.kind is EvidenceKind.FEED for each in post.date.evidence)


def _says(name: str, title: str) -> bool:
    """Tell whether the last part of an address begins with a title's words: it is no number or index."""
    told, words = re.findall(r"[a-z]+", name.lower()), re.findall(r"[a-z]+", title)
    return len(told) >= _FEWEST_WORDS and told[:_FEWEST_WORDS] == words[:_FEWEST_WORDS]


def _plan_copies(survey: Survey) -> dict[str, list[Post]]:
    """Find posts that may be versions of others, by the shape of their addresses.

    Those that bear a language in their address, and those whose title stands on the same day under another
    shape of address.
    """
    by_shape: defaultdict[str, list[Post]] = defaultdict(list)
    for post in survey.finds.posts.values():
        by_shape[_name(shape_of(post.url))].append(post)
    if len(by_shape) < 2:
        return {}
    main = max(by_shape, key=lambda shape: _rank_section(by_shape[shape]))
    titles = {title for post in by_shape[main] if (title := _title_of_day(survey, post)) is not None}
    found = {}
    for shape, posts in by_shape.items():
        twins = [post for post in posts if _title_of_day(survey, post) in titles]
        if shape != main and (twins or _is_foreign(posts[0].url)):
            found[shape] = posts
    return found


def _rank_section(posts: Sequence[Post]) -> tuple[bool, bool, int]:
    """The originals' section ranks highest: no other language, pages of their own, most posts."""
    return (not _is_foreign(posts[0].url), not all("#" in post.key for post in posts), len(posts))


def _fold(survey: Survey, shape: str) -> None:
    """The rest of a section whose posts are versions of others."""
    survey.lesson = replace(survey.lesson, copies=(*survey.lesson.copies, shape))
    rest = [post for post in survey.finds.posts.values() if _name(shape_of(post.url)) == shape]
    originals = _originals(survey, rest)
    for post in rest:
        original = originals.get(_title_of_day(survey, post) or "")
        if original is not None:
            survey.finds.rename(post.key, original.key, "the same title and day under another address")
        else:
            survey.finds.forget(post.key)
            survey.finds.reject(post.url, "a version of a post that is listed elsewhere", post.key)


def _fold_twins(survey: Survey, posts: Iterable[Post]) -> None:
    """Posts that name no original and share title and day with one all the same."""
    kept = list(posts)
    originals = _originals(survey, kept)
    for post in kept:
        original = originals.get(_title_of_day(survey, post) or "")
        if original is not None:
            survey.finds.rename(post.key, original.key, "the same title and day under another address")


def _originals(survey: Survey, posts: Iterable[Post]) -> Mapping[str, Post]:
    copies = {post.key for post in posts}
    return {
        title: post
        for post in survey.finds.posts.values()
        if post.key not in copies and (title := _title_of_day(survey, post)) is not None
    }


def _title_of_day(survey: Survey, post: Post) -> str | None:
    """A title long enough to be one post's, with its day; None for any other.

    A feed built at one moment gives all weekly posts of one title one day (the awkward site 2102916).
    """
    title = plain_title(post.title)
    if len(title) <= LONGEST_COMMON_TITLE or post.date is None or not post.date.precision.names_a_day:
        return None
    if name_witness(post.date.evidence[0]) in survey.walks.doubtful:
        return None
    return f"{title} {post.date.at.astimezone(survey.target.zone).date()}"


def _is_foreign(url: str) -> bool:
    """Tell whether an address names another language than Indonesian."""
    version = translation_of(url)
    return version is not None and version.language != "id"


def _name(shape: tuple[str, ...]) -> str:
    return "/".join(shape)
