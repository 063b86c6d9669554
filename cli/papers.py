"""`denyut papers`: a semester on paper, to sign, to hand over, to score by hand."""

from pathlib import Path
from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.result.paper import PaperKind
from activity.semester import Semester
from cli.console import say, tell
from cli.judge import judge, keep
from cli.option import AsOf, RubricFile, SemesterName, read_config
from cli.stage import describe_stage

__all__ = ["papers"]


_SheetFile = Annotated[
    Path | None,
    typer.Option(
        "--sheet",
        metavar="FILE",
        help="TOML with who signs, and the jury sheet's lines and weights; without it no jury sheet.",
    ),
]
_PointsFile = Annotated[
    Path | None,
    typer.Option(
        "--points",
        metavar="CSV",
        help="What the jury gave by hand (agency, channel, line, points), for the sheets' totals.",
    ),
]


def papers(
    semester: SemesterName,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write; made where absent.")],
    only: Annotated[
        list[PaperKind] | None, typer.Option("--only", help="Only this kind of paper; may be repeated.")
    ] = None,
    sheet: _SheetFile = None,
    points: _PointsFile = None,
    language: Annotated[
        str | None, typer.Option("--language", help="id or en (default: DENYUT_LANG).")
    ] = None,
    rubric: RubricFile = None,
    as_of: AsOf = None,
) -> None:
    """Write a semester's papers as PDF: minutes, a report an office, certificates, jury sheets.

    The minutes (berita acara) come as DOCX too. What is not sealed says so in large letters. The same
    result gives the same bytes on every machine.
    """
    from desk.view.papers import read_sheet, write_papers

    kinds = only or list(PaperKind)
    if only and PaperKind.JURY_SHEET in only and sheet is None:
        raise ConfigError(
            "--only lembar-juri needs the lines and weights of the decree.",
            "Name a TOML file with --sheet; examples/lembar-juri.toml is one.",
        )
    if points and sheet is None:
        raise ConfigError("--points needs the lines that were scored.", "Name their TOML file with --sheet.")
    config = read_config(as_of)
    judgement = judge(config, Semester.parse(semester), rubric)
    lines = read_sheet(sheet, judgement, points) if sheet else None
    written = write_papers(judgement, out, language or config.language, kinds, lines)
    keep(judgement)
    for kind, count in written.items():
        say(str(out / (f"{kind}.pdf" if kind is PaperKind.MINUTES else kind)))
        tell("{kind}: {count} PDF.", kind=kind, count=count)
    tell(f"{judgement.ranking.semester}: {describe_stage(judgement.progress, judgement.config.zone)}.")
