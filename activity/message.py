"""A sentence for people that can still be said in another language."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

__all__ = ["Message", "join"]


class Message(str):
    """A sentence in English that remembers its parts: the template, which a catalogue knows, and its values.

    It is a plain string to whatever writes for machines; `reports.catalogue.translate` says it to people.
    Without values the template is taken to the letter.

    Attributes:
        template: with `{name}` where a value goes.
        values: what goes there; days, numbers, members of an enumeration and other messages as they are, so
            that each language writes them its own way.

    >>> Message("{count} posts of {day}", count=2, day="Monday")
    '2 posts of Monday'
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Say it in English; a message with values that is given as a template stays what it is."""
        if isinstance(template, cls):
            if template.values or not values:
                return template
            template = template.template
        message = super().__new__(cls, template.format(**values) if values else template)
        message.template, message.values = template, values
        return message

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.template, dict(self.values))


def join(separator: str, parts: Iterable[str]) -> Message:
    """Several as one, a sign between them.

    >>> join(", ", ["a", Message("b")])
    'a, b'
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Message(separator.join(f"{{{name}}}" for name in values), **values)


def _restore(template: str, values: Mapping[str, Any]) -> Message:
    return Message(template, **values)
