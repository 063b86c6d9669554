"""`denyut letter`: asks a host, in writing, to let the crawl through."""

from typing import Annotated

import typer

from cli.console import print_lines
from cli.option import ANY_NAME, AsOf, read_config
from cli.speech import read_language
from desk.agency import find_agency
from desk.store import open_store
from reports.wording import Language

__all__ = ["letter"]


def letter(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help=ANY_NAME)],
    language: Annotated[
        str | None, typer.Option("--language", help="id or en: the letter's (default: DENYUT_LANG).")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """A letter to the host of a website that turns the crawl away, ready to send: who asks, when, and what.

    `denyut night` names the accounts that were blocked for three nights running.
    """
    from desk.message.host import compose_letter
    from reports.host import write_letter

    config = read_config(as_of)
    spoken = Language.parse(language) if language else read_language()
    engine, config = open_store(config)
    written = compose_letter(engine, config, find_agency(engine, agency))
    print_lines(write_letter(written, spoken))
