"""A semester's pages written into a folder that any host can serve: whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from activity.result.explanation import Explanation, PostDetail
from desk.semester.explanation import Explainer
from desk.semester.judge import Judgement
from desk.view.folder import replace_folder
from desk.view.semester import read_offices, read_view

if TYPE_CHECKING:
    from activity.result.pulse import OfficeLine

__all__ = ["Written", "write_site"]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: pages, their bytes, those of the first page, and of the lists of posts."""

    pages: int
    size: int
    first: int
    posts: int


def write_site(judgement: Judgement, folder: Path, language: str, *, posts: bool = True) -> Written:
    """Write every page of a judged semester; an older site in the folder is replaced in one step.

    Raises ConfigError for an unknown language, for a folder that holds something else, and where it
    cannot be written; the folder is then as it was.

    Args:
        posts: whether every post gets its line, too; for a nation that is most of the time and room.
    """
    sizes: dict[str, int] = {}

    def fill(draft: Path) -> None:
        for path, content in _render(judgement, language, posts=posts):
            target = draft / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            sizes[path] = len(content)

    replace_folder(folder, fill, str(judgement.ranking.semester))
    listed = sum(size for path, size in sizes.items() if path.startswith("unggahan/"))
    return Written(len(sizes), sum(sizes.values()), sizes["index.html"], listed)


def _render(judgement: Judgement, language: str, *, posts: bool) -> Iterator[tuple[str, bytes]]:
    from reports.pages.render import SemesterSite

    view = read_view(judgement)
    site = SemesterSite(view, language)
    offices = tuple(read_offices(judgement, view))
    yield from site.render_city(offices)

    detail = PostDetail.TOLD if posts else PostDetail.NONE
    explainer = Explainer(judgement, nights=False, posts=detail)

    def explain(line: "OfficeLine") -> Explanation:
        return explainer.explain(line.category, line.standing)

    for office in offices:
        yield from site.render_office(office, explain)
