"""What the API answers: rows of a view, the semesters, a semester's ranking, and its own document."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from activity.errors import StoreError
from activity.ranking import Category
from activity.semester import Semester
from db.asking import asking
from db.export.choice import FILTERS, RowChoice
from db.export.page import read_page
from db.export.rows import tell_row
from desk.semester.judge import Judgement
from desk.semester.stage import load_progress
from desk.view.ranking_json import describe_combined, describe_head, describe_standing
from web.api.ask import ApiRequest
from web.api.cursor import read_cursor, write_cursor
from web.api.offer import API, Offer, list_offers
from web.api.parameter import LIMIT, read_parameters
from web.api.ranking import CHOICES
from web.door import PageRequest

__all__ = ["for_programs", "lack", "list_semesters", "show_ranking", "show_rows"]

_SECONDS = 10.0
"""Longest that one answer may take of the database."""
_PIECE = 200
"""Standings that are written at a time: some 500 kB."""


def for_programs(answer: Callable[[ApiRequest], Response]) -> Callable[[PageRequest], Response]:
    """Let programs ask, but not too often."""

    def page(ask: PageRequest) -> Response:
        assert isinstance(ask, ApiRequest)
        if not ask.door.questions.take(ask.client, time.monotonic()):
            return ask.slow_down("api.too_often", 60)
        return answer(ask)

    return page


def lack(ask: PageRequest) -> Response:
    """Answer that there is no such address."""
    return ask.tell(404, "desk.not_found", "api.not_found")


def show_rows(ask: ApiRequest) -> Response:
    """Show a page of a view."""
    offer = list_offers(is_public=ask.door.is_public).get(ask.path["view"])
    if offer is None:
        return lack(ask)
    if not ask.may(offer.right):
        return ask.tell(403, "desk.refused", "desk.refused_lead")
    said = read_parameters(offer.parameters, ask.asked)
    after = read_cursor(offer.table, said["cursor"]) if "cursor" in said else None
    chosen = _choose(ask, said)
    if not ask.door.asking.acquire(timeout=_SECONDS):
        raise StoreError("Too many questions are being answered.", "Ask again in a moment.")
    try:
        with asking(ask.door.config.database_url, _SECONDS) as asked:
            page = read_page(asked, offer.table, chosen, after, said.get(LIMIT.name, LIMIT.schema["default"]))
    finally:
        ask.door.asking.release()
    following = None if page.after is None else _write_next(ask, offer, page.after)
    headers = {} if following is None else {"Link": f'<{following}>; rel="next"'}
    return ask.answer(
        {"items": [tell_row(offer.table, row) for row in page.rows], "next": following}, headers
    )


def _choose(ask: ApiRequest, said: Mapping[str, Any]) -> RowChoice:
    equal = {column: said[name] for name, column in FILTERS.items() if name in said}
    return RowChoice(
        equal, said.get("since"), said.get("until"), _list_sealed(ask) if ask.door.is_public else None
    )


def _list_sealed(ask: ApiRequest) -> Mapping[str, str]:
    """Semesters that everybody may see, each with the moment of its seal."""
    found = {}
    for semester in ask.door.list_shown():
        seal = load_progress(ask.door.engine, semester, ask.door.config.now(), ask.door.config.zone).sealed
        if seal is not None:
            found[str(semester)] = f"{seal.sealed_at:%Y-%m-%dT%H:%M:%SZ}"
    return found


def _write_next(ask: ApiRequest, offer: Offer, after: tuple[Any, ...]) -> str:
    kept = [(name, text) for name, text in ask.asked if name != "cursor"]
    return f"{ask.base}{offer.path}?{urlencode([*kept, ('cursor', write_cursor(offer.table, after))])}"


def list_semesters(ask: ApiRequest) -> Response:
    """List the semesters that may be seen here, the newest first."""
    read_parameters((), ask.asked)
    return ask.answer({"items": [_tell_semester(ask, each) for each in ask.door.list_shown()], "next": None})


def _tell_semester(ask: ApiRequest, semester: Semester) -> dict[str, Any]:
    door = ask.door
    progress = load_progress(door.engine, semester, door.config.now(), door.config.zone)
    return {
        "semester": str(semester),
        "first_day": semester.first_day.isoformat(),
        "last_day": semester.days()[-1].isoformat(),
        "stage": progress.stage.value,
        "ranking": f"{ask.base}{API}/semesters/{semester}/ranking",
    }


def show_ranking(ask: ApiRequest) -> Response:
    """Show a semester's places per channel and level, as `denyut rank --json` gives them."""
    said = read_parameters(CHOICES, ask.asked)
    semester = ask.door.find_semester(ask.path["semester"])
    if semester is None:
        return lack(ask)
    live = ask.door.semesters.get(semester)
    if ask.door.is_public and not live.is_sealed:
        return lack(ask)
    categories = [
        each
        for each in live.judgement.ranking.categories
        if said.get("channel", each.channel) == each.channel and said.get("level", each.level) == each.level
    ]
    pieces = _write_ranking(live.judgement, categories, is_public=ask.door.is_public)
    return ask.stream(pieces, repr((version("denyut"), live.version, semester, sorted(said.items()))))


def _write_ranking(judgement: Judgement, categories: list[Category], *, is_public: bool) -> Iterator[str]:
    """The document in pieces: a nation's is longer than what one should hold."""
    head = describe_head(judgement)
    if head["seal"]:
        head["seal"] = {name: value for name, value in head["seal"].items() if name != "who"}
    if is_public:
        # What the data would give today is no result.
        del head["drift"]
    yield f'{_write(head)[:-1]},"categories":['
    for number, category in enumerate(categories):
        begun = {"channel": category.channel.value, "level": category.level}
        yield f'{"," if number else ""}{_write(begun)[:-1]},"standings":['
        for at in range(0, len(category.standings), _PIECE):
            told = [_write(describe_standing(each)) for each in category.standings[at : at + _PIECE]]
            yield ("," if at else "") + ",".join(told)
        yield "]}"
    yield f"],{_write(describe_combined(judgement.ranking))[1:]}"


def _write(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
