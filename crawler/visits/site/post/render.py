"""Articles that only a script fills: read as they come, and rendered where that gives no date."""

from activity.visit import Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.page.document import parse_document
from crawler.visits.site.post.frame import is_frame
from crawler.visits.site.survey.discovery import remember_rendering
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import Asking

__all__ = ["ask_article"]

# Rendering that dated none of so many articles will not date the others.
MAX_IN_VAIN = 2


def ask_article(survey: Survey, url: str) -> Asking:
    """Fetch an article; once more rendered, where its own page dates nothing and a script fills it."""
    page = yield from survey.ask(url, Purpose.ARTICLE)
    if page.fetch.rendered or not survey.target.rendering or not page.ok or _is_dated(survey, page):
        return page
    frame = is_frame(parse_document(page))
    likely = survey.renders(Purpose.LISTING) and survey.trail.rendered_in_vain < MAX_IN_VAIN
    if not frame and not likely:
        return page
    drawn = yield from survey.ask(url, Purpose.ARTICLE, rendered=True)
    if not drawn.ok:
        return page
    if frame or _is_dated(survey, drawn):
        remember_rendering(survey, Purpose.ARTICLE)
    else:
        survey.trail.count_rendering_in_vain()
    return drawn


def _is_dated(survey: Survey, page: Page) -> bool:
    document = parse_document(page)
    hints = survey.lessons.hints_for(document)
    article = extract_article(document, now=page.fetched_at, zone=survey.target.zone, hints=hints)
    return article.date is not None
