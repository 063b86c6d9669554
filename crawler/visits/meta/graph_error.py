"""What a Graph API answer that is no answer means: one table from numbers to an outcome.

Messages are never matched and never quoted: Meta writes them in the token owner's language, rewords
them, and repeats a malformed access token in them. Only `code`, `error_subcode`, `is_transient` and
the HTTP status decide. Sources: https://developers.facebook.com/docs/graph-api/guides/error-handling
and https://developers.facebook.com/docs/graph-api/overview/rate-limiting.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from activity.outcome import Failure, Outcome
from activity.visit import Page

__all__ = ["GraphError", "judge_answer", "read_body", "read_error"]


@dataclass(frozen=True, slots=True)
class GraphError:
    """Why an answer holds no data.

    Attributes:
        outcome: what the visit ends in when nothing else was read.
        detail: numbers and the remedy; never Meta's text, never a secret.
        transient: worth asking the same once more.
        too_big: worth asking for a smaller page.
    """

    outcome: Outcome
    detail: str
    transient: bool = False
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class _Meaning:
    outcome: Outcome
    remedy: str
    transient: bool = False
    too_big: bool = False


_NOT_VISIBLE = _Meaning(
    Outcome.NOT_VISIBLE,
    "the account is personal, renamed, age-gated or absent: check the name, ask for a professional account",
)
_THROTTLED = _Meaning(Outcome.THROTTLED, "call limit reached: wait, further calls only lengthen the wait")
_DEAD = _Meaning(Outcome.TOKEN_DEAD, "the token has expired or was withdrawn: make a new one")
_FORBIDDEN = _Meaning(
    Outcome.NOT_PERMITTED, "a permission is missing or was removed: grant it to the app again"
)
_PAGE_TOKEN = _Meaning(Outcome.NOT_PERMITTED, "this Page answers only to its own Page token: use that one")
_OURS = _Meaning(Outcome.MISCONFIGURED, "the request, the app's features or the API version is wrong")
_PROOF = _Meaning(Outcome.MISCONFIGURED, "the app requires a valid app secret proof with each call")
_POLICY = _Meaning(Outcome.BLOCKED, "Meta has suspended this action for the app or its user")
_TRANSIENT = _Meaning(Outcome.UNREACHABLE, "Meta's servers failed: the next night asks again", transient=True)
# Code 1 is both "unknown error" and "please reduce the amount of data"; only the text tells them
# apart, so a smaller page is asked for, which serves both.
_TOO_BIG = _Meaning(Outcome.UNREACHABLE, "Meta's servers failed, also on small pages", too_big=True)

# An exact pair of code and subcode is looked up first, then the code alone.
_PAIRS: Mapping[tuple[int, int], _Meaning] = {
    (110, 2207013): _NOT_VISIBLE,
    (100, 2207013): _NOT_VISIBLE,
    (100, 33): _NOT_VISIBLE,
    (190, 2069032): _PAGE_TOKEN,
}
_CODES: Mapping[int, _Meaning] = {
    1: _TOO_BIG,
    2: _TRANSIENT,
    3: _FORBIDDEN,
    4: _THROTTLED,
    10: _FORBIDDEN,
    17: _THROTTLED,
    32: _THROTTLED,
    100: _OURS,
    102: _DEAD,
    104: _PROOF,
    110: _NOT_VISIBLE,
    190: _DEAD,
    **dict.fromkeys(range(200, 300), _FORBIDDEN),
    368: _POLICY,
    467: _DEAD,
    613: _THROTTLED,
    803: _NOT_VISIBLE,
    2500: _OURS,
    2635: _OURS,
    80001: _THROTTLED,
    80002: _THROTTLED,
}
# For bodies without a code, as proxies and gateways send them.
_STATUSES: Mapping[int, _Meaning] = {
    401: _DEAD,
    403: _FORBIDDEN,
    408: _TRANSIENT,
    429: _THROTTLED,
    **dict.fromkeys(range(500, 600), _TRANSIENT),
}
_FAILURES: Mapping[Failure, Outcome] = {
    Failure.TOKEN_MISSING: Outcome.NO_TOKEN,
    Failure.TOKEN_SPENT: Outcome.THROTTLED,
    Failure.TOKEN_DEAD: Outcome.TOKEN_DEAD,
    Failure.ROBOTS: Outcome.REFUSED,
    Failure.PRIVATE_ADDRESS: Outcome.REFUSED,
}


def read_body(page: Page) -> Mapping[str, Any]:
    """The JSON object of an answer; empty when the body is anything else."""
    return _parse(page.body)


def read_error(page: Page) -> GraphError | None:
    """What went wrong with an answer, None when it holds data.

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
    """The same for what came over the wire, as the edge needs it before any visit sees it."""
    body = _parse(raw)
    error = body.get("error")
    if isinstance(error, dict):
        return _explain(error, status)
    if not 200 <= status < 300:
        return _give(_STATUSES.get(status, _OURS), f"HTTP {status} without an error object")
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
    meaning = _PAIRS.get((code, subcode)) or _CODES.get(code) or _STATUSES.get(status, _OURS)
    # An unknown error that calls itself transient is; a known one keeps its meaning, since
    # throttling (code 4) also carries the mark and must not be asked again.
    if error.get("is_transient") is True and meaning is _OURS:
        meaning = _TRANSIENT
    numbers = f"code {code}" + (f", subcode {subcode}" if subcode else "") + f", HTTP {status}"
    return _give(meaning, numbers)


def _give(meaning: _Meaning, numbers: str) -> GraphError:
    return GraphError(
        meaning.outcome, f"Graph API {numbers}: {meaning.remedy}", meaning.transient, meaning.too_big
    )


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) else 0
