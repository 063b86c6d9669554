"""Certificates (piagam) for whoever won: a place, or a winning place on every channel."""

from collections.abc import Iterator
from typing import Any

from activity.agency import Agency
from activity.result.paper import Occasion
from reports.link import anchor
from reports.papers.letters import print_words
from reports.papers.voice import Voice
from reports.wording import Language

__all__ = ["tell_certificates"]


def tell_certificates(occasion: Occasion, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each certificate with a name for its file; who shares a place gets one each."""
    voice, ranking = Voice(Language.parse(language), occasion), occasion.ranking
    for category in ranking.categories:
        where = voice.category(category.channel, category.level)
        for standing in category.standings:
            if standing.place is not None and standing.place <= ranking.places:
                name = anchor(category.channel.value, category.level, standing.place, standing.agency.slug)
                merit = (voice.say("certificate.place", place=standing.place), where)
                yield name, _tell(voice, standing.agency, merit, standing.score)
    for level, everyone in ranking.overall:
        where = voice.say("certificate.overall", level=voice.word("level", level))
        for each in everyone:
            if each.place is not None and each.place <= ranking.places:
                name = anchor("gabungan", level, each.place, each.agency.slug)
                merit = (voice.say("certificate.place", place=each.place), where)
                yield name, _tell(voice, each.agency, merit, each.score)
    for number, prize in enumerate(ranking.prizes, 1):
        for group in prize.categories:
            where = voice.category(group.channel, group.level)
            for won in group.winners:
                name = anchor("hadiah", number, group.channel.value, group.level, won.place, won.agency.slug)
                place = voice.say("certificate.place", place=won.place)
                merit = (f"{place}: {print_words(prize.name, 60)}", where)
                yield name, _tell(voice, won.agency, merit, None)
    for sweep in ranking.sweeps:
        where = ", ".join(
            f"{voice.word('channel', channel.value)}: {voice.say('certificate.place', place=place)}"
            for channel, place in sweep.places
        )
        merit = (voice.say("certificate.sweep"), where)
        yield (
            anchor("semua-kanal", sweep.agency.level, sweep.agency.slug),
            _tell(voice, sweep.agency, merit, None),
        )


def _tell(voice: Voice, agency: Agency, merit: tuple[str, str], score: float | None) -> dict[str, Any]:
    name = print_words(agency.name, 120)
    occasion = voice.occasion
    frame = voice.frame(f"{voice.say('certificate.title')} {name}")
    signer = voice.signers()[0]
    return frame | {
        "heading": voice.say("certificate.title"),
        "given": voice.say("certificate.given"),
        "name": name,
        "as": voice.say("certificate.as"),
        "merit": merit[0],
        "where": merit[1],
        "award": voice.say(
            "certificate.for",
            award=voice.say("paper.award"),
            city=print_words(occasion.city),
            semester=voice.semester(occasion.ranking.semester),
        ),
        "score": "" if score is None else voice.say("certificate.score", score=score),
        "place": voice.say("certificate.signed"),
        "signer": f"{signer['role']} {voice.say('paper.team')}",
        "signer_name": signer["name"],
    }
