"""`denyut site`: a semester as pages for everybody, in a folder that any host can serve."""

from pathlib import Path
from typing import Annotated

import typer

from activity.semester import Semester
from cli.console import say, tell
from cli.judge import judge, keep
from cli.option import AsOf, RubricFile, SemesterName, read_config
from cli.progress import show_steps
from cli.stage import describe_stage

__all__ = ["site"]


def site(
    semester: SemesterName,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The site's folder; an older site in it is replaced.")
    ],
    language: Annotated[
        str | None, typer.Option("--language", help="id or en (default: DENYUT_LANG).")
    ] = None,
    bare: Annotated[
        bool, typer.Option("--without-posts", help="No lists of posts: most of the room, and of the time.")
    ] = False,
    rubric: RubricFile = None,
    as_of: AsOf = None,
) -> None:
    """Write a semester as web pages: the city's pulse, vacuum list, rankings, calendars, a page an office.

    The pages need no script, no server and nothing from outside. No contact, no objector's name and no
    reason of the jury stands in them.
    """
    from desk.view.site import write_site

    config = read_config(as_of)
    judgement = judge(config, Semester.parse(semester), rubric)
    with show_steps("site") as on_piece:
        written = write_site(judgement, out, language or config.language, posts=not bare, on_piece=on_piece)
    keep(judgement)
    say(str(out / "index.html"))
    tell(
        "{pages} pages, {size:.1f} MB ({posts:.1f} MB of them lists of posts), the first {first:.0f} kB.",
        pages=written.pages,
        size=written.size / 1000000.0,
        posts=written.posts / 1000000.0,
        first=written.first / 1000.0,
    )
    tell(f"{judgement.ranking.semester}: {describe_stage(judgement.progress, judgement.config.zone)}.")
