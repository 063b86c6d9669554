"""Formulaic titles of honest offices are no copies; what is put up word for word within days is one."""

from datetime import UTC, datetime, time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from activity.agency import Channel
from activity.flag import AccountTrail, FlagKind, Trace
from activity.semester import Semester
from scoring.integrity.detect import detect_flags
from scoring.rubrics.rule import IntegrityRule

SEMESTER = Semester(2026, 1)
RULE = IntegrityRule({})

_FORMULAS = (
    "Wali Kota Buka Vaksinasi Massal bagi Warga",
    "Rapat Koordinasi Triwulan Bersama Perangkat Daerah Terkait",
    "Kerja Bakti Membersihkan Lingkungan Kantor dan Sekitarnya",
    "Pelayanan Administrasi Kependudukan Jemput Bola di Balai Warga",
    "Monitoring dan Evaluasi Pelaksanaan Kegiatan Bulan Ini",
)
_OWN_WORDS = [f"kata{letter}{other}" for letter in "abcdef" for other in "ghijk"]


def post(number: int, offset: int, title: str, agency: str) -> Trace:
    day = SEMESTER.first_day + timedelta(days=offset)
    at = datetime.combine(day, time(3), UTC)
    return Trace(f"k{number}", f"https://{agency}.id/{number}", title, day, at, day, day, at)


def trails_of(posts: dict[str, list[Trace]]) -> list[AccountTrail]:
    return [
        AccountTrail(name, Channel.WEBSITE, n, f"https://{name}.id/", (), tuple(told))
        for n, (name, told) in enumerate(posts.items())
    ]


def own_title(random: Random) -> str:
    return " ".join(random.sample(_OWN_WORDS, 6)).title()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), offices=st.integers(2, 6), apart=st.integers(1, 5))
def test_honest_offices_with_formulas_are_never_flagged(seed: int, offices: int, apart: int) -> None:
    """Each office uses each formula every few weeks, on days of its own choice: some fall together."""
    random = Random(seed)
    posts: dict[str, list[Trace]] = {}
    for office in range(offices):
        name = f"kantor{office}"
        told: list[Trace] = []
        for formula in _FORMULAS:
            start = random.randrange(8 * apart)
            for offset in range(start, 180, 8 * apart + random.randrange(4)):
                told.append(post(len(told), offset, formula, name))
        posts[name] = told
    found = detect_flags(trails_of(posts), RULE, SEMESTER)
    # Two formulas of one office on one day have different words; nothing else may be noticed.
    assert {flag.kind for flag in found} <= {FlagKind.BURST}


def test_what_is_put_up_again_elsewhere_within_days_is_found() -> None:
    copied = found = wrong = 0
    for seed in range(20):
        random = Random(seed)
        told: dict[str, list[Trace]] = {f"kantor{n}": [] for n in range(6)}
        for name, posts in told.items():
            for offset in range(0, 170, 3):
                posts.append(post(len(posts), offset, own_title(random), name))
            posts += [post(900 + n, random.randrange(170), text, name) for n, text in enumerate(_FORMULAS)]
        taken = random.sample(told["kantor0"][:-5], 10)
        copies = [
            post(500 + n, (each.day - SEMESTER.first_day).days + random.randint(1, 5), each.title, "x")
            for n, each in enumerate(taken)
            if each.day is not None
        ]
        told["kantor1"] += copies
        keys = {each.key for each in copies}
        named = {
            (flag.agency, each.key)
            for flag in detect_flags(trails_of(told), RULE, SEMESTER)
            if flag.kind is FlagKind.COPIED
            for each in flag.posts
        }
        copied += len(keys)
        found += len({("kantor1", key) for key in keys} & named)
        wrong += len(named - {("kantor1", key) for key in keys})
    assert wrong == 0
    assert found >= 0.95 * copied
