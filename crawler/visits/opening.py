"""From a channel to the module that reads its accounts, by the table of channels alone. Pure."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from activity.channel import CHANNELS, Access, Channel
from activity.post import Post
from activity.visit import Target, Visit
from crawler.visits.access import Accesses, ApiAccess, KeyRule

__all__ = ["find_reader", "find_rules", "open_visit"]

Reader = Callable[[Sequence[Mapping[str, Any]], Target], Sequence[Post]]


def open_visit(target: Target, accesses: Accesses) -> Visit:
    """Open the visit of an account, with what its channel is read by.

    Raises:
        ValueError: a channel that is read from files alone.
    """
    channel = target.account.channel
    facts = CHANNELS[channel]
    visit: Visit
    match facts.access:
        case Access.OPEN:
            visit = import_module(facts.visit).visit(target)
        case Access.META:
            visit = import_module(facts.visit).visit(target, accesses.graph)
        case Access.KEY:
            visit = import_module(facts.visit).visit(target, accesses.apis[channel])
        case Access.FILES:
            raise ValueError(f"{channel} is read from files alone")
    return visit


def find_reader(channel: Channel) -> Reader:
    """Find what reads posts again out of answers that a platform gave once; of no website."""
    reader: Reader = import_module(CHANNELS[channel].visit).read_answers
    return reader


def find_rules(apis: Mapping[Channel, ApiAccess]) -> Mapping[str, KeyRule]:
    """Find how each key is sent and judged, by its name."""
    rules = {}
    for channel, access in apis.items():
        facts = CHANNELS[channel]
        if access.key is not None and facts.api is not None:
            rules[access.key] = KeyRule(facts.api.header, import_module(facts.visit).judge_key)
    return rules
