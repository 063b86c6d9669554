"""What would be if one rule of the rubric were another: tried before anybody adopts it, and never stored."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from activity.errors import RubricError
from activity.result.alternative import Alternative, Move
from desk.semester.flagging import find_flags
from desk.semester.judge import Judgement

if TYPE_CHECKING:
    from activity.ranking import Ranking
    from scoring.rubrics.rubric import Rubric

__all__ = ["try_alternatives"]

_POINTS = 10
"""By how many points of a hundred each weight is moved."""
_DAYS = 30
_SHARE = 0.1
_MOST = 5_000
"""Accounts beyond which nothing is tried: a nation's seventeen rankings would take longer than its pages."""
_Try = tuple[str, float, float]
"""A rule, what it says, and what it would say."""


def try_alternatives(judgement: Judgement) -> tuple[Alternative, ...]:
    """Rank a semester with each weight moved by ten points either way, with other thresholds, and by the
    other rubrics that ship with Denyut.

    Nothing for a semester of more than 5,000 accounts.
    """
    if len(judgement.rows) > _MOST:
        return ()
    found = [*_try_rules(judgement), *_try_rubrics(judgement)]
    return tuple(
        _compare(judgement.ranking, _rank_by(judgement, rubric), named, before, after)
        for rubric, (named, before, after) in found
    )


def _try_rules(judgement: Judgement) -> "Iterator[tuple[Rubric, tuple[str, str | float, str | float]]]":
    from scoring.rubrics.trial import try_rubric

    for rule, before, after in _list_rules(judgement.rubric):
        try:
            yield try_rubric(judgement.rubric.text, [f"{rule}={after:g}"]).rubric, (rule, before, after)
        except RubricError:
            continue  # what no rubric may say, such as vacuum before less active


def _list_rules(rubric: "Rubric") -> Iterator[_Try]:
    for metric, weight in rubric.weights.items():
        for after in (weight - _POINTS, weight + _POINTS):
            if 0 <= after <= 100:
                yield f"weights.{metric.value}", weight, after
    days, share = rubric.status.vacuum_days, rubric.coverage.minimum
    yield from (("status.vacuum_days", days, days + by) for by in (-_DAYS, _DAYS))
    yield from (("coverage.minimum", share, round(share + by, 4)) for by in (-_SHARE, _SHARE))


def _try_rubrics(judgement: Judgement) -> "Iterator[tuple[Rubric, tuple[str, str | float, str | float]]]":
    from scoring.rubrics.rubric import list_shipped, load_shipped, parse_rubric

    for name in list_shipped():
        rubric = parse_rubric(load_shipped(name), name)
        if rubric.digest != judgement.rubric.digest:
            yield rubric, ("rubric", judgement.rubric.name, rubric.name)


def _rank_by(judgement: Judgement, rubric: "Rubric") -> "Ranking":
    from db.semester.integrity import load_decided
    from db.semester.jury import load_overrides
    from scoring.judgement import judge_rows

    engine, ranking = judgement.engine, judgement.ranking
    decisions = load_overrides(engine, str(ranking.semester))
    flags = judgement.flags
    if rubric.integrity != judgement.rubric.integrity:
        flags = find_flags(engine, judgement.config, ranking.semester, ranking.as_of, rubric)
    decided = load_decided(engine, decisions)
    return judge_rows(judgement.rows, decisions, rubric, ranking.semester, ranking.as_of, flags, decided)


def _compare(
    before: "Ranking", after: "Ranking", rule: str, was: str | float, now: str | float
) -> Alternative:
    from scoring.rubrics.trial import find_moves

    moves = find_moves(before, after)
    moved = sorted((move for move in moves if move.matters), key=_by_weight)
    return Alternative(rule, was, now, tuple(moved), len(moves))


def _by_weight(move: Move) -> tuple[bool, int, str, str]:
    return move.wins[0] == move.wins[1], -move.size, move.agency.slug, move.channel.value
