"""Reading a few articles to learn which witnesses of a site's dates can be trusted."""

from collections.abc import Generator

from activity.visit import Fetch, Page
from crawler.health import judge_page
from crawler.visits.site.article import read_articles, take_article
from crawler.visits.site.candidate import Candidate
from crawler.visits.site.render import ask_article
from crawler.visits.site.survey import Survey
from crawler.visits.site.testimony import doubt_moved, judge_testimony, note_asked
from crawler.visits.site.trust import choose_samples
from crawler.visits.site.weigh import name_witness

__all__ = ["confirm_witnesses"]


def confirm_witnesses(survey: Survey) -> Generator[Fetch, Page, None]:
    """Hold feeds and lists against a few articles, and articles' machine dates against what readers are told.

    What is refuted dates nothing any more; posts that only it dated are read themselves.
    """
    doubt_moved(survey)
    judge_testimony(survey)
    samples, witnesses = choose_samples(
        survey.finds.posts.values(), survey.trust, survey.site, survey.walks.doubtful
    )
    for post in samples:
        if post.url in survey.trail.asked:
            continue
        page = yield from ask_article(survey, post.url)
        if page.ok and judge_page(page) is None:
            candidate = Candidate(post.url, post.title, key=post.key)
            take_article(survey, candidate, page, thorough=True)
    note_asked(survey, witnesses)
    judge_testimony(survey, final=True)
    yield from read_articles(survey)
    _learn_shift(survey)


def _learn_shift(survey: Survey) -> None:
    """Let clock times that pages show without a zone be held against moments that a feed states."""
    for _, claims in survey.finds.claims():
        for stated in claims[:1]:
            for seen in claims[1:]:
                if name_witness(stated.evidence[0]) not in survey.trust.refuted:
                    survey.lessons.learn_shift(stated, seen)
