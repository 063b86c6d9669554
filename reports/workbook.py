"""The ranking as one Excel workbook for the committee's desk."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from types import MappingProxyType

import xlsxwriter

from activity.flag import Flag
from activity.ranking import ActivityRow, Category, Ranking, Standing
from activity.result.recap import Files
from reports.catalogue import tell_detail, translate
from reports.messages import reason_of
from reports.sheet import Cell, Share, Sheets
from reports.tables import list_vacuum, metric_names
from reports.wording import Language
from reports.workbook_activity import recap_semester, write_activity, write_months, write_summary

__all__ = ["render_workbook"]

_NO_FILES: Files = MappingProxyType({})


def render_workbook(
    ranking: Ranking, rows: Sequence[ActivityRow], *, language: str = "id", files: Files = _NO_FILES
) -> bytes:
    """Write ranking, shortlist, vacuum, flags, activity by week and month, a summary and how to read it.

    Texts are never taken for formulas or links. The same input gives the same bytes: the file
    is dated by the ranking, not by the clock.

    Args:
        files: that were handed in.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "Denyut", "created": datetime.combine(ranking.as_of, time(), UTC)})
        sheets = Sheets(book, language)
        desk = _Desk(sheets, ranking)
        recaps = recap_semester(ranking, rows, files)
        everyone = [(c, s) for c in ranking.categories for s in c.standings]
        chosen = [(c, s) for c in ranking.categories for s in ranking.shortlisted(c)]
        desk.write_standings("sheet.ranking", everyone)
        desk.write_standings("sheet.shortlist", chosen)
        desk.write_vacuum()
        desk.write_flags([s for _, s in everyone])
        write_activity(sheets, ranking, rows)
        write_months(sheets, recaps)
        write_summary(sheets, ranking, recaps)
        desk.write_reading()
    return out.getvalue()


class _Desk:
    """The sheets of a ranking being written."""

    def __init__(self, sheets: Sheets, ranking: Ranking) -> None:
        self._sheets = sheets
        self._ranking = ranking
        # A column of zeros would only ask what it is for where the rubric deducts nothing.
        self._deducts = any(s.deductions for c in ranking.categories for s in c.standings)

    def write_standings(self, title: str, standings: Iterable[tuple[Category, Standing]]) -> None:
        metrics = metric_names(self._ranking)
        columns = ["channel", "level", "place", "agency", "score", *(f"metric.{m}" for m in metrics)]
        columns += ["deducted"] * self._deducts
        columns += ["posts", "undated_posts", "last_post", "coverage", "status", "reason"]
        columns += ["best_place", "worst_place", "place_before", "flagged", "address"]
        sheet = self._sheets.open(title, columns, frozen_columns=4)
        line = 0
        for line, (category, standing) in enumerate(standings, start=1):
            won = standing.place is not None and standing.place <= self._ranking.places
            self._sheets.put(
                sheet, line, [*self._who(category, standing, metrics), *self._what(standing)], won
            )
        sheet.autofilter(0, 0, line, len(columns) - 1)

    def write_vacuum(self) -> None:
        columns = ["agency", "channel", "level", "last_post", "silent_since", "silent_days"]
        columns += ["beyond_law", "cause", "outcome", "detail", "address"]
        sheet = self._sheets.open("sheet.vacuum", columns, frozen_columns=1)
        line = 0
        for line, (category, s) in enumerate(list_vacuum(self._ranking), start=1):
            said = self._sheets.word("outcome", s.outcome.value) if s.outcome else None
            beyond = self._sheets.say("beyond_law") if s.beyond_law else None
            cells: list[Cell] = [s.agency.name, *self._category(category), s.last_post]
            cause = self._sheets.word("cause", s.cause.value) if s.cause else None
            detail = tell_detail(s.detail, Language.parse(self._sheets.language))
            cells += [s.silent_since, s.silent_days, beyond, cause, said, detail, s.address]
            self._sheets.put(sheet, line, cells)
        sheet.autofilter(0, 0, line, len(columns) - 1)

    def write_flags(self, standings: Iterable[Standing]) -> None:
        columns = ["agency", "channel", "flag", "count", "evidence"]
        lines = (self._tell_flag(s, flag) for s in standings for flag in s.flags)
        self._sheets.put_all("sheet.flags", columns, lines, frozen_columns=1)

    def _tell_flag(self, standing: Standing, flag: Flag) -> list[Cell]:
        channel = self._sheets.word("channel", flag.channel.value)
        kind = self._sheets.word("flag", flag.kind.value)
        evidence = translate(flag.evidence, Language.parse(self._sheets.language))
        return [standing.agency.name, channel, kind, len(flag.posts) or None, evidence]

    def write_reading(self) -> None:
        ranking = self._ranking
        sheet = self._sheets.add("sheet.reading")
        sheet.set_column(0, 0, 110)
        say = self._sheets.say
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
            sheet.write_string(line, 0, sentence, self._sheets.formats["wrap"])

    def _category(self, category: Category) -> list[Cell]:
        channel = self._sheets.word("channel", category.channel.value)
        return [channel, self._sheets.word("level", category.level)]

    def _who(self, category: Category, standing: Standing, metrics: Sequence[str]) -> list[Cell]:
        points = {metric.name: metric.points for metric in standing.metrics}
        where = self._category(category)
        return [
            *where,
            standing.place,
            standing.agency.name,
            standing.score,
            *(points.get(m) for m in metrics),
            *[standing.deducted] * self._deducts,
        ]

    def _what(self, standing: Standing) -> list[Cell]:
        coverage = standing.coverage
        known = bool(standing.posts or coverage.seen or coverage.reconstructed)
        reason = reason_of(standing, self._sheets.language) if standing.reason else None
        counts: list[Cell] = [standing.posts, standing.undated] if known else [None, None]
        status = self._sheets.word("status", standing.status.value)
        before = standing.change.place if standing.change else None
        kinds = dict.fromkeys(self._sheets.word("flag", flag.kind.value) for flag in standing.flags)
        return [
            *counts,
            standing.last_post,
            Share(coverage.share),
            status,
            reason,
            standing.best_place,
            standing.worst_place,
            before,
            ", ".join(kinds) or None,
            standing.address,
        ]
