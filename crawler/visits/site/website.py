"""A website's visit: every post since the window's start, then new ones for a request or two a night."""

from activity.visit import Target, Visit
from crawler.visits.site.again import visit_again
from crawler.visits.site.conclude import conclude, kept_memory
from crawler.visits.site.first import visit_first
from crawler.visits.site.post.identity import rename_stored
from crawler.visits.site.post.minute import put_off_minutes
from crawler.visits.site.survey.claim import claim_site
from crawler.visits.site.survey.memory import read_memory
from crawler.visits.site.survey.parts import Survey
from crawler.visits.site.survey.trail import VisitEndedError

__all__ = ["visit"]


def visit(target: Target) -> Visit:
    """Find a website's posts since `target.window.since`, each with its date and the evidence for it.

    The first visit discovers where posts are listed and goes back over the window; later ones ask
    the remembered endpoint and stop at what is known. A budget that ends the visit ends it as
    `limited`, with the posts so far and, in its memory, where to go on the next night.
    """
    memory, note = read_memory(target.memory)
    survey = Survey(target, memory)
    if note:
        survey.note("memory", note)
    rename_stored(survey)
    try:
        if survey.remembered is not None and not note:
            harvest = yield from visit_again(survey)
            if harvest is not None:
                return harvest
        survey = _begin_anew(survey)
        return (yield from visit_first(survey))
    except VisitEndedError as end:
        put_off_minutes(survey)
        return conclude(survey, end.outcome, claim_site(survey), end.message)


def _begin_anew(survey: Survey) -> Survey:
    """The same visit with nothing found yet: what it asked counts, and what holds of the site is kept.

    Lists that answered are asked once more, for what they showed is forgotten: else the announcements that a
    thorough night had read before its feed proved too short would be in no list of the new start.
    """
    kept = kept_memory(survey)
    survey.trail.begin_again(tuple(survey.trail.answered))
    anew = Survey(survey.target, kept, trail=survey.trail, address=survey.target.account.address)
    rename_stored(anew)
    anew.finds.take_over(survey.finds)
    anew.earned = survey.earned
    return anew
