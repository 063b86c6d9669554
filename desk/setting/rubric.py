"""Rubric files as a city hands them in."""

from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.speech.reason import tell_reason

if TYPE_CHECKING:
    from scoring.rubrics.rubric import Rubric

__all__ = ["read_rubric"]

_MOST_BYTES = 1 << 20


def read_rubric(path: Path | None) -> "Rubric":
    """Read a rubric file, or the built-in one; raises ConfigError or RubricError."""
    from scoring.rubrics.rubric import load_default, parse_rubric

    if path is None:
        return parse_rubric(load_default(), "keaktifan")
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        # Cut short it is longer than any rubric still, and its end may be half a letter.
        text = content.decode("utf-8-sig", "strict" if len(content) <= _MOST_BYTES else "ignore")
        return parse_rubric(text, path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = tell_reason(error)
        raise ConfigError(
            "{path}: {reason}.", "Name a rubric file in TOML.", path=path, reason=reason
        ) from None
