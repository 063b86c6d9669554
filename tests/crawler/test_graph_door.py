"""Which token an account is read with."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import Harvest, Memory, Target, Window
from crawler.visits.meta.graph import GraphAccess, TokenDoor
from crawler.visits.meta.graph_door import SEEN_BY, try_doors
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
DOORS = tuple(TokenDoor(Channel.FACEBOOK, name) for name in ("a", "b", "c"))


def target_of(memory=None, now=NOW):
    account = Account(1, "dinkes", Channel.FACEBOOK, "dinkes")
    return Target(account, Window(now - timedelta(9), now), MAKASSAR, memory or Memory())


def run(outcomes, *, memory=None, now=NOW, doors=DOORS):
    """The harvest, and the tokens that were tried, in order."""
    target, tried = target_of(memory, now), []

    def attempt(door):
        tried.append(door.token)
        return Harvest(outcomes.get(door.token, Outcome.NOT_VISIBLE), memory=target.memory, detail=door.token)
        yield

    visit = try_doors(target, doors, attempt)
    with pytest.raises(StopIteration) as stop:
        next(visit)
    return stop.value.value, "".join(tried)


def test_the_one_that_saw_it_is_asked_first_the_next_night():
    harvest, tried = run({"b": Outcome.OK})
    assert (harvest.outcome, tried) == (Outcome.OK, "ab")
    assert harvest.memory.facts[SEEN_BY] == "b"
    assert run({"b": Outcome.OK}, memory=harvest.memory)[1] == "b"


@pytest.mark.parametrize(
    ("outcome", "tried"),
    [
        (Outcome.NOT_PERMITTED, "abc"),
        (Outcome.NOT_VISIBLE, "abc"),
        (Outcome.MISCONFIGURED, "abc"),
        (Outcome.TOKEN_DEAD, "abc"),
        (Outcome.THROTTLED, "a"),
        (Outcome.UNREACHABLE, "a"),
        (Outcome.EMPTY, "a"),
        (Outcome.LIMITED, "a"),
    ],
)
def test_which_outcomes_lead_to_the_next(outcome, tried):
    harvest, asked = run({"a": outcome})
    assert (harvest.outcome, asked) == (outcome, tried)


def test_no_living_token_calls_invisible_what_a_dead_one_may_see():
    assert run({"a": Outcome.NOT_VISIBLE, "b": Outcome.TOKEN_DEAD})[0].outcome is Outcome.TOKEN_DEAD


def test_whom_nobody_sees_is_asked_by_one_for_a_fortnight_and_by_a_new_one_at_once():
    first, _ = run({})
    assert len(first.notes) == 3
    nights = [run({}, memory=first.memory, now=NOW + timedelta(days))[1] for days in (1, 13, 14)]
    assert nights == ["a", "a", "abc"]
    more = (*DOORS, TokenDoor(Channel.FACEBOOK, "d"))
    assert run({"d": Outcome.OK}, memory=first.memory, now=NOW + timedelta(1), doors=more)[1] == "abcd"


def test_a_single_token_leaves_the_memory_alone():
    memory = Memory(facts={"complete_since": "2026-01-01T00:00:00+00:00"})
    assert run({}, memory=memory, doors=DOORS[:1])[0].memory == memory


def test_memory_that_is_nonsense_is_survived():
    memory = Memory(facts={SEEN_BY: 7, "tokens_tried_at": "gestern", "tokens_tried": ["a", "b", "c"]})
    assert run({"c": Outcome.OK}, memory=memory)[1] == "abc"


def test_the_tokens_of_a_channel_in_their_order():
    access = GraphAccess(instagram_user_id="1", instagram_token="i", doors=DOORS)
    assert [door.token for door in access.find_doors(Channel.INSTAGRAM)] == ["i"]
    assert [door.token for door in access.find_doors(Channel.FACEBOOK)] == ["a", "b", "c"]
