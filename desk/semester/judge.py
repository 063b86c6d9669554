"""From the database to a ranking: what every command and page about a semester begins with."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.flag import Flag
from activity.jury import Seal
from activity.ranking import ActivityRow, Ranking
from activity.semester import Semester, night_of
from desk.semester.flagging import find_flags
from desk.semester.lock import find_rubric, load_settled, settle_rubric
from desk.semester.sealed import find_drift, rank_sealed
from desk.semester.stage import load_progress
from desk.setting.config import Config
from desk.setting.rubric import read_rubric
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.jury.decision import Progress
    from scoring.rubrics.rubric import Rubric

__all__ = ["Judgement", "judge", "keep", "plan_as_of", "rank_semester", "read_earlier", "settle"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ranking with its rubric, the activity it was made from, and settings with the database's own zone.

    Attributes:
        progress: how far the semester's result has come.
        seal: whose result this is; None where the result is of what the database holds now.
        earlier: the activity of the semester before; empty where that was never ranked.
        flags: what was noticed about the posts.
        drift: figures in which the data now gives another result than the sealed one that is shown.
        warning: a line about that drift for people; empty without.
    """

    ranking: Ranking
    rubric: "Rubric"
    rows: Sequence[ActivityRow]
    engine: "Engine"
    config: Config
    progress: "Progress"
    seal: Seal | None = None
    earlier: Sequence[ActivityRow] = ()
    flags: tuple[Flag, ...] = ()
    drift: tuple[str, ...] = ()
    warning: str = ""


def judge(config: Config, semester: Semester, rubric: Path | None = None) -> Judgement:
    """Rank a semester from what the database holds as of the moment in force; a sealed one as it was sealed.

    Raises ConfigError when the semester has not begun, RubricError for a rubric that cannot be used or is
    not the one that the semester is judged by, StoreError when the database cannot be used.
    """
    with _without_collection():
        return _judge(config, semester, rubric)


def _judge(config: Config, semester: Semester, rubric: Path | None) -> Judgement:
    from scoring.placing.combined import compare_rankings

    path = rubric or config.rubric
    given = read_rubric(path) if path else None
    engine, config = open_store(config)
    as_of = plan_as_of(config, semester)
    check_registry(engine)
    judged_by = find_rubric(engine, semester, given, path.name if path else "")
    progress = load_progress(engine, semester, config.now(), config.zone)
    ranking, rows, flags = rank_semester(engine, config, semester, as_of, judged_by)
    drift: tuple[str, ...] = ()
    warning = ""
    seal = progress.sealed if progress.sealed and as_of >= progress.sealed.as_of else None
    if seal is not None:
        now = ranking
        contents, ranking, rows = rank_sealed(engine, seal)
        flags = contents.flags
        drift, warning = find_drift(seal, contents, ranking, now)
    before, earlier = _rank_before(engine, config, semester, judged_by)
    if before is not None:
        ranking = compare_rankings(ranking, before)
    return Judgement(ranking, judged_by, rows, engine, config, progress, seal, earlier, flags, drift, warning)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for garbage: a nation's millions of values are all kept, and it takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was kept is old by now: else the first value made after would have all of it searched at once.
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()


def rank_semester(
    engine: "Engine", config: Config, semester: Semester, as_of: date, rubric: "Rubric"
) -> tuple[Ranking, Sequence[ActivityRow], tuple[Flag, ...]]:
    """Rank a semester by a rubric, with the activity and flags it rests on; nothing is compared or kept."""
    from db.semester.activity import load_activity
    from db.semester.integrity import load_decided
    from db.semester.jury import load_overrides
    from scoring.judgement import judge_rows

    rows = load_activity(engine, semester, as_of, config.zone)
    flags = find_flags(engine, config, semester, as_of, rubric)
    decisions = load_overrides(engine, str(semester))
    decided = load_decided(engine, decisions)
    return judge_rows(rows, decisions, rubric, semester, as_of, flags, decided), rows, flags


def _rank_before(
    engine: "Engine", config: Config, semester: Semester, rubric: "Rubric"
) -> tuple[Ranking | None, Sequence[ActivityRow]]:
    """The semester before by its own rubric, where it was ever ranked: a look at all of it costs time."""
    from db.semester.ranking import is_ranked

    before = semester.previous
    if seal := load_progress(engine, before, config.now(), config.zone).sealed:
        _, ranking, rows = rank_sealed(engine, seal)
        return ranking, rows
    if not is_ranked(engine, before):
        return None, ()
    judged_by = load_settled(engine, before) or rubric
    ranking, rows, _ = rank_semester(engine, config, before, before.days()[-1], judged_by)
    return ranking, rows


def read_earlier(judgement: Judgement) -> Sequence[ActivityRow]:
    """The activity of the semester before, as it was sealed; empty where nothing is known of any night."""
    from db.semester.activity import load_activity

    before = judgement.ranking.semester.previous
    rows = judgement.earlier or load_activity(
        judgement.engine, before, before.days()[-1], judgement.config.zone
    )
    return rows if any(night.known for row in rows for night in row.nights) else ()


def keep(judgement: Judgement) -> None:
    """Store a ranking that people have seen, with what it noticed; a sealed semester gets no other one.

    Looking binds nobody: the rubric stays open until `settle`.
    """
    from db.semester.integrity import load_decided
    from db.semester.jury import load_overrides
    from db.semester.ranking import save_ranking
    from scoring.judgement import tell_noticed

    if judgement.progress.sealed is not None:
        return
    engine, ranking = judgement.engine, judgement.ranking
    decisions = load_overrides(engine, str(ranking.semester))
    decided = load_decided(engine, decisions)
    noticed = tell_noticed(
        judgement.rows, decisions, judgement.rubric, ranking.semester, judgement.flags, decided
    )
    save_ranking(engine, ranking, judgement.config.now(), noticed)


def settle(judgement: Judgement) -> str:
    """From now on the semester is judged by this rubric, as once its result was shown to the offices.

    Returns a sentence where it was not settled before, else nothing.
    """
    if judgement.progress.sealed is not None:
        return ""
    semester, now = judgement.ranking.semester, judgement.config.now()
    return settle_rubric(judgement.engine, semester, judgement.rubric, now)


def plan_as_of(config: Config, semester: Semester) -> date:
    """The last local day whose night is over, within the semester; raises ConfigError before its start."""
    night = night_of(config.now(), config.zone)
    if night < semester.first_day:
        raise ConfigError(
            "{semester} has not begun on {night}.",
            "Wait until {first_day}, or name another semester.",
            semester=semester,
            night=night,
            first_day=semester.first_day,
        )
    return min(night, semester.end_day - timedelta(days=1))
