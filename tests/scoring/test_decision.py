"""Which decisions stand, and how far a result has come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Channel
from activity.jury import Action, Objection, Override, Publication, Reopening, Seal, Stage
from scoring.jury.decision import decisions_in_force, measure_progress

_AT = datetime(2026, 7, 2, tzinfo=UTC)
_DECISION = Override(1, "2026-S1", "dinkes", Channel.WEBSITE, Action.DROP, "/a", "Ketua", "Sebab", "BA", _AT)
_PUBLISHED = Publication("2026-S1", _AT, "Ketua", date(2026, 7, 9), "x")
_SEAL = Seal("2026-S1", 1, _AT, "Ketua", "", None, date(2026, 6, 30), "k", "1", "d", "r", "m")
_OBJECTION = Objection(4, "2026-S1", "dinkes", None, "Kadis", "Salah", _AT)
_REOPENED = Reopening("2026-S1", 1, "Ketua", "Putusan", _AT)


def test_the_newest_decision_on_a_matter_stands():
    drop, count = _DECISION, replace(_DECISION, number=2, action=Action.COUNT)
    elsewhere = replace(_DECISION, number=3, post="/b")
    exclude = replace(_DECISION, number=4, action=Action.EXCLUDE, post=None)
    prefer = replace(_DECISION, number=5, action=Action.PREFER, post=None)
    last_semester = replace(_DECISION, number=6, semester="2025-S2")
    assert decisions_in_force([exclude, prefer, drop, count, elsewhere, last_semester]) == (
        count,
        elsewhere,
        exclude,
        prefer,
        last_semester,
    )


def test_a_withdrawal_leaves_its_matter_undecided():
    count = replace(_DECISION, number=2, action=Action.COUNT)
    withdrawal = replace(_DECISION, number=3, action=Action.WITHDRAW, post=None, withdraws=2)
    assert decisions_in_force([_DECISION, count, withdrawal]) == ()
    assert decisions_in_force([_DECISION, count, replace(withdrawal, withdraws=1)]) == (count,)
    again = replace(_DECISION, number=4)
    assert decisions_in_force([_DECISION, count, withdrawal, again]) == (again,)


_decisions = st.lists(
    st.builds(
        lambda action, post, withdraws: (action, post, withdraws),
        st.sampled_from(Action),
        st.sampled_from(["/a", "/b"]),
        st.integers(1, 9),
    ),
    max_size=9,
)


@given(_decisions, st.randoms())
def test_the_order_in_which_decisions_are_read_does_not_matter(drawn, random):
    made = [
        replace(
            _DECISION,
            number=number,
            action=action,
            post=post if action in {Action.COUNT, Action.DROP} else None,
            withdraws=withdraws if action is Action.WITHDRAW else None,
        )
        for number, (action, post, withdraws) in enumerate(drawn, 1)
    ]
    standing = decisions_in_force(made)
    matters = [(each.post, each.action if each.post is None else None) for each in standing]
    assert len(matters) == len(set(matters))
    random.shuffle(made)
    assert decisions_in_force(made) == standing


_ANSWERED = replace(_OBJECTION, closed_at=_AT, closed_by="Ketua", answer="Ya", accepted=True)


@pytest.mark.parametrize(
    ("published", "objections", "seals", "reopened", "today", "stage", "in_time"),
    [
        (None, [], [], [], 2, Stage.PROVISIONAL, False),
        (_PUBLISHED, [], [], [], 9, Stage.OBJECTIONS, True),
        (_PUBLISHED, [], [], [], 10, Stage.FINAL, False),
        (_PUBLISHED, [_OBJECTION], [], [], 10, Stage.OBJECTIONS, False),
        (_PUBLISHED, [_ANSWERED], [], [], 10, Stage.FINAL, False),
        (replace(_PUBLISHED, until=None), [], [], [], 2, Stage.FINAL, False),
        (_PUBLISHED, [], [_SEAL], [], 10, Stage.SEALED, False),
        (_PUBLISHED, [], [_SEAL], [_REOPENED], 10, Stage.REOPENED, False),
        (_PUBLISHED, [], [_SEAL, replace(_SEAL, number=2)], [_REOPENED], 10, Stage.SEALED, False),
    ],
)
def test_a_result_comes_from_stage_to_stage(published, objections, seals, reopened, today, stage, in_time):
    progress = measure_progress(published, objections, seals, reopened, date(2026, 7, today))
    assert (progress.stage, progress.in_time) == (stage, in_time)
    assert progress.open_objections == ((4,) if _OBJECTION in objections else ())
    assert (progress.sealed is None) is (stage is not Stage.SEALED)
