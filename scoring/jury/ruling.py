"""The jury's decisions on one semester, as scoring uses them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from activity.agency import Channel
from activity.jury import Action, Override
from activity.semester import Semester
from scoring.jury.decision import decisions_in_force

__all__ = ["Matter", "Rulings", "read_rulings"]

Matter = tuple[str, Channel, str]
"""An agency, a channel and the key of a post there."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What is decided.

    Attributes:
        excluded: who has no place.
        preferred: who stands before equals, and how far: the earlier decision gives the higher number.
        settled: posts that were decided on, either way.
    """

    excluded: frozenset[tuple[str, Channel]] = frozenset()
    preferred: Mapping[tuple[str, Channel], int] = field(default_factory=dict)
    settled: frozenset[Matter] = frozenset()


def read_rulings(decisions: Iterable[Override], semester: Semester) -> Rulings:
    """Sort the semester's decisions that are in force by what they do."""
    standing = [each for each in decisions_in_force(decisions) if each.semester == str(semester)]
    preferred = [each for each in standing if each.action is Action.PREFER]
    return Rulings(
        frozenset((each.agency, each.channel) for each in standing if each.action is Action.EXCLUDE),
        {(each.agency, each.channel): len(preferred) - n for n, each in enumerate(preferred)},
        frozenset((each.agency, each.channel, each.post) for each in standing if each.post is not None),
    )
