"""The official minutes (berita acara) of a semester, as headings, paragraphs and tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from activity.jury import Objection, Override
from activity.prize import Prize
from activity.ranking import Category, Overall, Standing
from activity.result.paper import Minutes
from reports.award import find_winners
from reports.papers.letters import print_words
from reports.papers.voice import DASH, Voice
from reports.wording import Language

__all__ = ["tell_minutes"]

Block = dict[str, Any]


def tell_minutes(minutes: Minutes, language: str) -> dict[str, Any]:
    """All that the minutes say, in order: what the PDF lays out and the DOCX writes down.

    Each of `blocks` has a `kind`: `heading`, `lead` (stays with what follows), `paragraph` and `digest` with
    `text`; `table` with `head`, `rows`, `widths` (parts of the line) and `right` (columns of figures).
    """
    voice = Voice(Language.parse(language), minutes.occasion)
    occasion, ranking = minutes.occasion, minutes.occasion.ranking
    decree = print_words(occasion.team.decree)
    opening = voice.say(
        "minutes.opening",
        decree=voice.say("minutes.decree", decree=decree) if decree else "",
        city=print_words(occasion.city),
        semester=voice.semester(ranking.semester),
        as_of=ranking.as_of,
        rubric=print_words(ranking.rubric),
        version=print_words(ranking.version),
    )
    frame = voice.frame(f"{voice.say('minutes.title')} {print_words(occasion.city)} {ranking.semester}")
    return frame | {
        "heading": voice.say("minutes.title"),
        "award": voice.say("paper.award"),
        "number": voice.say("minutes.number"),
        "opening": opening,
        "blocks": [
            *_tell_accounts(voice, minutes),
            *_tell_winners(voice, minutes),
            *_tell_vacuum(voice, minutes),
            *_tell_decisions(voice, minutes),
            *_tell_objections(voice, minutes.objections, _names(minutes)),
            *_tell_seal(voice, minutes),
        ],
        "closing": voice.say("minutes.closing"),
        "team": voice.say("paper.team"),
        "signers": voice.signers(),
        "square": voice.say("paper.square"),
    }


def _names(minutes: Minutes) -> dict[str, str]:
    return {
        s.agency.slug: print_words(s.agency.name)
        for category in minutes.occasion.ranking.categories
        for s in category.standings
    }


def _heading(words: str) -> Block:
    return {"kind": "heading", "text": words}


def _lead(words: str) -> Block:
    return {"kind": "lead", "text": words}


def _paragraph(words: str) -> Block:
    return {"kind": "paragraph", "text": words}


def _table(
    voice: Voice, head: Sequence[str], rows: list[list[str]], widths: Sequence[float], right: Sequence[int]
) -> Iterator[Block]:
    if rows:
        yield {
            "kind": "table",
            "head": list(head),
            "rows": rows,
            "widths": list(widths),
            "right": list(right),
        }
    else:
        yield _paragraph(voice.say("paper.none"))


def _tell_accounts(voice: Voice, minutes: Minutes) -> Iterator[Block]:
    yield _heading(voice.say("minutes.accounts"))
    yield _lead(voice.say("minutes.accounts_lead"))
    states = ("alive", "weak", "dead", "unseen", "none")
    rows = [
        [voice.category(each.channel, each.level), *(str(getattr(each, state)) for state in states)]
        for each in minutes.categories
    ]
    head = [voice.say("site.category"), *(voice.say(f"site.{state}") for state in states)]
    yield from _table(voice, head, rows, (3, 1, 1, 1, 1, 1), (1, 2, 3, 4, 5))


def _tell_winners(voice: Voice, minutes: Minutes) -> Iterator[Block]:
    ranking = minutes.occasion.ranking
    yield _heading(voice.say("minutes.winners"))
    yield _lead(voice.say("minutes.winners_lead", places=ranking.places))
    swept = {sweep.agency.slug for sweep in ranking.sweeps}
    rows = [row for category in ranking.categories for row in _category_rows(voice, category, minutes, swept)]
    for level, everyone in ranking.overall:
        title = voice.say("overall", level=voice.word("level", level))
        won = [each for each in everyone if each.place is not None and each.place <= ranking.places]
        rows += [_winner(voice, title, each, won, swept) for each in won]
    rows += _prize_rows(voice, ranking.prizes)
    head = [voice.say(key) for key in ("site.category", "place", "agency", "score", "minutes.note")]
    yield from _table(voice, head, rows, (2.4, 1, 3.4, 0.9, 1.6), (1, 3))


def _category_rows(
    voice: Voice, category: Category, minutes: Minutes, swept: set[str]
) -> Iterator[list[str]]:
    places = minutes.occasion.ranking.places
    title = voice.category(category.channel, category.level)
    won = find_winners(category, places)
    yield from (_winner(voice, title, standing, won, swept) for standing in won)
    for place in range(len(won) + 1, places + 1):
        yield [title, str(place), voice.say("minutes.empty_place"), DASH, ""]


def _prize_rows(voice: Voice, prizes: Sequence[Prize]) -> Iterator[list[str]]:
    """The rubric's further prizes: who won each, and the metric that decided; its figure is no score."""
    for prize in prizes:
        for category in prize.categories:
            title = f"{print_words(prize.name)}: {voice.category(category.channel, category.level)}"
            for won in category.winners:
                metric = voice.word("metric", prize.metric)
                yield [title, str(won.place), print_words(won.agency.name), DASH, metric]


def _winner(
    voice: Voice, title: str, won: Standing | Overall, all_won: Sequence[Standing | Overall], swept: set[str]
) -> list[str]:
    tied = sum(other.place == won.place for other in all_won) > 1
    notes = [voice.say("minutes.tie")] * tied
    notes += [voice.say("minutes.sweep")] * (won.agency.slug in swept)
    return [title, str(won.place), print_words(won.agency.name), voice.number(won.score), ", ".join(notes)]


def _tell_vacuum(voice: Voice, minutes: Minutes) -> Iterator[Block]:
    yield _heading(voice.say("minutes.vacuum"))
    yield _lead(voice.say("minutes.vacuum_lead"))
    rows = [
        [
            str(number),
            print_words(s.agency.name),
            voice.word("channel", s.channel.value),
            voice.day(s.silent_since),
            voice.number(s.silent_days, 0),
            _tell_cause(voice, s),
        ]
        for number, s in enumerate(minutes.occasion.ranking.vacuum(), 1)
    ]
    keys = ("paper.number", "agency", "channel", "silent_since", "silent_days", "cause")
    yield from _table(voice, [voice.say(key) for key in keys], rows, (0.6, 3, 1.3, 1.5, 0.8, 2.6), (0, 4))


def _tell_cause(voice: Voice, standing: Standing) -> str:
    told = [voice.word("cause", standing.cause.value)] if standing.cause else []
    told += [voice.say("never_posted")] * (standing.last_post is None)
    told += [voice.say("beyond_law")] * standing.beyond_law
    if standing.alive_on:
        channels = ", ".join(voice.word("channel", channel.value) for channel in standing.alive_on)
        told.append(voice.say("alive_on", channels=channels))
    return "; ".join(told)


def _tell_decisions(voice: Voice, minutes: Minutes) -> Iterator[Block]:
    names = _names(minutes)

    def row(decision: Override) -> list[str]:
        does = voice.word("action", decision.action.value)
        return [
            str(decision.number),
            voice.day(decision.decided_at),
            f"{names.get(decision.agency, print_words(decision.agency))}, "
            f"{voice.word('channel', decision.channel.value)}",
            f"{does}: {print_words(decision.post)}" if decision.post else does,
            print_words(decision.who),
            "; ".join(print_words(each) for each in (decision.reason, decision.evidence) if each),
        ]

    yield _heading(voice.say("minutes.decisions"))
    keys = ("paper.number", "paper.day", "agency", "minutes.decision", "minutes.by", "minutes.reason")
    rows = [row(decision) for decision in minutes.decisions]
    yield from _table(voice, [voice.say(key) for key in keys], rows, (0.6, 1.3, 2.2, 2.2, 1.5, 2.6), (0,))
    if minutes.undone:
        yield _paragraph(voice.say("minutes.undone", count=minutes.undone))


def _tell_objections(voice: Voice, objections: Sequence[Objection], names: dict[str, str]) -> Iterator[Block]:
    yield _heading(voice.say("minutes.objections"))
    rows = [
        [
            str(each.number),
            voice.day(each.opened_at),
            names.get(each.agency, print_words(each.agency)),
            voice.word("channel", each.channel.value) if each.channel else voice.say("minutes.all_channels"),
            print_words(each.reason),
            _tell_answer(voice, each),
        ]
        for each in objections
    ]
    keys = ("paper.number", "paper.day", "agency", "channel", "minutes.objected", "minutes.answer")
    yield from _table(voice, [voice.say(key) for key in keys], rows, (0.6, 1.3, 2, 1.3, 2.6, 2.6), (0,))


def _tell_answer(voice: Voice, objection: Objection) -> str:
    if objection.closed_at is None:
        return voice.say("minutes.open")
    key = "minutes.accepted" if objection.accepted else "minutes.rejected"
    return voice.say(key, day=voice.day(objection.closed_at), answer=print_words(objection.answer or ""))


def _tell_seal(voice: Voice, minutes: Minutes) -> Iterator[Block]:
    yield _heading(voice.say("minutes.seal"))
    seal = minutes.occasion.seal
    if seal is None:
        yield _paragraph(voice.say("minutes.unsealed"))
        return
    yield _paragraph(
        voice.say(
            "minutes.sealed", day=voice.day(seal.sealed_at), who=print_words(seal.who), number=seal.number
        )
    )
    yield {"kind": "digest", "text": seal.archive}
    if seal.supersedes is not None:
        reason = print_words(seal.reason)
        yield _paragraph(voice.say("minutes.supersedes", number=seal.supersedes, reason=reason))
    yield _paragraph(voice.say("minutes.verify"))
