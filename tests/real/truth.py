"""The known posts that every real system is seeded with, and how far Denyut's answer agrees with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Makassar")
SINCE = "2026-01-01"
NOW = datetime(2026, 6, 30, 23, 30, tzinfo=ZONE)

_SUBJECTS = (
    "Pelayanan administrasi kependudukan",
    "Gotong royong membersihkan sungai",
    "Musrenbang tingkat kelurahan",
    "Vaksinasi dan posyandu balita",
    "Pelatihan wirausaha bagi pemuda",
    "Pembagian bibit pohon kepada warga",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A post put into a system: its slug, title, text and local moment of publication."""

    slug: str
    title: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """A system that answers: its home page, and the address of each known post."""

    name: str
    url: str
    addresses: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far an answer agrees with the truth."""

    system: str
    known: int
    found: int
    wrong: int
    right_day: int
    right_minute: int
    requests: int

    @property
    def passed(self) -> bool:
        return self.found >= 0.99 * self.known and self.wrong == 0 and self.right_day == self.found


def known_posts(count: int = 30) -> tuple[Known, ...]:
    """Posts at uneven intervals, some in the evening, where the UTC day is another than the local one."""
    first = datetime(2026, 1, 5, 6, 10, tzinfo=ZONE)
    posts = []
    for n in range(count):
        at = first + timedelta(days=n * 170 // max(1, count - 1), hours=(n * 7) % 17, minutes=(n * 13) % 50)
        subject = _SUBJECTS[n % len(_SUBJECTS)]
        title = f"{subject} ke-{n + 1}"
        body = f"{subject} berlangsung tertib. Warga dan perangkat kantor hadir bersama sejak pagi. " * 4
        posts.append(Known(f"{subject.lower().replace(' ', '-')}-ke-{n + 1}", title, body, at))
    return tuple(posts)


def compare(served: Served, answers: Sequence[Mapping[str, Any]], closing: Mapping[str, Any]) -> Verdict:
    """Hold the lines of `denyut probe --json` against what was seeded."""
    truth = {_place(address): post for address, post in served.addresses.items()}
    found: dict[str, datetime | None] = {}
    wrong = 0
    for answer in answers:
        place = _place(answer["url"])
        if place not in truth or place in found:
            wrong += 1
            continue
        claimed = answer["published_at"]
        found[place] = datetime.fromisoformat(claimed).astimezone(ZONE) if claimed else None
    dated = [(at, truth[place].at) for place, at in found.items() if at is not None]
    return Verdict(
        served.name,
        len(truth),
        len(found),
        wrong,
        sum(at.date() == true.date() for at, true in dated),
        sum(at.replace(second=0) == true.replace(second=0) for at, true in dated),
        closing["requests"],
    )


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path.rstrip('/')}?{parts.query}"
