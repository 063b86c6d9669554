"""Files that hold secrets: only their owner may read them, and no error ever quotes them."""

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from activity.errors import ConfigError
from activity.message import Message
from activity.speech.reason import tell_reason

__all__ = ["read_private", "refuse"]


def read_private(variable: str, path: Path) -> Mapping[str, Any]:
    """Read a TOML file that holds secrets.

    Args:
        variable: the setting that names it.

    Raises:
        ConfigError: the file cannot be read, or may be read by others. No value is ever repeated.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise refuse(
                    variable,
                    path,
                    Message("others may read it (mode {mode:o})", mode=mode),
                    Message("Run: chmod 600 {path}", path=path),
                )
            return tomllib.load(file)
    except OSError as error:
        raise refuse(
            variable, path, tell_reason(error, "cannot be read"), "Name a file that exists."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        # Its message may quote the line, and with it a secret; so may a traceback that names a cause.
        raise refuse(variable, path, Message("is no TOML"), 'Write [name] and below it key = "…".') from None


def refuse(variable: str, path: Path, what: str, remedy: str) -> ConfigError:
    """The error for a file of secrets that cannot be used; `what` names places and keys, never values."""
    return ConfigError("{variable}: {path}: {what}.", remedy, variable=variable, path=path, what=what)
