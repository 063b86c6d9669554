"""The command line `denyut`: one command a file, errors turned into one line and an exit code."""

import os
import platform
import sys
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any

import typer

from cli.agencies import agencies
from cli.awards import awards
from cli.backup import backup, restore
from cli.borrowed import SpokenGroup
from cli.check import check
from cli.config import config
from cli.console import say
from cli.crawl import crawl
from cli.demo import demo
from cli.doctor import doctor
from cli.ending import run_to_end
from cli.evidence import evidence
from cli.explain import explain
from cli.export import export
from cli.flags import flags
from cli.help import choose_catalogue, speak_help
from cli.imports import import_files
from cli.init import init
from cli.letter import letter
from cli.message import message
from cli.meta import meta
from cli.months import months
from cli.night import night
from cli.notice import show_notices
from cli.objection import objection
from cli.override import override
from cli.papers import papers
from cli.post import post
from cli.posts import posts
from cli.probe import probe
from cli.publish import publish
from cli.rank import rank, shortlist
from cli.report import report
from cli.rubric import rubric
from cli.seal import seal
from cli.serve import serve
from cli.service import service
from cli.site import site
from cli.speech import read_language
from cli.sql import sql
from cli.users import users
from cli.vacuum import vacuum
from cli.verify import verify
from cli.whatif import whatif
from cli.worker import worker
from reports.wording import Language

__all__ = ["app", "main"]

app = typer.Typer(
    name="denyut",
    cls=SpokenGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "Tells which public offices keep their website, Instagram and Facebook alive.\n\n"
        "A first city: `denyut init`, `denyut agencies import registry.csv`, `denyut crawl` every night, "
        "`denyut report 2026-S1 --out laporan` at the semester's end. To see it all on a sample city: "
        "`denyut demo`."
    ),
    epilog=(
        "Exit codes: 0 done, 1 the answer is no or something failed, 2 bad input or setting, "
        "3 the database cannot be used, 4 another Denyut is at work, 5 a night as a whole is in trouble, "
        "130 interrupted. Settings stand in denyut.toml or in environment variables: see docs/commands.md."
    ),
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from db.migration import newest_revision

        schema = newest_revision()
        say(
            "denyut {version}, Python {python}, database schema {schema}",
            version=version("denyut"),
            python=platform.python_version(),
            schema=schema,
        )
        raise typer.Exit


@app.callback()
def _options(
    database: Annotated[
        str, typer.Option("--database", metavar="URL", help="Use this database instead of DENYUT_DATABASE.")
    ] = "",
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_print_version,
            help="Print the versions of Denyut, Python and the database schema it expects.",
        ),
    ] = False,
) -> None:
    if database:
        os.environ["DENYUT_DATABASE"] = database


app.command()(init)
app.add_typer(agencies, name="agencies")
app.add_typer(config, name="config")
app.command("import")(import_files)
app.add_typer(post, name="post")
app.add_typer(message, name="message")
app.add_typer(meta, name="meta")
app.add_typer(rubric, name="rubric")
app.add_typer(override, name="override")
app.add_typer(objection, name="objection")
app.add_typer(seal, name="seal")
app.add_typer(evidence, name="evidence")
app.add_typer(users, name="users")
app.command()(verify)
app.command()(publish)
for _command in (
    crawl,
    worker,
    night,
    letter,
    probe,
    posts,
    rank,
    shortlist,
    vacuum,
    months,
    flags,
    awards,
    explain,
    whatif,
    report,
    site,
    serve,
    service,
    papers,
    sql,
    export,
    demo,
    doctor,
    backup,
    restore,
    check,
):
    app.command()(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run one command; exit with its code."""
    sys.exit(run_to_end(lambda: _run(arguments)))


def _run(arguments: list[str] | None) -> None:
    show_notices()
    choose_catalogue()
    _build(read_language())(args=arguments, prog_name="denyut")


@cache
def _build(language: Language) -> Any:
    """All commands, their help in a language; to build them takes longer than many a command."""
    command = typer.main.get_command(app)
    if language is not Language.EN:
        speak_help(command)
    return command
