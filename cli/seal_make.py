"""How a seal is made: judged, gathered with all that it rests on, and verified before it is kept."""

from collections.abc import Container
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from os import SEEK_END
from typing import TYPE_CHECKING, BinaryIO

from activity.errors import ConfigError, DenyutError
from activity.jury import Seal, Stage
from activity.message import Message
from activity.semester import Semester
from cli.judge import Judgement, judge, keep_settled
from cli.publish import check_over
from desk.semester.sealed import scratch_file
from desk.setting.config import Config

if TYPE_CHECKING:
    from scoring.seal.contents import Contents, SealHead
    from scoring.seal.posts import PostLines
    from scoring.seal.recount import PostCounter

__all__ = ["make_seal"]


def make_seal(config: Config, semester: Semester, who: str, early: str) -> Seal:
    """Close a semester that is not sealed; no crawl may write meanwhile, and decisions wait.

    Args:
        early: why offices need no time to object; empty where they had it.

    Raises ConfigError where the semester still runs, objections are open or offices may still object,
    DatabaseBusyError while a crawl is at work.
    """
    from db.lock import DECISION, PATIENCE, hold_lock
    from db.semester.seal import save_seal
    from scoring.seal.archive import write_archive
    from scoring.seal.section import Section

    with (
        hold_lock(config.database_url, "crawl"),
        hold_lock(config.database_url, DECISION, patience=PATIENCE),
    ):
        judgement = judge(config, semester)
        check_over(judgement)
        _check_objections(judgement, early)
        with scratch_file() as lines, scratch_file() as archive:
            contents = _gather(judgement, who, early, lines)
            write_archive(contents, archive)
            found = _seal_of(contents, judgement, _verify(archive, contents, judgement))
            keep_settled(judgement)
            save_seal(judgement.engine, found, Section(archive, 0, archive.seek(0, SEEK_END)).pieces())
    return found


def _check_objections(judgement: Judgement, early: str) -> None:
    progress, semester = judgement.progress, judgement.ranking.semester
    if progress.open_objections:
        first, *more = progress.open_objections
        numbers = ", ".join(map(str, (first, *more)))
        have = (
            Message("objections {numbers} have", numbers=numbers)
            if more
            else Message("objection {numbers} has", numbers=numbers)
        )
        raise ConfigError(
            "{semester} cannot be sealed: {have} no answer.",
            "Answer first: denyut objection close {first:d} --who NAME --answer TEXT --accept (or --reject)",
            semester=semester,
            have=have,
            first=first,
        )
    if early or progress.stage in {Stage.FINAL, Stage.REOPENED} or not judgement.rubric.objection_days:
        return
    publication = progress.publication
    if publication is None:
        raise ConfigError(
            "The result of {semester} was not published, so no office could object.",
            "Publish it: denyut publish {semester} --who NAME. Or seal it with --early --reason TEXT.",
            semester=semester,
        )
    raise ConfigError(
        "Offices may object to {semester} until {until}.",
        "Seal it after that day, or with --early --reason TEXT.",
        semester=semester,
        until=publication.until,
    )


def _gather(judgement: Judgement, who: str, early: str, file: BinaryIO) -> "Contents":
    """What is to be sealed, its posts as lines in a file that is empty yet."""
    from db.semester.jury import load_objections, load_overrides
    from db.semester.sealed import load_sealed_accounts
    from scoring.seal.contents import Contents, seal_nights
    from scoring.seal.ranking import plain_ranking
    from scoring.seal.recount import PostCounter
    from scoring.seal.verify import rank_contents

    engine, semester = judgement.engine, judgement.ranking.semester
    agencies = {row.agency.slug: row.agency for row in judgement.rows}
    head, overrides = _head(judgement, who, early), load_overrides(engine, str(semester))
    counter = PostCounter(head, overrides)
    contents = Contents(
        head=head,
        rubric=judgement.rubric.text,
        agencies=tuple(agencies.values()),
        accounts=load_sealed_accounts(engine, agencies),
        posts=_write_posts(judgement, agencies, counter, file),
        nights=seal_nights(judgement.rows),
        flags=judgement.flags,
        overrides=overrides,
        objections=load_objections(engine, str(semester)),
        ranking=None,
    )
    return replace(contents, ranking=plain_ranking(rank_contents(contents, counter.finish(contents))))


def _write_posts(
    judgement: Judgement, agencies: Container[str], counter: "PostCounter", file: BinaryIO
) -> "PostLines":
    from db.semester.sealed import load_sealed_posts
    from scoring.seal.posts import PostLines, encode_post
    from scoring.seal.section import sort_lines, write_lines

    ranking = judgement.ranking
    posts = load_sealed_posts(judgement.engine, ranking.semester, ranking.as_of, judgement.config.zone)
    ours = counter.watch(post for post in posts if post.agency in agencies)
    with ExitStack() as scratch:
        ordered = sort_lines(map(encode_post, ours), lambda: scratch.enter_context(scratch_file()))
        return PostLines(write_lines(file, ordered))


def _head(judgement: Judgement, who: str, early: str) -> "SealHead":
    from scoring.seal.contents import FORMAT, SealHead

    before, reopening = judgement.progress.seal, judgement.progress.reopening
    return SealHead(
        format=FORMAT,
        semester=str(judgement.ranking.semester),
        number=before.number + 1 if before else 1,
        supersedes=before.number if before else None,
        as_of=judgement.ranking.as_of,
        zone=judgement.config.zone.key,
        sealed_at=judgement.config.now().replace(microsecond=0),
        who=who,
        reason=reopening.reason if reopening else early,
        code_version=version("denyut"),
    )


def _verify(archive: BinaryIO, contents: "Contents", judgement: Judgement) -> str:
    """The archive's SHA-256; raises DenyutError where it does not give the result that is to be sealed."""
    from scoring.seal.ranking import compare_rankings, plain_ranking
    from scoring.seal.verify import verify_archive

    verdict = verify_archive(archive)
    counted = compare_rankings(contents.ranking, plain_ranking(judgement.ranking))
    problems = (*verdict.problems, *counted)
    if problems:
        raise DenyutError(
            "{semester} is not sealed: its posts, counted singly, give another result than the "
            "database: {problems}.",
            "This is a fault of Denyut's: report it with this line.",
            semester=contents.head.semester,
            problems=problems[0],
        )
    return verdict.sha256


def _seal_of(contents: "Contents", judgement: Judgement, archive: str) -> Seal:
    from scoring.seal.archive import sum_of
    from scoring.seal.ranking import render_ranking

    head, rubric = contents.head, judgement.rubric
    return Seal(
        semester=head.semester,
        number=head.number,
        sealed_at=head.sealed_at,
        who=head.who,
        reason=head.reason,
        supersedes=head.supersedes,
        as_of=head.as_of,
        rubric=rubric.name,
        version=rubric.version,
        digest=rubric.digest,
        ranking=sum_of(render_ranking(contents.ranking)),
        archive=archive,
    )
