"""Whether an archive is what was sealed: its sums, its form, and its ranking made anew from what it holds."""

from dataclasses import dataclass
from typing import Any

from activity.errors import DenyutError
from activity.flag import FlaggedPost
from activity.ranking import Ranking
from activity.semester import Semester
from scoring.judgement import judge_rows
from scoring.rubric import parse_rubric
from scoring.seal.archive import Opened, open_archive, sum_of
from scoring.seal.contents import Contents, SealHead, read_contents, render_files
from scoring.seal.ranking import compare_rankings, plain_ranking
from scoring.seal.recount import recount_rows
from scoring.treatment import Decided

__all__ = ["Verdict", "rank_contents", "verify_archive"]


@dataclass(frozen=True, slots=True)
class Verdict:
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


def verify_archive(archive: bytes) -> Verdict:
    """Check every byte and every figure; raises SealError for bytes that are nothing of Denyut's."""
    opened = open_archive(archive)
    problems = (*opened.problems, *(_check_contents(opened, opened.head) if opened.head else ()))
    return Verdict(problems, sum_of(archive), opened.head)


def rank_contents(contents: Contents) -> Ranking:
    """The ranking made anew; raises a DenyutError where the contents allow none."""
    return judge_rows(
        recount_rows(contents),
        contents.overrides,
        parse_rubric(contents.rubric, "rubric.toml"),
        Semester.parse(contents.head.semester),
        contents.head.as_of,
        contents.flags,
        _find_decided(contents),
    )


def _find_decided(contents: Contents) -> Decided:
    """The posts that the jury decided on."""
    named = {(each.agency, each.channel, each.post) for each in contents.overrides}
    return {
        place: FlaggedPost(post.key, post.url, post.title, post.day, post.first_seen)
        for post in contents.posts
        if (place := (post.agency, post.channel, post.key)) in named
    }


def _check_contents(opened: Opened, head: SealHead) -> tuple[str, ...]:
    try:
        contents = read_contents(head, opened.files)
        now: Any = plain_ranking(rank_contents(contents))
    except DenyutError as error:
        return (str(error),)
    written = render_files(contents)
    unlike = [name for name, content in opened.files.items() if content != written[name]]
    return (
        *(f"{name} is not written as Denyut writes it" for name in unlike),
        *(f"ranking.json: {line}" for line in compare_rankings(contents.ranking, now)),
    )
