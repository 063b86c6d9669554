"""A site's home page: opened as a visitor, over plain http where https fails, and once a week as a robot."""

import re
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zlib import crc32

from activity.outcome import Failure
from activity.visit import Page, Purpose
from crawler.discover.shape import is_never_post
from crawler.extract.document import Document, parse_document
from crawler.extract.key import same_site
from crawler.extract.spam import find_spam
from crawler.health import judge_move, judge_page
from crawler.visits.site.survey import Asking, Survey

__all__ = [
    "CLOAKED",
    "LOOK_EVERY",
    "find_unknown",
    "look_as_robot",
    "look_for_spam",
    "open_home",
    "put_off_robot",
    "read_moment",
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
MAX_REMEMBERED: Final = 400
_TOO_LITTLE = 20_000
_REFRESH = re.compile(r"\d+\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_CERTIFICATE = {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}
_CLOSED = {Failure.REFUSED, Failure.RESET, Failure.TIMEOUT}


def open_home(survey: Survey) -> Asking:
    """Fetch the home page, also where the first page only sends the visitor on."""
    page = yield from survey.ask(survey.target.account.address, Purpose.HOME)
    page = yield from _open_plainly(survey, page)
    for _ in range(2):
        following = _find_refresh(page) if page.ok else None
        if following is None or following in survey.asked:
            break
        page = yield from survey.ask(following, Purpose.HOME)
    return page


def _open_plainly(survey: Survey, page: Page) -> Asking:
    """The same page over http where https is closed or its certificate fails; what failed is remembered.

    A registry's bare host is taken to speak https, and many a small office's does not.
    """
    address = urlsplit(survey.target.account.address)
    if page.failure is None or address.scheme != "https" or address.port is not None:
        survey.facts.pop("https", None)
        return page
    if page.failure not in _CERTIFICATE | _CLOSED or not _may_try_http(survey, page.failure):
        return page
    survey.facts["tried_http"] = survey.target.window.now.isoformat()
    plain = yield from survey.ask(address._replace(scheme="http").geturl(), Purpose.HOME)
    if not plain.ok:
        return page
    why = f"{page.failure}, {page.detail}" if page.detail else str(page.failure)
    survey.facts["https"] = f"https fails ({why}); read over plain http."
    return plain


def _may_try_http(survey: Survey, failure: Failure) -> bool:
    """Now and then only where nothing answers: a dead host fails over http as well, and takes its time."""
    tried = read_moment(survey.facts.get("tried_http") or survey.target.memory.facts.get("tried_http"))
    due = tried is None or survey.target.window.now - tried >= LOOK_EVERY
    return failure in _CERTIFICATE or due


def read_moment(text: object) -> datetime | None:
    """A moment out of the memory, None for anything that is none."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _find_refresh(page: Page) -> str | None:
    if len(page.body) > _TOO_LITTLE or (b"efresh" not in page.body and b"frame" not in page.body):
        return None
    document = parse_document(page)
    if len(document.tree.css("a[href]")) > 5:
        return None
    for element in document.tree.css("meta[http-equiv]"):
        if (element.attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.search(element.attributes.get("content") or "")
            if match is not None:
                return document.resolve(match[1].strip())
    frames = document.tree.css("frameset frame[src]")
    return document.resolve(frames[-1].attributes.get("src") or "") if frames else None


def find_unknown(survey: Survey, document: Document) -> tuple[str, ...]:
    """Addresses on a home page that may be posts and that no earlier look and no list has shown."""
    seen = set(_remembered(survey))
    unknown = [url for key, url in _post_links(survey, document).items() if _mark(key) not in seen]
    return tuple(
        url
        for url in unknown
        if (key := survey.key(url)) not in survey.target.known and key not in survey.settled
    )


def remember_links(survey: Survey, document: Document) -> None:
    """Remember which posts a home page showed; a page shows some by turns, so earlier ones are kept."""
    marks = [_mark(key) for key in _post_links(survey, document)]
    survey.facts["links"] = list(dict.fromkeys([*marks, *_remembered(survey)]))[:MAX_REMEMBERED]


def _post_links(survey: Survey, document: Document) -> dict[str, str]:
    links = (document.resolve(a.attributes.get("href") or "") for a in document.tree.css("a[href]")[:3000])
    own = [url for url in links if url is not None and same_site(url, survey.site) and not is_never_post(url)]
    return {survey.key(url): url for url in own}


def _remembered(survey: Survey) -> list[str]:
    marks = survey.facts.get("links") or survey.target.memory.facts.get("links")
    return [str(mark) for mark in marks] if isinstance(marks, list) else []


def _mark(key: str) -> str:
    """A key in a few letters: hundreds are kept for each account."""
    return f"{crc32(key.encode()):08x}"


def look_for_spam(survey: Survey, document: Document) -> None:
    """Look for gambling spam as a visitor is shown it; what only robots are shown still stands."""
    cloaked = str(survey.facts.get("spam") or "").startswith(CLOAKED)
    found = find_spam(document) or (str(survey.facts["spam"]) if cloaked else "")
    survey.incident = survey.facts["spam"] = found
    survey.facts["checked"] = survey.target.window.now.isoformat()


def put_off_robot(survey: Survey) -> None:
    """Leave the robot's page for half a week later: a first visit costs enough.

    So it also has its turn on another night than the look at the home page.
    """
    looked = survey.target.memory.facts.get("robot")
    survey.facts["robot"] = looked or (survey.target.window.now - LOOK_EVERY / 2).isoformat()


def look_as_robot(survey: Survey) -> Asking:
    """Look for spam that only search engines are shown, on the home page as their robots get it."""
    page = yield from survey.ask(survey.site, Purpose.HOME, headers=ROBOT_HEADERS)
    survey.incident = survey.facts["spam"] = _judge_cloak(survey.site, page)
    survey.facts["robot"] = survey.target.window.now.isoformat()
    return page


def _judge_cloak(site: str, page: Page) -> str:
    """What the page for robots shows that a visitor's, which was clean, does not; empty for nothing."""
    if page.ok and judge_move(site, page.url, strict=True) is not None:
        return f"{CLOAKED}: whom a search engine sends is led from {site} to {page.url}."
    # A firewall that turns false robots away says nothing about the site.
    if not page.ok or judge_page(page) is not None:
        return ""
    found = find_spam(parse_document(page))
    return f"{CLOAKED}: shown to search engines only, not to visitors. {found}" if found else ""
