"""Who is asked again, who is tried alone, and who is found to be the cause, when a shard ends."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Account, Channel
from crawler.shards.ledger import Ledger, ShardEnd, WaitingAccount

WEB = Channel.WEBSITE


def account(number):
    return Account(number, f"a{number}", WEB, f"http://127.0.0.1/{number}")


def ledger_of(count, shards=2):
    ledger = Ledger(shards)
    ledger.add_all(0, [account(n) for n in range(1, count + 1)])
    return ledger


def ids(turns):
    return [turn.account.id for turn in turns]


def test_those_who_lost_their_turn_go_first_and_in_order():
    ledger = ledger_of(5)
    assert ids(ledger.take(0, WEB, 3)) == [1, 2, 3]
    assert ledger.settle(0, 2)
    ledger.rule(0, 0, ShardEnd.KILLED)
    assert ids(ledger.take(0, WEB, 9)) == [1, 3, 4, 5]


def test_the_one_at_hand_is_tried_alone_and_convicted_only_then():
    ledger = ledger_of(3)
    ledger.take(0, WEB, 3)
    ruling = ledger.rule(0, 2, ShardEnd.HUNG)
    assert [a.id for a in ruling.suspected] == [2]
    assert ruling.convicted is None
    assert ids(ledger.take(0, WEB, 9)) == [1, 3]
    assert ids(ledger.take(ledger.alone, WEB, 1)) == [2]
    ruling = ledger.rule(ledger.alone, 2, ShardEnd.HUNG)
    assert ruling.convicted is not None
    assert ruling.convicted.id == 2


def test_a_kill_from_outside_convicts_nobody_at_once():
    ledger = ledger_of(1)
    ledger.take(0, WEB, 1)
    ledger.rule(0, 1, ShardEnd.KILLED)
    for _ in range(2):
        ledger.take(ledger.alone, WEB, 1)
        assert ledger.rule(ledger.alone, 1, ShardEnd.KILLED).convicted is None
    ledger.take(ledger.alone, WEB, 1)
    assert ledger.rule(ledger.alone, 1, ShardEnd.KILLED).convicted is not None


def test_where_it_was_nobodys_visit_who_was_there_twice_is_tried_alone():
    ledger = ledger_of(4)
    ledger.take(0, WEB, 2)
    assert ledger.rule(0, 0, ShardEnd.HUNG).suspected == ()
    ledger.take(0, WEB, 1)
    assert [a.id for a in ledger.rule(0, 0, ShardEnd.HUNG).suspected] == [1]


@given(st.lists(st.integers(0, 12), max_size=60), st.sampled_from(ShardEnd), st.integers(1, 8))
def test_nobody_is_lost_and_nobody_is_visited_twice(steps, end, count):
    """Each step: 0 ends the shard in company, 1 the one alone; another number settles that account."""
    ledger = ledger_of(count)
    told: Counter[int] = Counter()

    def draw():
        for number, most in ((0, 3), (ledger.alone, 1)):
            if ledger.count_under_way(number) < most:
                ledger.take(number, WEB, most - ledger.count_under_way(number))

    def settle(number):
        if ledger.settle(0, number) or ledger.settle(ledger.alone, number):
            told[number] += 1

    for step in steps:
        draw()
        if step < 2:
            ruling = ledger.rule(ledger.alone if step else 0, 0, end)
            if ruling.convicted is not None:
                told[ruling.convicted.id] += 1
        else:
            settle(step - 1)
    for _ in range(3 * count):
        draw()
        for number in range(1, count + 1):
            settle(number)
    assert ledger.done
    assert told == dict.fromkeys(range(1, count + 1), 1)


def test_a_name_stays_with_its_account():
    ledger = Ledger(1)
    ledger.add(0, WaitingAccount(account(1), ("103.28.12.1",)))
    ledger.take(0, WEB, 1)
    ledger.rule(0, 0, ShardEnd.KILLED)
    assert ledger.take(0, WEB, 1)[0].names == ("103.28.12.1",)
