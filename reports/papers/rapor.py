"""An office's report (rapor): one page with its score taken apart, its days, and the way up."""

from collections.abc import Iterator
from typing import Any

from activity.ranking import Category, MetricScore, Standing, Status
from activity.result.paper import Rapor, RaporLine
from reports.calendar import CELL, LEFT, TOP, draw_calendar, draw_ground, place_months, tally_nights
from reports.messages import reason_of
from reports.papers.letters import print_words
from reports.papers.voice import DASH, Voice
from reports.wording import Language, phrase_month, phrase_percent

__all__ = ["tell_rapor"]

_DAYS = 8
"""Days of the way up that a page has room for."""
_STYLE = (
    "text{font:8.5px 'Libertinus Serif';fill:#39424c}path{fill:none;stroke:#06493e}"
    ".unseen{stroke:#dcd6ca;stroke-width:1}.blank{stroke:#fff;stroke-width:.4}"
    ".silent{stroke:#8a8f96;stroke-width:.18;stroke-linecap:round;stroke-dasharray:.01 .99;"
    "stroke-dashoffset:-.495}"
    ".p1{stroke-width:.5455;stroke-dasharray:.5455 .4545;stroke-dashoffset:-.2273}"
    ".p2{stroke-width:.7273;stroke-dasharray:.7273 .2727;stroke-dashoffset:-.1364}"
    ".p3{stroke-width:.9091;stroke-dasharray:.9091 .0909;stroke-dashoffset:-.0455}"
)
_LAYERS = frozenset(("blank", "unseen", "p1", "p2", "p3"))
"""Of a calendar's layers; whether a night was reconstructed later is of no use to an office."""


def tell_rapor(rapor: Rapor, language: str) -> dict[str, Any]:
    """All that an office's page says; each of `channels` is one that the office has."""
    voice = Voice(Language.parse(language), rapor.occasion)
    name = print_words(rapor.office.agency.name)
    lacking = [each.line for each in rapor.lines if each.line.standing.address is None]
    return voice.frame(voice.say("rapor.title", name=name)) | {
        "heading": voice.say("rapor.heading"),
        "name": name,
        "level": voice.word("level", rapor.office.agency.level),
        "channels": [_tell_line(voice, each) for each in rapor.lines if each.line.standing.address],
        "lacking": [
            f"{voice.word('channel', line.category.channel.value)}: {voice.say('no_account_here')}"
            for line in lacking
        ],
        "protests": list(_tell_protests(voice, rapor)),
        "legend": voice.say("rapor.legend"),
        "alike": voice.say("rapor.alike"),
        "head": [voice.say(key) for key in ("rapor.metric", "rapor.means", "rapor.gives")],
        "total": voice.say("rapor.total"),
    }


def _tell_line(voice: Voice, told: RaporLine) -> dict[str, Any]:
    line, standing = told.line, told.line.standing
    gives = standing.contributions if standing.score is not None else {}
    return {
        "channel": voice.word("channel", line.category.channel.value),
        "address": print_words(standing.address or "", 80),
        "status": voice.word("status", standing.status.value),
        "place": _tell_place(voice, line.category, standing),
        "score": voice.number(standing.score),
        "facts": _tell_facts(voice, standing),
        "metrics": [
            [
                voice.word("metric", metric.name),
                _tell_value(voice, metric, told.target),
                voice.say(
                    "rapor.best",
                    points=voice.number(gives[metric.name]),
                    weight=voice.number(_share(metric, standing), 0),
                ),
            ]
            for metric in standing.weighed
            if metric.name in gives
        ],
        "picture": _draw(voice, told),
        "alt": _tell_days(voice, told),
        "step": voice.say("rapor.step") if told.step else "",
        "lift": _tell_lift(voice, told),
        "notes": list(_tell_notes(voice, told)),
    }


def _share(metric: MetricScore, standing: Standing) -> float:
    """What a metric can give; the weight of one that the account lacks goes to the others."""
    return 100 * metric.weight / sum(each.weight for each in standing.weighed)


def _tell_place(voice: Voice, category: Category, standing: Standing) -> str:
    if standing.place is None:
        return print_words(reason_of(standing, voice.language)) if standing.reason else DASH
    count = sum(other.place is not None for other in category.standings)
    return voice.say("rapor.of", place=standing.place, count=count)


def _tell_facts(voice: Voice, standing: Standing) -> str:
    coverage = standing.coverage
    known = coverage.seen + coverage.reconstructed
    share = phrase_percent(coverage.share, voice.language)
    nights = voice.say("coverage_nights", known=known, due=coverage.due)
    told = [f"{voice.say('coverage')} {share} ({nights})"]
    if standing.status is not Status.AKTIF and standing.silent_days and standing.silent_since:
        told.append(voice.say("site.silent_for", days=standing.silent_days, day=standing.silent_since))
    if standing.cause:
        told.append(voice.word("cause", standing.cause.value))
    if standing.vacuum_on:
        told.append(voice.say("site.vacuum_from", day=standing.vacuum_on))
    return "; ".join(told)


def _tell_value(voice: Voice, metric: MetricScore, target: float | None) -> str:
    scale, digits = {"engagement": (100, 2), "longest_silence": (1, 0)}.get(metric.name, (1, 1))
    key = f"rapor.means.{metric.name}"
    value = voice.number(metric.value * scale, digits)
    return voice.say(key, value=value, target=voice.number(target, 1 if (target or 0) % 1 else 0))


def _tell_days(voice: Voice, told: RaporLine) -> str:
    row = told.line.halves[1]
    tally = tally_nights(row) if row else None
    if tally is None or not tally.known:
        return voice.say("summary_unseen")
    return voice.say(
        "summary", posts=tally.posts, posted=tally.posted, silent=tally.silent, unseen=tally.unseen
    )


def _draw(voice: Voice, told: RaporLine) -> str:
    """The semester's days as SVG; empty where there is no row to draw."""
    row, semester = told.line.halves[1], voice.occasion.ranking.semester
    if row is None:
        return ""
    drawing = draw_calendar(row, semester)
    months = "".join(
        f'<text x="{x}" y="9">{phrase_month(number, voice.language)}</text>'
        for x, number in place_months(semester)
    )
    layers = [("silent", draw_ground(semester)), *(each for each in drawing.paths if each[0] in _LAYERS)]
    paths = "".join(f'<path class="{name}" d="{path}"/>' for name, path in layers)
    cells = f'<g transform="translate({LEFT + CELL / 2} {TOP}) scale({CELL})">{paths}</g>'
    size = f'viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" height="{drawing.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>{months}{cells}</svg>'


def _tell_lift(voice: Voice, told: RaporLine) -> str:
    step, standing = told.step, told.line.standing
    if step is None:
        return voice.say("rapor.first") if standing.place is not None else ""
    above = voice.say(
        "site.step_rival", name=print_words(step.rival.agency.name, 80), score=voice.number(step.rival.score)
    )
    if not step.days:
        return f"{above} {voice.say('site.step_never')}"
    days = ", ".join(voice.day(day) for day in step.days[:_DAYS]) + ", …" * (len(step.days) > _DAYS)
    enough = voice.say("site.step_days", count=len(step.days), days=days, score=voice.number(step.score))
    return f"{above} {enough}"


def _tell_notes(voice: Voice, told: RaporLine) -> Iterator[str]:
    standing = told.line.standing
    if standing.deductions:
        metrics = ", ".join(voice.word("metric", name) for name, _ in standing.deductions)
        lost = sum(points for _, points in standing.deductions)
        yield voice.say("site.deducted", metric=metrics, points=voice.number(lost))
    if standing.flags:
        kinds = dict.fromkeys(voice.word("flag", flag.kind.value) for flag in standing.flags)
        yield voice.say("rapor.found", flags=", ".join(kinds))
    if standing.held:
        yield voice.say("rapor.held", count=standing.held)
    for ruling in told.line.rulings[:3]:
        action = voice.word("action", ruling.action)
        yield voice.say("site.ruling", number=ruling.number, day=ruling.day, action=action)


def _tell_protests(voice: Voice, rapor: Rapor) -> Iterator[str]:
    for protest in rapor.office.protests[:5]:
        if protest.accepted is None:
            state = voice.say("site.protest_open")
        else:
            key = "site.protest_yes" if protest.accepted else "site.protest_no"
            state = voice.say(key, day=protest.closed)
        yield voice.say("rapor.protest", number=protest.number, state=state)
