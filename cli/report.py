"""`denyut report`: a semester as a page, tables and a workbook."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import Annotated, BinaryIO

import typer

from activity.errors import ConfigError
from activity.semester import Semester
from cli.console import say, tell
from cli.judge import judge, keep
from cli.option import AsOf, RubricFile, SemesterName, read_config
from cli.stage import describe_stage

__all__ = ["copy_file", "report", "write_files"]


def report(
    semester: SemesterName,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write; made where absent.")],
    language: Annotated[
        str | None,
        typer.Option("--language", help="id or en: which the page shows first (default: DENYUT_LANG)."),
    ] = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
) -> None:
    """Write report.html (one self-contained page), CSV tables and report.xlsx into a folder."""
    from db.queries import load_activity
    from desk.month import read_files
    from reports.html import render_html
    from reports.tables import render_tables
    from reports.workbook import render_workbook

    config = read_config(as_of)
    chosen, spoken = Semester.parse(semester), language or config.language
    judgement = judge(config, chosen, rubric)
    before = chosen.previous
    earlier = load_activity(judgement.engine, before, before.days()[-1], judgement.config.zone)
    files = {
        "report.html": render_html(
            judgement.ranking,
            judgement.rows,
            earlier,
            title=config.city,
            language=spoken,
            stage=judgement.progress.stage,
        ),
        "report.xlsx": render_workbook(
            judgement.ranking, judgement.rows, language=spoken, files=read_files(judgement)
        ),
        **render_tables(judgement.ranking),
    }
    write_files(out, files)
    keep(judgement)
    for name in files:
        say(str(out / name))
    tell(f"{chosen}: {describe_stage(judgement.progress, judgement.config.zone)}.")


def copy_file(source: BinaryIO, path: Path) -> None:
    """Write a file whole or not at all; raises ConfigError when its folder cannot be written."""
    draft = path.with_name(f".{path.name}.part")
    with _writing(path.parent):
        source.seek(0)
        with draft.open("wb") as file:
            copyfileobj(source, file, 2**20)
        draft.replace(path)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file whole or not at all; raises ConfigError when the folder cannot be written."""
    with _writing(folder):
        for name, content in files.items():
            draft = folder / f".{name}.part"
            draft.write_bytes(content)
            draft.replace(folder / name)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ConfigError(
            "{folder}: {strerror}.",
            "Free some space, or name a folder that can be written with --out.",
            folder=folder,
            strerror=error.strerror,
        ) from None
