"""The ranking as one Excel workbook for the committee's desk."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter

from activity.ranking import ActivityRow, Category, Ranking, Standing
from reports.messages import reason_of, text, word
from reports.tables import list_vacuum, metric_names

__all__ = ["render_workbook"]

_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EFEA", "bottom": 1},
    "score": {"num_format": "0.00"},
    "share": {"num_format": "0%"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "week": {"num_format": "dd/mm", "bold": True, "bg_color": "#E3EFEA", "bottom": 1},
    "winner": {"bold": True, "bg_color": "#FFF3CF"},
    "wrap": {"text_wrap": True, "valign": "top"},
}
_WIDTHS = {
    "agency": 38,
    "address": 34,
    "detail": 44,
    "outcome": 22,
    "reason": 32,
    "channel": 12,
    "evidence": 100,
}

Cell = str | int | float | date | None


def render_workbook(ranking: Ranking, rows: Sequence[ActivityRow], *, language: str = "id") -> bytes:
    """Write ranking, shortlist, vacuum, flags, activity by week and how to read it, one sheet each.

    Texts are never taken for formulas or links. The same input gives the same bytes: the file
    is dated by the ranking, not by the clock.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "Denyut", "created": datetime.combine(ranking.as_of, time(), UTC)})
        desk = _Desk(book, ranking, language)
        everyone = [(c, s) for c in ranking.categories for s in c.standings]
        chosen = [(c, s) for c in ranking.categories for s in ranking.shortlisted(c)]
        desk.write_standings("sheet.ranking", everyone)
        desk.write_standings("sheet.shortlist", chosen)
        desk.write_vacuum()
        desk.write_flags([s for _, s in everyone])
        desk.write_activity(rows)
        desk.write_reading()
    return out.getvalue()


class _Desk:
    """A workbook being filled in one language."""

    def __init__(self, book: Any, ranking: Ranking, language: str) -> None:
        self._book = book
        self._ranking = ranking
        self._language = language
        self._formats = {name: book.add_format(dict(look)) for name, look in _FORMATS.items()}

    def write_standings(self, title: str, standings: Iterable[tuple[Category, Standing]]) -> None:
        metrics = metric_names(self._ranking)
        columns = ["channel", "level", "place", "agency", "score", *(f"metric.{m}" for m in metrics)]
        columns += ["posts", "undated_posts", "last_post", "coverage", "status", "reason"]
        columns += ["best_place", "worst_place", "place_before", "flagged", "address"]
        sheet = self._open(title, columns, frozen_columns=4)
        line = 0
        for line, (category, standing) in enumerate(standings, start=1):
            won = standing.place is not None and standing.place <= self._ranking.places
            self._put(sheet, line, [*self._who(category, standing, metrics), *self._what(standing)], won)
        sheet.autofilter(0, 0, line, len(columns) - 1)

    def write_vacuum(self) -> None:
        columns = ["agency", "channel", "level", "last_post", "silent_since", "silent_days"]
        columns += ["beyond_law", "cause", "outcome", "detail", "address"]
        sheet = self._open("sheet.vacuum", columns, frozen_columns=1)
        for line, (category, s) in enumerate(list_vacuum(self._ranking), start=1):
            said = word("outcome", s.outcome.value, self._language) if s.outcome else None
            beyond = text("beyond_law", self._language) if s.beyond_law else None
            cells: list[Cell] = [s.agency.name, *self._category(category), s.last_post]
            cause = word("cause", s.cause.value, self._language) if s.cause else None
            cells += [s.silent_since, s.silent_days, beyond, cause, said, s.detail, s.address]
            self._put(sheet, line, cells)

    def write_flags(self, standings: Iterable[Standing]) -> None:
        sheet = self._open(
            "sheet.flags", ["agency", "channel", "flag", "count", "evidence"], frozen_columns=1
        )
        flagged = ((s, flag) for s in standings for flag in s.flags)
        for line, (standing, flag) in enumerate(flagged, start=1):
            channel = word("channel", flag.channel.value, self._language)
            kind = word("flag", flag.kind.value, self._language)
            self._put(
                sheet, line, [standing.agency.name, channel, kind, len(flag.posts) or None, flag.evidence]
            )

    def write_activity(self, rows: Sequence[ActivityRow]) -> None:
        semester = self._ranking.semester
        days, weeks = semester.days(), semester.weeks()
        sheet = self._open("sheet.activity", ["agency", "level", "channel", "posts"], frozen_columns=4)
        for column, week in enumerate(weeks, start=4):
            sheet.write_datetime(0, column, datetime.combine(days[week[0]], time()), self._formats["week"])
        sheet.set_column(4, 3 + len(weeks), 6)
        for line, row in enumerate(rows, start=1):
            counts = [_count(row, week) for week in weeks]
            total = _count(row, range(len(days)))
            level = word("level", row.agency.level, self._language)
            channel = word("channel", row.channel.value, self._language)
            self._put(sheet, line, [row.agency.name, level, channel, total, *counts])

    def write_reading(self) -> None:
        ranking = self._ranking
        sheet = self._sheet("sheet.reading")
        sheet.set_column(0, 0, 110)
        say = self._say
        name = say("semester", half="I" * ranking.semester.half, year=str(ranking.semester.year),
                   ordinal=("first", "second")[ranking.semester.half - 1])  # fmt: skip
        lines = [
            name,
            say("as_of", day=ranking.as_of),
            say("rubric", name=ranking.rubric, version=ranking.version),
            f"{say('digest')}: {ranking.digest}",
            say("read_score"),
            say("read_place", places=ranking.places, shortlist=ranking.shortlist),
            say("read_status"),
            say("read_coverage"),
            say("read_weeks"),
            say("read_range"),
            say("read_flags"),
            say("read_quality"),
        ]
        for line, sentence in enumerate(lines):
            sheet.write_string(line, 0, sentence, self._formats["wrap"])

    def _say(self, key: str, **values: Any) -> str:
        return text(key, self._language, **values)

    def _sheet(self, title: str) -> Any:
        sheet = self._book.add_worksheet(self._say(title))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _open(self, title: str, columns: Sequence[str], *, frozen_columns: int) -> Any:
        sheet = self._sheet(title)
        sheet.freeze_panes(1, frozen_columns)
        for index, column in enumerate(columns):
            kind, _, name = column.partition(".")
            said = word(kind, name, self._language) if name else self._say(column)
            sheet.write_string(0, index, said, self._formats["head"])
            sheet.set_column(index, index, _WIDTHS.get(column, 14))
        return sheet

    def _category(self, category: Category) -> list[Cell]:
        channel = word("channel", category.channel.value, self._language)
        return [channel, word("level", category.level, self._language)]

    def _who(self, category: Category, standing: Standing, metrics: Sequence[str]) -> list[Cell]:
        points = {metric.name: metric.points for metric in standing.metrics}
        where = self._category(category)
        return [
            *where,
            standing.place,
            standing.agency.name,
            standing.score,
            *(points.get(m) for m in metrics),
        ]

    def _what(self, standing: Standing) -> list[Cell]:
        coverage = standing.coverage
        known = bool(standing.posts or coverage.seen or coverage.reconstructed)
        reason = reason_of(standing, self._language) if standing.reason else None
        counts: list[Cell] = [standing.posts, standing.undated] if known else [None, None]
        status = word("status", standing.status.value, self._language)
        before = standing.change.place if standing.change else None
        kinds = dict.fromkeys(word("flag", flag.kind.value, self._language) for flag in standing.flags)
        return [
            *counts,
            standing.last_post,
            _Share(coverage.share),
            status,
            reason,
            standing.best_place,
            standing.worst_place,
            before,
            ", ".join(kinds) or None,
            standing.address,
        ]

    def _put(self, sheet: Any, line: int, cells: Sequence[Cell], won: bool = False) -> None:
        for column, cell in enumerate(cells):
            match cell:
                case str():
                    sheet.write_string(line, column, cell, self._formats["winner"] if won else None)
                case _Share():
                    sheet.write_number(line, column, cell, self._formats["share"])
                case float():
                    sheet.write_number(line, column, cell, self._formats["score"])
                case int():
                    sheet.write_number(line, column, cell)
                case date():
                    sheet.write_datetime(line, column, datetime.combine(cell, time()), self._formats["day"])


class _Share(float):
    """A share of 1, written in percent."""


def _count(row: ActivityRow, days: range) -> int | None:
    """Posts on these days, None where no night of them is known."""
    posts = sum(row.posts[day] for day in days)
    return posts if posts or any(row.nights[day].known for day in days) else None
