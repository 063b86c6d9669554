"""What a column of the analysts' views holds, and which views and columns may leave the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from activity.errors import ConfigError
from db.schema.views import VIEWS

__all__ = ["PERSONAL", "ColumnKind", "Table", "choose_tables", "kind_of"]


class ColumnKind(StrEnum):
    """What stands in a column, whichever engine it comes from."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    TRUTH = "truth"
    DAY = "day"
    MOMENT = "moment"
    CLOCK = "clock"


_NAMES = {
    ColumnKind.INTEGER: """
        account_id active_days active_weeks addresses agency_id best_place bytes comments days_late
        first_run_id followers held
        hour interactions left_out length likes local_day longest_silence nights_due nights_reconstructed
        nights_seen nights_unseen number place place_before position posts posts_counted posts_found
        posts_new profile_posts ranking requests run shares silent_days size supersedes turn undated
        utc_offset views wave week weekday withdraws worst_place""",
    ColumnKind.REAL: """
        coverage deducted first_byte known points rhythm score score_before seconds stability value weight""",
    ColumnKind.TRUTH: """
        accepted beyond_law contested counts imported in_force latest open redated saw superseded""",
    ColumnKind.DAY: """
        agency_from agency_to as_of complete_from counts_on day day_now first_day first_look first_night
        known_until last_look last_post last_saw night other_day silent_since vacuum_on valid_from
        valid_to""",
    ColumnKind.MOMENT: """
        answered_at captured_at closed_at complete_since created_at decided_at deleted_at entered_at
        fetched_at first_seen last_seen observed_at opened_at published_at removed_at reopened_at replaced_at
        sealed_at""",
    ColumnKind.CLOCK: "local_time",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_OF_ONE_VIEW = {("views_version", "version"): ColumnKind.INTEGER}
"""A name means the same in every view but these; a test compares each with PostgreSQL's own types."""

PERSONAL: Mapping[str, tuple[str, ...]] = {
    "overrides": ("who", "reason", "evidence"),
    "objections": ("who", "reason", "late", "answered_by", "answer"),
    "decisions": ("who", "reason", "evidence", "answered_by", "answer"),
    "seals": ("who", "reason", "reopened_by"),
}
"""By view: who decided, objected, answered or sealed, and what they wrote.

No view holds a keeper's contact, a user or a secret.
"""
_INNER = frozenset({"counted_post"})
"""Numbers that mean nothing outside the database."""


def kind_of(view: str, column: str) -> ColumnKind:
    """Tell what a column of a view holds.

    >>> kind_of("posts", "day"), kind_of("posts", "title")
    (<ColumnKind.DAY: 'day'>, <ColumnKind.TEXT: 'text'>)
    """
    return _OF_ONE_VIEW.get((view, column)) or _KINDS.get(column, ColumnKind.TEXT)


@dataclass(frozen=True, slots=True)
class Table:
    """One view as it is handed out.

    Attributes:
        columns: name to kind, in the view's order.
        meanings: name to meaning.
    """

    name: str
    about: str
    columns: Mapping[str, ColumnKind]
    meanings: Mapping[str, str]


def choose_tables(names: Iterable[str] = (), *, personal: bool = False) -> tuple[Table, ...]:
    """Choose the views of these names, or all of them, in the order of the documents.

    Args:
        personal: whether the columns of `PERSONAL` are among them.

    Raises ConfigError for a name that no view has.
    """
    known = {view.name: view for view in VIEWS if view.name not in _INNER}
    wanted = set(names)
    for name in sorted(wanted - known.keys()):
        raise ConfigError(
            "There is no view {name!r}.", "Choose of these: {known}.", name=name, known=", ".join(known)
        )
    return tuple(
        _make_table(view.name, view.about, view.columns, () if personal else PERSONAL.get(view.name, ()))
        for view in known.values()
        if not wanted or view.name in wanted
    )


def _make_table(name: str, about: str, columns: Mapping[str, str], hidden: tuple[str, ...]) -> Table:
    meanings = {column: meaning for column, meaning in columns.items() if column not in hidden}
    return Table(name, about, {column: kind_of(name, column) for column in meanings}, meanings)
