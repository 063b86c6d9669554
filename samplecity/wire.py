"""HTTP as far as a sample city needs it: requests, responses, and a connection that stays open."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["Connection", "Request", "Responder", "Response", "redirect", "text"]

_LONGEST_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked; header names in lower case.

    Attributes:
        target: path and query as they came.
        query: decoded, the last of equal names wins.
    """

    method: str
    target: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back; `Content-Length` and `Date` are added on the way out."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Responder = Callable[[Request], Response]


def text(body: str, *, status: int = 200, content_type: str = "text/html; charset=utf-8") -> Response:
    """A response from a string."""
    return Response(status, body.encode(), content_type)


def redirect(url: str, status: int = 301) -> Response:
    """A response that sends the client elsewhere."""
    return Response(status, b"", headers={"location": url})


class Connection(asyncio.Protocol):
    """One client; answers one request after the other until either side closes."""

    def __init__(self, respond: Responder, open_connections: set["Connection"]) -> None:
        self._respond = respond
        self._others = open_connections
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._others.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Forget the client."""
        self._others.discard(self)
        self._transport = None

    def abort(self) -> None:
        """Cut the client off, as a server that goes down does."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while self._transport is not None and b"\r\n\r\n" in self._buffer:
            head, _, rest = self._buffer.partition(b"\r\n\r\n")
            request = _parse_head(head)
            length = int(request.headers.get("content-length") or 0)
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            self._answer(Request(*_parts(request), rest[:length]))
        if len(self._buffer) > _LONGEST_HEAD:
            self.abort()

    def _answer(self, request: Request) -> None:
        assert self._transport is not None
        response = self._respond(request)
        closing = request.headers.get("connection", "").lower() == "close"
        self._transport.write(_serialise(response, with_body=request.method != "HEAD", closing=closing))
        if closing:
            self._transport.close()


def _parts(request: Request) -> tuple[str, str, str, Mapping[str, str], Mapping[str, str]]:
    return request.method, request.target, request.path, request.query, request.headers


def _parse_head(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = (*first.split(" "), "", "")[:3]
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    parts = urlsplit("//city" + target if target.startswith("/") else target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(method, target, unquote(parts.path) or "/", query, headers)


def _serialise(response: Response, *, with_body: bool, closing: bool) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    if response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Type: {response.content_type}")
        lines.append(f"Content-Length: {len(response.body)}")
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    if closing:
        lines.append("Connection: close")
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head + response.body if with_body and response.status != HTTPStatus.NOT_MODIFIED else head
