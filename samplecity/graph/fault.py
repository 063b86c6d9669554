"""Meta's error bodies."""

import json
from dataclasses import dataclass
from typing import Any

from samplecity.wire import Response

__all__ = [
    "GraphFaultError",
    "expired",
    "invalid",
    "invisible",
    "not_permitted",
    "page_too_big",
    "throttled",
    "unknown_alias",
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

    def build_response(self) -> Response:
        """The body as Meta writes it."""
        error: dict[str, Any] = {"message": self.message, "type": "OAuthException", "code": self.code}
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


def unknown_alias(name: str) -> GraphFaultError:
    """A page of nobody."""
    return GraphFaultError(404, 803, f"(#803) Some of the aliases you requested do not exist: {name}")


def unsupported(message: str) -> GraphFaultError:
    """A field, edge or parameter that does not exist."""
    return GraphFaultError(400, 100, f"(#100) {message}")
