"""Posts that a site shows twice: in another language, or at another address of the same program."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from activity.post import Post, Precision
from activity.visit import Fetch, KnownPost, Page
from crawler.discover.shape import shape_of
from crawler.extract.feed.syndication import WIDEST_ZONE
from crawler.extract.page.document import parse_document
from crawler.extract.variant import translation_of
from crawler.visits.site.post.article import take_article
from crawler.visits.site.post.identity import (
    LONGEST_COMMON_TITLE,
    is_translation,
    local_day,
    plain_title,
    slug_of,
)
from crawler.visits.site.post.render import ask_article
from crawler.visits.site.post.routes import CUT, fold_named, fold_numbered, fold_routed
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.claim import is_whole
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.weigh import name_witness

__all__ = ["fold_known", "settle_copies"]

# Two articles of a section that both name an original show that the section holds versions.
MOST_SAMPLES: Final = 2
MOST_SECTIONS: Final = 2
# So many posts of one title under one shape of address come week by week.
FEWEST_RECURRING: Final = 3
_SAME_DAY: Final = "the same title and day under another address"
# Zones lie half hours apart.
_HALF_HOUR: Final = timedelta(minutes=30)
_A_MINUTE: Final = timedelta(minutes=1)


def settle_copies(survey: Survey) -> Generator[Fetch, Page, None]:
    """Read one or two posts of each suspected section, and give versions the key of their original.

    Where both name an original, or share title and day with one, the whole section is one of versions.
    """
    _complete_titles(survey)
    _fold_stored(survey)
    fold_named(survey)
    fold_numbered(survey)
    fold_routed(survey)
    for shape, posts in list(_plan_copies(survey).items())[:MOST_SECTIONS]:
        if all("#" in post.key for post in posts):
            # Items of a feed that share one address: the page behind them is none of theirs.
            _fold_twins(survey, posts)
            _fold_clocks(survey)
            continue
        named, pages = 0, []
        for post in posts[:MOST_SAMPLES]:
            if post.url in survey.trail.asked:
                continue
            page = yield from ask_article(survey, post.url)
            pages.append(page)
            if page.ok:
                take_article(survey, Candidate(post.url, post.title, post.date, key=post.key), page)
                named += post.key not in survey.finds.posts
        if named and named == len(pages):
            translated = any(is_translation(parse_document(page)) for page in pages)
            _fold(survey, shape, translated=translated)
        elif not named:
            _fold_twins(survey, posts)


def fold_known(survey: Survey) -> None:
    """Know new posts again that another list, or an earlier night, has under another shape of address.

    Asks nothing: where two lists of a site write the addresses of one post differently, each would be stored.
    Of an item of a feed that shares its address with others and a page of its own the page stands.
    """
    _complete_titles(survey)
    _fold_stored(survey)
    fold_named(survey)
    fold_numbered(survey)
    first: dict[str, tuple[str, str]] = {}
    posts, stored = survey.finds.posts, _index_stored(survey)
    for post in sorted(
        posts.values(), key=lambda post: ("#" in post.key, post.key not in survey.finds.known)
    ):
        title = _title_of_day(survey, post)
        if title is None:
            continue
        if "#" in post.key:
            if title in first:
                survey.finds.rename(post.key, first[title][0], _SAME_DAY)
            continue
        former = stored.get((title, slug_of(post.url)), (post.key, post.url))
        key, url = first.setdefault(title, former)
        apart = shape_of(url) != shape_of(post.url) and not _recurs_apart(survey, post, url)
        if key != post.key and post.key not in survey.finds.known and apart:
            survey.finds.rename(post.key, key, _SAME_DAY)
    _fold_clocks(survey)


def _index_stored(survey: Survey) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Index the stored posts that stand, as key and address, by title, day and the words of the address.

    One that a list shows without its day is met tonight and no more, and home may lead to it by another route
    (the awkward site 2111100).
    """
    zone, finds = survey.target.zone, survey.finds
    return {
        (f"{plain_title(known.title)} {local_day(known.at, zone)}", slug_of(known.url)): (key, known.url)
        for key, known in finds.stored.items()
        if known.at is not None and "#" not in key and key in finds.known and finds.standing_key(key) == key
    }


def _complete_titles(survey: Survey) -> None:
    """Give posts whose headline a list cuts the whole one that a feed, a page or an earlier night has.

    Else an item of a feed that shares its address, or has another, would not be known by it (the awkward
    sites 2000044, 2000177). Of two of one day that begin alike the minute tells which (2150325).
    """
    cut = [post for post in survey.finds.posts.values() if post.title.endswith(CUT)]
    whole: defaultdict[date, list[tuple[str, datetime]]] = defaultdict(list)
    if not cut:
        return
    told = [(post.title, post.date.at) for post in survey.finds.posts.values() if post.date is not None]
    told += [(known.title, known.at) for known in survey.finds.stored.values() if known.at is not None]
    for title, at in told:
        if not title.endswith(CUT):
            whole[local_day(at, survey.target.zone)].append((title, at))
    for post in cut:
        stem = plain_title(post.title)
        if post.date is None or len(stem) <= LONGEST_COMMON_TITLE:
            continue
        day = local_day(post.date.at, survey.target.zone)
        alike = [(title, at) for title, at in whole[day] if plain_title(title).startswith(stem)]
        found = {title for title, _ in alike}
        if len(found) > 1 and post.date.precision is not Precision.DAY:
            found = {title for title, at in alike if abs(at - post.date.at) < _A_MINUTE}
        if len(found) == 1:
            survey.finds.retitle(post.key, found.pop())


def _fold_clocks(survey: Survey) -> None:
    """Know items of a feed that share one address by posts of their title whose clock names another zone.

    Of two machines of a site one often calls local time UTC; a post of the evening then has two days (the
    awkward site 601567: a list's "2024-09-10T19:18:27Z", the feed's "Tue, 10 Sep 2024 19:18:27 +0700"). One
    of the same day is known by a short title, too, where no third post bears it.
    """
    titles: defaultdict[str, list[Post]] = defaultdict(list)
    for post in survey.finds.posts.values():
        if _is_day_told(survey, post):
            titles[plain_title(post.title)].append(post)
    for title, pair in titles.items():
        shared = [post for post in pair if "#" in post.key and post.key not in survey.finds.known]
        own = [post for post in pair if "#" not in post.key]
        if len(shared) != 1 or len(own) != 1 or len(pair) > len(shared) + len(own):
            continue
        days = {local_day(post.date.at, survey.target.zone) for post in pair if post.date is not None}
        if len(days) == 1 and title:
            survey.finds.rename(shared[0].key, own[0].key, _SAME_DAY)
        elif len(title) > LONGEST_COMMON_TITLE and _is_zone_apart(shared[0], own[0]):
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
    zone, finds = survey.target.zone, survey.finds
    own = [(key, known) for key, known in finds.stored.items() if "#" not in key]
    stored = {
        f"{plain_title(known.title)} {local_day(known.at, zone)}": key
        for key, known in own
        if known.at is not None
    }
    titles = Counter(plain_title(post.title) for post in finds.posts.values())
    for post in shared:
        key, why = stored.get(_title_of_day(survey, post) or ""), _SAME_DAY
        if key is None and titles[plain_title(post.title)] == 1:
            key, why = _find_headline(survey, post, own), "the headline of its page, which the list shows"
        if key is not None:
            finds.rename(post.key, finds.standing_key(key), why)


def _find_headline(survey: Survey, post: Post, own: Iterable[tuple[str, KnownPost]]) -> str | None:
    """Find the one stored page whose headline, which a list may have cut, an item of a shared address bears.

    That page has a list tonight, so it is no other one that is gone; its day was put right since, or a list
    had cut its headline, and it stood twice where a night began anew (the awkward site 2110904).
    """
    finds, title = survey.finds, plain_title(post.title)
    if len(title) <= LONGEST_COMMON_TITLE:
        return None
    found = [key for key, known in own if _is_headline(known.title, title)]
    others = [each for each in finds.posts.values() if each.key not in finds.known and each.key != post.key]
    shown = [each.title for each in others] + [each.title for each in finds.waiting.values()]
    is_shown = any(_is_headline(each, title) or _is_headline(post.title, plain_title(each)) for each in shown)
    listed = {finds.standing_key(key) for walk in survey.walks for key in walk.keys}
    is_one = len(found) == 1 and not is_shown and finds.standing_key(found[0]) in listed
    return found[0] if is_one else None


def _is_headline(title: str, whole: str) -> bool:
    """Tell whether a headline is a whole title, or one that a list cut of it."""
    stem = plain_title(title)
    return stem == whole or (
        title.endswith(CUT) and len(stem) > LONGEST_COMMON_TITLE and whole.startswith(stem)
    )


def _plan_copies(survey: Survey) -> dict[str, list[Post]]:
    """Find posts that may be versions of others, by the shape of their addresses.

    Those that bear a language in their address, those of whose shape one has named its original already, and
    those whose title stands on the same day under another shape of address.
    """
    by_shape: defaultdict[str, list[Post]] = defaultdict(list)
    for post in survey.finds.posts.values():
        by_shape[_name(shape_of(post.url))].append(post)
    if len(by_shape) < 2:
        return {}
    versions = {_name(shape_of(url)) for url in survey.trail.asked if _names_original(survey, url)}
    main = max(by_shape, key=lambda shape: (shape not in versions, *_rank_section(by_shape[shape])))
    titles = {title for post in by_shape[main] if (title := _title_of_day(survey, post)) is not None}
    found = {}
    for shape, posts in by_shape.items():
        twins = [post for post in posts if _title_of_day(survey, post) in titles]
        if shape != main and (twins or shape in versions or _is_foreign(posts[0].url)):
            found[shape] = posts
    return found


def _names_original(survey: Survey, url: str) -> bool:
    """Whether a page that was read stands for one of another shape: `/news/12` for `/berita/rapat`."""
    key = survey.key(url)
    standing = survey.finds.standing_key(key)
    return standing != key and shape_of(standing) != shape_of(key)


def _rank_section(posts: Sequence[Post]) -> tuple[bool, bool, int]:
    """The originals' section ranks highest: no other language, pages of their own, most posts."""
    return (not _is_foreign(posts[0].url), not all("#" in post.key for post in posts), len(posts))


def _fold(survey: Survey, shape: str, *, translated: bool) -> None:
    """Fold the rest of a section whose posts are versions of others.

    Where lists were not read back, an original may be in none of them, and the other address is all there is
    of it (the awkward site 2110970: by title, and its second page was upkeep). A translation bears another
    title, by which nothing would tell the two apart.
    """
    rest = [post for post in survey.finds.posts.values() if _name(shape_of(post.url)) == shape]
    originals = _originals(survey, rest)
    kept = 0
    for post in rest:
        original = originals.get(_title_of_day(survey, post) or "")
        if original is not None:
            survey.finds.rename(post.key, original.key, _SAME_DAY)
        elif translated or _is_foreign(post.url) or is_whole(survey):
            survey.finds.forget(post.key)
            survey.finds.reject(post.url, "a version of a post that is listed elsewhere", post.key)
        else:
            kept += 1
    if not kept:
        survey.lesson = replace(survey.lesson, copies=(*survey.lesson.copies, shape))


def _fold_twins(survey: Survey, posts: Iterable[Post]) -> None:
    """Posts that name no original and share title and day with one all the same."""
    kept = list(posts)
    originals = _originals(survey, kept)
    for post in kept:
        original = originals.get(_title_of_day(survey, post) or "")
        if original is not None and not _recurs_apart(survey, post, original.url):
            survey.finds.rename(post.key, original.key, _SAME_DAY)


def _recurs_apart(survey: Survey, post: Post, url: str) -> bool:
    """Tell whether a title is no post's own, since a section bears it week by week, and the words differ.

    One wrong day had joined posts of two sections (the awkward site 2300374).
    """
    if "#" in post.key or slug_of(post.url) == slug_of(url):
        return False
    title = plain_title(post.title)
    alike = (each for each in survey.finds.posts.values() if plain_title(each.title) == title)
    return max(Counter(shape_of(each.url) for each in alike).values(), default=0) >= FEWEST_RECURRING


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
    if len(title) <= LONGEST_COMMON_TITLE or post.date is None or not _is_day_told(survey, post):
        return None
    return f"{title} {local_day(post.date.at, survey.target.zone)}"


def _is_day_told(survey: Survey, post: Post) -> bool:
    """Tell whether a post's day is named, by a witness that is not in doubt."""
    if post.date is None or not post.date.precision.names_a_day:
        return False
    return name_witness(post.date.evidence[0]) not in survey.walks.doubtful


def _is_foreign(url: str) -> bool:
    """Tell whether an address names another language than Indonesian."""
    version = translation_of(url)
    return version is not None and version.language != "id"


def _name(shape: tuple[str, ...]) -> str:
    return "/".join(shape)
