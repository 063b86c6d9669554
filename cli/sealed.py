"""A sealed semester out of the database: its archive, and the result that it holds."""

from typing import TYPE_CHECKING

from activity.errors import SealError, StoreError
from activity.jury import Seal
from activity.ranking import Ranking
from cli.console import complain

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.seal.archive import Opened
    from scoring.seal.contents import Contents

__all__ = ["find_drift", "load_contents", "read_seal"]


def read_seal(engine: "Engine", seal: Seal) -> "tuple[bytes, Opened]":
    """The archive and its parts; raises StoreError where the database no longer holds what was sealed."""
    from db.seal import load_archive
    from scoring.seal.archive import open_archive, sum_of

    archive = load_archive(engine, seal)
    try:
        opened = open_archive(archive)
    except SealError as error:
        raise _not_as_sealed(seal, error.message) from None
    if opened.problems or sum_of(archive) != seal.archive:
        raise _not_as_sealed(seal, opened.problems[0] if opened.problems else "its SHA-256 is another.")
    return archive, opened


def _not_as_sealed(seal: Seal, why: str) -> StoreError:
    return StoreError(
        f"The database does not hold seal {seal.number} of {seal.semester} as it was sealed: {why}",
        "Somebody changed it. What was handed out says more: denyut verify ARCHIVE",
    )


def load_contents(engine: "Engine", seal: Seal) -> "Contents":
    """What was sealed; raises StoreError where the database no longer holds it as it was."""
    from scoring.seal.contents import read_contents

    _, opened = read_seal(engine, seal)
    assert opened.head is not None
    return read_contents(opened.head, opened.files)


def find_drift(seal: Seal, contents: "Contents", sealed: Ranking, now: Ranking) -> tuple[str, ...]:
    """In what the data, or this Denyut, gives another result than the sealed one; says so in one line.

    Args:
        sealed: made anew from the contents.
        now: made from what the database holds now.
    """
    from scoring.seal.ranking import compare_rankings, plain_ranking

    figures = compare_rankings(contents.ranking, plain_ranking(sealed))
    if figures:
        complain(
            f"This Denyut works seal {seal.number} of {seal.semester} out otherwise than "
            f"{contents.head.code_version} did: {_shorten(figures)}. The archive holds what was sealed."
        )
        return figures
    figures = compare_rankings(contents.ranking, plain_ranking(now))
    if figures:
        complain(
            f"The data now gives another result for {seal.semester} than the sealed one, which is shown: "
            f"{_shorten(figures)}."
        )
    return figures


def _shorten(figures: tuple[str, ...]) -> str:
    return figures[0] if len(figures) == 1 else f"{figures[0]}, and {len(figures) - 1} figures more"
