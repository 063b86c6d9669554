"""One visit to an awkward site, without a network; by whatever version of Denyut stands on the path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from importlib import import_module
from typing import Any

from activity.agency import Account, Channel
from activity.outcome import Failure
from activity.post import Post as Found
from activity.testing import drive
from activity.visit import Fetch, Harvest, Memory, Page, Target, Visit, Window
from tests.awkward.address import BASE
from tests.awkward.site import Site

__all__ = ["MODULE", "Looked", "answering", "look"]


def _find_visit() -> tuple[str, Callable[[Target], Visit]]:
    """Version 0.1 kept the website's visit elsewhere; the generator is calibrated on it."""
    for name in ("crawler.visits.site.website", "crawler.visits.website"):
        try:
            return name, import_module(name).visit
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError("no visit of a website")


MODULE, _visit = _find_visit()
_REDIRECTS = 5


@dataclass(frozen=True)
class Looked:
    """What a visit came to; `crash` where it raised."""

    harvest: Harvest | None
    asked: tuple[Fetch, ...] = ()
    crash: str = ""


def answering(site: Site, now: datetime) -> Callable[[Fetch], Page]:
    """What the site says to each fetch, redirects followed as an HTTP client does."""

    def answer(fetch: Fetch) -> Page:
        if now in site.life.down and not site.plan["course"].startswith("upkeep"):
            return Page(fetch, fetch.url, None, now, failure=Failure.TIMEOUT, detail="timed out")
        url = fetch.url
        asked = {"if-none-match": fetch.validators.etag} if fetch.validators.etag else {}
        for _ in range(_REDIRECTS):
            reply = site.respond(url, now, asked)
            if reply.status not in {301, 302}:
                return Page(fetch, url, reply.status, now, headers=dict(reply.headers), body=reply.body)
            url = reply.headers["location"]
        return Page(fetch, url, None, now, failure=Failure.TOO_MANY_REDIRECTS)

    return answer


def look(site: Site, target: Target) -> Looked:
    """Drive the visit at the target's moment."""
    answer, now = answering(site, target.window.now), target.window.now
    try:
        harvest, asked = drive(_visit(target), answer, now)
    except Exception as error:  # noqa: BLE001 - a crash of the visit is a finding
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        return Looked(None, crash=f"{type(error).__name__}: {error} at {where}")
    return Looked(harvest, asked)


def first_target(site: Site, known: Mapping[str, Found] | None = None) -> Target:
    """The target of a first visit."""
    now = site.life.nights[0]
    given: dict[str, Any] = {
        "account": Account(1, "dinas", Channel.WEBSITE, f"{BASE}/"),
        "window": Window(site.life.since, now),
        "zone": site.life.zone,
        "memory": Memory(),
        "known": frozenset(known or ()),
    }
    return Target(
        **{name: value for name, value in given.items() if name in {f.name for f in fields(Target)}}
    )
