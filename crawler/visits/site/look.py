"""A night that asks for the home page, as a visitor or a robot gets it, and not for the list of news."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from activity.outcome import Outcome
from activity.visit import Fetch, Harvest, Page
from crawler.discover.shape import shape_of
from crawler.extract.document import Document, parse_document
from crawler.health import judge_page
from crawler.visits.site.home import find_unknown, look_as_robot, look_for_spam, open_home, remember_links
from crawler.visits.site.listing import list_page
from crawler.visits.site.side import claim_since
from crawler.visits.site.survey import Survey
from crawler.visits.site.turn import Look, end_turn

__all__ = ["look_at_home", "rest", "take_news"]

# A list names a post some time after, or before, a home page does.
_LATE: Final = timedelta(days=2)


def look_at_home(survey: Survey, look: Look) -> Generator[Fetch, Page, Harvest | None]:
    """Tonight's one look; None where it calls for the list of news as well.

    That is where the page cannot be read, and where it shows a post that nothing has shown before.
    """
    page = yield from (look_as_robot(survey) if look is Look.ROBOT else open_home(survey))
    verdict = judge_page(page)
    if look is Look.ROBOT and survey.incident:
        return rest(survey, page.url, "")
    if verdict is not None or not page.ok:
        survey.note("home page", verdict.detail if verdict else page.detail)
        if look is Look.ROBOT:
            _give_robots_up(survey)
        return None
    document = parse_document(page)
    if look is Look.HOME:
        look_for_spam(survey, document)
    if survey.incident:
        return rest(survey, page.url, "")
    if take_news(survey, document):
        return None
    return rest(survey, page.url, "The home page shows no new post; the list has its turn tomorrow.")


def take_news(survey: Survey, document: Document) -> bool:
    """Whether a home page shows posts that nothing has shown before; they are kept in `survey.news`."""
    old = {
        survey.key(item.url)
        for item in list_page(survey, document)
        if item.date is not None and _is_past(survey, item.date.at)
    }
    shapes = {shape_of(key) for key in survey.target.known}
    unknown = {survey.key(url): url for url in find_unknown(survey, document)}
    compared = isinstance(survey.target.memory.facts.get("links"), list)
    remember_links(survey, document)
    if compared:
        fresh = {key: url for key, url in unknown.items() if not shapes or shape_of(key) in shapes}
        survey.news.update({key: url for key, url in fresh.items() if key not in old})
    if survey.news:
        told = f"It shows {len(survey.news)} posts not seen before, such as {_first(survey)}."
        survey.note("home page", told)
    return bool(survey.news)


def rest(survey: Survey, url: str, detail: str) -> Harvest:
    """The harvest of a night on which the list of news was not asked: it is read from where it was left."""
    end_turn(survey)
    since = claim_since(survey, None, listed=False)
    quiet = not any(key not in survey.target.known for key in survey.posts)
    harvest = survey.conclude(Outcome.UNCHANGED if quiet else None, detail if quiet else "", since)
    memory = replace(harvest.memory, seen_at=survey.target.memory.seen_at)
    return replace(harvest, memory=memory, endpoint=url)


def _is_past(survey: Survey, at: datetime) -> bool:
    seen = survey.target.memory.seen_at
    return at < survey.target.window.since or (seen is not None and at < seen - _LATE)


def _give_robots_up(survey: Survey) -> None:
    """A firewall that turns false robots away will do so next week: ask it again in a month."""
    survey.facts["robot"] = (survey.target.window.now + timedelta(days=21)).isoformat()


def _first(survey: Survey) -> str:
    return next(iter(survey.news.values()))
