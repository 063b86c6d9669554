"""Jury sheets: read from TOML and checked, and their measured lines worked out. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NoReturn

from activity.channel import Channel
from activity.errors import ConfigError, RubricError
from activity.message import Message
from activity.metric import Metric
from activity.outcome import Outcome
from activity.ranking import Standing
from activity.record import Certificate
from activity.result.sheet import Gauge, Service, Sheet, SheetLine, SheetMark, Team
from scoring.jury.sheet_points import fill_by_hand
from scoring.rubrics.table import RubricTable

__all__ = ["check_weights", "mark_standing", "parse_sheet"]

_SERVED = (Gauge.HTTPS, Gauge.REACHABLE, Gauge.ANSWER)
_MEASURED: tuple[Gauge | Metric, ...] = (Gauge.SCORE, *Metric, *_SERVED)
# What a site's own server said, or did not; blocked, throttled and our own faults tell nothing of it.
_UP = {outcome for outcome in Outcome if outcome.saw} | {Outcome.UNPARSABLE, Outcome.NEEDS_BROWSER}
_DOWN = {Outcome.UNREACHABLE, Outcome.GONE, Outcome.MAINTENANCE, Outcome.PARKED, Outcome.SUSPENDED}
_LEAST_NIGHTS = 14
"""A city that began to crawl on the semester's last evening has one night: that is no share of anything."""
_MOST_MEMBERS = 12


def parse_sheet(text: str, source: str) -> Sheet:
    """Read a jury sheet whole.

    Args:
        source: what the messages call the file.

    Raises:
        ConfigError: with the key, its line and the remedy, at the first thing that is wrong.
    """
    try:
        root = RubricTable(tomllib.loads(text), source, text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            "{source} is not TOML: {error}.", "Correct that line.", source=source, error=error
        ) from None
    sheet = Sheet(
        name=root.words("name"),
        team=_read_team(_read_blank(root, "decree"), root.table("team", needed=False)),
        lines=tuple(_read_line(line) for line in root.tables("line", "lines, each as [[line]]")),
    )
    root.finish()
    if not sheet.lines:
        raise RubricError(
            "{source} has no line.", "Write at least one [[line]] with title and weight.", source=source
        )
    return sheet


def check_weights(sheet: Sheet, channels: Sequence[Channel], source: str) -> None:
    """Raise ConfigError where the lines of one of these channels do not add up to 100."""
    for channel in channels:
        whole = sum(line.weight for line in sheet.lines_on(channel))
        if abs(whole - 100) > 1e-6:
            raise ConfigError(
                "{source}: the lines for {channel} weigh {whole:g} together.",
                "Change weights, or `channels` of some lines, so that they weigh 100 on each channel.",
                source=source,
                channel=channel,
                whole=whole,
            )


def mark_standing(sheet: Sheet, standing: Standing, service: Sequence[Service]) -> tuple[SheetMark, ...]:
    """Mark the lines of an account's sheet, the measured ones and those that people scored with their points.

    Args:
        service: every look at the account in the semester.

    Raises:
        ConfigError: people scored a line that was measured.
    """
    marks = tuple(_mark(line, standing, service) for line in sheet.lines_on(standing.channel))
    return fill_by_hand(marks, standing, sheet.by_hand)


def _mark(line: SheetLine, standing: Standing, service: Sequence[Service]) -> SheetMark:
    if line.gauge is None:
        return SheetMark(line, None, None)
    if line.gauge is Gauge.SCORE:
        return SheetMark(line, standing.score, standing.score)
    if line.gauge in _SERVED:
        nights = _judge_nights(line, service)
        if len(nights) < _LEAST_NIGHTS:
            return SheetMark(line, None, None, len(nights))
        share = sum(nights.values()) / len(nights)
        return SheetMark(line, share, 100 * share, len(nights))
    for metric in standing.metrics:
        if metric.name == line.gauge:
            return SheetMark(line, metric.value, metric.points)
    return SheetMark(line, None, None)


def _judge_nights(line: SheetLine, service: Sequence[Service]) -> dict[date, bool]:
    """The nights that tell something; good where any look of the night was."""
    nights: dict[date, bool] = {}
    for look in service:
        good = _judge(line, look)
        if good is not None:
            nights[look.night] = nights.get(look.night, False) or good
    return nights


def _judge(line: SheetLine, look: Service) -> bool | None:
    match line.gauge:
        case Gauge.REACHABLE:
            return True if look.outcome in _UP else False if look.outcome in _DOWN else None
        case Gauge.HTTPS:
            if look.scheme is None and look.certificate is None:
                return None
            return look.scheme == "https" and look.certificate is Certificate.VALID
        case _:
            return None if look.first_byte is None else look.first_byte <= line.seconds


def _read_line(table: RubricTable) -> SheetLine:
    gauge = table.one_of("measured", _MEASURED) if "measured" in table.values else None
    line = SheetLine(
        title=table.words("title"),
        weight=table.number("weight", least=0, most=100),
        gauge=gauge,
        channels=_read_channels(table),
        seconds=table.number("seconds", least=0.1, most=600, default=3.0),
    )
    table.finish()
    if "seconds" in table.values and gauge is not Gauge.ANSWER:
        table.refuse("seconds", "means nothing here", 'It belongs to a line with measured = "answer".')
    if gauge in _SERVED and line.channels != (Channel.WEBSITE,):
        _refuse_channel(table)
    return line


def _refuse_channel(table: RubricTable) -> NoReturn:
    table.refuse("measured", "is measured on websites alone", 'Write channels = ["website"] in this line.')


def _read_channels(table: RubricTable) -> tuple[Channel, ...]:
    if "channels" not in table.values:
        return ()
    known = {channel.value for channel in Channel}
    named = table.list_of("channels", str, 'channels, such as ["website"]')
    for name in named:
        if name not in known:
            table.refuse(
                "channels",
                f"names {name!r}",
                Message("Write some of: {names}.", names=", ".join(sorted(known))),
            )
    return tuple(dict.fromkeys(Channel(name) for name in named))


def _read_team(decree: str, table: RubricTable) -> Team:
    team = Team(decree, _read_blank(table, "chair"))
    if "members" in table.values:
        names = table.list_of("members", str, 'names, such as ["Siti", ""]')
        if len(names) > _MOST_MEMBERS:
            table.refuse(
                "members", f"names {len(names)}", Message("Name at most {most}.", most=_MOST_MEMBERS)
            )
        team = replace(team, members=tuple(name.strip() for name in names))
    table.finish()
    return team


def _read_blank(table: RubricTable, key: str) -> str:
    """A text that may be missing, or blank."""
    found = table.value(key, "a text in quotation marks", "")
    if not isinstance(found, str):
        table.refuse(key, f"is {found!r}", "Write a text in quotation marks.")
    return found.strip()
