"""Arguments and options that several commands share, so that they read the same everywhere."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activity.channel import CRAWLED, Channel
from activity.errors import ConfigError
from desk.setting.config import Config, load_config
from desk.setting.file import merge_settings

__all__ = [
    "ANY_NAME",
    "ONLY_ANY",
    "ONLY_NAMED",
    "WHOLE_NAME",
    "AsOf",
    "ChannelOption",
    "Json",
    "LevelOption",
    "RubricFile",
    "SemesterName",
    "check_crawled",
    "read_config",
    "read_day",
]

ANY_NAME = "Id or name of the office, or a part of the name that no other has."
WHOLE_NAME = "Id or whole name of the office."
ONLY_ANY = "Only this office, by its id, its name or a part that no other's has"
ONLY_NAMED = "Only this office, by its id or whole name"

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Pretend that it is this moment (2026-06-30 or 2026-06-30T01:30)."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]
SemesterName = Annotated[
    str, typer.Argument(metavar="SEMESTER", help="2026-S1 is January to June, 2026-S2 July to December.")
]
ChannelOption = Annotated[
    list[Channel] | None, typer.Option("--channel", help="Only this channel; may be repeated.")
]
LevelOption = Annotated[list[str] | None, typer.Option("--level", help="Only this level; may be repeated.")]
RubricFile = Annotated[
    Path | None, typer.Option("--rubric", help="Score with this TOML file instead of the rubric in force.")
]


def read_config(as_of: str | None = None) -> Config:
    """The settings in force, at another moment where `--as-of` names one."""
    return load_config(merge_settings(os.environ, Path())).at(as_of)


def check_crawled(channels: Iterable[Channel]) -> None:
    """Raises ConfigError for a channel that is never visited."""
    for channel in channels:
        if channel not in CRAWLED:
            raise ConfigError("{channel} is never crawled.", "Hand in files: denyut import.", channel=channel)


def read_day(text: str | None, option: str) -> date | None:
    """A local day as an option gives it; raises ConfigError for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "{option}: {text!r} is not a date.", "Write 2026-01-31.", option=option, text=text
        ) from None
