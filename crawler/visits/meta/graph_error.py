"""What a Graph API answer that is no answer means; graph_code.py holds the table of numbers.

Messages are never matched and never quoted: Meta writes them in the token owner's language, rewords
them, and repeats a malformed access token in them. Only `code`, `error_subcode`, `is_transient` and
the HTTP status decide.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from activity.outcome import Failure, Outcome
from activity.visit import Page
from crawler.visits.meta.graph_code import STATUSES, UNKNOWN, Meaning, find_meaning

__all__ = ["GraphError", "judge_answer", "read_body", "read_error"]


@dataclass(frozen=True, slots=True)
class GraphError:
    """Why an answer holds no data.

    Attributes:
        outcome: what the visit ends in when nothing else was read.
        detail: numbers and the remedy; never Meta's text, never a secret.
        transient: worth asking the same once more.
        too_big: worth asking for a smaller page.
        rests: the token makes no further call in this run.
    """

    outcome: Outcome
    detail: str
    transient: bool = False
    too_big: bool = False
    rests: bool = False


_SERVICE = 2
_PAGE_NUMBER = re.compile(r"(?<!\d)\d{5,20}(?!\d)", re.ASCII)
_FAILURES: Mapping[Failure, Outcome] = {
    Failure.TOKEN_MISSING: Outcome.NO_TOKEN,
    Failure.TOKEN_SPENT: Outcome.THROTTLED,
    Failure.TOKEN_DEAD: Outcome.TOKEN_DEAD,
    Failure.ROBOTS: Outcome.REFUSED,
    Failure.PRIVATE_ADDRESS: Outcome.REFUSED,
}


def read_body(page: Page) -> Mapping[str, Any]:
    """Read the JSON object of an answer; empty when the body is anything else."""
    return _parse(page.body)


def read_error(page: Page) -> GraphError | None:
    """Read what went wrong with an answer, None when it holds data.

    An `error` object counts whatever the status is. Several codes at once are impossible; the
    subcode is looked at only together with its code, as Meta uses one subcode under several.
    """
    if page.failure is not None:
        outcome = _FAILURES.get(page.failure, Outcome.UNREACHABLE)
        return GraphError(
            outcome, page.detail or page.failure.value, too_big=page.failure is Failure.TOO_LARGE
        )
    return judge_answer(page.status or 0, page.body)


def judge_answer(status: int, raw: bytes) -> GraphError | None:
    """Judge the same of what came over the wire, as the edge needs it before any visit sees it."""
    body = _parse(raw)
    error = body.get("error")
    if isinstance(error, dict):
        return _explain(error, status)
    if not 200 <= status < 300:
        return _give(STATUSES.get(status, UNKNOWN), f"HTTP {status} without an error object")
    if not body:
        return GraphError(Outcome.UNPARSABLE, f"HTTP {status} whose body is not a JSON object")
    return None


def _parse(raw: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _explain(error: Mapping[str, Any], status: int) -> GraphError:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    meaning = find_meaning(code, subcode, status)
    # An unknown error that calls itself transient is; a known one keeps its meaning, since
    # throttling (code 4) also carries the mark and must not be asked again.
    if error.get("is_transient") is True and meaning is UNKNOWN:
        meaning = find_meaning(_SERVICE)
    numbers = f"code {code}" + (f", subcode {subcode}" if subcode else "") + f", HTTP {status}"
    if meaning.outcome is Outcome.MOVED:
        numbers += _name_pages(error.get("message"))
    return _give(meaning, numbers)


def _name_pages(message: object) -> str:
    """The numbers of the Pages that a merger concerns; in whatever language, digits are digits."""
    found = dict.fromkeys(_PAGE_NUMBER.findall(message)) if isinstance(message, str) else {}
    return f", Page {' into '.join(found)}" if found else ""


def _give(meaning: Meaning, numbers: str) -> GraphError:
    return GraphError(
        meaning.outcome,
        f"Graph API {numbers}: {meaning.means[1]}: {meaning.advice[1]}",
        meaning.transient,
        meaning.too_big,
        meaning.rests,
    )


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) else 0
