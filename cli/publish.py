"""`denyut publish`: the provisional result is shown to the offices, and their time to object begins."""

from datetime import timedelta
from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.jury import Publication
from activity.semester import Semester
from cli.console import print_json, say
from cli.judge import Judgement, judge, keep_settled, plan_as_of
from cli.option import AsOf, Json, SemesterName, read_config
from cli.speech import phrase
from cli.stage import describe_stage, read_words
from desk.semester.stage import load_progress
from desk.view.ranking_json import describe_progress

__all__ = ["check_over", "publish"]


def publish(
    semester: SemesterName,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who publishes it; kept for good.")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Record that a semester's provisional result was shown to the offices: from now on they may object.

    How long, the rubric says (`objection_days`). Once it is published, publishing again changes nothing.
    """
    from db.semester.jury import save_publication

    publisher = read_words(who, "--who", phrase("who publishes"))
    judgement = judge(read_config(as_of), Semester.parse(semester))
    if judgement.progress.publication is None:
        check_over(judgement)
        keep_settled(judgement)
        save_publication(judgement.engine, _plan(judgement, publisher))
    chosen, config = judgement.ranking.semester, judgement.config
    progress = load_progress(judgement.engine, chosen, config.now(), config.zone)
    if as_json:
        print_json({"semester": str(chosen), **describe_progress(progress)})
        return
    say(f"{chosen}: {describe_stage(progress, config.zone)}")


def check_over(judgement: Judgement) -> None:
    """Raise ConfigError where the semester still runs."""
    chosen, night = judgement.ranking.semester, plan_as_of(judgement.config, judgement.ranking.semester)
    if night < chosen.days()[-1]:
        raise ConfigError(
            "{chosen} still runs: the last night that is over is {night}.",
            "Wait until its last night, {days}, is over.",
            chosen=chosen,
            night=night,
            days=chosen.days()[-1],
        )


def _plan(judgement: Judgement, who: str) -> Publication:
    from scoring.seal.ranking import digest_ranking

    now, days = judgement.config.now(), judgement.rubric.objection_days
    today = now.astimezone(judgement.config.zone).date()
    return Publication(
        semester=str(judgement.ranking.semester),
        published_at=now,
        who=who,
        until=today + timedelta(days=days) if days else None,
        ranking=digest_ranking(judgement.ranking),
    )
