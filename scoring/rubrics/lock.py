"""A semester's rubric is settled: what another text differs in, and what to do about it."""

from itertools import zip_longest

from activity.errors import RubricError
from activity.semester import Semester
from scoring.rubrics.rubric import Rubric

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
            "{difference}, and {settled}, which is locked.",
            "Raise `version`, write why in `reason`, then: {adopt}",
            difference=_difference(rubric, adopted, source),
            settled=settled,
            adopt=adopt,
        )
    raise RubricError(
        "{source} is {title}, but {settled}, which is locked.",
        "Name no rubric to judge by that one. To see who would move: denyut whatif {semester} "
        "--rubric {source}. To change the rules: {adopt}",
        source=source,
        title=_title(rubric),
        settled=settled,
        semester=semester,
        adopt=adopt,
    )


def check_change(rubric: Rubric, earlier: Rubric, source: str) -> None:
    """Raise RubricError when a rubric that changes an earlier one hides it behind its version or reason."""
    if rubric.digest == earlier.digest or rubric.name != earlier.name:
        return
    if rubric.version == earlier.version:
        raise RubricError(
            "{difference} of the {title} that was adopted before.",
            "Raise `version` and write why in `reason`.",
            difference=_difference(rubric, earlier, source),
            title=_title(earlier),
        )
    if rubric.reason == earlier.reason:
        raise RubricError(
            "{source} gives the reason of {title}, but is {title_2}.",
            "Write in `reason` why this version exists.",
            source=source,
            title=_title(earlier),
            title_2=_title(rubric),
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
