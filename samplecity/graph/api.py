"""The door to the Graph API: which token calls, how much it has called, and which node is asked."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from activity.agency import Channel
from samplecity.graph import facebook, fault
from samplecity.graph.instagram import discover_business
from samplecity.graph.meter import CallMeter
from samplecity.graph.oddity import Oddity
from samplecity.graph.selection import SelectionError, parse_fields
from samplecity.graph.token import APP_TOKEN, KEYS, Key, build_proof, describe_token
from samplecity.graph.version import ENDS, NEWEST, find_withdrawn
from samplecity.graph.withholding import withhold
from samplecity.office import Office
from samplecity.wire import Request, Response, text

__all__ = ["INSTAGRAM_USER_ID", "TOKENS", "GraphApi"]

INSTAGRAM_USER_ID = "17841400000000001"
TOKENS: Mapping[str, str] = {key.name: key.secret for key in KEYS.values()}
_PATH = re.compile(r"/(v\d+\.\d)/([\w.-]+)(?:/(\w+))?/?")
_EDGES = {"published_posts", "posts", "feed", "video_reels"}


class GraphApi:
    """Answers for Instagram and Facebook from the same city, at the moment of its clock.

    Attributes:
        meter: the calls so far, and how many Meta allows.
    """

    def __init__(self, offices: Sequence[Office], clock: Callable[[], datetime]) -> None:
        self._offices = offices
        self._clock = clock
        self._dead: set[str] = set()
        self._ends: dict[str, tuple[datetime | None, datetime | None]] = {}
        self._dies_after: dict[str, int] = {}
        self._lost_scopes: set[tuple[str, str]] = set()
        self._oddities: dict[str, Oddity] = {}
        self.served = ""
        self._answering = NEWEST
        self._ordered: fault.GraphFaultError | None = None
        self._orders_left = 0
        self._most_a_page: int | None = None
        self._proof_required = False
        self.meter = CallMeter(clock)

    @property
    def calls(self) -> int:
        """Answered since the start, errors included."""
        return self.meter.calls

    def throttle_after(self, calls: int | None) -> None:
        """Refuse with error 4 after so many further calls in this hour; None lifts it."""
        self.meter.throttle_after(calls)

    def expire_token(self, name: str, *, after: int = 0) -> None:
        """Let a token answer as one whose time is over, at once or after so many of its calls."""
        if after:
            self._dies_after[TOKENS[name]] = after
        else:
            self._dead.add(TOKENS[name])

    def renew_token(self, name: str) -> None:
        """Let an expired token live again, for ever."""
        self._dead.discard(TOKENS[name])
        self._dies_after.pop(TOKENS[name], None)
        self._ends.pop(TOKENS[name], None)

    def set_expiry(self, name: str, token: datetime | None, access: datetime | None = None) -> None:
        """When a token, and its access to data, end by the city's clock; None is never."""
        self._ends[TOKENS[name]] = (token, access)

    def withdraw_scope(self, name: str, scope: str, *, withdrawn: bool = True) -> None:
        """Take one permission from a token, or give it back."""
        change = self._lost_scopes.add if withdrawn else self._lost_scopes.discard
        change((TOKENS[name], scope))

    def withdraw_permission(self, *, withdrawn: bool = True) -> None:
        """Answer everything with error 10, as after a permission was taken away."""
        self.order(fault.not_permitted() if withdrawn else None)

    def order(self, error: fault.GraphFaultError | None, *, calls: int = 1_000_000) -> None:
        """Answer the next calls with an error, such as one of `fault.FAULTS`; None lifts it."""
        self._ordered, self._orders_left = error, calls

    def play(self, slug: str, oddity: Oddity | None) -> None:
        """Let an office's accounts behave oddly; None ends it."""
        if oddity is None:
            self._oddities.pop(slug, None)
        else:
            self._oddities[slug] = oddity

    def shrink_pages(self, most: int | None) -> None:
        """Call every page with more items too big (error 1); None lifts it."""
        self._most_a_page = most

    def require_proof(self, *, required: bool = True) -> None:
        """Refuse calls without `appsecret_proof`, as an app does with "Require App Secret"."""
        self._proof_required = required

    def respond(self, request: Request) -> Response:
        """The answer to one call."""
        if request.path == "/robots.txt":
            return text("User-agent: *\nDisallow: /\n", content_type="text/plain")
        self.meter.count()
        try:
            body = json.dumps(self._answer(request), ensure_ascii=False).encode()
            response = Response(200, body, "application/json; charset=UTF-8")
        except fault.GraphFaultError as error:
            response = error.build_response()
        except SelectionError as error:
            response = fault.unsupported(str(error)).build_response()
        usage = self.meter.headers(request.path, discovers=request.path.endswith(INSTAGRAM_USER_ID))
        headers = {**usage, "facebook-api-version": self.served or self._answering}
        return Response(response.status, response.body, response.content_type, headers)

    def _answer(self, request: Request) -> dict[str, Any]:
        node, edge = self._open(request)
        if withdrawn := find_withdrawn(request.query):
            raise fault.unsupported(f"New apps may not use {withdrawn}")
        secret = _read_token(request)
        if node == "debug_token":
            return self._debug(request, secret)
        key = self._admit(request, secret)
        if node == INSTAGRAM_USER_ID and edge is None:
            if "instagram_manage_insights" not in self._scopes(key):
                raise fault.FAULTS["no permission"]
            return self._discover(request)
        if "pages_read_engagement" not in self._scopes(key):
            raise fault.not_permitted()
        return self._show(request, node, edge, key)

    def _open(self, request: Request) -> tuple[str, str | None]:
        """Node and edge, and which version answers."""
        match = _PATH.fullmatch(request.path)
        if match is None or match[1] not in ENDS:
            raise fault.GraphFaultError(400, 2500, f"Unknown path components: {request.path}")
        end = ENDS[match[1]]
        today = self._clock().date()
        if end is not None and today >= end:
            # Meta refuses no version: the oldest that lives answers in its place.
            self._answering = next(name for name, last in ENDS.items() if last is None or today < last)
        else:
            self._answering = match[1]
        return match[2], match[3]

    def _admit(self, request: Request, secret: str) -> Key:
        """The token of a call that may be answered."""
        if secret not in KEYS:
            raise fault.invalid()
        if secret in self._dies_after:
            self._dies_after[secret] -= 1
            if self._dies_after[secret] < 0:
                self._dead.add(secret)
        if self._is_dead(secret):
            raise fault.expired()
        proof = request.query.get("appsecret_proof")
        if proof is None and self._proof_required:
            raise fault.proof_missing()
        if proof is not None and proof != build_proof(secret):
            raise fault.proof_invalid()
        if self.meter.exceeded:
            raise fault.throttled()
        if self._ordered is not None and self._orders_left > 0:
            self._orders_left -= 1
            raise self._ordered
        return KEYS[secret]

    def _is_dead(self, secret: str) -> bool:
        ends = [end for end in self._ends.get(secret, ()) if end is not None]
        return secret in self._dead or any(end <= self._clock() for end in ends)

    def _scopes(self, key: Key) -> tuple[str, ...]:
        return tuple(scope for scope in key.scopes if (key.secret, scope) not in self._lost_scopes)

    def _debug(self, request: Request, secret: str) -> dict[str, Any]:
        """What `debug_token` says: to the app, and to a live token about itself."""
        about = request.query.get("input_token", "")
        if secret != APP_TOKEN and (secret not in KEYS or self._is_dead(secret) or about != secret):
            raise fault.invalid()
        if about not in KEYS:
            return {
                "data": {"error": {"code": 190, "message": "Invalid OAuth access token."}, "is_valid": False}
            }
        key, (token, access) = KEYS[about], self._ends.get(about, (None, None))
        return describe_token(key, self._scopes(key), token, access, dead=self._is_dead(about))

    def _discover(self, request: Request) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        for part in parse_fields(request.query.get("fields", "id")):
            if part.name == "business_discovery":
                answer["business_discovery"] = discover_business(
                    self._offices, part, self._clock(), self._oddities, self._most_a_page
                )
            elif part.name not in {"id", "username"}:
                raise fault.unsupported(
                    f"Tried accessing nonexisting field ({part.name}) on node type (IGUser)"
                )
        name = request.query.get("fields", "").partition("username(")[2].partition(")")[0]
        return withhold(answer | {"id": INSTAGRAM_USER_ID}, self._oddity_of(name), self._clock())

    def _oddity_of(self, handle: str) -> Oddity | None:
        for office in self._offices:
            presence = office.presence(Channel.INSTAGRAM)
            if presence is not None and presence.handle_at(self._clock()).lower() == handle.lower():
                return self._oddities.get(office.slug)
        return None

    def _show(self, request: Request, node: str, edge: str | None, key: Key) -> dict[str, Any]:
        now = self._clock()
        office, presence = facebook.find_page(self._offices, node, now, self._oddities, key.page_of)
        if edge is None:
            shown = facebook.show_page(office, presence, request.query.get("fields", ""), now)
            return withhold(shown, self._oddities.get(office.slug), now)
        if edge not in _EDGES:
            raise fault.unsupported(f"Tried accessing nonexisting field ({edge}) on node type (Page)")
        address = f"http://{request.headers.get('host', '')}{request.path}"
        # Meta writes the token of the call into the address of the next page.
        query = {**request.query, "access_token": _read_token(request)}
        oddity = self._oddities.get(office.slug)
        listed = facebook.list_edge(presence, edge, query, now, address, oddity, self._most_a_page)
        return withhold(listed, oddity, now)


def _read_token(request: Request) -> str:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else request.query.get("access_token", "")
