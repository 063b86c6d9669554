"""What a crawl wrote beside an outcome, read back as a message.

The database holds it in English, whoever reads it; its form tells which sentence it is.
"""

import re

from activity.message import Message
from activity.outcome import Failure
from activity.speech.form import find_forms, read_form

__all__ = ["DETAILS", "REFUSED", "recognise"]

DETAILS = (
    "{found} https fails ({failure}); read over plain http.",
    "https fails ({failure}); read over plain http.",
    "{cloaked}: whom a search engine sends is led from {site} to {url}.",
    "{cloaked}: shown to search engines only, not to visitors. {found}",
    "The page's title reads {text}.",
    "Cloaked",
    "{count} links to gambling hosts{seen}, such as {link}.",
    " ({hidden} of them hidden from readers)",
    "{count} of the site's own links advertise gambling, such as {link}.",
    "{url} answered {status} with an empty page.",
    "{url} answered {status} and reads {text}.",
    "{url} answered 503 and asks to come back later.",
    "{url} answered with {kind}, which is no page to read.",
    "{url} answered {status}.",
    "The host sends visitors to {url}.",
    "The site moved to {url}.",
    "{address} leads to {url}, which is not the office's own site.",
    "{url} is drawn by a script; its page holds no posts.",
    "{count} injected posts, such as {post}.",
    "{count} items are shown and lead nowhere, such as {post}.",
    "{url} is named by the site and cannot be read; its pages show no posts.",
    "None of {count} known posts is shown, and nothing says that they were deleted.",
    "{count} new posts are dated by their own pages tomorrow.",
    "Nothing changed since the last look.",
    "no token for {owner} is configured",
    "no key for YouTube is configured",
    "it came without the list of its uploads",
    "{name} cannot be a Page's name or number",
    "{name} cannot be an Instagram handle",
    "{url}: {failure}",
    "the number of our own professional account, which is asked about others, is not set",
)
"""Sentences of the crawl, the more particular first."""
REFUSED = (
    "{host} resolves to {found}, not a public address.",
    "{literal} is not a public address.",
)
"""Why the crawl asked an address nothing, as it stands in brackets behind the failure."""
_PARTS = frozenset(("found", "seen", "cloaked"))
_NONE = Message("")


def recognise(text: str, *, machine: bool = True) -> str:
    """The message that a stored detail is, or the text as it stands.

    Args:
        machine: keep why a connection failed in the machine's own words, which are English.

    >>> recognise("https://a.go.id/ answered 404.").values["status"]
    '404'
    """
    for template, places in find_forms(text, DETAILS):
        values = {name: _read(name, value, machine) for name, value in places.items()}
        if isinstance(values.get("failure", _NONE), Message):
            return Message(template, **values)
    return text


def _read(name: str, value: str, machine: bool) -> str:
    if name in _PARTS:
        return recognise(value, machine=machine)
    known = re.split(r", | \(", value)[0]
    if name != "failure" or known not in set(Failure):
        return value
    why = value[len(known) :] if machine else ""
    if told := re.fullmatch(r" \((.+)\)", why):
        return Message("{failure} ({why})", failure=Failure(known), why=read_form(told[1], REFUSED))
    return Message("{failure}{why}", failure=Failure(known), why=why)
