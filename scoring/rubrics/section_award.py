"""What a rubric says of awards beyond places: vetoes, deductions, and further prizes.

Each may be left out: most rubrics have none of them.
"""

from activity.metric import Metric
from scoring.rubrics.rule import Deduction, PrizeRule, StrictRule
from scoring.rubrics.table import RubricTable

__all__ = ["read_prizes", "read_strict"]

_DEDUCTIONS = 'a list such as [[deductions]] with metric = "regularity", below = 80, points = 5'
_PRIZES = 'a list such as [[prizes]] with name = "Paling aktif", metric = "posts_a_week", places = 1'


def read_strict(root: RubricTable) -> StrictRule:
    """Read the silence that leaves no place, and what costs points."""
    veto = root.table("veto", needed=False)
    days = veto.whole("longest_silence", least=1, most=184) if veto.values else None
    veto.finish()
    deductions = tuple(map(_read_deduction, root.tables("deductions", _DEDUCTIONS, needed=False)))
    return StrictRule(days, deductions)


def _read_deduction(table: RubricTable) -> Deduction:
    found = Deduction(
        metric=table.one_of("metric", Metric),
        below=table.number("below", least=0.01, most=100),
        points=table.number("points", least=0.01, most=100),
    )
    table.finish()
    return found


def read_prizes(root: RubricTable) -> tuple[PrizeRule, ...]:
    """Read the further prizes, each with a name of its own."""
    prizes: list[PrizeRule] = []
    for table in root.tables("prizes", _PRIZES, needed=False):
        prize = PrizeRule(
            name=table.words("name"),
            metric=table.one_of("metric", Metric),
            places=table.whole("places", least=1),
        )
        if any(prize.name.casefold() == other.name.casefold() for other in prizes):
            table.refuse("name", f"is {prize.name!r} a second time", "Give each prize a name of its own.")
        table.finish()
        prizes.append(prize)
    return tuple(prizes)
