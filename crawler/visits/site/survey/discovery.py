"""What is remembered of how a site was found out about. One writer of `Survey.discovery`: this module."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from activity.outcome import Failure
from activity.visit import Page, Purpose
from crawler.visits.site.survey.parts import Survey

__all__ = [
    "DISCOVER_EVERY",
    "GUESS_EVERY",
    "begin_discovery",
    "believe_rough_lists",
    "count_miss",
    "forget_misses",
    "forget_rendering",
    "is_passing",
    "may_discover",
    "may_guess",
    "note_guess",
    "note_templates",
    "remember_rendering",
    "unsettle_guess",
]

# What some home pages show by turns may not be posts at all: looking anew for them once a month is enough.
DISCOVER_EVERY: Final = timedelta(days=28)
# What was guessed in vain is not guessed again on every night that discovers the site anew.
GUESS_EVERY: Final = timedelta(days=28)
MISSES_FORGIVEN: Final = 2


def begin_discovery(survey: Survey) -> None:
    """Note that the whole window is asked for."""
    survey.discovery = replace(survey.discovery, asked=survey.target.window.since, misses=0)


def may_discover(survey: Survey) -> bool:
    """Tell whether the site may be discovered anew because of what its home page shows; notes that it is."""
    last, now = survey.discovery.anew, survey.target.window.now
    if last is not None and now - last < DISCOVER_EVERY:
        return False
    survey.discovery = replace(survey.discovery, anew=now)
    return True


def may_guess(survey: Survey) -> bool:
    """Tell whether usual feed addresses were not guessed in vain lately."""
    guessed = survey.discovery.guessed
    return guessed is None or survey.target.window.now - guessed >= GUESS_EVERY


def note_guess(survey: Survey) -> None:
    """Note that usual feed addresses are guessed tonight."""
    survey.discovery = replace(survey.discovery, guessed=survey.target.window.now)


def unsettle_guess(survey: Survey) -> None:
    """Note that a guess was right."""
    survey.discovery = replace(survey.discovery, guessed=None)


def note_templates(survey: Survey, templates: Mapping[str, str]) -> None:
    """Note how the site's script makes addresses."""
    survey.discovery = replace(survey.discovery, templates=dict(templates))


def believe_rough_lists(survey: Survey) -> None:
    """Take a list's word where articles say no more than it, tonight and on later nights."""
    survey.discovery = replace(survey.discovery, rough=True)


def remember_rendering(survey: Survey, purpose: Purpose) -> None:
    """Render pages of this purpose at once from now on, tonight and on later nights."""
    purposes = tuple(sorted({*survey.discovery.rendered, purpose.value}))
    survey.discovery = replace(survey.discovery, rendered=purposes)


def forget_rendering(survey: Survey) -> None:
    """Render nothing at once: it showed no more."""
    survey.discovery = replace(survey.discovery, rendered=())


def is_passing(survey: Survey, page: Page) -> bool:
    """Tell whether a server's trouble may be over tomorrow; the third night in a row it is taken to last."""
    if page.failure in {Failure.CERTIFICATE, Failure.CERTIFICATE_EXPIRED}:
        return False
    ill = page.status is None or page.status >= 500 or page.status == 429
    return ill and survey.discovery.misses < MISSES_FORGIVEN


def count_miss(survey: Survey) -> None:
    """Note one more night on which the endpoint failed."""
    survey.discovery = replace(survey.discovery, misses=survey.discovery.misses + 1)


def forget_misses(survey: Survey) -> None:
    """Note that the endpoint answered."""
    survey.discovery = replace(survey.discovery, misses=0)
