"""Posts read again from the pages that were kept of them, by the readers of the crawl. Pure."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

from activity.channel import CHANNELS
from activity.errors import UnparsableError
from activity.post import Post
from activity.record import Record
from activity.visit import Fetch, Page, Purpose, Target
from crawler.extract.feed.blogger import extract_blogger
from crawler.extract.feed.wordpress import extract_wordpress
from crawler.extract.page.document import parse_document
from crawler.extract.state.post import extract_listed
from crawler.visits.opening import find_reader
from crawler.visits.site.list.feed import read_feed
from crawler.visits.site.list.listing import list_page
from crawler.visits.site.post.article import compose_post, take_article
from crawler.visits.site.post.testimony import recall_trust
from crawler.visits.site.survey.candidate import Candidate
from crawler.visits.site.survey.memory import read_memory
from crawler.visits.site.survey.parts import Survey

__all__ = ["read_again"]

_ONE_NIGHT: Final = timedelta(hours=12)


def read_again(target: Target, records: Sequence[Record], keys: Collection[str]) -> dict[str, Post]:
    """Read posts as their pages tell them, by key, without those that they do not tell.

    What earlier nights taught of the site is taken from `target.memory`. A day that no page tells alone,
    such as one narrowed by the looks of two nights, is not found in them. Where an office has edited a
    post, what was received last counts.

    Args:
        target: the account; its window ends when the pages were received.
        keys: of the posts that rest on these pages.
    """
    last = max((record.fetched_at for record in records), default=target.window.now)
    recent = [record for record in records if last - record.fetched_at < _ONE_NIGHT]
    read = _read_answers if CHANNELS[target.account.channel].social else _read_site
    found = read(target, [_open(record) for record in recent], keys)
    missing = [key for key in keys if key not in found or found[key].date is None]
    if missing and len(recent) < len(records):
        found |= read(target, [_open(record) for record in records], missing)
    return found


def _open(record: Record) -> Page:
    return Page(
        fetch=Fetch(record.url, Purpose.LISTING),
        url=record.url,
        status=record.status,
        fetched_at=record.fetched_at,
        headers=record.headers,
        body=record.body,
    )


def _load(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _read_answers(target: Target, pages: Sequence[Page], keys: Collection[str]) -> dict[str, Post]:
    read = find_reader(target.account.channel)
    answers = [answer for page in pages if isinstance(answer := _load(page.body), dict)]
    return {post.key: post for post in read(answers, target) if post.key in keys}


def _read_site(target: Target, pages: Sequence[Page], keys: Collection[str]) -> dict[str, Post]:
    survey = Survey(target, read_memory(target.memory)[0])
    recall_trust(survey)
    own = {key: page for page in pages if (key := survey.key(page.url)) in keys}
    for page in pages:
        if survey.key(page.url) not in own:
            _take_list(survey, page)
    for key, page in own.items():
        listed = survey.finds.waiting.get(key) or survey.finds.posts.get(key)
        take_article(survey, Candidate(page.url, listed.title if listed is not None else "", key=key), page)
    return {key: post for key in keys if (post := survey.finds.posts.get(key)) is not None}


def _take_list(survey: Survey, page: Page) -> None:
    posts = list(_list_posts(survey, page))
    if posts:
        survey.finds.admit_listed(posts)
        return
    with suppress(UnparsableError):
        for item in list_page(survey, parse_document(page)).items:
            if item.date is not None and item.date.precision.names_a_day:
                post = compose_post(survey, item.url, item.title, item.date)
                survey.finds.admit(replace(post, key=survey.item_key(item)))
            else:
                survey.finds.wait(Candidate(item.url, item.title, item.date, key=survey.item_key(item)))


def _list_posts(survey: Survey, page: Page) -> Iterator[Post]:
    """What a feed or an interface lists, under the keys of the site's other lists."""
    if page.body.lstrip()[:1] not in {b"{", b"[", b"<", b"\xef"}:
        return
    for read in _READERS:
        try:
            found = read(survey, page)
        except UnparsableError:
            continue
        if found:
            for post in found:
                yield (
                    post
                    if "#" in post.key
                    else Post(survey.key(post.url), post.url, post.title, post.date, post.kind)
                )
            return


def _read_feed(survey: Survey, page: Page) -> Sequence[Post]:
    return read_feed(survey, page).posts


def _read_wordpress(survey: Survey, page: Page) -> Sequence[Post]:
    target = survey.target
    return extract_wordpress(page, now=target.window.now, zone=target.zone, site=survey.site).posts


def _read_blogger(survey: Survey, page: Page) -> Sequence[Post]:
    target = survey.target
    return extract_blogger(page, now=target.window.now, zone=target.zone, site=survey.site).posts


def _read_json(survey: Survey, page: Page) -> Sequence[Post]:
    if page.body.lstrip()[:1] not in {b"{", b"["}:
        return ()
    target, templates = survey.target, survey.discovery.templates
    return extract_listed(
        page, now=target.window.now, zone=target.zone, site=survey.site, templates=templates
    ).posts


_READERS: tuple[Callable[[Survey, Page], Sequence[Post]], ...] = (
    _read_wordpress,
    _read_blogger,
    _read_feed,
    _read_json,
)
