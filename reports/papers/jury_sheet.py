"""Jury sheets (lembar juri): what the machine measured beside what people score by hand."""

from typing import Any

from activity.result.paper import JurySheet
from activity.result.sheet import Gauge, SheetMark
from reports.papers.letters import print_words
from reports.papers.voice import DASH, Voice
from reports.wording import Language, phrase_percent

__all__ = ["tell_jury_sheet"]


def tell_jury_sheet(sheet: JurySheet, language: str) -> dict[str, Any]:
    """All that one account's sheet says; a blank figure is one that people write."""
    voice = Voice(Language.parse(language), sheet.occasion)
    name = print_words(sheet.standing.agency.name, 120)
    measured = sum(mark.gives for mark in sheet.marks if mark.gives is not None)
    by_hand = sum(mark.line.weight for mark in sheet.marks if mark.gives is None)
    decree = print_words(sheet.sheet.team.decree)
    frame = voice.frame(f"{voice.say('jury.paper')} {name}")
    place = voice.say(
        "jury.place",
        category=voice.category(sheet.category.channel, sheet.category.level),
        place=sheet.standing.place if sheet.standing.place is not None else DASH,
    )
    keys = ("paper.number", "jury.line", "jury.weight", "jury.measured", "jury.points", "jury.gives")
    return frame | {
        "heading": voice.say("jury.paper"),
        "sheet": print_words(sheet.sheet.name),
        "name": name,
        "place": place,
        "address": print_words(sheet.standing.address or "", 80),
        "decree": voice.say("jury.decree", decree=decree) if decree else "",
        "head": [voice.say(key) for key in keys],
        "rows": [_tell_mark(voice, number, mark) for number, mark in enumerate(sheet.marks, 1)],
        "machine": [voice.say("jury.machine"), voice.number(100 - by_hand, 0), voice.number(measured)],
        "hand": [voice.say("jury.hand"), voice.number(by_hand, 0)],
        "total": voice.say("jury.total"),
        "sum": "" if by_hand else voice.number(measured),
        "note": voice.say("jury.note"),
        "signers": voice.signers(),
        "team": voice.say("paper.team"),
    }


def _tell_mark(voice: Voice, number: int, mark: SheetMark) -> list[str]:
    line = mark.line
    return [
        str(number),
        print_words(line.title),
        voice.number(line.weight, 0 if line.weight == int(line.weight) else 1),
        _tell_measured(voice, mark),
        "" if mark.points is None else voice.number(mark.points),
        "" if mark.gives is None else voice.number(mark.gives),
    ]


def _tell_measured(voice: Voice, mark: SheetMark) -> str:
    gauge = mark.line.gauge
    if mark.jurors:
        return voice.say("jury.given", count=mark.jurors)
    if gauge is None:
        return voice.say("jury.by_hand")
    if mark.value is None and mark.nights:
        return voice.say("jury.few", nights=mark.nights)
    if mark.value is None:
        return voice.say("jury.unmeasured")
    if gauge is Gauge.SCORE:
        return voice.say("gauge.score", value=mark.value)
    if mark.nights is not None:
        seconds = voice.number(mark.line.seconds, 0 if mark.line.seconds == int(mark.line.seconds) else 1)
        what = voice.say(f"gauge.{gauge.value}", **({"seconds": seconds} if gauge is Gauge.ANSWER else {}))
        nights = voice.say("jury.nights", value=round(mark.value * mark.nights), nights=mark.nights)
        return f"{what}: {nights} ({phrase_percent(mark.value, voice.language)})"
    return f"{voice.word('metric', gauge.value)}: {voice.number(mark.value, 1)}"
