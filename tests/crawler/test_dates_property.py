"""Every date written in every form reads back; what only looks like a date gives none.

Hypothesis looks for the odd ones; over ten thousand others are simply written out, the same in every run.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dates import find_dates, read_date, read_machine_date
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZONE)

INDONESIAN = (
    ("Januari", "Jan"),
    ("Februari", "Pebruari", "Feb", "Peb"),
    ("Maret", "Mar"),
    ("April", "Apr"),
    ("Mei",),
    ("Juni", "Jun"),
    ("Juli", "Jul"),
    ("Agustus", "Agt", "Agu", "Ags", "Agst"),
    ("September", "Sept", "Sep"),
    ("Oktober", "Okt"),
    ("November", "Nopember", "Nov", "Nop"),
    ("Desember", "Des"),
)
ENGLISH = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
WEEKDAYS = (
    ("Senin", "Sen", "Monday", "Mon"),
    ("Selasa", "Sel", "Tuesday", "Tue"),
    ("Rabu", "Rab", "Wednesday", "Wed"),
    ("Kamis", "Kam", "Thursday", "Thu"),
    ("Jumat", "Jum'at", "Jum\u2019at", "Jum`at", "Jum\u2018at", "Jum\u00b4at", "Friday", "Fri"),
    ("Sabtu", "Sab", "Saturday", "Sat"),
    ("Minggu", "Ahad", "Min", "Sunday", "Sun"),
)
MARKET = ("", " Pon", " Wage", " Kliwon", " Legi", " Pahing")
BEFORE = (
    "",
    "Diposting pada ",
    "Diterbitkan: ",
    "Admin | ",
    "Oleh : Administrator | ",
    "Posted on ",
    "(",
    "\u00a0",
)
AFTER = ("", " oleh admin", " | Dilihat 345 kali", " by admin", ")", " | 1.234 kali dibaca", " - 3 komentar")
OFFSETS = {"": None, " WIB": 7, " WITA": 8, " WIT": 9, " UTC": 0}

days = st.dates(date(1996, 1, 1), date(2026, 11, 21))


def forms(day: date, month: str, figure: str) -> tuple[str, ...]:
    """All ways of writing a day, with one spelling of its month and of its number."""
    return (
        f"{figure} {month} {day.year}",
        f"{figure} {month}, {day.year}",
        f"{figure}-{month}-{day.year}",
        f"{figure}-{month}-{day.year % 100:02d}",
        f"{figure}  {month}  {day.year}",
        f"{figure}/{month}/{day.year}",
        f"{figure} {month}. {day.year}",
        f"{month} {figure}, {day.year}",
        f"{month} {figure} {day.year}",
        f"{figure}/{day.month:02d}/{day.year}",
        f"{figure}-{day.month}-{day.year}",
        f"{figure}.{day.month:02d}.{day.year}",
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day.year}/{day.month}/{day.day}",
    )


@st.composite
def written(draw: st.DrawFn) -> tuple[date, str]:
    """A day and one way of writing it."""
    day = draw(days)
    month = draw(st.sampled_from(draw(st.sampled_from((INDONESIAN, ENGLISH)))[day.month - 1]))
    month = draw(st.sampled_from((month, month.upper(), month.lower())))
    figure = draw(st.sampled_from((str(day.day), f"{day.day:02d}")))
    form = draw(st.sampled_from(forms(day, month, figure)))
    if draw(st.booleans()):
        weekday = draw(st.sampled_from(WEEKDAYS[day.weekday()]))
        form = f"{weekday}{draw(st.sampled_from(MARKET))}, {form}"
    return day, form


def test_ten_thousand_days_read_back() -> None:
    """Every form of days all over the calendar, each month in all its spellings."""
    rng = Random(20261122)
    first, last = date(1996, 1, 1), date(2026, 11, 21)
    count, wrong = 0, []
    for step in range(0, (last - first).days, 45):
        day = first + timedelta(days=step + rng.randrange(45)) if step else date(2024, 2, 29)
        for month in {*INDONESIAN[day.month - 1], *ENGLISH[day.month - 1]}:
            spelling = rng.choice((month, month.upper(), month.lower()))
            figure = rng.choice((str(day.day), f"{day.day:02d}"))
            for form in forms(day, spelling, figure):
                weekday = rng.choice(("", f"{rng.choice(WEEKDAYS[day.weekday()])}{rng.choice(MARKET)}, "))
                text = f"{rng.choice(BEFORE)}{weekday}{form}{rng.choice(AFTER)}"
                reading = read_date(text, now=NOW, zone=ZONE)
                count += 1
                if reading is None or reading.day(ZONE) != day:
                    wrong.append((text, day, reading))
    assert count > 10_000
    assert not wrong


@settings(max_examples=600, deadline=None)
@given(written(), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_day_reads_back(pair: tuple[date, str], before: str, after: str) -> None:
    day, form = pair
    reading = read_date(f"{before}{form}{after}", now=NOW, zone=ZONE)
    assert reading is not None
    assert reading.day(ZONE) == day


@settings(max_examples=500, deadline=None)
@given(
    written(),
    st.times().map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(tuple(OFFSETS)),
    st.sampled_from(
        (" {:%H:%M}", ", {:%H:%M}", " pukul {:%H.%M}", " | {:%H:%M:%S}", " jam {:%H:%M}", " at {:%I:%M %p}")
    ),
)
def test_a_moment_reads_back(pair: tuple[date, str], at: time, zone: str, clock: str) -> None:
    day, form = pair
    reading = read_date(f"{form}{clock.format(at)}{zone}", now=NOW, zone=ZONE)
    assert reading is not None
    exact = at if "%S" in clock else at.replace(second=0)
    if exact == time() and "%S" in clock:
        assert reading.day(ZONE) == day
        return
    offset = OFFSETS[zone]
    expected = (
        datetime.combine(day, exact, ZONE)
        if offset is None
        else datetime.combine(day, exact, ZoneInfo("UTC")) - timedelta(hours=offset)
    )
    assert reading.at == expected


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(1996, 1, 1), datetime(2026, 11, 21)),
    st.sampled_from(("Z", "+07:00", "+0800", "-05:00")),
)
def test_machine_forms_read_back(naive: datetime, offset: str) -> None:
    naive = naive.replace(microsecond=0, second=max(1, naive.second))
    aware = datetime.fromisoformat(f"{naive.isoformat()}{offset}")
    for text in (
        f"{naive.isoformat()}{offset}",
        f"{naive.isoformat(' ')} {offset}",
        f"{naive.isoformat()}.123{offset}",
    ):
        reading = read_machine_date(text, now=NOW, zone=ZONE)
        assert reading is not None
        assert reading.at == aware


@given(st.integers(1, 59), st.sampled_from((("detik", "second"), ("menit", "minute"), ("jam", "hour"))))
def test_a_distance_in_time_is_subtracted(count: int, unit: tuple[str, str]) -> None:
    step = timedelta(**{f"{unit[1]}s": count})
    for text in (f"{count} {unit[0]} yang lalu", f"{count} {unit[0]} lalu", f"{count} {unit[1]}s ago"):
        reading = read_date(text, now=NOW, zone=ZONE)
        assert reading is not None
        assert reading.relative
        assert reading.at == NOW - step


Span = tuple[int, int]
NUMBER: Span = (0, 99)
YEAR: Span = (1945, 2030)
HIJRI = ("Syawal", "Ramadhan", "Muharram", "Rajab")
TRAPS: tuple[tuple[str, tuple[Span, ...]], ...] = (
    ("Versi {}.{}.{}", (NUMBER, NUMBER, YEAR)),
    ("v{}.{}.{}", (NUMBER, NUMBER, NUMBER)),
    ("UU No. {} Tahun {}", (NUMBER, YEAR)),
    ("Perwali Nomor {}/{:02d}/{}", (NUMBER, (1, 12), YEAR)),
    ("Tahun Anggaran {}/{}", (YEAR, YEAR)),
    ("APBD {}", (YEAR,)),
    ("Rp {}.{:03d}.{:03d}", (NUMBER, (0, 999), (0, 999))),
    ("Rp. {}.{:03d},00", (NUMBER, (0, 999))),
    ("08{:02d}-{:04d}-{:04d}", (NUMBER, (0, 9999), (0, 9999))),
    ("Telp. (0511) {:07d}", ((0, 9_999_999),)),
    *((f"{{}} {month} {{}} H", ((1, 29), (1400, 1450))) for month in HIJRI),
    ("{} April - {} Mei {}", ((1, 30), (1, 31), (2000, 2025))),
    ("{}-{} Mei {}", ((1, 14), (15, 31), (2000, 2025))),
    ("Nomor 188.45/{}/{:02d}-Kec/{}", (NUMBER, (1, 12), YEAR)),
    ("NPWP {:02d}.{:03d}.{:03d}.{}-{:03d}.{:03d}", (NUMBER, (0, 999), (0, 999), (0, 9), (0, 999), (0, 999))),
    ("{} bulan yang akan datang", (NUMBER,)),
    ("Copyright \u00a9 {} - {}", (YEAR, YEAR)),
    ("Senin - Kamis {:02d}.00 - {:02d}.30 WIB", ((7, 9), (14, 16))),
    ("Buka {} jam", ((1, 24),)),
    ("Dibaca {} kali", ((0, 99_999_999),)),
    ("Kemarin : {}", ((0, 9999),)),
    ("Hari ini: {}", ((0, 9999),)),
    ("{} hari kerja", (NUMBER,)),
    ("RT {:02d} RW {:02d}", (NUMBER, NUMBER)),
    ("192.168.{}.{}", (NUMBER, NUMBER)),
    ("Terakhir diperbarui {} Mei {}", ((1, 28), (2000, 2025))),
    ("NIP. {:08d} {:06d} {} {:03d}", ((0, 99_999_999), (0, 999_999), (1, 2), NUMBER)),
)
traps = st.one_of(*(st.builds(text.format, *(st.integers(*span) for span in spans)) for text, spans in TRAPS))


def test_ten_thousand_traps_give_none() -> None:
    rng = Random(20261122)
    texts = [
        text.format(*(rng.randint(*span) for span in spans)) for text, spans in TRAPS for _ in range(420)
    ]
    assert len(texts) > 10_000
    assert [text for text in texts if read_date(text, now=NOW, zone=ZONE) is not None] == []


@settings(max_examples=600, deadline=None)
@given(traps)
def test_a_trap_gives_none(text: str) -> None:
    assert read_date(text, now=NOW, zone=ZONE) is None


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived_and_any_reading_plausible(text: str) -> None:
    for reading in find_dates(text, now=NOW, zone=ZONE):
        assert reading.at.year >= 1995
        assert reading.at <= NOW + timedelta(days=2)
        assert 0 <= reading.start < reading.end <= len(text)
    read_machine_date(text, now=NOW, zone=ZONE)
