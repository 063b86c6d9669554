"""A sentence in English, recognised by its form and so sayable in another language."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from activity.message import Message

__all__ = ["find_forms", "read_form"]


def find_forms(text: str, templates: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The templates that a text may have been made from, each with what then stands in its places.

    A place holds at least one character; `{seen}` may hold none.

    >>> list(find_forms("a.go.id answered 404.", ("{url} answered {status}.",)))
    [('{url} answered {status}.', {'url': 'a.go.id', 'status': '404'})]
    """
    for template, pattern in _compile(templates):
        if found := pattern.fullmatch(text):
            yield template, found.groupdict()


def read_form(
    text: str, templates: tuple[str, ...], read: Callable[[str, str], object] = lambda _, said: said
) -> str:
    """The message that a text is, or the text as it stands.

    Args:
        templates: the more particular first.
        read: gives a place's value from its name and its text, such as a message where it is one again.

    >>> read_form("2 posts", ("{count} posts",), lambda _, said: int(said)).values
    {'count': 2}
    """
    for template, places in find_forms(text, templates):
        return Message(template, **{name: read(name, said) for name, said in places.items()})
    return text


@cache
def _compile(templates: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    forms = (re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(each)) for each in templates)
    told = (re.compile(form.replace("<seen>.+", "<seen>.*"), re.DOTALL) for form in forms)
    return tuple(zip(templates, told, strict=True))
