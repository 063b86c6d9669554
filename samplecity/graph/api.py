"""The door to the Graph API: tokens, usage, faults on demand, and which node is asked."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from samplecity.graph import facebook, fault
from samplecity.graph.instagram import discover_business
from samplecity.graph.selection import SelectionError, parse_fields
from samplecity.office import Office
from samplecity.wire import Request, Response, text

__all__ = ["INSTAGRAM_USER_ID", "TOKENS", "GraphApi"]

INSTAGRAM_USER_ID = "17841400000000001"
TOKENS: Mapping[str, str] = {
    "instagram": "EAASampleCityInstagramToken0001",
    "facebook": "EAASampleCityFacebookToken0001",
}
_PATH = re.compile(r"/v(\d+)\.\d/([\w.-]+)(?:/(\w+))?/?")
_EDGES = {"published_posts", "posts", "feed", "video_reels"}
_CALLS_AN_HOUR = 2000


class GraphApi:
    """Answers for Instagram and Facebook from the same city, at the moment of its clock.

    Attributes:
        calls: answered since the start, errors included.
    """

    def __init__(self, offices: Sequence[Office], clock: Callable[[], datetime]) -> None:
        self._offices = offices
        self._clock = clock
        self._dead: set[str] = set()
        self._forbidden = False
        self._allowance: int | None = None
        self._hour: datetime | None = None
        self._calls_this_hour = 0
        self.calls = 0

    def throttle_after(self, calls: int | None) -> None:
        """Refuse with error 4 after so many further calls in this hour; None lifts it."""
        self._allowance = None if calls is None else self._calls_this_hour + calls

    def expire_token(self, name: str) -> None:
        """Let `instagram` or `facebook` answer as a token whose time is over."""
        self._dead.add(TOKENS[name])

    def renew_token(self, name: str) -> None:
        """Let an expired token live again."""
        self._dead.discard(TOKENS[name])

    def withdraw_permission(self, *, withdrawn: bool = True) -> None:
        """Answer everything with error 10, as after a permission was taken away."""
        self._forbidden = withdrawn

    def respond(self, request: Request) -> Response:
        """The answer to one call."""
        if request.path == "/robots.txt":
            return text("User-agent: *\nDisallow: /\n", content_type="text/plain")
        self._count_call()
        try:
            body = json.dumps(self._answer(request), ensure_ascii=False).encode()
            response = Response(200, body, "application/json; charset=UTF-8")
        except fault.GraphFaultError as error:
            response = error.build_response()
        except SelectionError as error:
            response = fault.unsupported(str(error)).build_response()
        share = min(100, 100 * self._calls_this_hour // max(1, self._allowed()))
        usage = json.dumps({"call_count": share, "total_time": share // 2, "total_cputime": share // 3})
        headers = {"x-app-usage": usage, "facebook-api-version": "v26.0"}
        return Response(response.status, response.body, response.content_type, headers)

    def _count_call(self) -> None:
        now = self._clock()
        if self._hour is None or abs(now - self._hour) >= timedelta(hours=1):
            self._hour, self._calls_this_hour = now, 0
        self.calls += 1
        self._calls_this_hour += 1

    def _allowed(self) -> int:
        """Calls in this hour, which an ordered throttle cuts short."""
        return _CALLS_AN_HOUR if self._allowance is None else self._allowance

    def _answer(self, request: Request) -> dict[str, Any]:
        token = _read_token(request)
        if token not in TOKENS.values():
            raise fault.invalid()
        if token in self._dead:
            raise fault.expired()
        if self._calls_this_hour > self._allowed():
            raise fault.throttled()
        if self._forbidden:
            raise fault.not_permitted()
        match = _PATH.fullmatch(request.path)
        if match is None:
            raise fault.unsupported(f"Unknown path components: {request.path}")
        node, edge = match[2], match[3]
        if node == INSTAGRAM_USER_ID and edge is None:
            return self._discover(request)
        return self._show(request, node, edge)

    def _discover(self, request: Request) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        for part in parse_fields(request.query.get("fields", "id")):
            if part.name == "business_discovery":
                answer["business_discovery"] = discover_business(self._offices, part, self._clock())
            elif part.name not in {"id", "username"}:
                raise fault.unsupported(
                    f"Tried accessing nonexisting field ({part.name}) on node type (IGUser)"
                )
        return answer | {"id": INSTAGRAM_USER_ID}

    def _show(self, request: Request, node: str, edge: str | None) -> dict[str, Any]:
        now = self._clock()
        office, presence = facebook.find_page(self._offices, node, now)
        if edge is None:
            return facebook.show_page(office, presence, request.query.get("fields", ""), now)
        if edge not in _EDGES:
            raise fault.unsupported(f"Tried accessing nonexisting field ({edge}) on node type (Page)")
        address = f"http://{request.headers.get('host', '')}{request.path}"
        # Meta writes the token of the call into the address of the next page.
        query = {**request.query, "access_token": _read_token(request)}
        return facebook.list_edge(presence, edge, query, now, address)


def _read_token(request: Request) -> str:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else request.query.get("access_token", "")
