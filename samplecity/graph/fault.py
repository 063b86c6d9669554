"""Meta's error bodies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samplecity.wire import Response

__all__ = [
    "FAULTS",
    "GraphFaultError",
    "ended_version",
    "expired",
    "invalid",
    "invisible",
    "merged",
    "not_permitted",
    "page_too_big",
    "proof_invalid",
    "proof_missing",
    "throttled",
    "unknown_alias",
    "unknown_object",
    "unsupported",
]


@dataclass(frozen=True)
class GraphFaultError(Exception):
    """An answer that is an error; raised where it is noticed, turned into a response by the API."""

    status: int
    code: int
    message: str
    subcode: int | None = None
    transient: bool | None = None
    title: str | None = None
    explanation: str | None = None
    kind: str = "OAuthException"

    def build_response(self) -> Response:
        """The body as Meta writes it."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        optional = {
            "error_subcode": self.subcode,
            "is_transient": self.transient,
            "error_user_title": self.title,
            "error_user_msg": self.explanation,
        }
        error |= {name: value for name, value in optional.items() if value is not None}
        error["fbtrace_id"] = "AxSampleCityTrace000000"
        body = json.dumps({"error": error}, ensure_ascii=False).encode()
        return Response(self.status, body, "application/json; charset=UTF-8")


def invisible(name: str) -> GraphFaultError:
    """A personal, renamed or missing account: they look alike."""
    return GraphFaultError(
        400,
        110,
        "Invalid user id",
        2207013,
        transient=False,
        title="Pengguna tidak ditemukan",
        explanation=f"Pengguna dengan nama pengguna {name} tidak ditemukan.",
    )


def expired() -> GraphFaultError:
    """A token whose time is over."""
    return GraphFaultError(
        400,
        190,
        "Error validating access token: Session has expired on Thursday, 01-Jan-26 10:00:00 PST. "
        "The current time is Friday, 02-Jan-26 06:41:07 PST.",
        463,
    )


def invalid() -> GraphFaultError:
    """A token nobody gave out."""
    return GraphFaultError(400, 190, "Invalid OAuth access token - Cannot parse access token")


def throttled() -> GraphFaultError:
    """Too many calls."""
    return GraphFaultError(403, 4, "(#4) Application request limit reached", transient=True)


def not_permitted() -> GraphFaultError:
    """A page that was not shared with us, or a permission that is missing."""
    return GraphFaultError(
        400,
        10,
        "(#10) This endpoint requires the 'pages_read_engagement' permission or the "
        "'Page Public Content Access' feature.",
    )


def page_too_big() -> GraphFaultError:
    """More items asked for than one answer may hold."""
    message = "Please reduce the amount of data you're asking for, then retry your request"
    return GraphFaultError(500, 1, message)


def proof_missing() -> GraphFaultError:
    """A call that is not signed, to an app that requires it."""
    message = "API calls from the server require an appsecret_proof argument"
    return GraphFaultError(400, 100, message, kind="GraphMethodException")


def proof_invalid() -> GraphFaultError:
    """A call that is signed with something else than the app's secret."""
    message = "Invalid appsecret_proof provided in the API argument"
    return GraphFaultError(400, 100, message, kind="GraphMethodException")


def ended_version(version: str) -> GraphFaultError:
    """A version whose last day is over."""
    message = f"(#2635) You are calling a deprecated version of the API ({version}). Please update."
    return GraphFaultError(400, 2635, message)


def unknown_object(node: str) -> GraphFaultError:
    """A page that was there once."""
    message = (
        f"Unsupported get request. Object with ID '{node}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation"
    )
    return GraphFaultError(400, 100, message, 33, kind="GraphMethodException")


def unknown_alias(name: str) -> GraphFaultError:
    """A page of nobody."""
    return GraphFaultError(404, 803, f"(#803) Some of the aliases you requested do not exist: {name}")


def merged(node: str = "100000000000001", into: str = "100000000000002") -> GraphFaultError:
    """A page that became part of another."""
    return GraphFaultError(400, 21, f"(#21) Page ID {node} was migrated to page ID {into}.")


def unsupported(message: str) -> GraphFaultError:
    """A field, edge or parameter that does not exist."""
    return GraphFaultError(400, 100, f"(#100) {message}")


_SESSION = (
    "Error validating access token: The session has been invalidated because the user changed the password."
)
FAULTS: Mapping[str, GraphFaultError] = {
    "unknown error": GraphFaultError(500, 1, "An unknown error has occurred."),
    "service down": GraphFaultError(500, 2, "Service temporarily unavailable", transient=True),
    "app limit": throttled(),
    "user limit": GraphFaultError(400, 17, "(#17) User request limit reached"),
    "page limit": GraphFaultError(400, 32, "(#32) Page request limit reached"),
    "custom limit": GraphFaultError(400, 613, "(#613) Calls to this api have exceeded the rate limit."),
    "page use case limit": GraphFaultError(
        400, 80001, "(#80001) There have been too many calls to this Page."
    ),
    "instagram use case limit": GraphFaultError(400, 80002, "(#80002) There have been too many calls."),
    "account limit": GraphFaultError(400, 4, "(#4) Too many calls of this account", 1996, transient=True),
    "frequency limit": GraphFaultError(400, 9, "(#9) Application has made too many calls"),
    "feed limit": GraphFaultError(400, 341, "(#341) Feed action request limit reached"),
    "messaging use case limit": GraphFaultError(400, 80006, "(#80006) There have been too many calls."),
    "catalogue use case limit": GraphFaultError(400, 80014, "(#80014) There have been too many calls."),
    "limit told by a subcode": GraphFaultError(400, 99, "There have been too many calls.", 2446079),
    "limit told by the status": GraphFaultError(429, 99, "Too many requests"),
    "merged page": merged(),
    "session": GraphFaultError(401, 102, "API Session key invalid or no longer valid"),
    "token expired": expired(),
    "token without app": GraphFaultError(400, 190, "The user has not authorized application.", 458),
    "token checkpointed": GraphFaultError(400, 190, "The user must log in at www.facebook.com.", 459),
    "password changed": GraphFaultError(400, 190, _SESSION, 460),
    "token unconfirmed": GraphFaultError(400, 190, "Sessions for the user are not allowed.", 464),
    "token invalid": GraphFaultError(400, 190, "The access token is invalid.", 467),
    "token of a former admin": GraphFaultError(400, 190, "The user must be an administrator.", 492),
    "page token needed": GraphFaultError(400, 190, "A Page access token is required.", 2069032),
    "no permission": GraphFaultError(400, 10, "(#10) Application does not have permission for this action"),
    "api access blocked": GraphFaultError(400, 200, "API access blocked."),
    "invalid parameter": GraphFaultError(400, 100, "(#100) Invalid parameter"),
    "gone object": unknown_object("1"),
    "unknown alias": unknown_alias("nobody"),
    "invisible account": invisible("nobody"),
    "policy": GraphFaultError(400, 368, "The action attempted has been deemed abusive or is disallowed."),
    "ended version": ended_version("v17.0"),
    "passing trouble": GraphFaultError(400, 1357054, "Please try again later.", transient=True),
}
"""Every body that Meta's documentation and real captures tell of, by what happened."""
