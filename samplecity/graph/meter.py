"""How many calls Meta has counted, and what its usage headers say of them."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

__all__ = ["CallMeter"]

_CALLS_AN_HOUR = 2000
_OTHERS = ("ads_management", "ads_insights", "custom_audience", "messenger", "leadgen")


class CallMeter:
    """Counts the calls of the app, by the hour of the city's clock.

    Attributes:
        calls: since the start.
        refused: answered with "too many calls", which a client that heeds the headers never causes.
        silent: whether the headers stay away, as Meta's do on a quiet app.
        others: how much of every other use case's limit the same business has used, in percent.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._allowance: int | None = None
        self._hour: datetime | None = None
        self._this_hour = 0
        self.calls = 0
        self.refused = 0
        self.silent = False
        self.others = 0

    def throttle_after(self, calls: int | None) -> None:
        """Allow so many further calls in this hour; None allows as many as ever."""
        self._turn_hour()
        self._allowance = None if calls is None else self._this_hour + calls

    def count(self) -> None:
        """One call more."""
        self._turn_hour()
        self.calls += 1
        self._this_hour += 1
        self.refused += self.exceeded

    @property
    def exceeded(self) -> bool:
        """Whether this call is one too many."""
        return self._this_hour > self._allowed

    def headers(self, path: str, *, discovers: bool = False) -> Mapping[str, str]:
        """The usage headers of an answer: the app's, and of a page its own use case.

        Args:
            discovers: whether the call asks about an account of Instagram.
        """
        if self.silent:
            return {}
        share = min(100, 100 * self._this_hour // max(1, self._allowed))
        figures = {"call_count": share, "total_time": share // 2, "total_cputime": share // 3}
        pages = path.endswith(("/published_posts", "/video_reels"))
        kinds = (*_OTHERS, "pages" if discovers else "instagram") if self.others else ()
        others = [
            {"type": kind, "call_count": self.others, "estimated_time_to_regain_access": 5} for kind in kinds
        ]
        if not pages:
            told = {"x-business-use-case-usage": json.dumps({"1": others})} if others else {}
            return {"x-app-usage": json.dumps(figures), **told}
        regain = 12 if self.exceeded else 0
        entry = {"type": "pages", **figures, "estimated_time_to_regain_access": regain}
        business = json.dumps({path.split("/")[2]: [entry, *others]})
        return {"x-app-usage": json.dumps(figures), "x-business-use-case-usage": business}

    def _turn_hour(self) -> None:
        now = self._clock()
        if self._hour is None or abs(now - self._hour) >= timedelta(hours=1):
            self._hour, self._this_hour = now, 0

    @property
    def _allowed(self) -> int:
        """Calls in this hour, which an ordered throttle cuts short."""
        return _CALLS_AN_HOUR if self._allowance is None else self._allowance
