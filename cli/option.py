"""Arguments and options that several commands share, so that they read the same everywhere."""

import os
from pathlib import Path
from typing import Annotated

import typer

from activity.agency import Channel
from cli.config import Config, load_config

__all__ = ["AsOf", "ChannelOption", "Json", "RubricFile", "SemesterName", "read_config"]

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
RubricFile = Annotated[
    Path | None, typer.Option("--rubric", help="Score with this TOML file instead of the rubric in force.")
]


def read_config(as_of: str | None = None) -> Config:
    """The settings in force, at another moment where `--as-of` names one."""
    return load_config(os.environ).at(as_of)
