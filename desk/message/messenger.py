"""Messages leave here: each by a courier, a process of its own, within a time."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from time import monotonic

from activity.message import Message
from desk.message.courier import DeliveryVerdict
from desk.setting.recipient import Recipient

__all__ = ["COURIER_LIMIT", "Deliver", "Parcel", "deliver_all", "describe_failure"]

COURIER_LIMIT = 30.0
"""Seconds that a server may take to accept one message."""
ROUND_LIMIT = 240.0
"""Seconds for all messages of a morning together; those left then are tried the next morning."""
_AT_ONCE = 4
_LATE = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, said, on its way to somebody."""

    recipient: Recipient
    title: str
    body: str


Deliver = Callable[[Sequence[Parcel]], Iterable[tuple[Parcel, DeliveryVerdict | None]]]
"""Takes messages away and tells what came of each; None where the time was over."""


def deliver_all(
    parcels: Sequence[Parcel], limit: float = COURIER_LIMIT, whole: float = ROUND_LIMIT
) -> Iterator[tuple[Parcel, DeliveryVerdict | None]]:
    """Deliver messages, a few at a time; each is told as soon as it is known what came of it.

    No server holds it up for longer than `limit` seconds, nor all of them together for much longer than
    `whole`. Nothing of what apprise says is kept: it may quote an address.
    """
    until = monotonic() + whole

    def deliver(parcel: Parcel) -> DeliveryVerdict | None:
        left = min(limit, until - monotonic())
        return _send_courier(parcel, left) if left > 0 else _LATE

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        sending = {pool.submit(deliver, parcel): parcel for parcel in parcels}
        for done in as_completed(sending):
            yield sending[done], done.result()
    finally:
        # Whoever stops listening, as at Ctrl-C, would never know of those that are not begun yet.
        pool.shutdown(cancel_futures=True)


def _send_courier(parcel: Parcel, limit: float) -> DeliveryVerdict | None:
    order = {"url": parcel.recipient.url, "title": parcel.title, "body": parcel.body}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what strangers wrote goes by its input
            [sys.executable, "-P", "-m", DeliveryVerdict.__module__],
            input=json.dumps(order).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _LATE
    return (
        DeliveryVerdict(done.returncode)
        if done.returncode in set(DeliveryVerdict)
        else DeliveryVerdict.REFUSED
    )


def describe_failure(verdict: DeliveryVerdict | None) -> Message:
    """Say why a message did not go out; nothing of its address."""
    if verdict is DeliveryVerdict.UNKNOWN_ADDRESS:
        return Message("the address is none that apprise understands")
    if verdict is _LATE:
        return Message("the server did not answer in time")
    return Message("the server cannot be reached, or refused it")
