"""How the papers speak: one language, numbers and days as it writes them, strangers' words made printable."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from activity.agency import Channel
from activity.result.paper import Occasion
from activity.semester import Semester
from reports.messages import text, word
from reports.papers.letters import print_words
from reports.wording import Language, phrase_date, phrase_number

__all__ = ["DASH", "Voice"]

DASH = "–"


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of a paper in one language."""

    language: Language
    occasion: Occasion

    def say(self, key: str, **values: Any) -> str:
        """A message; dates and numbers among the values are written as the language does."""
        return text(key, self.language, **values)

    def word(self, kind: str, name: str) -> str:
        """A word of the vocabulary, or a level as the city calls it."""
        return print_words(word(kind, name, self.language))

    def category(self, channel: Channel, level: str) -> str:
        """A channel at a level."""
        return self.say(
            "category", channel=self.word("channel", channel.value), level=self.word("level", level)
        )

    def number(self, value: float | None, digits: int = 2) -> str:
        """A figure, or a dash where there is none."""
        return DASH if value is None else phrase_number(value, self.language, digits)

    def day(self, moment: date | None) -> str:
        """A local day, of a day or of a moment."""
        if moment is None:
            return DASH
        local = moment.astimezone(self.occasion.zone).date() if isinstance(moment, datetime) else moment
        return phrase_date(local, self.language, short=True)

    def semester(self, semester: Semester) -> str:
        """A semester in words."""
        ordinal = ("first", "second")[semester.half - 1]
        return self.say("semester", half="I" * semester.half, ordinal=ordinal, year=str(semester.year))

    def frame(self, title: str) -> dict[str, Any]:
        """Give what every paper begins and ends with, as a template reads it."""
        occasion = self.occasion
        seal = occasion.seal
        stage = self.word("stage", occasion.stage.value)
        sealed = (
            self.say("paper.sealed", number=seal.number, day=self.day(seal.sealed_at), digest=seal.archive)
            if seal
            else ""
        )
        return {
            "lang": self.language.value,
            "title": title,
            "city": print_words(occasion.city, 120),
            "semester": self.semester(occasion.ranking.semester),
            "as_of": self.say("as_of", day=occasion.ranking.as_of),
            "draft": "" if seal else self.say("paper.draft"),
            "draft_note": "" if seal else self.say("paper.draft_stage", stage=stage),
            "foot": sealed or self.say("paper.draft"),
            "page": self.say("paper.page"),
            "of": self.say("paper.of"),
        }

    def signers(self) -> list[dict[str, str]]:
        """The chair, then the members; a blank name is written by hand."""
        team = self.occasion.team
        roles = [(self.say("paper.chair"), team.chair)]
        roles += [(f"{self.say('paper.member')} {n}", name) for n, name in enumerate(team.members, 1)]
        return [{"role": role, "name": print_words(name, 60)} for role, name in roles]
