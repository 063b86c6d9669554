"""The jury's desk: flags with both sides of the evidence, decisions, and what is known of an office."""

from urllib.parse import urlencode

from starlette.responses import Response

from activity.agency import Channel, Keeper
from activity.flag import FlagKind
from activity.jury import Action, Override, Stage
from activity.semester import Semester, night_of
from activity.user import Right
from db.office.keeper import load_keepers
from db.office.missed import load_missed
from db.office.upload import load_uploads
from db.semester.jury import load_objections, load_overrides
from desk.office.keeper import KeptState, read_kept
from desk.semester.decision import enter_decision
from desk.semester.stage import load_progress
from desk.view.case import find_beside, list_cases
from scoring.jury.decision import Progress, decisions_in_force
from web.door import PageRequest, own_path

__all__ = [
    "decide",
    "list_decisions",
    "list_flags",
    "measure",
    "show_agency",
    "show_flag",
    "show_overview",
    "show_work",
]

_A_PAGE = 50
_POSTS = 40
"""Posts of one flag that a page lists; a flood has hundreds, and is decided as a whole."""
_ON_POST = {Action.COUNT, Action.DROP}


def measure(ask: PageRequest, semester: str) -> Progress:
    """Measure how far a semester's result has come, now."""
    config = ask.door.config
    return load_progress(ask.door.engine, Semester.parse(semester), config.now(), config.zone)


def show_work(ask: PageRequest) -> Response:
    """Show what there is to work on."""
    door = ask.door
    kept = read_kept(door.engine, night_of(door.config.now(), door.config.zone))
    return ask.show(
        "work",
        semesters=door.semesters.list_semesters(),
        waiting=sum(each.closed_at is None for each in load_missed(door.engine)),
        files=sum(each.waits for each in load_uploads(door.engine)),
        lacking=sum(each.state in {KeptState.MISSING, KeptState.LONG_AGO} for each in kept),
    )


def show_overview(ask: PageRequest) -> Response:
    """Show one semester's desk."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    engine, live, name = ask.door.engine, ask.door.semesters.get(semester), str(semester)
    return ask.show(
        "overview",
        semester=semester,
        newest=ask.door.semesters.is_newest(live),
        progress=measure(ask, name),
        cases=len(live.judgement.flags),
        decisions=len(load_overrides(engine, name)),
        objections=len(load_objections(engine, name)),
        offices=[office.agency for office in live.offices.values()],
    )


def list_flags(ask: PageRequest) -> Response:
    """List what was flagged, of one kind, one office, or all; so many a page."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    standing = decisions_in_force(load_overrides(ask.door.engine, str(semester)))
    cases = list_cases(ask.door.semesters.get(semester).judgement, standing)
    kind, agency = ask.query.get("jenis", ""), ask.query.get("kantor", "").strip()
    only_open = bool(ask.query.get("terbuka"))
    found = [
        case
        for case in cases
        if (not kind or case.flag.kind.value == kind)
        and (not agency or agency.casefold() in f"{case.office} {case.flag.agency}".casefold())
        and (not only_open or case.is_open)
    ]
    pages = max(1, -(-len(found) // _A_PAGE))
    asked = ask.query.get("hal", "1")
    page = min(pages, int(asked)) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else 1
    return ask.show(
        "flags",
        semester=semester,
        cases=found[max(0, page - 1) * _A_PAGE : max(1, page) * _A_PAGE],
        count=len(cases),
        kinds=list(FlagKind),
        kind=kind,
        agency=agency[:80],
        only_open=only_open,
        page=max(1, page),
        pages=pages,
        query=urlencode({"jenis": kind, "kantor": agency} | ({"terbuka": "1"} if only_open else {})),
    )


def show_flag(ask: PageRequest) -> Response:
    """Show one flag, what it names side by side, and a form to decide on each post."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    door, live = ask.door, ask.door.semesters.get(semester)
    standing = decisions_in_force(load_overrides(door.engine, str(semester)))
    cases = list_cases(live.judgement, standing)
    case = next((case for case in cases if case.id == ask.path["flag"]), None)
    if case is None:
        return ask.lack()
    return ask.show(
        "flag",
        semester=semester,
        case=case,
        beside=find_beside(door.engine, live.judgement.config.zone, case.flag, live.offices),
        most=_POSTS,
        may_decide=ask.may(Right.DECIDE),
        is_sealed=measure(ask, str(semester)).stage is Stage.SEALED,
    )


def show_agency(ask: PageRequest) -> Response:
    """Show what the desk knows of one office; without one in the path, of the one that was chosen."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    live, name = ask.door.semesters.get(semester), str(semester)
    office = live.offices.get(ask.path.get("slug") or ask.query.get("agency", ""))
    if office is None:
        return ask.lack()
    slug = office.agency.slug
    if "slug" not in ask.path:
        return ask.go(f"/meja/{semester}/kantor/{slug}")
    every = load_overrides(ask.door.engine, name)
    standing = decisions_in_force(every)
    return ask.show(
        "agency",
        semester=semester,
        office=office,
        newest=ask.door.semesters.is_newest(live),
        cases=[case for case in list_cases(live.judgement, standing) if case.flag.agency == slug],
        decisions=[each for each in every if each.agency == slug],
        standing={each.number for each in standing},
        objections=[o for o in load_objections(ask.door.engine, name) if o.agency == slug],
        missed=load_missed(ask.door.engine, slug),
        keeper=load_keepers(ask.door.engine).get(slug, Keeper()),
        may_decide=ask.may(Right.DECIDE),
        is_sealed=measure(ask, name).stage is Stage.SEALED,
    )


def list_decisions(ask: PageRequest) -> Response:
    """List every decision of a semester, also those that no longer stand."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    found = load_overrides(ask.door.engine, str(semester))
    standing = {each.number for each in decisions_in_force(found)}
    return ask.show("decisions", semester=semester, found=found, standing=standing)


def decide(ask: PageRequest) -> Response:
    """Enter a decision under the name of whoever signed in."""
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return ask.lack()
    back = own_path(ask.form.get("back", ""), f"/meja/{semester}/keputusan")
    problem = _find_problem(ask)
    if problem:
        title = ask.door.pages.say("desk.failed")
        return ask.show("message", 400, title=title, lead=problem, back=back)
    assert ask.user is not None
    action, withdraws = _read_action(ask.form["action"])
    draft = Override(
        number=0,
        semester=str(semester),
        agency=ask.form["agency"],
        channel=Channel(ask.form["channel"]),
        action=action,
        post=ask.form.get("post", "").strip() if action in _ON_POST else None,
        who=ask.user.signature,
        reason=ask.words("reason"),
        evidence=ask.words("evidence", 300),
        decided_at=ask.door.config.now(),
        withdraws=withdraws,
    )
    enter_decision(ask.door.engine, ask.door.config, draft)
    return ask.go(back)


def _find_problem(ask: PageRequest) -> str:
    """What will not do, in words; empty where all is well."""
    say, form = ask.door.pages.say, ask.form
    try:
        action, _ = _read_action(form.get("action", ""))
        Channel(form.get("channel", ""))
    except ValueError:
        return say("desk.bad_choice")
    if not form.get("agency"):
        return say("desk.bad_office")
    if action in _ON_POST and not form.get("post", "").strip():
        return say("desk.bad_post")
    if not ask.words("reason"):
        return say("desk.bad_words", field=say("desk.reason"), most=1000)
    if not ask.words("evidence", 300):
        return say("desk.bad_words", field=say("desk.evidence"), most=300)
    return ""


def _read_action(text: str) -> tuple[Action, int | None]:
    """What is decided, and the decision that is taken back; raises ValueError for anything else.

    >>> _read_action("withdraw 7"), _read_action("exclude from places")
    ((<Action.WITHDRAW: 'withdraw'>, 7), (<Action.EXCLUDE: 'exclude from places'>, None))
    """
    word, _, number = text.partition(" ")
    if word == Action.WITHDRAW.value:
        return Action.WITHDRAW, int(number[:9])
    return Action(text), None
