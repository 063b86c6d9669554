"""The letter to a host that turns the crawl away, ready to send, in either language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from activity.message import Message
from reports.catalogue import tell_detail, translate
from reports.wording import Language, phrase_date

__all__ = ["HostLetter", "Refusal", "write_letter"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One night's look that was turned away.

    Attributes:
        at: when it began, in the city's time.
        requests: how many were made, over all tries of the night.
        detail: what was answered, as the database holds it.
    """

    at: datetime
    requests: int
    detail: str


@dataclass(frozen=True, slots=True)
class HostLetter:
    """What a host must know to let the crawl through.

    Attributes:
        since: the first night of those running on which it was turned away.
        address: the public address that the requests come from; None where it is not known.
        refusals: the newest of them, oldest first.
        delay: seconds between two requests.
        waves: how often a night tries.
    """

    city: str
    site: str
    since: date
    agent: str
    contact: str
    address: str | None
    refusals: tuple[Refusal, ...]
    delay: float
    waves: int


def write_letter(letter: HostLetter, language: Language) -> str:
    """Write the letter as plain text for an e-mail, the subject in its first line."""
    return "\n\n".join(translate(part, language) for part in _write(letter, language)) + "\n"


def _write(letter: HostLetter, language: Language) -> Iterator[str]:
    host = urlsplit(letter.site).hostname or letter.site
    yield Message("Subject: please let the crawl of {city} read {host}", city=letter.city, host=host)
    yield Message("To whoever administers {host},", host=host)
    yield Message(
        "{city} judges every half year how actively its offices publish. A program, Denyut, reads the public "
        "pages of every office once a night for it. Since {since} your server has turned it away:",
        city=letter.city,
        since=phrase_date(letter.since, language),
    )
    yield "\n".join(translate(_tell(each, language), language) for each in letter.refusals)
    yield Message("Please let these requests to {site} through. They are known by:", site=letter.site)
    yield "\n".join(translate(each, language) for each in _list_marks(letter))
    yield Message(
        "robots.txt is obeyed. If this program should not read the site, the two lines `User-agent: Denyut` "
        "and `Disallow: /` there are enough; its office is then not assessed on this channel."
    )
    yield Message("Please write to {contact} with any question.", contact=letter.contact)
    yield Message("With kind regards,\n{city}", city=letter.city)


def _tell(refusal: Refusal, language: Language) -> Message:
    return Message(
        "- {day}, {time}: {requests} requests; {detail}",
        day=phrase_date(refusal.at.date(), language),
        time=f"{refusal.at:%H:%M %Z}",
        requests=refusal.requests,
        # What a server says stays on the line.
        detail=" ".join((tell_detail(refusal.detail, language) or refusal.detail).split()),
    )


def _list_marks(letter: HostLetter) -> Iterator[Message]:
    """What the requests are known by."""
    unknown = Message("(please fill in: the public address of our network)")
    yield Message("- User-Agent: {agent}", agent=letter.agent)
    yield Message("- Address: {address}", address=letter.address or unknown)
    yield Message("- Times: once a night, at most {waves} times where it fails", waves=letter.waves)
    yield Message(
        "- Asked for: robots.txt, the home page and the lists of news, two or three requests on most nights; "
        "one connection at a time, {delay:.1f} s between two requests, no login, no form",
        delay=letter.delay,
    )
