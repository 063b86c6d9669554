"""One request of a program: answered in JSON, refused by a problem document (RFC 9457)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.responses import Response, StreamingResponse

from activity.errors import DenyutError
from reports.catalogue import translate
from web.door import PageRequest

__all__ = ["ApiRequest"]

_BASIC = 'Basic realm="denyut", charset="UTF-8"'


@dataclass(frozen=True, slots=True)
class ApiRequest(PageRequest):
    """A request below `/api/`.

    Attributes:
        asked: every parameter as it came, also one that stands there twice.
        known: entity tags of what the program has already.
        refused: the status where a password came along that will not do; else 0.
    """

    asked: tuple[tuple[str, str], ...] = ()
    known: str = ""
    method: str = "GET"
    refused: int = 0

    def stop(self) -> Response | None:
        """Refuse before anything is looked at; None where nothing stands against an answer."""
        if self.method not in {"GET", "HEAD"}:
            response = self.tell(405, "desk.refused", "api.read_only")
            response.headers["Allow"] = "GET, HEAD"
            return response
        if self.refused == 429:
            return self.slow_down("api.too_many_attempts", 900)
        return self.demand() if self.refused else None

    def tell(self, status: int, title: str, lead: str, back: str = "") -> Response:  # noqa: ARG002
        """Answer with a problem, by keys of the catalogue."""
        say = self.door.pages.say
        return _make_problem(status, say(title), say(lead))

    def report(self, error: DenyutError, status: int, back: str = "") -> Response:  # noqa: ARG002
        """Answer with what is refused, in its own words."""
        parts = (translate(part, self.door.pages.language) for part in (error.message, error.remedy) if part)
        response = _make_problem(status, self.door.pages.say("desk.failed"), " ".join(parts))
        if status == 503:
            response.headers["Retry-After"] = "10"
        return response

    def demand(self) -> Response:
        """Answer that nobody has signed in, and somebody must."""
        response = self.tell(401, "desk.sign_in", "api.sign_in")
        if self.door.takes_passwords:
            response.headers["WWW-Authenticate"] = _BASIC
        return response

    def slow_down(self, lead: str, seconds: int) -> Response:
        """Answer that it was asked too often."""
        response = self.tell(429, "desk.failed", lead)
        response.headers["Retry-After"] = str(seconds)
        return response

    def answer(self, value: Any, headers: Mapping[str, str] | None = None) -> Response:
        """Answer with a value; with its tag alone where the program has it already."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        tag = sha256(body).hexdigest()
        return self._keep(tag, headers) or Response(body, 200, self._tagged(tag, headers), "application/json")

    def stream(self, pieces: Iterator[str], version: str) -> Response:
        """Answer with a value that is written while it is sent.

        Args:
            version: what changes whenever the value does.
        """
        tag = sha256(version.encode()).hexdigest()
        return self._keep(tag, None) or StreamingResponse(
            pieces, 200, self._tagged(tag, None), "application/json"
        )

    def _keep(self, tag: str, headers: Mapping[str, str] | None) -> Response | None:
        known = {each.strip().removeprefix("W/") for each in self.known.split(",")}
        return Response(b"", 304, self._tagged(tag, headers)) if f'"{tag[:32]}"' in known else None

    def _tagged(self, tag: str, headers: Mapping[str, str] | None) -> dict[str, str]:
        fresh = "no-cache" if self.door.is_public else "private, no-cache"
        return {"ETag": f'"{tag[:32]}"', "Cache-Control": fresh, **(headers or {})}


def _make_problem(status: int, title: str, detail: str) -> Response:
    value = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, status, media_type="application/problem+json")
