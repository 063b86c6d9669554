"""A site's home page: opened as a visitor, over plain http where https fails, and once a week as a robot."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from activity.outcome import Failure
from activity.visit import Page, Purpose
from crawler.discover.further import discover_frames
from crawler.discover.shape import is_never_post
from crawler.extract.file import is_file
from crawler.extract.page.document import Document, parse_document
from crawler.extract.page.key import same_site
from crawler.extract.spam import find_spam
from crawler.health import judge_move, judge_page, visible_text
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import Asking
from crawler.visits.site.survey.walks import mark_of

__all__ = [
    "CLOAKED",
    "LOOK_EVERY",
    "find_unknown",
    "give_robots_up",
    "is_read",
    "look_as_robot",
    "look_for_spam",
    "mark_links",
    "note_mirror",
    "note_unchanged",
    "open_home",
    "open_site",
    "plan_looks",
    "remember_links",
]

# Cloaking scripts look for a robot's name and for visitors whom a search engine sends. We go on saying
# who we are; robots.txt is obeyed under our own name.
ROBOT_HEADERS: Final = {
    "User-Agent": "Mozilla/5.0 (compatible; Denyut/0.1; like Googlebot/2.1)",
    "Referer": "https://www.google.com/",
}
CLOAKED: Final = "Cloaked"
# The home page is looked at so often, and the one for robots, on another night.
LOOK_EVERY: Final = timedelta(days=7)
# With the week between two looks it makes a month.
PAUSE: Final = timedelta(days=21)
MAX_REMEMBERED: Final = 400
# A page that shows the two newest posts of a list shows its news.
FEWEST_MIRRORED: Final = 2
_TOO_LITTLE = 20_000
# A door says welcome and whose site it is; its one link says no more than "Masuk ke Situs Resmi Kami".
_LONGEST_DOOR: Final = 300
_MOST_WORDS: Final = 5
_MORE_THAN_DOOR: Final = "[data-page], script[type='application/json'], link[rel~='alternate'], form"
_ENTER: Final = re.compile(
    r"\b(?:masuk|beranda|situs|website|lanjut\w*|enter|home|klik|click|halaman utama)\b", re.IGNORECASE
)
_FRONT: Final = re.compile(r"/(?:beranda|home|utama|main|index|portal|web)(?:\.\w{3,5})?/?$", re.IGNORECASE)
_REFRESH = re.compile(r"\d+\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_CERTIFICATE = {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}
_CLOSED = {Failure.REFUSED, Failure.RESET, Failure.TIMEOUT}


def open_home(survey: Survey) -> Asking:
    """Fetch the home page, also where the first page only sends the visitor on."""
    page = yield from survey.ask(survey.target.account.address, Purpose.HOME)
    page = yield from _open_plainly(survey, page)
    for _ in range(2):
        following = (_find_refresh(survey, page) or _find_door(survey, page)) if page.ok else None
        if following is None or following in survey.trail.asked:
            break
        page = yield from survey.ask(following, Purpose.HOME)
    return page


def _open_plainly(survey: Survey, page: Page) -> Asking:
    """The same page over http where https is closed or its certificate fails; what failed is remembered.

    A registry's bare host is taken to speak https, and many a small office's does not.
    """
    address = urlsplit(survey.target.account.address)
    if page.failure is None or address.scheme != "https" or address.port is not None:
        survey.home = replace(survey.home, https="")
        return page
    if page.failure not in _CERTIFICATE | _CLOSED or not _may_try_http(survey, page.failure):
        return page
    survey.home = replace(survey.home, tried_http=survey.target.window.now)
    plain = yield from survey.ask(address._replace(scheme="http").geturl(), Purpose.HOME)
    if not plain.ok:
        return page
    why = f"{page.failure}, {page.detail}" if page.detail else str(page.failure)
    survey.home = replace(survey.home, https=f"https fails ({why}); read over plain http.")
    return plain


def _may_try_http(survey: Survey, failure: Failure) -> bool:
    """Now and then only where nothing answers: a dead host fails over http as well, and takes its time."""
    tried = survey.home.tried_http
    due = tried is None or survey.target.window.now - tried >= LOOK_EVERY
    return failure in _CERTIFICATE or due


def _find_refresh(survey: Survey, page: Page) -> str | None:
    """Find where a first page sends its visitor: of a frameset to the last frame, as a rule the largest."""
    if len(page.body) > _TOO_LITTLE or (b"efresh" not in page.body and b"frame" not in page.body):
        return None
    document = parse_document(page)
    if len(document.links) > 5:
        return None
    for element in document.tree.css("meta[http-equiv]"):
        if (element.attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.search(element.attributes.get("content") or "")
            if match is not None:
                return document.resolve(match[1].strip())
    frames = document.tree.css("frameset frame[src]")
    last = document.resolve(frames[-1].attributes.get("src") or "") if frames else None
    if last is not None:
        # One of the others is the menu, which alone may lead to the news.
        survey.walks.note_frames(url for url in discover_frames(document) if url != last)
    return last


def _find_door(survey: Survey, page: Page) -> str | None:
    """Find where a page leads that holds a word of welcome, and one link of few words or a picture.

    The site behind it may tell of no feed and no list but on its own first page.
    """
    if len(page.body) > _TOO_LITTLE:
        return None
    document = parse_document(page)
    if document.tree.css_first(_MORE_THAN_DOOR) is not None:
        # A shell that a script fills, or a page that has something to say after all.
        return None
    here = {survey.key(page.url), survey.key(survey.target.account.address)}
    links = ((link.text, link.url) for link in document.links if link.url is not None)
    own = ((text, url) for text, url in links if same_site(url, page.url) and not is_file(url))
    onward = [(text, url) for text, url in own if survey.key(url) not in here]
    if len({url for _, url in onward}) != 1 or len(visible_text(document)) > _LONGEST_DOOR:
        return None
    # A page of one post links that alone, too: a door says that it is one, or a picture leads to "/beranda".
    said = [text for text, _ in onward]
    leads = any(map(_ENTER.search, said)) or (not any(said) and _FRONT.search(onward[0][1]))
    return onward[0][1] if leads and all(len(each.split()) <= _MOST_WORDS for each in said) else None


def find_unknown(survey: Survey, document: Document) -> tuple[str, ...]:
    """Find addresses on a home page that may be posts and that no earlier look and no list has shown."""
    seen = set(survey.home.links or ())
    unknown = [url for key, url in _post_links(survey, document).items() if mark_of(key) not in seen]
    return tuple(url for url in unknown if survey.is_new(survey.key(url)))


def open_site(survey: Survey, page: Page) -> None:
    """Note where the site's home page lies; posts' keys are relative to it."""
    survey.site = page.url
    survey.home = replace(survey.home, site=page.url)


def remember_links(survey: Survey, document: Document) -> None:
    """Remember which posts a home page showed; a page shows some by turns, so earlier ones are kept."""
    marks = mark_links(survey, document)
    links = tuple(dict.fromkeys([*marks, *(survey.home.links or ())]))[:MAX_REMEMBERED]
    survey.home = replace(survey.home, links=links)


def _post_links(survey: Survey, document: Document) -> dict[str, str]:
    """Addresses by key that may be posts: pages of the site's own, and files, wherever those are kept."""
    return {survey.key(url): url for url in document.linked if _may_be_post(survey, url)}


def _may_be_post(survey: Survey, url: str) -> bool:
    return is_file(url) or (same_site(url, survey.site) and not is_never_post(url))


def look_for_spam(survey: Survey, document: Document) -> None:
    """Look for gambling spam as a visitor is shown it; what only robots are shown still stands."""
    cloaked = survey.home.spam.startswith(CLOAKED)
    found = find_spam(document) or (survey.home.spam if cloaked else "")
    survey.incident = found
    digest = "" if found else document.page.digest
    survey.home = replace(survey.home, spam=found, checked=survey.target.window.now, digest=digest)


def is_read(survey: Survey, page: Page) -> bool:
    """Tell whether this very page was read through before: the same bytes tell nothing new."""
    home = survey.home
    return page.ok and home.links is not None and bool(home.digest) and page.digest == home.digest


def note_unchanged(survey: Survey, *, visitor: bool) -> None:
    """Note a look that brought the page of an earlier one, which is then not read again."""
    if visitor:
        survey.home = replace(survey.home, checked=survey.target.window.now)
    note_mirror(survey, survey.home.links or ())


def note_mirror(survey: Survey, shown: Iterable[str]) -> None:
    """Note whether the home page shows the newest posts that the list of news held when it was last read.

    Args:
        shown: marks of the posts that the home page shows now.
    """
    newest = survey.lists.head[:FEWEST_MIRRORED]
    mirrors = bool(newest) and set(newest) <= set(shown)
    survey.home = replace(survey.home, mirrors=mirrors)


def mark_links(survey: Survey, document: Document) -> list[str]:
    """Give marks of the posts that a page links."""
    return [mark_of(key) for key in _post_links(survey, document)]


def plan_looks(survey: Survey) -> None:
    """Put off the next looks at the home page by up to a week: a first visit costs enough.

    The robot's has its turn half a week from the visitor's, and a city's accounts, most of which are first
    visited in one night, have theirs spread over the nights of a week.
    """
    now, home = survey.target.window.now, survey.home
    phase = timedelta(days=survey.target.account.id % LOOK_EVERY.days)
    robot = home.robot or now - (phase + LOOK_EVERY / 2) % LOOK_EVERY
    survey.home = replace(home, robot=robot, checked=home.checked and home.checked - phase)


def give_robots_up(survey: Survey) -> None:
    """Give up for a month on a firewall that turns false robots away: it will do so next week, too."""
    survey.home = replace(survey.home, robot=survey.target.window.now + PAUSE)


def look_as_robot(survey: Survey) -> Asking:
    """Look for spam that only search engines are shown, on the home page as their robots get it."""
    page = yield from survey.ask(survey.site, Purpose.HOME, headers=ROBOT_HEADERS)
    survey.incident = _judge_cloak(survey, page)
    survey.home = replace(survey.home, spam=survey.incident, robot=survey.target.window.now)
    return page


def _judge_cloak(survey: Survey, page: Page) -> str:
    """What the page for robots shows that a visitor's, which was clean, does not; empty for nothing."""
    site = survey.site
    if page.ok and judge_move(site, page.url, strict=True) is not None:
        return f"{CLOAKED}: whom a search engine sends is led from {site} to {page.url}."
    if is_read(survey, page):
        return ""
    # A firewall that turns false robots away says nothing about the site.
    if not page.ok or judge_page(page) is not None:
        return ""
    found = find_spam(parse_document(page))
    return f"{CLOAKED}: shown to search engines only, not to visitors. {found}" if found else ""
