"""Objections of offices: listed, written down, answered."""

from starlette.responses import Response

from activity.agency import Channel
from activity.jury import Objection, Stage
from activity.user import Right
from db.semester.jury import load_objections, save_answer
from desk.semester.objection import enter_objection
from web.door import PageRequest
from web.jury import measure

__all__ = ["answer", "file", "list_objections"]


def list_objections(ask: PageRequest) -> Response:
    """List every objection of a semester, with its answer, and a form for another."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    name, progress = str(semester), measure(ask, str(semester))
    live = ask.door.semesters.get(semester)
    return ask.show(
        "objections",
        semester=semester,
        found=load_objections(ask.door.engine, name),
        progress=progress,
        offices=[office.agency for office in live.offices.values()],
        channels=list(Channel),
        may_decide=ask.may(Right.DECIDE),
        is_sealed=progress.stage is Stage.SEALED,
    )


def file(ask: PageRequest) -> Response:
    """Write an office's objection down; who did so stands beside who objects."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    say, form = ask.door.pages.say, ask.form
    who, reason, channel = ask.words("who", 100), ask.words("reason"), form.get("channel", "")
    if not who:
        return _refuse(ask, say("desk.bad_words", field=say("desk.objector"), most=100))
    if not reason:
        return _refuse(ask, say("desk.bad_words", field=say("desk.objection_reason"), most=1000))
    if channel not in {"", *(each.value for each in Channel)}:
        return _refuse(ask, say("desk.bad_channel"))
    assert ask.user is not None
    written = say("desk.written_by", name=ask.user.signature)
    draft = Objection(
        0,
        str(semester),
        form.get("agency", ""),
        Channel(channel) if channel else None,
        f"{who} ({written})",
        reason,
        ask.door.config.now(),
        late=ask.words("late", 300) or None,
    )
    enter_objection(ask.door.engine, ask.door.config, draft)
    return ask.go(ask.here)


def answer(ask: PageRequest) -> Response:
    """Answer an objection under the name of whoever signed in."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    number, say = ask.path["number"], ask.door.pages.say
    if number not in {each.number for each in load_objections(ask.door.engine, str(semester))}:
        return ask.lack()
    said, verdict = ask.words("answer"), ask.form.get("verdict")
    if not said:
        return _refuse(ask, say("desk.bad_words", field=say("desk.answer"), most=1000))
    if verdict not in {"accept", "reject"}:
        return _refuse(ask, say("desk.bad_choice"))
    assert ask.user is not None
    accepted, now = verdict == "accept", ask.door.config.now()
    save_answer(ask.door.engine, number, who=ask.user.signature, answer=said, accepted=accepted, now=now)
    return ask.go(f"/meja/{semester}/sanggahan")


def _refuse(ask: PageRequest, problem: str) -> Response:
    title = ask.door.pages.say("desk.failed")
    back = f"/meja/{ask.path['semester']}/sanggahan"
    return ask.show("message", 400, title=title, lead=problem, back=back)
