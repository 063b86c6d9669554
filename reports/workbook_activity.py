"""The workbook's sheets of activity: weeks in colours, months, and a summary with charts."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from activity.ranking import ActivityRow, Category, Ranking, Status
from activity.result.month import list_months
from activity.result.recap import Files, MonthRecap, recap_month
from activity.semester import Night
from reports.pages.charts import MANY, SOME
from reports.sheet import Cell, Sheets
from reports.wording import Language, phrase_month_of

__all__ = ["recap_semester", "write_activity", "write_months", "write_summary"]

_STATES = ("alive", "weak", "dead", "unseen", "none")
_COLOURS = ("#0B5C4A", "#D9A520", "#B3261E", "#A5967C", "#D5D5CF")
_BLANK_ROWS = 2
_CHART = {"width": 620, "height": 300}


def write_activity(sheets: Sheets, ranking: Ranking, rows: Sequence[ActivityRow]) -> None:
    """A row an account, a column a week: the darker, the more posts; hatched where no night is known."""
    days, weeks = ranking.semester.days(), ranking.semester.weeks()
    columns = ["agency", "level", "channel", "posts"]
    sheet = sheets.open("sheet.activity", columns, frozen_columns=len(columns))
    for column, week in enumerate(weeks, start=len(columns)):
        first = datetime.combine(days[week[0]], time())
        sheet.write_datetime(0, column, first, sheets.formats["week"])
    sheet.set_column(len(columns), len(columns) - 1 + len(weeks), 6)
    for line, row in enumerate(rows, start=1):
        level = sheets.word("level", row.agency.level)
        channel = sheets.word("channel", row.channel.value)
        sheets.put(sheet, line, [row.agency.name, level, channel, _count(row, range(len(days)))])
        for column, week in enumerate(weeks, start=len(columns)):
            _colour(sheets, sheet, (line, column), row, week)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _colour(sheets: Sheets, sheet: Any, where: tuple[int, int], row: ActivityRow, week: range) -> None:
    posts = _count(row, week)
    if posts is not None:
        shade = 1 + (posts >= SOME) + (posts >= MANY) if posts else 0
        sheet.write_number(*where, posts, sheets.formats[f"w{shade}"])
    elif any(row.nights[day] is Night.UNSEEN for day in week):
        sheet.write_blank(*where, None, sheets.formats["unseen"])


def _count(row: ActivityRow, days: range) -> int | None:
    """Posts on these days, None where no night of them is known."""
    posts = sum(row.posts[day] for day in days)
    return posts if posts or any(row.nights[day].known for day in days) else None


def write_months(sheets: Sheets, recaps: Sequence[MonthRecap]) -> None:
    """A row an account and month."""
    columns = ["months.month", "agency", "level", "channel", "posts", "months.active_days"]
    columns += ["months.longest_silence", "months.latest", "months.unseen", "months.files"]
    sheets.put_all("sheet.months", columns, _list_lines(sheets, recaps), frozen_columns=2)


def _list_lines(sheets: Sheets, recaps: Sequence[MonthRecap]) -> Iterator[list[Cell]]:
    for recap in recaps:
        for line in recap.lines:
            handed = recap.hand_in(line)
            level = sheets.word("level", line.agency.level)
            channel = sheets.word("channel", line.channel.value)
            figures = [line.posts, line.active_days, line.longest_silence, line.latest, line.unseen]
            state = sheets.word("handed", handed.state.value) if handed else None
            yield [str(line.month), line.agency.name, level, channel, *figures, state]


def write_summary(sheets: Sheets, ranking: Ranking, recaps: Sequence[MonthRecap]) -> None:
    """Accounts by state and the city's months, each as a table with a chart beside it."""
    sheet = sheets.add("sheet.summary")
    sheet.set_column(0, 0, 38)
    heads = ["site.category", *(f"site.{state}" for state in _STATES)]
    last = _write_table(sheets, sheet, 0, heads, [_count_states(sheets, c) for c in ranking.categories])
    if last:
        _draw_states(sheets, sheet, last)
    top = max(last + _BLANK_ROWS, 16)
    heads = ["months.month", "posts", "months.posted", "months.silent", "months.uncertain"]
    last = _write_table(sheets, sheet, top, heads, [_sum_month(sheets, recap) for recap in recaps])
    if last:
        _draw_months(sheets, sheet, top, last)


def recap_semester(ranking: Ranking, rows: Sequence[ActivityRow], files: Files) -> list[MonthRecap]:
    """Every month that has begun."""
    return [recap_month(rows, month, files) for month in list_months(ranking.semester, ranking.as_of)]


def _count_states(sheets: Sheets, category: Category) -> list[Cell]:
    known = [s.status for s in category.standings if s.address is not None]
    order = (Status.AKTIF, Status.KURANG_AKTIF, Status.VAKUM, Status.TIDAK_DINILAI)
    channel = sheets.word("channel", category.channel.value)
    name = sheets.say("category", channel=channel, level=sheets.word("level", category.level))
    return [name, *(known.count(status) for status in order), len(category.standings) - len(known)]


def _sum_month(sheets: Sheets, recap: MonthRecap) -> list[Cell]:
    whole = recap.whole
    name = phrase_month_of(recap.month.first_day, Language.parse(sheets.language))
    return [name, whole.posts, whole.posted, whole.silent, whole.uncertain]


def _write_table(
    sheets: Sheets, sheet: Any, top: int, columns: Sequence[str], lines: Sequence[Sequence[Cell]]
) -> int:
    """Write a table that can be filtered; its last row, 0 where it has none."""
    if not lines:
        return 0
    last = top + len(lines)
    heads = [{"header": sheets.head(column)} for column in columns]
    sheet.add_table(top, 0, last, len(columns) - 1, {"columns": heads, "style": "Table Style Light 11"})
    for line, cells in enumerate(lines, start=top + 1):
        sheets.put(sheet, line, cells)
    return last


def _draw_states(sheets: Sheets, sheet: Any, last: int) -> None:
    chart = sheets.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in enumerate(_COLOURS, start=1):
        _add_series(chart, sheet, (0, last), column, colour)
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    _place(sheets, sheet, chart, 0, "site.accounts")


def _draw_months(sheets: Sheets, sheet: Any, top: int, last: int) -> None:
    chart = sheets.book.add_chart({"type": "column"})
    _add_series(chart, sheet, (top, last), 1, _COLOURS[0])
    chart.set_legend({"none": True})
    _place(sheets, sheet, chart, top, "months.posts_each")


def _add_series(chart: Any, sheet: Any, rows: tuple[int, int], column: int, colour: str) -> None:
    head, last = rows
    name = sheet.get_name()
    series = {
        "name": [name, head, column],
        "categories": [name, head + 1, 0, last, 0],
        "values": [name, head + 1, column, last, column],
        "fill": {"color": colour},
    }
    chart.add_series(series)


def _place(sheets: Sheets, sheet: Any, chart: Any, row: int, title: str) -> None:
    chart.set_title({"name": sheets.say(title), "overlay": False})
    chart.set_size(_CHART)
    sheet.insert_chart(row, 7, chart, {"description": sheets.say(title)})
