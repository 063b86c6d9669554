"""The known posts that every real system is seeded with, and how far Denyut's answer agrees with them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from texts import Text, write_words

ZONE = ZoneInfo("Asia/Makassar")
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
# A first visit, a night without news, and one with a new post.
NIGHTS = tuple(datetime(2026, 6, day, 23, 30, tzinfo=ZONE) for day in (27, 28, 29))
# On a semester's last night every list is read through.
THROUGH = NIGHTS[-1] + timedelta(days=1)
# With a post rewritten and one taken away before the first, and nothing more.
LATER = tuple(THROUGH + timedelta(days=days) for days in (1, 2, 3))

_CATEGORIES = ("Berita", "Kegiatan", "Pengumuman")
_STICKY = (4, 25)
# What docs/crawl.md promises of a first visit: requests that bring no date, guesses where neither a feed nor
# an API was found, and articles that confirm what a list or a feed tells.
_MOST_DATELESS = 6
_MOST_GUESSES = 12
_MOST_CONFIRMING = 3 + 3


@dataclass(frozen=True, slots=True)
class Known:
    """A post put into a system: its slug, title, text and local moment of publication.

    Attributes:
        cut: whether its author set a "read on" behind the first paragraph.
        sticky: whether it is to stay on top of the list, where a system can do that.
    """

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    at: datetime
    category: str
    cut: bool = False
    sticky: bool = False

    @property
    def body(self) -> str:
        """The text with an empty line between paragraphs."""
        return "\n\n".join(self.paragraphs)

    def marked(self, mark: str) -> str:
        """The text with the system's mark for "read on" behind the first paragraph, if its author cut it."""
        return "\n\n".join((self.paragraphs[0], mark, *self.paragraphs[1:])) if self.cut else self.body


@dataclass(frozen=True, slots=True)
class Standing:
    """A page that is no post."""

    slug: str
    title: str
    body: str


STANDING = (
    Standing(
        "profil", "Profil", "Kantor berdiri pada 1 Mei 1999 dan melayani 12.450 warga di enam lingkungan."
    ),
    Standing(
        "kontak", "Kontak", "Jalan Merdeka 17, telepon 0411-555123. Buka Senin sampai Jumat, 08.00-16.00."
    ),
    Standing("visi-misi", "Visi dan Misi", "Visi 2021-2026: kota yang tertib. Ditetapkan 12 Januari 2021."),
)


@dataclass(frozen=True, slots=True)
class Served:
    """A system that answers: its home page, the address of each known post, and a way to add one.

    Attributes:
        rewrite: puts another text in a post's place, or takes the post away; None where that is not told.
    """

    name: str
    url: str
    addresses: Mapping[str, Known]
    publish: Callable[[Known], str]
    rewrite: Callable[[Known, Known | None], object] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far an answer agrees with the truth, and what each night cost.

    Attributes:
        claim: since when nothing is said to be missing.
        falsely_claimed: posts that are missing all the same: the claim is false.
    """

    system: str
    known: int = 0
    found: int = 0
    wrong: int = 0
    right_day: int = 0
    right_minute: int = 0
    requests: int = 0
    most_requests: int = 0
    complaints: tuple[str, ...] = ()
    claim: datetime | None = None
    falsely_claimed: int = 0

    @property
    def passed(self) -> bool:
        whole = self.known > 0 and self.found >= 0.99 * self.known
        right = self.wrong <= 0.01 * self.found and self.right_day >= 0.99 * self.found
        return whole and right and not self.falsely_claimed and self.requests <= self.most_requests

    @property
    def claimed(self) -> str:
        """How far back the list is called whole: "whole" for the window, a day, or nothing."""
        if self.claim is None:
            return "nothing"
        return "whole" if self.claim <= SINCE else f"{self.claim.astimezone(ZONE):%Y-%m-%d}"

    @property
    def figures(self) -> str:
        return (
            f"{self.found} of {self.known} found, {self.wrong} wrong, {self.right_day} with the right day, "
            f"{self.right_minute} with the right minute, "
            f"claimed: {self.claimed}{' and false' if self.falsely_claimed else ''}, "
            f"{self.requests} requests of at most {self.most_requests}"
        )

    @property
    def reasons(self) -> list[str]:
        """Why it did not pass, a line each."""
        return [] if self.passed else [self.figures, *self.complaints]


def known_posts(text: Text, count: int = 60) -> tuple[Known, ...]:
    """Posts at uneven intervals, a dozen of the year before; the UTC day of many differs.

    Of the awkward ones two old posts are sticky, one of them of the year before.
    """
    old = tuple(_known(text, n, SINCE - timedelta(days=9 * (12 - n) + 2, hours=3 * n)) for n in range(12))
    span = NIGHTS[0] - timedelta(days=1) - SINCE
    recent = []
    for n in range(count):
        share = (n / max(1, count - 1)) ** 1.3
        at = SINCE + timedelta(
            days=int(share * span.days), hours=(1, 7, 14, 21, 10, 23)[n % 6], minutes=n * 13 % 60
        )
        recent.append(_known(text, n + len(old), at))
    return old + tuple(sorted(recent, key=lambda post: post.at))


def late_post(text: Text) -> Known:
    """The post that is published on the third night."""
    return _known(text, 99, NIGHTS[2].replace(hour=6, minute=5))


def _known(text: Text, number: int, at: datetime) -> Known:
    words = write_words(text, number, at)
    slug = re.sub(r"\W+", "-", words.title.lower())
    awkward = text is Text.AWKWARD
    return Known(
        slug,
        words.title,
        words.paragraphs,
        at,
        _CATEGORIES[number % len(_CATEGORIES)],
        cut=awkward,
        sticky=awkward and number in _STICKY,
    )


def place_of(url: str, *, anchored: bool = False) -> str:
    """Where a page stands on its site, however its address is written.

    Args:
        anchored: whether several posts share a page, each with an anchor of its own.
    """
    parts = urlsplit(url)
    path = parts.path.removesuffix("index.html").rstrip("/")
    return f"{path}?{parts.query}" + (f"#{parts.fragment}" if anchored else "")


def compare(served: Served, answers: Sequence[Mapping[str, Any]], closing: Mapping[str, Any]) -> Verdict:
    """Hold the lines of `denyut probe --json` against what was seeded."""
    anchored = any("#" in address for address in served.addresses)
    truth = {place_of(address, anchored=anchored): post for address, post in served.addresses.items()}
    due = {place for place, post in truth.items() if post.at >= SINCE}
    found: dict[str, datetime | None] = {}
    complaints = []
    for answer in answers:
        place = place_of(answer["url"], anchored=anchored)
        if place not in due or place in found:
            complaints.append(f"not a post of the window: {answer['url']} {answer['published_at']}")
            continue
        claimed = answer["published_at"]
        at = found[place] = datetime.fromisoformat(claimed).astimezone(ZONE) if claimed else None
        if at is None or at.date() != truth[place].at.date():
            evidence = [(e["kind"], e["raw"]) for e in answer["evidence"]]
            complaints.append(f"{answer['url']}: {claimed}, was {truth[place].at:%Y-%m-%d %H:%M}; {evidence}")
    wrong = len(answers) - len(found)
    complaints += [
        f"not found: {place} of {truth[place].at:%Y-%m-%d %H:%M}" for place in sorted(due - set(found))
    ]
    dated = [(at, truth[place].at) for place, at in found.items() if at is not None]
    since = closing.get("complete_since")
    claim = datetime.fromisoformat(since) if since else None
    missed = [place for place in due - set(found) if claim is not None and truth[place].at >= claim]
    return Verdict(
        served.name,
        len(due),
        len(found),
        wrong,
        sum(at.date() == true.date() for at, true in dated),
        sum(at.replace(second=0) == true.replace(second=0) for at, true in dated),
        closing["requests"],
        _bound_requests(answers, len(truth) - len(due)),
        tuple(complaints),
        claim,
        len(missed),
    )


def _bound_requests(answers: Sequence[Mapping[str, Any]], old: int) -> int:
    """The most that a first visit may ask, by the pages that dated what it found.

    Args:
        old: how many posts are from before the window; to see that, each may have to be read.
    """
    told = [evidence for answer in answers for evidence in answer["evidence"]]
    guesses = 0 if any(each["kind"] in {"feed", "api"} for each in told) else _MOST_GUESSES
    return len({each["source"] for each in told}) + old + _MOST_DATELESS + _MOST_CONFIRMING + guesses
