"""A sealed semester out of the database: its archive, and the result that it holds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile, gettempdir
from typing import TYPE_CHECKING, BinaryIO

from activity.errors import DenyutError, SealError, StoreError
from activity.jury import Seal
from activity.message import Message
from activity.ranking import ActivityRow, Ranking
from activity.speech.reason import tell_reason

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.seal.archive import Opened
    from scoring.seal.contents import Contents

__all__ = ["find_drift", "is_sealed", "rank_sealed", "read_seal", "scratch_file"]


@contextmanager
def scratch_file() -> Iterator[BinaryIO]:
    """An empty file of our own that is gone afterwards; raises DenyutError where there is no room for it."""
    try:
        with TemporaryFile() as file:
            yield file
    except OSError as error:
        raise DenyutError(
            "No working file can be written in {gettempdir}: {strerror}.",
            "Free some space, or set TMPDIR to a folder that has room.",
            gettempdir=gettempdir(),
            strerror=tell_reason(error),
        ) from error


@contextmanager
def read_seal(engine: "Engine", seal: Seal) -> "Iterator[tuple[BinaryIO, Opened]]":
    """The archive, as a file of our own, and its parts, for as long as the context lasts.

    Raises StoreError where the database no longer holds what was sealed.
    """
    from db.semester.seal import load_archive
    from scoring.seal.archive import open_archive

    with scratch_file() as archive:
        archive.writelines(load_archive(engine, seal))
        try:
            opened = open_archive(archive)
        except SealError as error:
            raise _not_as_sealed(seal, error.message) from None
        if opened.problems or opened.sha256 != seal.archive:
            raise _not_as_sealed(seal, opened.problems[0] if opened.problems else "its SHA-256 is another.")
        yield archive, opened


def _not_as_sealed(seal: Seal, why: str) -> StoreError:
    return StoreError(
        "The database does not hold seal {number} of {semester} as it was sealed: {why}",
        "Somebody changed it. What was handed out says more: denyut verify ARCHIVE",
        number=seal.number,
        semester=seal.semester,
        why=why,
    )


def rank_sealed(engine: "Engine", seal: Seal) -> "tuple[Contents, Ranking, Sequence[ActivityRow]]":
    """Tell what was sealed, its ranking made anew, and the activity that this rests on.

    The posts of these contents cannot be read any more. Raises StoreError where the database no longer
    holds what was sealed.
    """
    from scoring.seal.contents import read_contents
    from scoring.seal.recount import recount
    from scoring.seal.verify import rank_contents

    with read_seal(engine, seal) as (_, opened):
        assert opened.head is not None
        contents = read_contents(opened.head, opened.files)
        counted = recount(contents)
    return contents, rank_contents(contents, counted), counted.rows


def is_sealed(engine: "Engine", seal: Seal, ranking: Ranking) -> bool:
    """Tell whether a ranking is the very one that a seal holds, figure by figure."""
    from scoring.seal.contents import read_contents
    from scoring.seal.ranking import compare_rankings, digest_ranking, plain_ranking

    if digest_ranking(ranking) == seal.ranking:
        return True
    # Another machine may round the last decimal the other way.
    with read_seal(engine, seal) as (_, opened):
        assert opened.head is not None
        contents = read_contents(opened.head, opened.files)
    return not compare_rankings(contents.ranking, plain_ranking(ranking))


def find_drift(
    seal: Seal, contents: "Contents", sealed: Ranking, now: Ranking
) -> tuple[tuple[str, ...], str]:
    """In what the data, or this Denyut, gives another result than the sealed one, and a line that says so.

    Args:
        sealed: made anew from the contents.
        now: made from what the database holds now.
    """
    from scoring.seal.ranking import compare_rankings, plain_ranking

    figures = compare_rankings(contents.ranking, plain_ranking(sealed))
    if figures:
        return figures, (
            Message(
                "This Denyut works seal {number} of {semester} out otherwise than {code_version} did: "
                "{shorten}. The archive holds what was sealed.",
                number=seal.number,
                semester=seal.semester,
                code_version=contents.head.code_version,
                shorten=_shorten(figures),
            )
        )
    figures = compare_rankings(contents.ranking, plain_ranking(now))
    if figures:
        return figures, (
            Message(
                "The data now gives another result for {semester} than the sealed one, which is shown: "
                "{shorten}.",
                semester=seal.semester,
                shorten=_shorten(figures),
            )
        )
    return (), ""


def _shorten(figures: tuple[str, ...]) -> str:
    return (
        figures[0]
        if len(figures) == 1
        else Message("{figures}, and {count} figures more", figures=figures[0], count=len(figures) - 1)
    )
