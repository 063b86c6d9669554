"""The ranking as CSV for other programs: stable column names, ISO dates, a point in decimals."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from activity.ranking import Category, Ranking, Standing, Status
from activity.speech.plain import guard_cell, show_plain
from reports.award import list_awards, list_prizes

__all__ = ["list_vacuum", "list_warnings", "metric_names", "render_tables"]

_WHERE = ["semester", "as_of", "channel", "level"]
_HEAD = [*_WHERE, "place", "best_place", "worst_place", "slug", "agency", "score"]
_TAIL = [
    "stability",
    "posts",
    "counted",
    "held",
    "flags",
    "undated",
    "nights_seen",
    "nights_reconstructed",
    "nights_due",
    "coverage",
    "status",
    "reason",
    "place_before",
    "score_before",
    "last_post",
    "silent_since",
    "silent_days",
    "beyond_law",
    "outcome",
    "detail",
    "address",
    "deducted",
]
_VACUUM = [
    *_WHERE,
    "slug",
    "agency",
    "last_post",
    "silent_since",
    "silent_days",
    "rhythm",
    "beyond_law",
    "cause",
    "alive_on",
    "outcome",
    "detail",
    "address",
]
_WARNINGS = [*_WHERE, "slug", "agency", "last_post", "vacuum_on", "address"]
_FLAGS = [*_WHERE, "slug", "flag", "key", "day", "first_seen", "title", "url", "evidence"]
_AWARDS = [
    "semester",
    "as_of",
    "prize",
    "level",
    "channel",
    "place",
    "tied",
    "sweep",
    "slug",
    "agency",
    "score",
    "value",
]
_OVERALL = ["semester", "as_of", "level", "place", "slug", "agency", "score"]


def render_tables(ranking: Ranking) -> Mapping[str, bytes]:
    """Write ranking, shortlist, vacuum, warnings, flags, overall and awards, each a file `.csv`.

    UTF-8, comma, a header row; a flag that concerns several posts has a row for each.

    What is unknown is an empty cell. A text that a spreadsheet would run as a formula gets a
    leading apostrophe, a control character is shown as an escape. The same ranking gives the same bytes.
    """
    metrics = metric_names(ranking)
    columns = [*_HEAD, *(f"{m}_{part}" for m in metrics for part in ("value", "points")), *_TAIL]
    everyone = [(c, s) for c in ranking.categories for s in c.standings]
    chosen = [(c, s) for c in ranking.categories for s in ranking.shortlisted(c)]
    return {
        "ranking.csv": _write(columns, (_record(ranking, c, s) for c, s in everyone)),
        "shortlist.csv": _write(columns, (_record(ranking, c, s) for c, s in chosen)),
        "vacuum.csv": _write(_VACUUM, (_record(ranking, c, s) for c, s in list_vacuum(ranking))),
        "warnings.csv": _write(_WARNINGS, (_record(ranking, c, s) for c, s in list_warnings(ranking))),
        "flags.csv": _write(_FLAGS, (record for _, s in everyone for record in _flag_records(ranking, s))),
        "overall.csv": _write(_OVERALL, _overall_records(ranking)),
        "awards.csv": _write(_AWARDS, _award_records(ranking)),
    }


def metric_names(ranking: Ranking) -> tuple[str, ...]:
    """Every metric any standing carries, in the order in which they first appear."""
    return tuple(dict.fromkeys(m.name for c in ranking.categories for s in c.standings for m in s.metrics))


def list_vacuum(ranking: Ranking) -> tuple[tuple[Category, Standing], ...]:
    """Everyone whose status is vacuum, the longest silence first."""
    fallen = [(c, s) for c in ranking.categories for s in c.standings if s.status is Status.VAKUM]
    return tuple(sorted(fallen, key=lambda pair: (-(pair[1].silent_days or 0), pair[1].agency.name)))


def list_warnings(ranking: Ranking) -> tuple[tuple[Category, Standing], ...]:
    """Everyone who will soon be vacuum, the earliest day first."""
    category = {(c.channel, s.agency.slug): c for c in ranking.categories for s in c.standings}
    return tuple((category[s.channel, s.agency.slug], s) for s in ranking.warnings())


def _flag_records(ranking: Ranking, standing: Standing) -> Iterable[Mapping[str, object]]:
    head = {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of,
        "level": standing.agency.level,
        "slug": standing.agency.slug,
    }
    for flag in standing.flags:
        about = head | {"channel": flag.channel.value, "flag": flag.kind.value, "evidence": flag.evidence}
        for post in flag.posts:
            named = {"key": post.key, "day": post.day, "first_seen": post.first_seen}
            yield about | named | {"title": post.title, "url": post.url}
        if not flag.posts:
            yield about


def _overall_records(ranking: Ranking) -> Iterable[Mapping[str, object]]:
    for level, standings in ranking.overall:
        for each in standings:
            yield {
                "semester": str(ranking.semester),
                "as_of": ranking.as_of,
                "level": level,
                "place": each.place,
                "slug": each.agency.slug,
                "agency": each.agency.name,
                "score": each.score,
            }


def _award_records(ranking: Ranking) -> Iterable[Mapping[str, object]]:
    """The award list, then the rubric's further prizes, each under its name."""
    for row in (*list_awards(ranking), *list_prizes(ranking)):
        named = {"slug": row["agency"], "agency": row["name"]}
        yield {"semester": str(ranking.semester), "as_of": ranking.as_of, **row, **named}


def _record(ranking: Ranking, category: Category, standing: Standing) -> Mapping[str, object]:
    coverage = standing.coverage
    unknown = not (standing.posts or coverage.seen or coverage.reconstructed)
    record: dict[str, object] = {
        "semester": str(ranking.semester),
        "as_of": ranking.as_of,
        "channel": category.channel.value,
        "level": category.level,
        "place": standing.place,
        "best_place": standing.best_place,
        "worst_place": standing.worst_place,
        "stability": standing.stability,
        "slug": standing.agency.slug,
        "agency": standing.agency.name,
        "score": standing.score,
        "held": standing.held,
        "flags": "; ".join(sorted({flag.kind.value for flag in standing.flags})),
        "place_before": standing.change.place if standing.change else None,
        "score_before": standing.change.score if standing.change else None,
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
        "rhythm": standing.rhythm,
        "cause": standing.cause.value if standing.cause else None,
        "alive_on": "; ".join(channel.value for channel in standing.alive_on),
        "vacuum_on": standing.vacuum_on,
        "outcome": standing.outcome.value if standing.outcome else None,
        "detail": standing.detail,
        "address": standing.address,
        "deducted": standing.deducted,
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
            return guard_cell(show_plain(value))
        case _:
            return str(value)
