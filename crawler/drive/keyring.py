"""The tokens and keys of one run: what is sent for each, how long it waits, and when it is stopped."""

import asyncio
import hashlib
import hmac
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

from activity.outcome import Failure, Outcome
from crawler.visits.access import KeyRule, TokenStop
from crawler.visits.meta.graph_error import judge_answer
from crawler.visits.meta.graph_usage import find_bucket, plan_pause, read_usage

__all__ = ["Keyring", "TokenStop", "TokenStoppedError", "hide"]


class TokenStoppedError(Exception):
    """A token may make no further call in this run; raised by an edge before it calls.

    Attributes:
        failure: TOKEN_SPENT or TOKEN_DEAD.
    """

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure


class Keyring:
    """Holds the secrets, and what the platforms' answers said of them.

    Of Meta's tokens an answer that is throttled or calls the token dead stops it for the rest of the run,
    and so do usage headers from 95 % on: "continuing to make calls will continue to increase your call
    count".

    Args:
        app_secrets: of the apps, by the tokens' names.
        pace: seconds for one second of a planned pause; the crawl's own delay.
        rules: of keys for other platforms' APIs, by their names.
        clock: what time it is, aware, UTC.
    """

    def __init__(
        self,
        secrets: Mapping[str, str] | None = None,
        app_secrets: Mapping[str, str] | None = None,
        *,
        pace: float = 1.0,
        rules: Mapping[str, KeyRule] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._secrets = dict(secrets or {})
        self._app_secrets = dict(app_secrets or {})
        self._pace = pace
        self._rules = dict(rules or {})
        self._clock = clock
        self._waits: dict[str, float] = {}
        self._stops: dict[str, TokenStop] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def __contains__(self, name: str) -> bool:
        return bool(self._secrets.get(name))

    def __repr__(self) -> str:
        return f"Keyring({', '.join(sorted(self._secrets))})"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must stand nowhere but on the wire."""
        proofs = (self.sign(name).get("appsecret_proof", "") for name in self._secrets)
        return tuple(filter(None, (*self._secrets.values(), *self._app_secrets.values(), *proofs)))

    def authorize(self, name: str) -> dict[str, str]:
        """Make the request header that holds the secret, with its value."""
        if (rule := self._rules.get(name)) is not None:
            return {rule.header: self._secrets[name]}
        return {"Authorization": f"Bearer {self._secrets[name]}"}

    def sign(self, name: str, about: str | None = None) -> dict[str, str]:
        """Make the parameters that go on the wire only: the proof, and the token that is asked about.

        The proof is an HMAC-SHA256 of the token under the app's secret
        (developers.facebook.com/docs/graph-api/guides/secure-requests).
        """
        hidden = {} if about is None else {"input_token": self._secrets[about]}
        if secret := self._app_secrets.get(name):
            message = self._secrets[name].encode()
            hidden["appsecret_proof"] = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
        return hidden

    def find_stop(self, name: str | None) -> TokenStop | None:
        """Find why this token may not call; None while it may."""
        stop = None if name is None else self._stops.get(name)
        return None if stop is None or (stop.until is not None and stop.until <= self._clock()) else stop

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until this token may make its next call, one at a time over all spiders.

        Raises TokenStoppedError where it may make none, also when it was stopped in the meantime.
        """
        async with self._turns[name]:
            self._check(name)
            await asyncio.sleep(self._waits.get(name, 0.0))
            yield

    def note(
        self, name: str, status: int, headers: Mapping[str, str], body: bytes, url: str | None = None
    ) -> None:
        """Take note of an answer before the token's next turn; header names in lower case.

        Args:
            url: what was asked; of the limits only its own count.
        """
        if (rule := self._rules.get(name)) is not None:
            if (found := rule.judge(status, body, self._clock())) is not None:
                self._stops[name] = found
            return
        error = judge_answer(status, body) if status != 200 or b'"error"' in body else None
        pause = plan_pause(usage := read_usage(headers, find_bucket(url) if url else None))
        self._waits[name] = pause.seconds * self._pace
        if error is not None and error.outcome is Outcome.TOKEN_DEAD:
            self._stops[name] = TokenStop(Failure.TOKEN_DEAD, f"token {name}: {error.detail}")
        elif error is not None and error.rests:
            self._stops[name] = TokenStop(Failure.TOKEN_SPENT, f"token {name}: {error.detail}")
        elif pause.stop:
            detail = f"token {name} has used {usage.percent:.0f} % of its calls: it rests until the next run"
            self._stops[name] = TokenStop(Failure.TOKEN_SPENT, detail)

    def _check(self, name: str) -> None:
        if (stop := self.find_stop(name)) is not None:
            raise TokenStoppedError(stop.failure, stop.detail)


def hide(url: str, hidden: Mapping[str, str]) -> str:
    """Make the address as it goes on the wire."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(hidden)}" if hidden else url
