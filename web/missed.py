"""A post that was missed: whoever looks may say so, an officer answers."""

import time

from starlette.responses import Response

from activity.agency import Agency, Channel
from activity.user import Missed, Right
from db.office.missed import answer_missed, load_missed
from db.office.registry import load_agencies
from desk.office.missed import is_web_address, report_missed
from web.door import PageRequest

__all__ = ["close_report", "list_reports", "send_report", "show_form"]


def show_form(ask: PageRequest, problem: str = "", status: int = 200) -> Response:
    """Show the form, with what was written before where that would not do."""
    form = ask.form or {"agency": ask.query.get("kantor", "")}
    agencies = sorted(_load_agencies(ask), key=lambda each: each.name.casefold())
    return ask.show("missed", status, offices=agencies, channels=list(Channel), form=form, problem=problem)


def send_report(ask: PageRequest) -> Response:
    """Take a report, where it says which post of whom."""
    door, say = ask.door, ask.door.pages.say
    problem = _find_problem(ask)
    if problem:
        return show_form(ask, problem, 400)
    number = None
    if door.reports.take(ask.client, time.monotonic()):
        draft = Missed(
            0,
            ask.form["agency"],
            Channel(ask.form["channel"]),
            ask.words("url", 500),
            ask.words("who", 100),
            ask.words("note"),
            door.config.now(),
        )
        number = report_missed(door.engine, draft)
    if number is None:
        return show_form(ask, say("desk.too_many_reports"), 429)
    title, lead = say("desk.thanks"), say("desk.thanks_lead", number=number)
    return ask.show("message", title=title, lead=lead, back="/")


def _find_problem(ask: PageRequest) -> str:
    """What will not do, in words; empty where all is well."""
    say = ask.door.pages.say
    if ask.form.get("agency", "") not in {each.slug for each in _load_agencies(ask)}:
        return say("desk.bad_office")
    if ask.form.get("channel", "") not in {channel.value for channel in Channel}:
        return say("desk.bad_channel")
    if not is_web_address(ask.words("url", 500)):
        return say("desk.bad_url")
    if not ask.words("who", 100):
        return say("desk.bad_words", field=say("desk.missed_who"), most=100)
    if len(ask.form.get("note", "")) > 1000:
        return say("desk.bad_words", field=say("desk.missed_note"), most=1000)
    return ""


def _load_agencies(ask: PageRequest) -> list[Agency]:
    return [row.agency for row in load_agencies(ask.door.engine)]


def list_reports(ask: PageRequest) -> Response:
    """List every report, those that wait first."""
    found = load_missed(ask.door.engine)
    return ask.show("reports", found=found, may_handle=ask.may(Right.HANDLE))


def close_report(ask: PageRequest) -> Response:
    """Say what was done about a report."""
    answer, say = ask.words("answer"), ask.door.pages.say
    if not answer:
        said = say("desk.bad_words", field=say("desk.missed_answer"), most=1000)
        title = say("desk.failed")
        return ask.show("message", 400, title=title, lead=said, back="/meja/terlewat")
    assert ask.user is not None
    number, now = ask.path["number"], ask.door.config.now()
    answer_missed(ask.door.engine, number, who=ask.user.signature, answer=answer, now=now)
    return ask.go("/meja/terlewat")
