"""A semester's rubric is settled: what another text differs in, and what to do about it."""

from itertools import zip_longest

from activity.errors import RubricError
from activity.semester import Semester
from scoring.rubric import Rubric

__all__ = ["check_change", "check_lock"]


def check_lock(rubric: Rubric, adopted: Rubric, semester: Semester, source: str) -> None:
    """Raise RubricError unless a rubric is, to the letter, the one by which a semester is judged.

    Args:
        source: what the messages call the rubric that is wanted.
    """
    if rubric.digest == adopted.digest:
        return
    adopt = f"denyut rubric adopt {source} {semester} --who NAME"
    settled = f"{semester} is judged by {_title(adopted)}"
    if _title(rubric) == _title(adopted):
        raise RubricError(
            f"{_difference(rubric, adopted, source)}, and {settled}, which is locked.",
            f"Raise `version`, write why in `reason`, then: {adopt}",
        )
    raise RubricError(
        f"{source} is {_title(rubric)}, but {settled}, which is locked.",
        "Name no rubric to judge by that one. "
        f"To see who would move: denyut whatif {semester} --rubric {source}. To change the rules: {adopt}",
    )


def check_change(rubric: Rubric, earlier: Rubric, source: str) -> None:
    """Raise RubricError when a rubric that changes an earlier one hides it behind its version or reason."""
    if rubric.digest == earlier.digest or rubric.name != earlier.name:
        return
    if rubric.version == earlier.version:
        raise RubricError(
            f"{_difference(rubric, earlier, source)} of the {_title(earlier)} that was adopted before.",
            "Raise `version` and write why in `reason`.",
        )
    if rubric.reason == earlier.reason:
        raise RubricError(
            f"{source} gives the reason of {_title(earlier)}, but is {_title(rubric)}.",
            "Write in `reason` why this version exists.",
        )


def _difference(rubric: Rubric, earlier: Rubric, source: str) -> str:
    """The first line in which two texts differ; the place comes first, as in every other complaint."""
    lines = zip_longest(rubric.text.splitlines(), earlier.text.splitlines())
    for number, (now, before) in enumerate(lines, 1):
        if now != before:
            found = "ends" if now is None else f"says {now.strip()!r}"
            instead = "nothing" if before is None else repr(before.strip())
            return f"{source}, line {number}: {found} instead of {instead}"
    return f"{source}: only line ends differ"


def _title(rubric: Rubric) -> str:
    return f"{rubric.name} {rubric.version}"
