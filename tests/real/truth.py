"""The known posts that every real system is seeded with, and how far Denyut's answer agrees with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Makassar")
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
# A first visit, a night without news, and one with a new post.
NIGHTS = tuple(datetime(2026, 6, day, 23, 30, tzinfo=ZONE) for day in (27, 28, 29))

_SUBJECTS = (
    "Pelayanan administrasi kependudukan",
    "Gotong royong membersihkan sungai",
    "Musrenbang tingkat kelurahan",
    "Vaksinasi dan posyandu balita",
    "Pelatihan wirausaha bagi pemuda",
    "Pembagian bibit pohon kepada warga",
    "Pengumuman jadwal pemadaman listrik",
)
_CATEGORIES = ("Berita", "Kegiatan", "Pengumuman")


@dataclass(frozen=True, slots=True)
class Known:
    """A post put into a system: its slug, title, text and local moment of publication."""

    slug: str
    title: str
    body: str
    at: datetime
    category: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text as a newsroom would set it: a lead and what follows."""
        return tuple(part.strip() for part in self.body.split("\n\n"))


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
    """A system that answers: its home page, the address of each known post, and a way to add one."""

    name: str
    url: str
    addresses: Mapping[str, Known]
    publish: Callable[[Known], str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far an answer agrees with the truth, and what each night cost."""

    system: str
    known: int = 0
    found: int = 0
    wrong: int = 0
    right_day: int = 0
    right_minute: int = 0
    requests: int = 0
    complaints: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        whole = self.known > 0 and self.found >= 0.99 * self.known
        return whole and self.wrong <= 0.01 * self.found and self.right_day >= 0.99 * self.found


def known_posts(count: int = 60) -> tuple[Known, ...]:
    """Posts at uneven intervals, a dozen of the year before; the UTC day of many differs."""
    old = tuple(_known(n, SINCE - timedelta(days=9 * (12 - n) + 2, hours=3 * n)) for n in range(12))
    span = NIGHTS[0] - timedelta(days=1) - SINCE
    recent = []
    for n in range(count):
        share = (n / max(1, count - 1)) ** 1.3
        at = SINCE + timedelta(
            days=int(share * span.days), hours=(1, 7, 14, 21, 10, 23)[n % 6], minutes=n * 13 % 60
        )
        recent.append(_known(n + len(old), at))
    return old + tuple(sorted(recent, key=lambda post: post.at))


def late_post() -> Known:
    """The post that is published on the third night."""
    return _known(99, NIGHTS[2].replace(hour=6, minute=5))


def _known(number: int, at: datetime) -> Known:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    title = f"{subject} ke-{number + 1}"
    lead = f"{subject} berlangsung tertib. Warga dan perangkat kantor hadir bersama sejak pagi. " * 3
    more = "Kegiatan serupa pernah diadakan pada 17 Agustus 2019 dan akan berlanjut tahun 2027. " * 2
    slug = f"{subject.lower().replace(' ', '-')}-ke-{number + 1}"
    return Known(slug, title, f"{lead.strip()}\n\n{more.strip()}", at, _CATEGORIES[number % len(_CATEGORIES)])


def compare(served: Served, answers: Sequence[Mapping[str, Any]], closing: Mapping[str, Any]) -> Verdict:
    """Hold the lines of `denyut probe --json` against what was seeded."""
    truth = {_place(address): post for address, post in served.addresses.items()}
    due = {place for place, post in truth.items() if post.at >= SINCE}
    found: dict[str, datetime | None] = {}
    complaints = []
    for answer in answers:
        place = _place(answer["url"])
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
    return Verdict(
        served.name,
        len(due),
        len(found),
        wrong,
        sum(at.date() == true.date() for at, true in dated),
        sum(at.replace(second=0) == true.replace(second=0) for at, true in dated),
        closing["requests"],
        tuple(complaints),
    )


def _place(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path.removesuffix("index.html").rstrip("/")
    return f"{path}?{parts.query}"
