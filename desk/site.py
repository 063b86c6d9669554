"""A semester's pages written into a folder that any host can serve: whole or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.explanation import Explanation
from desk.explanation import Explainer
from desk.judge import Judgement
from desk.semester import read_offices, read_view

if TYPE_CHECKING:
    from activity.pulse import OfficeLine

__all__ = ["Written", "replace_folder", "write_site"]

_MARK = ".denyut-site"
"""A file by which a folder is known to be ours, and may be replaced."""


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
    from reports.pages.render import Site

    view = read_view(judgement)
    site = Site(view, language)
    offices = tuple(read_offices(judgement, view))
    yield from site.render_city(offices)

    explainer = Explainer(judgement)

    def explain(line: "OfficeLine") -> Explanation:
        return explainer.explain(line.category, line.standing, nights=False, posts=posts)

    for office in offices:
        yield from site.render_office(office, explain)


def replace_folder(folder: Path, fill: Callable[[Path], object], word: str) -> None:
    """Fill a folder beside, then let it take the place of one that was written so before.

    Whoever reads the folder finds the old files or the new ones, never a mixture; after a crash between
    the two renames the old ones are put back by the next call.

    Args:
        word: what the mark in the folder says.
    """
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.{getpid()}.part")
    aside = folder.with_name(f".{folder.name}.denyut-before")
    try:
        if aside.exists() and not folder.exists():
            aside.rename(folder)
        _check_ours(folder)
        draft.mkdir(parents=True)
        fill(draft)
        (draft / _MARK).write_text(f"{word}\n", encoding="utf-8")
        shutil.rmtree(aside, ignore_errors=True)
        if folder.exists():
            folder.rename(aside)
        try:
            draft.rename(folder)
        except OSError:
            with suppress(OSError):
                aside.rename(folder)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise ConfigError(
            "{folder}: {strerror}.",
            "Free some space, or name a folder that can be written with --out.",
            folder=folder,
            strerror=error.strerror,
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check_ours(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ConfigError("{folder} is a file.", "Name a folder with --out.", folder=folder)
    if any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise ConfigError(
            "{folder} holds files that this command did not write.",
            "Name a new folder with --out, or empty this one.",
            folder=folder,
        )
