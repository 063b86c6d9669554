"""The analysts' questions of docs/questions.md: each a title, a query, and its answer on the sample city.

`python -m testkit.questions > new.md` answers every one of them anew.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.opening import open_database
from db.sql import run_query
from testkit.database import new_database
from testkit.played import play_year

__all__ = ["Question", "read_questions", "show_answer", "show_table"]

_PAGE = Path(__file__).parents[3] / "docs" / "questions.md"
_PART = re.compile(r"(?m)^## (?P<title>\d+\. .+)\n(?P<rest>(?:(?!^## ).*\n)*)")
_QUERY = re.compile(r"```sql\n(.+?)```\n", re.DOTALL)
_TABLE = re.compile(r"(?m)^(?:\|.*\|\n)+")


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        answer: the lines of its table, as they stand on the page.
    """

    title: str
    query: str
    answer: str


def read_questions() -> tuple[Question, ...]:
    """Every question of the page, in its order."""
    return tuple(_questions(_PAGE.read_text(encoding="utf-8")))


def _questions(page: str) -> Iterator[Question]:
    for part in _PART.finditer(page):
        query, table = _QUERY.search(part["rest"]), _TABLE.search(part["rest"])
        assert query is not None, part["title"]
        yield Question(part["title"], query[1], table[0] if table else "")


def show_answer(url: str, query: str) -> str:
    """A query's answer as the page shows it; the engines write numbers, days and truth in their own ways."""
    answer = run_query(url, query)
    return show_table(answer.columns, answer.rows)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Any answer as the page shows it."""
    lines = [columns, ["---"] * len(columns), *map(_show_row, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _show_row(row: Sequence[Any]) -> list[str]:
    return [_show(value) for value in row]


def _show(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    try:
        return f"{float(value):.10g}"
    except (TypeError, ValueError):
        return str(value)


def _answer_all(url: str) -> str:
    def answer(part: re.Match[str]) -> str:
        rest = _TABLE.sub("", part["rest"]).rstrip("\n")
        query = _QUERY.search(part["rest"])
        assert query is not None, part["title"]
        return f"## {part['title']}\n{rest}\n\n{show_answer(url, query[1])}\n"

    return _PART.sub(answer, _PAGE.read_text(encoding="utf-8")).rstrip() + "\n"


def _main() -> None:
    with tempfile.TemporaryDirectory(prefix="played-") as folder:
        url = new_database(Path(folder) / "denyut.db")
        engine = open_database(url)
        play_year(engine)
        engine.dispose()
        sys.stdout.write(_answer_all(url))


if __name__ == "__main__":
    _main()
