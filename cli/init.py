"""`denyut init`: make the database, and a file of settings where a person says who they are."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from activity.errors import ConfigError
from activity.message import Message
from cli.console import say
from cli.option import read_config
from cli.speech import phrase
from desk.setting.config import load_config
from desk.setting.file import FILE, find_file, merge_settings, write_settings
from desk.setting.rubric import read_rubric

__all__ = ["init"]

_ASKED = {
    "DENYUT_CITY": (Message("The city's name, for titles"), "Kota Banjarmasin"),
    "DENYUT_TIMEZONE": (
        Message("Its time zone: Asia/Jakarta, Asia/Makassar or Asia/Jayapura"),
        "Asia/Jakarta",
    ),
    "DENYUT_CONTACT": (Message("An e-mail address or URL that the crawl names to each site"), ""),
    "DENYUT_RUBRIC": (Message("A rubric file of the city's own (empty: the built-in one)"), ""),
}


def init(
    city: Annotated[str, typer.Option("--city", help="The city's name, for titles.")] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="Such as Asia/Makassar.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="An address or URL the crawl names.")] = "",
    rubric: Annotated[str, typer.Option("--rubric", help="A rubric file of the city's own.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
) -> None:
    """Make the database, or bring an older one up to date; running it again changes nothing.

    The database is SQLite in `denyut.db` here unless DENYUT_DATABASE names another. On a terminal it asks
    first who the city is, and writes the answers to `denyut.toml` here; given as options, it asks nothing.
    """
    from db.failure import shown
    from db.opening import open_database

    options = dict(zip(_ASKED, (city, timezone, contact, rubric), strict=True))
    _settle(options, ask=not yes and not any(options.values()))
    config = read_config()
    engine = open_database(config.database_url, create=True)
    say("Ready: {url}", url=shown(engine.url))
    say("Next: denyut agencies import registry.csv")


def _settle(options: dict[str, str], *, ask: bool) -> None:
    """Write the settings file where there is none, and something to write."""
    there = find_file(os.environ, Path())
    if there is not None:
        if any(options.values()):
            raise ConfigError("{there} is there already.", "Change it with any editor.", there=there.name)
        return
    if ask and sys.stdin.isatty() and sys.stdout.isatty():
        options = {variable: _ask(variable) for variable in _ASKED}
    if any(options.values()):
        given = {name: text.strip() for name, text in options.items() if text.strip()}
        # What cannot be used is never written.
        load_config(merge_settings(os.environ, Path()) | given)
        _check(given)
        write_settings(Path(FILE), options, phrase)
        say("Written: {file}", file=FILE)


def _check(answers: Mapping[str, str]) -> None:
    """Raise ConfigError for an answer that a crawl or a ranking would refuse; a blank one may wait."""
    config = load_config(answers)
    if config.contact:
        config.check_contact()
    if config.rubric is not None:
        read_rubric(config.rubric)


def _ask(variable: str) -> str:
    question, default = _ASKED[variable]
    known = os.environ.get(variable, "").strip()
    while True:
        answer = str(typer.prompt(phrase(question), default=known or default, show_default=True)).strip()
        try:
            _check({variable: answer})
        except ConfigError as error:
            say("{error}", error=error)
        else:
            return answer
