"""Proposing an office's accounts: its home page names them, the profiles themselves confirm them."""

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any, Final

from activity.agency import Channel
from activity.outcome import Outcome
from activity.visit import Fetch, Page, Purpose, Target, Visit
from crawler.discover.profile import Proposal, discover_profiles
from crawler.extract.page.document import parse_document
from crawler.extract.page.key import same_site
from crawler.health import judge_page
from crawler.reach import Reach
from crawler.visits.meta.graph import GraphAccess, Json, ask, build_url
from crawler.visits.site.conclude import conclude, fail
from crawler.visits.site.list.home import open_home
from crawler.visits.site.survey.memory import SiteMemory
from crawler.visits.site.survey.parts import Survey

__all__ = ["PROPOSALS", "visit"]

PROPOSALS: Final = "proposals"


def visit(target: Target, graph: GraphAccess) -> Visit:
    """Read a home page for the office's own accounts; `Memory.facts["proposals"]` of the harvest lists them.

    Each is plain JSON: channel, address, place, link, alike, `confirmed` (True where the profile names
    the site, False where it names another, None where it could not be asked) and `profile_says`.
    """
    survey = Survey(target, SiteMemory())
    home = yield from open_home(survey)
    verdict = judge_page(home)
    if verdict is not None:
        return fail(survey, verdict)
    found = []
    for proposal in discover_profiles(parse_document(home)):
        told = yield from _ask_profile(proposal, graph)
        found.append(_as_json(proposal, told, home.url))
    harvest = conclude(survey, Outcome.OK if found else Outcome.EMPTY, Reach())
    return replace(harvest, memory=replace(target.memory, facts={PROPOSALS: found}))


def _ask_profile(proposal: Proposal, graph: GraphAccess) -> Generator[Fetch, Page, str | None]:
    """The website that a profile names, empty for none; None where it could not be asked."""
    fetch = _plan_question(proposal, graph)
    if fetch is None:
        return None
    body, error = yield from ask(fetch)
    return None if error is not None else _website(body)


def _plan_question(proposal: Proposal, graph: GraphAccess) -> Fetch | None:
    """What asks for the website; None without a token, and of a channel that is not Meta's."""
    match proposal.channel:
        case Channel.INSTAGRAM if graph.instagram_token and graph.instagram_user_id:
            fields = f"business_discovery.username({proposal.address}){{username,website}}"
            url, token = build_url(graph, graph.instagram_user_id, fields=fields), graph.instagram_token
        case Channel.FACEBOOK if graph.facebook_token:
            url, token = build_url(graph, proposal.address, fields="name,website"), graph.facebook_token
        case _:
            return None
    return Fetch(url, Purpose.API, token=token)


def _website(body: Json) -> str:
    inner = body.get("business_discovery")
    source: Mapping[str, Any] = inner if isinstance(inner, dict) else body
    website = source.get("website")
    return website.strip() if isinstance(website, str) else ""


def _as_json(proposal: Proposal, told: str | None, site: str) -> dict[str, Any]:
    """Pages may name several sites in one field; one that is ours confirms."""
    named = told.replace(",", " ").split() if told else []
    return {
        "channel": proposal.channel.value,
        "address": proposal.address,
        "place": proposal.place.value,
        "link": proposal.link,
        "alike": proposal.alike,
        "confirmed": None if not named else any(same_site(one, site) for one in named),
        "profile_says": told,
    }
