"""A message that somebody gets unasked: the morning's to the officer, a reminder to an office."""

from dataclasses import dataclass
from enum import StrEnum

from activity.message import Message

__all__ = ["Letter", "LetterKind"]


class LetterKind(StrEnum):
    """What a message is about.

    A round is no message: it stands for a morning on which all that was due was tried.
    """

    MORNING = "morning"
    REMINDER = "reminder"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Letter:
    """A text of few lines that can still be said in either language.

    Attributes:
        title: one line; the subject of a letter.
        lines: a sentence or two each.
    """

    title: Message
    lines: tuple[Message, ...]
