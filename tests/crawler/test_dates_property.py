"""Every date written in every form reads back; what only looks like a date gives none."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dates import find_dates, read_date, read_machine_date

ZONE = ZoneInfo("Asia/Makassar")
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


@st.composite
def written(draw: st.DrawFn) -> tuple[date, str]:
    """A day and one way of writing it."""
    day = draw(days)
    months = draw(st.sampled_from((INDONESIAN, ENGLISH)))
    month = draw(st.sampled_from(months[day.month - 1]))
    month = draw(st.sampled_from((month, month.upper(), month.lower())))
    figure = draw(st.sampled_from((str(day.day), f"{day.day:02d}")))
    form = draw(
        st.sampled_from(
            (
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
        )
    )
    if draw(st.booleans()):
        weekday = draw(st.sampled_from(WEEKDAYS[day.weekday()]))
        form = f"{weekday}{draw(st.sampled_from(MARKET))}, {form}"
    return day, form


@settings(max_examples=1500, deadline=None)
@given(written(), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_day_reads_back(pair: tuple[date, str], before: str, after: str) -> None:
    day, form = pair
    reading = read_date(f"{before}{form}{after}", now=NOW, zone=ZONE)
    assert reading is not None
    assert reading.day(ZONE) == day


@settings(max_examples=800, deadline=None)
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


numbers = st.integers(0, 99)
years = st.integers(1945, 2030)
traps = st.one_of(
    st.builds("Versi {}.{}.{}".format, numbers, numbers, years),
    st.builds("v{}.{}.{}".format, numbers, numbers, numbers),
    st.builds("UU No. {} Tahun {}".format, numbers, years),
    st.builds("Perwali Nomor {}/{:02d}/{}".format, numbers, st.integers(1, 12), years),
    st.builds("Tahun Anggaran {}/{}".format, years, years),
    st.builds("APBD {}".format, years),
    st.builds("Rp {}.{:03d}.{:03d}".format, numbers, st.integers(0, 999), st.integers(0, 999)),
    st.builds("Rp. {}.{:03d},00".format, numbers, st.integers(0, 999)),
    st.builds("08{:02d}-{:04d}-{:04d}".format, numbers, st.integers(0, 9999), st.integers(0, 9999)),
    st.builds("Telp. (0511) {:07d}".format, st.integers(0, 9_999_999)),
    st.builds(
        "{} {} {} H".format,
        st.integers(1, 29),
        st.sampled_from(("Syawal", "Ramadhan", "Muharram", "Rajab")),
        st.integers(1400, 1450),
    ),
    st.builds("Senin - Kamis {:02d}.00 - {:02d}.30 WIB".format, st.integers(7, 9), st.integers(14, 16)),
    st.builds("Buka {} jam".format, st.integers(1, 24)),
    st.builds("Dibaca {} kali".format, st.integers(0, 99_999_999)),
    st.builds("Kemarin : {}".format, st.integers(0, 9999)),
    st.builds("Hari ini: {}".format, st.integers(0, 9999)),
    st.builds("{} hari kerja".format, numbers),
    st.builds("RT {:02d} RW {:02d}".format, numbers, numbers),
    st.builds("192.168.{}.{}".format, numbers, numbers),
    st.builds("Terakhir diperbarui {} Mei {}".format, st.integers(1, 28), st.integers(2000, 2025)),
    st.builds(
        "NIP. {:08d} {:06d} {} {:03d}".format,
        st.integers(0, 99_999_999),
        st.integers(0, 999_999),
        st.integers(1, 2),
        numbers,
    ),
)


@settings(max_examples=2000, deadline=None)
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
