"""`denyut report`: a semester as a page, tables and a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from activity.semester import Semester
from cli.console import say, tell
from cli.judge import judge, keep
from cli.option import AsOf, RubricFile, SemesterName, read_config
from cli.stage import describe_stage
from desk.semester.judge import read_earlier
from desk.view.folder import write_files

__all__ = ["report"]


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
    from desk.semester.month import read_files
    from reports.html import render_html
    from reports.tables import render_tables
    from reports.workbook import render_workbook

    config = read_config(as_of)
    chosen, spoken = Semester.parse(semester), language or config.language
    judgement = judge(config, chosen, rubric)
    files = {
        "report.html": render_html(
            judgement.ranking,
            judgement.rows,
            read_earlier(judgement),
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
