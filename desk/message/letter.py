"""A message as it reaches people: said in their language, or as a link that WhatsApp opens."""

from urllib.parse import quote

from activity.speech.letter import Letter
from activity.speech.plain import show_plain
from reports.catalogue import translate
from reports.wording import Language

__all__ = ["link_whatsapp", "say_letter"]


def say_letter(letter: Letter, language: Language) -> tuple[str, str]:
    """Title and text in that language; an office's name moves no line and no cursor of whoever reads it."""
    title, *lines = (show_plain(translate(line, language)) for line in (letter.title, *letter.lines))
    return title, "\n".join(lines)


def link_whatsapp(title: str, body: str) -> str:
    """The link that opens WhatsApp with the text in it; the person chooses the group.

    >>> link_whatsapp("A", "b c")
    'https://wa.me/?text=A%0Ab%20c'
    """
    text = f"{title}\n{body}"
    return f"https://wa.me/?text={quote(text, safe='')}"
