"""What a jury gave by hand, read from a table and put on the sheets. Pure."""

import csv
import io
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from activity.channel import Channel
from activity.errors import ConfigError
from activity.message import Message
from activity.ranking import Standing
from activity.result.sheet import HandPoints, Sheet, SheetMark
from activity.speech.reason import tell_reason

__all__ = ["fill_by_hand", "parse_points"]

_COLUMNS = ("agency", "channel", "line", "points")


def parse_points(text: str, source: str, sheet: Sheet, known: Iterable[tuple[str, Channel]]) -> HandPoints:
    """Read a CSV with the columns agency, channel, line and points, whole or not at all.

    Comma or semicolon, a decimal point or comma; several jurors are several lines.

    Args:
        source: what the messages call the file.
        known: agencies by slug, and the channels on which they have a sheet.

    Raises:
        ConfigError: naming the line and the remedy, at the first thing that is wrong.
    """
    header = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in header else ",")
    try:
        return _collect(rows, source, sheet, set(known))
    except csv.Error as error:
        raise ConfigError(
            "{source}: {error}.", "Save the table as CSV once more.", source=source, error=tell_reason(error)
        ) from None


def _collect(
    rows: "csv.DictReader[str]", source: str, sheet: Sheet, known: Container[tuple[str, Channel]]
) -> HandPoints:
    names = rows.fieldnames or ()
    if tuple(name.strip() for name in names) != _COLUMNS:
        raise ConfigError(
            "{source}: the columns are not {columns}.",
            "Write them in the first line.",
            source=source,
            columns=", ".join(_COLUMNS),
        )
    found: dict[tuple[str, Channel, str], tuple[float, ...]] = {}
    for row in rows:
        place = Message("{source}, line {line:d}", source=source, line=rows.line_num)
        agency, named, title, points = ((row.get(name) or "").strip() for name in names)
        channel = next((each for each in Channel if each.value == named), None)
        if channel is None or (agency, channel) not in known:
            raise ConfigError(
                "{place}: {agency!r} on {named!r} is not on the shortlist.",
                "Name an id and its channel.",
                place=place,
                agency=agency,
                named=named,
            )
        titles = [line.title for line in sheet.lines_on(channel)]
        if title not in titles:
            raise ConfigError(
                "{place}: {title!r} is no line of that sheet.",
                "There are: {titles}.",
                place=place,
                title=title,
                titles=", ".join(titles),
            )
        key = (agency, channel, title)
        found[key] = (*found.get(key, ()), _read_points(place, points))
    return found


def fill_by_hand(marks: Sequence[SheetMark], standing: Standing, points: HandPoints) -> tuple[SheetMark, ...]:
    """Fill in the mean of what the jurors gave, on lines that were not measured.

    Raises ConfigError where somebody scored a line that was.
    """
    return tuple(_fill(mark, standing, points) for mark in marks)


def _fill(mark: SheetMark, standing: Standing, points: HandPoints) -> SheetMark:
    given = points.get((standing.agency.slug, standing.channel, mark.line.title))
    if given is None:
        return mark
    if mark.points is not None:
        raise ConfigError(
            "{agency} on {channel}: {title!r} was measured, and scored by hand too.",
            "Take those points out.",
            agency=standing.agency.slug,
            channel=standing.channel,
            title=mark.line.title,
        )
    return replace(mark, points=fmean(given), jurors=len(given))


def _read_points(place: Message, text: str) -> float:
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        points = -1.0
    if not 0 <= points <= 100:
        raise ConfigError(
            "{place}: {text!r} are no points.", "Write a number from 0 to 100.", place=place, text=text
        )
    return points
