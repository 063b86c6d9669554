"""Dates in which a spreadsheet exchanged day and month, told by the cells that it left alone.

Excel takes "07/03/2026" for a date in the order of its own country and leaves "07/20/2026" a text, as it
knows no twentieth month. So a part of the file is wrong and the rest is right: nothing can be trusted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from activity.errors import ExportError

__all__ = ["Shapes", "find_mirrored", "refuse_exchanged"]

# A zone may be fourteen hours off, and uploading takes a while.
_NEAR: Final = timedelta(hours=26)
# A post that was scheduled for the day that mirrors its upload is rarer than this.
_FEW: Final = 0.05
_DATE: Final = re.compile(
    r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:[T ,]+\d{1,2}([:.])\d{2}([:.]\d{2})?)?.*", re.DOTALL
)


@dataclass(slots=True)
class _AlikeDates:
    """Dates written alike: one of them, and whether each, or none, could be read in either order."""

    example: str
    either: bool = True
    neither: bool = True
    count: int = 0

    def take(self, ambiguous: bool) -> None:
        self.count += 1
        self.either, self.neither = self.either and ambiguous, self.neither and not ambiguous


@dataclass(slots=True)
class Shapes:
    """In which ways the dates of one column are written."""

    _year_first: str = ""
    _year_last: str = ""
    _groups: dict[str, dict[bool, _AlikeDates]] = field(default_factory=dict)

    def take(self, text: str) -> None:
        """Look at one cell; a date with the month's name cannot be exchanged."""
        match = _DATE.fullmatch(text)
        if match is None:
            return
        if len(match[1]) == 4:
            self._year_first = self._year_first or text
            return
        self._year_last = self._year_last or text
        ambiguous = int(match[1]) <= 12 and int(match[3]) <= 12
        for name, value in _traits(match):
            group = self._groups.setdefault(name, {}).setdefault(value, _AlikeDates(text))
            group.take(ambiguous)

    def exchanged(self) -> tuple[str, str] | None:
        """Find two cells that were not written by one hand; None where all may have been.

        Either real dates beside texts, or two ways of writing, the one for all the dates that can be read
        in either order and the other for all those that cannot.
        """
        if self._year_first and self._year_last:
            return self._year_first, self._year_last
        for groups in self._groups.values():
            if len(groups) == 2 and min(group.count for group in groups.values()) > 1:
                one, other = groups.values()
                if (one.either and other.neither) or (one.neither and other.either):
                    return one.example, other.example
        return None


def refuse_exchanged(name: str, examples: tuple[str, str]) -> ExportError:
    """Make the refusal, with the way out."""
    return ExportError(
        "{name}: a spreadsheet exchanged day and month in a part of its dates ({examples!r} "
        "beside {examples_2!r}), which cannot be undone.",
        "Export it again and hand it in as it was downloaded, without opening it in Excel.",
        name=name,
        examples=examples[0],
        examples_2=examples[1],
    )


def find_mirrored(samples: Iterable[tuple[str, datetime, datetime]]) -> tuple[str, str] | None:
    """Find two cells that the clocks in their addresses contradict, but not with day and month exchanged.

    Args:
        samples: as written, as read without a zone, and what the clock says, aware UTC.
    """
    mirrored, count = [], 0
    for text, at, clock in samples:
        count += 1
        if _is_near(at, clock):
            continue
        if at.day <= 12 and _is_near(at.replace(day=at.month, month=at.day), clock):
            mirrored.append((text, f"{clock:%Y-%m-%d}"))
    return mirrored[0] if len(mirrored) > _FEW * count else None


def _is_near(at: datetime, clock: datetime) -> bool:
    return abs((at if at.tzinfo else at.replace(tzinfo=UTC)) - clock) <= _NEAR


def _traits(match: re.Match[str]) -> Iterable[tuple[str, bool]]:
    """What differs between two programs' ways of writing one date; silent where it would not show."""
    parts = (match[1], match[3])
    if any(part[0] == "0" for part in parts):
        yield "padded", True
    elif any(len(part) == 1 for part in parts):
        yield "padded", False
    yield "dash", match[2] == "/"
    yield "clock", match[5] is not None
    if match[5]:
        yield "colon", match[5] == ":"
        yield "seconds", match[6] is not None
