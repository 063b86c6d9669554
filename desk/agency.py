"""The agencies that a person names to a command: found, or asked back, never guessed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from activity.agency import Agency
from activity.errors import ConfigError
from activity.message import Message
from activity.registry.naming import match_name, match_part, suggest

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["choose_agency", "find_agencies", "find_agency", "name_agencies", "name_agency"]

_SEE = Message("See `denyut agencies list`.")


def find_agency(engine: "Engine", text: str) -> str:
    """The slug of the agency that has this slug or name, or alone has the text in its name.

    For commands that only read. Raises ConfigError for a text that means none, or more than one.
    """
    return find_agencies(engine, [text])[0]


def find_agencies(engine: "Engine", texts: Iterable[str]) -> list[str]:
    """The same for several; the order stays, none comes twice."""
    named = list(texts)
    known = _load(engine) if named else []
    return list(dict.fromkeys(choose_agency(text, known) for text in named))


def name_agency(engine: "Engine", text: str) -> str:
    """The slug of the agency that has this slug or this whole name.

    For commands that write: a part of a name is not enough. Raises ConfigError as `find_agency` does.
    """
    return name_agencies(engine, [text])[0]


def name_agencies(engine: "Engine", texts: Iterable[str]) -> list[str]:
    """The same for several; the order stays, none comes twice."""
    named = list(texts)
    known = _load(engine) if named else []
    return list(dict.fromkeys(choose_agency(text, known, in_full=True) for text in named))


def choose_agency(text: str, agencies: Sequence[Agency], *, in_full: bool = False) -> str:
    """The slug of the one that is meant; raises ConfigError for none, or more than one.

    Args:
        in_full: a part of a name is not enough.
    """
    found = match_name(text, agencies) if in_full else match_part(text, agencies)
    if len(found) == 1:
        return found[0].slug
    if found:
        raise ConfigError(
            "{text!r} may be any of {tell}.",
            "Name it by its id, in brackets here.",
            text=text,
            tell=_tell(found),
        )
    if in_full:
        message = Message("no agency is called {text!r} in full.", text=text)
    else:
        message = Message("no agency is called {text!r}.", text=text)
    if alike := suggest(text, agencies):
        raise ConfigError(message, Message("Did you mean {names}? {see}", names=_tell(alike), see=_SEE))
    raise ConfigError(message, _SEE)


def _tell(agencies: Sequence[Agency]) -> str:
    shown = [f"{each.name} ({each.slug})" for each in agencies[:5]]
    if len(agencies) > len(shown):
        return Message("{shown} and {count} more", shown="; ".join(shown), count=len(agencies) - len(shown))
    if len(shown) == 1:
        return shown[0]
    return Message("{some} or {last}", some="; ".join(shown[:-1]), last=shown[-1])


def _load(engine: "Engine") -> list[Agency]:
    from db.office.registry import load_agencies

    return [row.agency for row in load_agencies(engine)]
