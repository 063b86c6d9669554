"""The browser that renders pages, where one is wanted: which program, and whether all is there for it."""

import shutil
from importlib.util import find_spec

from activity.errors import ConfigError
from activity.message import Message
from denyut import compose_extra

__all__ = ["find_browser"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OFF = "or unset DENYUT_BROWSER to do without rendering."


def find_browser(setting: str) -> str | None:
    """The program to render with, None where none is wanted.

    Args:
        setting: a program's path or name, `auto` for the first Chromium found, empty for none.

    Raises ConfigError where it, or the package that drives it, is missing.
    """
    if not setting:
        return None
    if find_spec("scrapy_playwright") is None:
        raise ConfigError(
            "DENYUT_BROWSER: the package that drives a browser is not installed.",
            "Run: {install}, {off}",
            install=compose_extra("browser"),
            off=_OFF,
        )
    names = _NAMES if setting == "auto" else (setting,)
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        found = (
            Message("none of {names} is", names=", ".join(_NAMES))
            if setting == "auto"
            else Message("{setting!r} is not", setting=setting)
        )
        raise ConfigError(
            "DENYUT_BROWSER: {found} a program on this machine.",
            "Install Chromium (apt install chromium), name its path, {off}",
            found=found,
            off=_OFF,
        )
    return program
