"""What a request, and what a visit, ended in."""

from enum import StrEnum

__all__ = ["Failure", "Outcome"]


class Failure(StrEnum):
    """Why no usable answer came to one request."""

    DNS = "name does not resolve"
    REFUSED = "connection refused"
    RESET = "connection lost"
    TIMEOUT = "timed out"
    CERTIFICATE = "certificate invalid"
    CERTIFICATE_EXPIRED = "certificate expired"
    TOO_LARGE = "answer too large"
    TOO_MANY_REDIRECTS = "too many redirects"
    ROBOTS = "forbidden by robots.txt"
    PRIVATE_ADDRESS = "address not allowed"
    BUDGET = "budget used up"
    TOKEN_MISSING = "no token"
    TOKEN_SPENT = "token at its call limit"
    TOKEN_DEAD = "token no longer valid"
    OTHER = "failed"


class Outcome(StrEnum):
    """What a visit says about an account this night."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    LIMITED = "limited"
    BLOCKED = "blocked"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    MAINTENANCE = "maintenance"
    PARKED = "parked"
    SUSPENDED = "suspended"
    MOVED = "moved"
    HACKED = "hacked"
    UNPARSABLE = "unparsable"
    NEEDS_BROWSER = "needs browser"
    NOT_VISIBLE = "not visible"
    WITHHELD = "withheld"
    THROTTLED = "throttled"
    NO_TOKEN = "no token"
    TOKEN_DEAD = "token dead"
    NOT_PERMITTED = "not permitted"
    MISCONFIGURED = "misconfigured"
    REFUSED = "refused"
    CRASHED = "crashed"

    @property
    def saw(self) -> bool:
        """Whether the night counts as seen: the account's own list of posts was read.

        `limited` saw the newest posts, though a budget ended the way back; `hacked` saw the list
        and set the injected items apart. `withheld` did not see it: the platform answered without an error,
        and without what is known to be there.
        """
        return self in {Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.LIMITED, Outcome.HACKED}

    @property
    def may_pass(self) -> bool:
        """Whether it says no more than "not seen now", so that the account is tried again the same night.

        What is gone, forbidden by robots.txt, parked or in need of a browser was answered definitely. A crash
        takes the memory with it that may have caused it.
        """
        return self in {
            Outcome.UNREACHABLE,
            Outcome.MAINTENANCE,
            Outcome.BLOCKED,
            Outcome.THROTTLED,
            Outcome.WITHHELD,
            Outcome.CRASHED,
        }
