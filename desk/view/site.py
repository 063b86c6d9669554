"""A semester's pages written into a folder that any host can serve: whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from activity.result.explanation import Explanation, PostDetail
from desk.semester.explanation import Explainer
from desk.semester.judge import Judgement
from desk.view.crew import MOST_PIECES, OnPiece, count_helpers, share_out
from desk.view.folder import replace_folder
from desk.view.semester import read_offices, read_view

if TYPE_CHECKING:
    from activity.result.pulse import OfficeLine

__all__ = ["Written", "write_site"]

_WORTH_HELP = 64
"""Offices: a second or two of work. To fork takes a tenth of it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: pages, their bytes, those of the first page, and of the lists of posts."""

    pages: int
    size: int
    first: int
    posts: int


def write_site(
    judgement: Judgement,
    folder: Path,
    language: str,
    *,
    posts: bool = True,
    helpers: int | None = None,
    on_piece: OnPiece = lambda _done, _total: None,
) -> Written:
    """Write every page of a judged semester; an older site in the folder is replaced in one step.

    Raises ConfigError for an unknown language, for a folder that holds something else, and where it
    cannot be written; the folder is then as it was.

    Args:
        posts: whether every post gets its line, too; for a nation that is most of the time and room.
        helpers: processes that draw beside this one; None for as many as the machine and the city are worth.
        on_piece: told of each part of the offices that is drawn, how many are, and how many there are.
    """
    written: list[Written] = []

    def fill(draft: Path) -> None:
        _draw(judgement, language, _Draft(draft), posts=posts, helpers=helpers, on_piece=on_piece)
        written.append(_measure(draft))

    replace_folder(folder, fill, str(judgement.ranking.semester))
    return written[0]


class _Draft:
    """A folder that pages are written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[Path] = set()

    def write(self, pages: Iterable[tuple[str, bytes]]) -> None:
        """Write each page at its path."""
        for path, content in pages:
            target = self._folder / path
            if target.parent not in self._made:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(target.parent)
            target.write_bytes(content)


def _draw(
    judgement: Judgement, language: str, draft: _Draft, *, posts: bool, helpers: int | None, on_piece: OnPiece
) -> None:
    from reports.pages.render import SemesterSite

    view = read_view(judgement)
    site = SemesterSite(view, language)
    offices = tuple(read_offices(judgement, view))
    explainer = Explainer(judgement, nights=False, posts=PostDetail.TOLD if posts else PostDetail.NONE)
    step = max(1, ceil(len(offices) / MOST_PIECES))
    if helpers is None:
        helpers = count_helpers() if len(offices) >= _WORTH_HELP else 0

    def explain(line: "OfficeLine") -> Explanation:
        return explainer.explain(line.category, line.standing)

    def draw_city() -> None:
        draft.write(site.render_city(offices))

    def draw_offices(piece: int) -> None:
        for office in offices[piece * step : (piece + 1) * step]:
            draft.write(site.render_office(office, explain))

    judgement.engine.dispose()  # no two processes may speak over one connection
    share_out(ceil(len(offices) / step), draw_offices, helpers, draw_city, on_piece)


def _measure(folder: Path) -> Written:
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    listed = sum(size for path, size in sizes.items() if path.startswith("unggahan/"))
    return Written(len(sizes), sum(sizes.values()), sizes["index.html"], listed)
