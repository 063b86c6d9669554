"""What is called wrong with a night as a whole, and what is one office's own trouble."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from activity.channel import Channel
from activity.condition import JUDGED_FROM, ChannelNight, Trouble, count_spare, judge_condition
from activity.outcome import Outcome
from activity.ranking import Coverage

_FIRST = date(2026, 1, 5)
_WELL = {Outcome.OK: 4, Outcome.UNCHANGED: 14, Outcome.UNREACHABLE: 2}


def night(number, outcomes, channel=Channel.WEBSITE):
    return ChannelNight(_FIRST + timedelta(number), channel, outcomes)


def judge(*last, before=30, well=None, channel=Channel.WEBSITE):
    """The symptoms of each of some nights that follow `before` healthy ones."""
    nights = [night(n, well or _WELL, channel) for n in range(before)]
    nights += [night(before + n, outcomes, channel) for n, outcomes in enumerate(last)]
    return [judge_condition(nights, _FIRST + timedelta(before + n)) for n in range(len(last))]


def test_an_ordinary_night_and_single_failures_are_nothing():
    worse = {Outcome.OK: 12, Outcome.UNREACHABLE: 6, Outcome.BLOCKED: 1, Outcome.UNPARSABLE: 1}
    assert judge(_WELL, worse, _WELL) == [(), (), ()]


def test_a_dead_line_of_our_own_is_no_outage_of_sixty_offices():
    (found,) = judge({Outcome.UNREACHABLE: 19, Outcome.BLOCKED: 1})
    assert [(f.trouble, f.count, f.usual, f.blind, f.is_wide) for f in found] == [
        (Trouble.NETWORK, 18, 18, 1, True)
    ]


def test_a_channel_that_shows_half_as_many_has_collapsed():
    (found,) = judge({Outcome.OK: 8, Outcome.BLOCKED: 10, Outcome.UNREACHABLE: 2})
    assert [(f.trouble, f.count) for f in found] == [(Trouble.COLLAPSED, 10)]
    assert judge({Outcome.OK: 9, Outcome.BLOCKED: 11}) == [()]


def test_a_collapse_stays_one_however_long_it_lasts():
    blind = {Outcome.BLOCKED: 20}
    for number, found in enumerate(judge(*[blind] * 100), start=1):
        assert [(f.trouble, f.blind) for f in found] == [(Trouble.COLLAPSED, number)]
    weak = {Outcome.OK: 5, Outcome.BLOCKED: 15}
    assert all(found for found in judge(*[weak] * 29))


def test_a_token_that_is_refused_or_gone():
    for outcome in (Outcome.TOKEN_DEAD, Outcome.NO_TOKEN):
        *_, found = judge(*[{outcome: 20}] * 40, channel=Channel.INSTAGRAM)
        assert [(f.trouble, f.count, f.blind, f.is_wide) for f in found] == [(Trouble.TOKEN, 20, 40, True)]
    # One of several tokens: the others' accounts are seen.
    (found,) = judge({Outcome.OK: 15, Outcome.TOKEN_DEAD: 5}, channel=Channel.FACEBOOK)
    assert [(f.trouble, f.count, f.blind) for f in found] == [(Trouble.TOKEN, 5, 0)]


def test_a_channel_that_never_had_a_token_is_not_assessed_and_no_trouble():
    never = {Outcome.NO_TOKEN: 20}
    assert judge(never, well=never, channel=Channel.INSTAGRAM) == [()]


def test_the_first_week_is_told_and_wakes_nobody():
    for before in range(1, JUDGED_FROM + 2):
        (found,) = judge({Outcome.UNREACHABLE: 20}, before=before)
        assert [f.trouble for f in found] == [Trouble.NETWORK]
        assert [f.is_wide for f in found] == [before + 1 >= JUDGED_FROM]


def test_a_crash_is_named_and_wakes_nobody():
    (found,) = judge({Outcome.OK: 19, Outcome.CRASHED: 1})
    assert [(f.trouble, f.count, f.is_wide) for f in found] == [(Trouble.CRASHED, 1, False)]


def test_few_accounts_may_all_be_away():
    assert judge({Outcome.UNREACHABLE: 2}, well={Outcome.OK: 2}) == [()]


def test_a_registry_that_shrank_is_no_collapse():
    assert judge({Outcome.OK: 5, Outcome.UNREACHABLE: 1}) == [()]


@given(st.integers(0, 180), st.integers(0, 180), st.integers(0, 184), st.sampled_from([0.5, 0.6, 0.9]))
def test_one_blind_night_more_than_can_be_spared_is_too_many(known, unseen, left, minimum):
    due = known + unseen
    spare = count_spare(Coverage(known, 0, due, known / due if due else 0.0), left, minimum)

    def is_enough(blind):
        return known + left - blind >= minimum * (due + left) - 1e-9

    assert is_enough(spare)
    assert not is_enough(spare + 1)
