"""Drawings of the pages: the city's weeks as a line, an account's weeks as a strip."""

from collections.abc import Sequence
from dataclasses import dataclass

from activity.ranking import ActivityRow
from activity.result.pulse import Week
from activity.semester import Semester

__all__ = ["MANY", "SOME", "Strip", "WeekLine", "draw_strip", "draw_weeks"]

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 216, 56, 30
STEP = 10
"""Width of a week's cell in a strip."""
SOME, MANY = 3, 7
"""Posts a week from which a cell is darker: nearly every second day, and every day."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """The weeks of a city.

    Attributes:
        now, before: path data; a week that nobody knows is a gap, a lone one a dash.
        top: the figure that the upper edge stands for.
        months: `(x, month number)` of each month's first week.
    """

    now: str
    before: str
    top: int
    months: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The weeks of one account.

    Attributes:
        paths: `(class, path data)`.
        width: of the drawing.
        posted, silent, unseen: weeks of each kind.
    """

    paths: tuple[tuple[str, str], ...]
    width: int
    posted: int
    silent: int
    unseen: int


def draw_weeks(weeks: Sequence[Week], semester: Semester) -> WeekLine:
    """Draw the city's posts a week; `weeks` are those that are over, the drawing has room for all."""
    highest = max((n for week in weeks for n in (week.posts, week.before) if n is not None), default=0)
    top = _round_up(highest)
    count = len(semester.weeks())
    step = (WIDTH - LEFT - 10) / max(1, count - 1)
    days = semester.days()
    firsts = [days[week.start] for week in semester.weeks()]
    return WeekLine(
        now=_path([week.posts for week in weeks], top, step),
        before=_path([week.before for week in weeks], top, step),
        top=top,
        months=tuple(
            (round(LEFT + n * step, 1), day.month)
            for n, day in enumerate(firsts)
            if n == 0 or day.month != firsts[n - 1].month
        ),
    )


def draw_strip(row: ActivityRow, semester: Semester) -> Strip:
    """Draw one account's weeks; one that is wholly ahead or not due leaves no mark."""
    layers: dict[str, list[str]] = {"unseen": [], "w0": [], "w1": [], "w2": [], "w3": []}
    weeks = semester.weeks()
    for number, week in enumerate(weeks):
        posts = sum(row.posts[week.start : week.stop])
        nights = [night for night in row.nights[week.start : week.stop] if night != "not due"]
        if not nights:
            continue
        known = any(night.known for night in nights)
        name = f"w{1 + (posts >= SOME) + (posts >= MANY)}" if posts else "w0" if known else "unseen"
        side = {"w0": 2, "w1": 4, "w2": 6, "w3": 8}.get(name, STEP)
        inset = (STEP - side) // 2
        layers[name].append(f"M{number * STEP + inset} {inset}h{side}v{side}h-{side}z")
    return Strip(
        paths=tuple((name, "".join(marks)) for name, marks in layers.items() if marks),
        width=len(weeks) * STEP,
        posted=sum(len(layers[name]) for name in ("w1", "w2", "w3")),
        silent=len(layers["w0"]),
        unseen=len(layers["unseen"]),
    )


def _path(figures: Sequence[int | None], top: int, step: float) -> str:
    parts: list[str] = []
    drawing = False
    for number, figure in enumerate(figures):
        if figure is None:
            drawing = False
            continue
        x = LEFT + number * step
        y = 10 + (HEIGHT - BOTTOM - 10) * (1 - figure / top)
        alone = not drawing and (number + 1 == len(figures) or figures[number + 1] is None)
        parts.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}{'h4' if alone else ''}")
        drawing = True
    return "".join(parts)


def _round_up(figure: int) -> int:
    """The next figure with one digit and noughts, so that a line fills its drawing.

    >>> _round_up(0), _round_up(37), _round_up(220)
    (1, 40, 300)
    """
    scale = 1
    while True:
        for step in (1, 2, 3, 4, 5, 6, 8):
            if figure <= step * scale:
                return step * scale
        scale *= 10
