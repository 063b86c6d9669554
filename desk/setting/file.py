"""`denyut.toml`: a city's settings in a file, below those of the environment; read and written here."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from activity.errors import ConfigError
from activity.message import Message, join
from activity.speech.reason import tell_reason
from desk.setting.config import is_secret, list_settings

__all__ = [
    "FILE",
    "Origin",
    "SettingInForce",
    "find_file",
    "list_sources",
    "merge_settings",
    "write_settings",
]

FILE = "denyut.toml"
_NAMED_BY = "DENYUT_SETTINGS"
_PREFIX = "DENYUT_"


class Origin(StrEnum):
    """Where a setting's value comes from."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """One setting as it is in force; a secret's value is never in it."""

    variable: str
    value: str
    origin: Origin
    meaning: str


def find_file(environment: Mapping[str, str], folder: Path) -> Path | None:
    """The settings file in force: the one that DENYUT_SETTINGS names, else `denyut.toml` in the folder.

    Raises ConfigError where the one that is named is not there.
    """
    if named := environment.get(_NAMED_BY, "").strip():
        path = folder / named
        if not path.is_file():
            raise ConfigError(
                "{named_by}: there is no file {named}.",
                "Name one, or unset it.",
                named_by=_NAMED_BY,
                named=named,
            )
        return path
    path = folder / FILE
    return path if path.is_file() else None


def merge_settings(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment, and below it what the settings file says.

    Raises ConfigError naming everything in the file that cannot be used.
    """
    path = find_file(environment, folder)
    given = {name: value for name, value in environment.items() if value.strip() or not _is_ours(name)}
    return {**(_read(path) if path is not None else {}), **given}


def list_sources(environment: Mapping[str, str], folder: Path) -> Iterator[SettingInForce]:
    """Every setting in force, in the order of the documentation, with where it comes from."""
    path = find_file(environment, folder)
    in_file = _read(path) if path is not None else {}
    for variable, default, meaning in list_settings():
        own, filed = environment.get(variable, "").strip(), in_file.get(variable, "")
        source = Origin.ENVIRONMENT if own else Origin.FILE if filed else Origin.DEFAULT
        value = own or filed or default
        yield SettingInForce(variable, "set" if value and is_secret(variable) else value, source, meaning)


def write_settings(path: Path, settings: Mapping[str, str], word: Callable[[str], str] = str) -> None:
    """Write a settings file, each setting with its meaning above it; never over one that is there.

    Args:
        settings: by variable; those that are empty are left out.
        word: says a comment in the reader's language.
    """
    meanings = {variable: meaning for variable, _, meaning in list_settings()}
    head = Message(
        "Settings of Denyut; a variable of the environment goes before. Secrets do not belong here."
    )
    lines = [f"# {word(head)}"]
    for variable, value in settings.items():
        if value:
            lines += ["", f"# {word(meanings[variable])}", f"{_key(variable)} = {_quote(value)}"]
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write("\n".join([*lines, ""]))
    except FileExistsError:
        raise ConfigError("{path} is there already.", "Change it with any editor.", path=path.name) from None
    except OSError as error:
        raise ConfigError(
            "{path}: {strerror}.",
            "Name a folder to write in.",
            path=path,
            strerror=tell_reason(error),
        ) from None


def _read(path: Path) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        told = str(error).partition("\n")[0][:200]
        raise ConfigError(
            "{path} cannot be read: {told}.", "Mend the line, or remove the file.", path=path.name, told=told
        ) from None
    variables = {_key(variable): variable for variable, _, _ in list_settings()}
    found: dict[str, str] = {}
    problems: list[str] = []
    for key, value in table.items():
        variable = variables.get(key)
        text = None if variable is None else _say(value)
        if variable is None:
            close = get_close_matches(key, variables, 1)
            if close:
                problems.append(
                    Message("{key}: no such setting (did you mean {close}?)", key=key, close=close[0])
                )
            else:
                problems.append(Message("{key}: no such setting", key=key))
        elif is_secret(variable):
            problems.append(
                Message("{key}: a secret, which belongs in the environment or in DENYUT_TOKENS_FILE", key=key)
            )
        elif text is None:
            problems.append(Message("{key}: neither a text nor a number", key=key))
        else:
            found[variable] = text
    if problems:
        raise ConfigError(
            "{path}: {problems}.",
            "See `denyut config show` for the names.",
            path=path.name,
            problems=join("; ", problems),
        )
    return found


def _say(value: Any) -> str | None:
    """A value of the file as the environment would hold it; None for what no setting is."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, time):
        return value.isoformat("minutes") if value.second == 0 else value.isoformat()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if isinstance(value, str | int | float | date):
        return str(value).strip()
    return None


def _is_ours(name: str) -> bool:
    return name.startswith(_PREFIX)


def _key(variable: str) -> str:
    return variable.removeprefix(_PREFIX).lower()


def _quote(value: str) -> str:
    """A TOML basic string; control characters, which no setting has, are refused by whoever reads it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
