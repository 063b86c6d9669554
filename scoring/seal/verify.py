"""Whether an archive is what was sealed: its sums, its form, and its ranking made anew from what it holds."""

from dataclasses import dataclass
from typing import Any, BinaryIO

from activity.errors import DenyutError
from activity.ranking import Ranking
from activity.semester import Semester
from scoring.judgement import judge_rows
from scoring.rubrics.rubric import parse_rubric
from scoring.seal.archive import Opened, open_archive
from scoring.seal.contents import Contents, SealHead, find_unlike, read_contents
from scoring.seal.ranking import compare_rankings, plain_ranking
from scoring.seal.recount import Recount, recount

__all__ = ["SealVerdict", "rank_contents", "verify_archive"]


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """What verifying came to.

    Attributes:
        problems: what is not as it was sealed, a line each; none where the archive is identical.
        sha256: of the archive, by which the seal is known; compare it with the one that was made public.
        head: None where the manifest cannot be read.
    """

    problems: tuple[str, ...]
    sha256: str
    head: SealHead | None

    @property
    def identical(self) -> bool:
        """Whether everything came out as it was sealed."""
        return not self.problems


def verify_archive(archive: BinaryIO) -> SealVerdict:
    """Check every byte and every figure; raises SealError for bytes that are nothing of Denyut's."""
    opened = open_archive(archive)
    problems = (*opened.problems, *(_check_contents(opened, opened.head) if opened.head else ()))
    return SealVerdict(problems, opened.sha256, opened.head)


def rank_contents(contents: Contents, counted: Recount | None = None) -> Ranking:
    """The ranking made anew; raises a DenyutError where the contents allow none.

    Args:
        counted: their recount, where it was made before.
    """
    counted = counted or recount(contents)
    return judge_rows(
        counted.rows,
        contents.overrides,
        parse_rubric(contents.rubric, "rubric.toml"),
        Semester.parse(contents.head.semester),
        contents.head.as_of,
        contents.flags,
        counted.decided,
    )


def _check_contents(opened: Opened, head: SealHead) -> tuple[str, ...]:
    try:
        contents = read_contents(head, opened.files)
        now: Any = plain_ranking(rank_contents(contents))
    except DenyutError as error:
        return (str(error),)
    return (
        *(f"{name} is not written as Denyut writes it" for name in find_unlike(contents, opened.files)),
        *(f"ranking.json: {line}" for line in compare_rankings(contents.ranking, now)),
    )
