"""How often somebody may try something; pure, the clock is passed in."""

from collections import OrderedDict, deque
from ipaddress import ip_address
from threading import Lock

__all__ = ["Limit", "name_client"]

_MOST_NAMES = 10_000


class Limit:
    """At most so many times within so many seconds, for each name; the oldest names are forgotten.

    >>> limit = Limit(2, 60)
    >>> [limit.take("a", now) for now in (0, 1, 2, 61)]
    [True, True, False, True]
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, now: float) -> bool:
        """Take a turn where it may be done once more, and tell whether it may."""
        with self._lock:
            times = self._times.setdefault(name, deque())
            self._times.move_to_end(name)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(self._times) > _MOST_NAMES:
                self._times.popitem(last=False)
            if len(times) >= self._most:
                return False
            times.append(now)
            return True

    def clear(self, name: str) -> None:
        """Forget what was done under a name."""
        with self._lock:
            self._times.pop(name, None)


def name_client(address: str) -> str:
    """Name an address as it is counted: of IPv6 the network that one subscriber has.

    >>> name_client("2001:db8:1:2:3::4"), name_client("192.0.2.7"), name_client("testclient")
    ('2001:db8:1:2::', '192.0.2.7', 'testclient')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ip_address(int(found) >> 64 << 64)) if found.version == 6 else str(found)
