"""The ranking as CSV for other programs: stable column names, ISO dates, a point in decimals."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from activity.ranking import Category, Ranking, Standing, Status

__all__ = ["list_vacuum", "metric_names", "render_tables"]

_HEAD = ["semester", "as_of", "channel", "level", "place", "slug", "agency", "score"]
_TAIL = [
    "posts",
    "counted",
    "undated",
    "nights_seen",
    "nights_reconstructed",
    "nights_due",
    "coverage",
    "status",
    "reason",
    "last_post",
    "silent_since",
    "silent_days",
    "beyond_law",
    "outcome",
    "detail",
    "address",
]
_VACUUM = [
    "semester",
    "as_of",
    "channel",
    "level",
    "slug",
    "agency",
    "last_post",
    "silent_since",
    "silent_days",
    "beyond_law",
    "outcome",
    "detail",
    "address",
]
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_tables(ranking: Ranking) -> Mapping[str, bytes]:
    """Write `ranking.csv`, `shortlist.csv` and `vacuum.csv`; UTF-8, comma, a header row.

    What is unknown is an empty cell. A text that a spreadsheet would run as a formula gets a
    leading apostrophe. The same ranking gives the same bytes.
    """
    metrics = metric_names(ranking)
    columns = [*_HEAD, *(f"{m}_{part}" for m in metrics for part in ("value", "points")), *_TAIL]
    everyone = [(c, s) for c in ranking.categories for s in c.standings]
    chosen = [(c, s) for c in ranking.categories for s in ranking.shortlisted(c)]
    return {
        "ranking.csv": _write(columns, (_record(ranking, c, s) for c, s in everyone)),
        "shortlist.csv": _write(columns, (_record(ranking, c, s) for c, s in chosen)),
        "vacuum.csv": _write(_VACUUM, (_record(ranking, c, s) for c, s in list_vacuum(ranking))),
    }


def metric_names(ranking: Ranking) -> tuple[str, ...]:
    """Every metric any standing carries, in the order in which they first appear."""
    return tuple(dict.fromkeys(m.name for c in ranking.categories for s in c.standings for m in s.metrics))


def list_vacuum(ranking: Ranking) -> tuple[tuple[Category, Standing], ...]:
    """Everyone whose status is vacuum, the longest silence first."""
    fallen = [(c, s) for c in ranking.categories for s in c.standings if s.status is Status.VAKUM]
    return tuple(sorted(fallen, key=lambda pair: (-(pair[1].silent_days or 0), pair[1].agency.name)))


def _record(ranking: Ranking, category: Category, standing: Standing) -> Mapping[str, object]:
    coverage = standing.coverage
    unknown = not (standing.posts or coverage.seen or coverage.reconstructed)
    record: dict[str, object] = {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of,
        "channel": category.channel.value,
        "level": category.level,
        "place": standing.place,
        "slug": standing.agency.slug,
        "agency": standing.agency.name,
        "score": standing.score,
        "posts": None if unknown else standing.posts,
        "counted": None if unknown else standing.counted,
        "undated": None if unknown else standing.undated,
        "nights_seen": coverage.seen,
        "nights_reconstructed": coverage.reconstructed,
        "nights_due": coverage.due,
        "coverage": coverage.share,
        "status": standing.status.value,
        "reason": standing.reason.value,
        "last_post": standing.last_post,
        "silent_since": standing.silent_since,
        "silent_days": standing.silent_days,
        "beyond_law": standing.beyond_law,
        "outcome": standing.outcome.value if standing.outcome else None,
        "detail": standing.detail,
        "address": standing.address,
    }
    for metric in standing.metrics:
        record[f"{metric.name}_value"] = metric.value
        record[f"{metric.name}_points"] = metric.points
    return record


def _write(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.4f}"
        case date():
            return value.isoformat()
        case str():
            return f"'{value}" if value.startswith(_RISKY) else value
        case _:
            return str(value)
