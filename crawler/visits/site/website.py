"""A website's visit: every post since the window's start, then new ones for a request or two a night."""

from activity.visit import Target, Visit
from crawler.visits.site.again import visit_again
from crawler.visits.site.first import visit_first
from crawler.visits.site.minute import put_off_minutes
from crawler.visits.site.survey import Survey, SurveyEndedError, recall_facts

__all__ = ["visit"]


def visit(target: Target) -> Visit:
    """Find a website's posts since `target.window.since`, each with its date and the evidence for it.

    The first visit discovers where posts are listed and goes back over the window; later ones ask
    the remembered endpoint and stop at what is known. A budget that ends the visit ends it as
    `limited`, with the posts so far and, in `Memory.facts`, where to go on the next night.
    """
    kept = recall_facts(target.memory.facts)
    survey = Survey(target, site=str(target.memory.facts.get("site") or target.account.address), facts=kept)
    try:
        if survey.remembered is not None:
            harvest = yield from visit_again(survey)
            if harvest is not None:
                return harvest
            asked, notes, kept = survey.requests, survey.notes, recall_facts(survey.facts)
            survey = Survey(target, site=target.account.address, requests=asked, notes=notes, facts=kept)
        return (yield from visit_first(survey))
    except SurveyEndedError as end:
        put_off_minutes(survey)
        return survey.conclude(end.outcome, end.message, survey.reached)
