"""Lists as offices write them, drawn at random with their truth: no layout, text or clock may shift a day.

A plan is layout x way of writing dates x texts that name other days x what stands around. The reader must
tell the day of every record that shows one, and its title, and no day where a list shows none.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.visit import Fetch, Page, Purpose
from crawler.extract.lists.item import Listing
from crawler.extract.lists.listing import read_listing
from crawler.extract.page.document import parse_document
from samplecity.almanac import MONTHS
from testkit.zone import JAKARTA as ZONE

NOW = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
TODAY = NOW.astimezone(ZONE).date()
GOLDEN = Path(__file__).parents[1] / "golden" / "lists"
SITE = "https://dinas.example"
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
TITLES = """Sosialisasi Pajak Daerah bagi Pelaku Usaha Kuliner
Kerja Bakti Bersihkan Saluran Air di Kelurahan Mawar
Posyandu Balita Layani Ratusan Anak di Tiga Dusun
Rapat Koordinasi Penanganan Banjir Musim Hujan
Jadwal Pelayanan Keliling di Lima Kelurahan
Pelayanan Administrasi Kependudukan Jemput Bola
Kunjungan Kerja Komisi Dua ke Pasar Rakyat
Imunisasi Campak Serentak di Seluruh Puskesmas
Gotong Royong Perbaikan Jembatan Gantung Warga
Agenda Bimbingan Teknis Pengelolaan Arsip Dinamis
Penanaman Seribu Bibit Mangrove di Pesisir
Pengumuman Hasil Seleksi Tenaga Pendamping""".splitlines()


def full(day: date) -> str:
    """`2 April 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slashed(day: date) -> str:
    """`2/4/2026`."""
    return f"{day.day}/{day.month}/{day.year}"


def weekday(day: date) -> str:
    """`Kamis`."""
    return DAYS[day.weekday()]


def age(passed: timedelta) -> str:
    """`2 bulan, 1 minggu lalu`."""
    days = passed.days
    if days < 7:
        return f"{days} hari lalu" if days else "3 jam lalu"
    if days < 30:
        return f"{days // 7} minggu lalu"
    return (
        f"{days // 30} bulan, {days % 30 // 7} minggu lalu" if days % 30 > 6 else f"{days // 30} bulan lalu"
    )


DATES: dict[str, Callable[[date], str]] = {
    "long": full,
    "weekday": lambda d: f"{weekday(d)}, {d.day:02d} {MONTHS[d.month - 1]} {d.year}",
    "clock": lambda d: f"{weekday(d)}, {full(d)} | {7 + d.day % 12:02d}:{d.month * 4:02d} WIB",
    "short": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "figures": lambda d: f"{d:%d/%m/%Y}",
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "iso": lambda d: f"{d:%Y-%m-%d}",
    "english": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "time": lambda d: f'<time datetime="{d}T09:12:00+07:00">{full(d)}</time>',
    "american": lambda d: f'<time datetime="{d}T09:12:00+07:00">{d.month}/{d.day}/{d.year}</time>',
    "age": lambda d: age(TODAY - d),
    "yearless": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]}",
    "attribute": lambda d: f'<time datetime="{d}T09:12:00+07:00">{d.day} {MONTHS[d.month - 1][:3]}</time>',
}
LABELS = (
    "{}",
    "Diposting pada {}",
    "Dipublikasikan: {}",
    "{} oleh Humas",
    "Oleh Admin Dinas | {} | 31 kali dibaca",
    "Tanggal: {}",
    "{} · Berita Daerah",
    "{} - 0 Komentar",
)
STORIES: tuple[Callable[[date, str], str], ...] = (
    lambda d, t: f"KOTA CONTOH – {weekday(d)} ({slashed(d)}), {t} dibuka sekretaris dinas di halaman kantor",
    lambda d, t: f"Kota Contoh, {weekday(d)} ({d.day}/{d.month}). {t} diikuti puluhan peserta kelurahan",
    lambda d, t: f"Kota Contoh, {full(d)} – {t} diikuti puluhan peserta dari lima kelurahan sekitar",
    lambda d, t: f"Kepala dinas meninjau {t} pada {weekday(d)} siang ({slashed(d)}) dan berdialog",
    lambda d, t: f"{weekday(d)}, {full(d)} bertempat di aula kecamatan, {t} berlangsung lancar sejak pagi",
    lambda d, t: f"Sesuai Undang-Undang Nomor 25 Tahun 2009, {t} digelar sampai {full(d)} di aula",
    lambda d, t: f"Suasana {t} yang dihadiri tokoh masyarakat. (Foto: Humas, {slashed(d)})",
    lambda d, t: f"Pendaftaran {t} dibuka hingga {full(d)} pada jam kerja di kantor kelurahan",
    lambda d, _: f"{weekday(d)} ({slashed(d)})",
    lambda d, t: f"<strong>Kota Contoh, {full(d)}</strong> – {t} diikuti puluhan peserta kelurahan",
    lambda d, t: f"<b>KOTA CONTOH</b>, <i>{weekday(d)} ({slashed(d)})</i> {t} dihadiri tokoh masyarakat",
    lambda d, t: f"<em>{full(d)}</em>, {t} dibuka sekretaris dinas",
    lambda d, t: f"Pada {full(d)} lalu {t} digelar. Sebelumnya pada {slashed(d - timedelta(days=400))} juga",
    lambda _, t: f"{t} berlangsung tertib dan mendapat sambutan baik dari warga setempat",
)


@dataclass(frozen=True)
class Item:
    """What the office published, and when."""

    number: int
    title: str
    day: date
    story: str
    event: date

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"/baca/{self.number}"


@dataclass(frozen=True)
class Plan:
    """One page to be written."""

    layout: str
    style: str
    label: str
    shown: str
    items: tuple[Item, ...]
    classes: str
    clock: str
    beside: frozenset[str]
    odd: frozenset[str]
    rng: random.Random = field(compare=False, repr=False)

    @property
    def tells_titles(self) -> bool:
        """Whether the list shows titles, and no days."""
        return self.shown == "none"

    def shows(self, item: Item) -> bool:
        """Whether the card tells the day of publication; the office forgets it at times."""
        return self.shown == "published" and not ("gaps" in self.odd and item.number % 5 == 3)

    def date_of(self, item: Item) -> str:
        """What a card says of the date."""
        if self.shown == "edited":
            return f"Diperbaharui terakhir: {full(item.day)}"
        if self.shown == "event":
            return f"Pelaksanaan: {full(item.event)}"
        if self.shown != "build" and not self.shows(item):
            return ""
        # A link around the date holds nothing else.
        label = "{}" if self.layout == "wordpress" else self.label
        return label.format(DATES[self.style](TODAY if self.shown == "build" else item.day))

    def badge_of(self, item: Item) -> str:
        """A leaf of a calendar."""
        if not self.shows(item):
            return self.date_of(item)
        month = MONTHS[item.day.month - 1][:3]
        return f"<div><span>{item.day.day}</span><div>{month}</div><div>{item.day.year}</div></div>"

    def fill(self, template: str, item: Item) -> str:
        """A card: `[name]` is a class, if the page has any."""
        when, later = self.date_of(item), full(item.day + timedelta(days=2))
        html = template.format(
            url=item.url, title=item.title, date=when, story=item.story, n=item.number,
            badge=self.badge_of(item), event=full(item.event),
            edited=f"| Diperbarui: {later}" if item.number % 2 and when else "",
            updated=f"<time[updated]>{later}</time>" if self.classes == "some" and when else "",
        )  # fmt: skip
        return re.sub(r"\[(\w[\w -]*)\]", lambda match: self.mark(match[1]), html).replace("()", "")

    def mark(self, name: str) -> str:
        """A class attribute."""
        if self.classes == "random":
            return f' class="c{self.rng.getrandbits(32):x}"'
        return f' class="{name}"' if self.classes == "some" else ""


LAYOUTS: dict[str, tuple[str, str]] = {
    name: (wrap, card.replace("\\n", "\n"))
    for name, wrap, card in (
        part.strip().split("\n") for part in (GOLDEN / "layouts.txt").read_text("utf-8").split("\n\n")[1:]
    )
}
SERVICES = tuple(
    Item(900 + n, f"Layanan Pembuatan Surat Keterangan Jenis {n}", TODAY, "Syarat dan tata cara", TODAY)
    for n in range(4)
)
EVENTS = "".join(
    f'<li><a href="/acara/{n}">Rapat Pleno Warga {n}</a> <small>{full(TODAY + timedelta(n * 3))}</small></li>'
    for n in range(1, 5)
)
BOXED = tuple(
    Item(950 + n, f"Peresmian Gedung Serbaguna Tahap {n}", TODAY - timedelta(days=90 + 9 * n), "", TODAY)
    for n in range(3)
)
BESIDE = {
    "agenda": f"<div><h3>Agenda</h3><ul>{EVENTS}</ul></div>",
    "months": "".join(f'<li><a href="/arsip/{m}">{MONTHS[m]} 2026</a> ({m})</li>' for m in range(9)),
    "boxed": "<div><h3>Paling Dibaca</h3><ul>"
    + "".join(
        f'<li><small>{full(i.day)} | {i.number} Kali</small> <a href="{i.url}">{i.title}</a></li>'
        for i in BOXED
    )
    + "</ul></div>",
    "footer": f"<footer><p>Pembaruan terakhir {full(TODAY)}</p><p>&copy; 2026 Dinas Contoh</p></footer>",
}


def write(plan: Plan) -> str:
    """The page."""
    wrap, card = LAYOUTS[plan.layout]
    back = {"today": 0, "yesterday": 1}.get(plan.clock)
    head = "" if back is None else f"<span>{DATES['weekday'](TODAY - timedelta(days=back))}</span>"
    menu = "".join(f'<li><a href="/{n}">{n.title()}</a></li>' for n in ("profil", "kontak", "layanan"))
    leads = 1 if "lead" in plan.odd and len(plan.items) > 3 and plan.shown == "published" else 0
    body = "".join(plan.fill(LAYOUTS["lead"][1], item) for item in plan.items[:leads])
    body += wrap.format("".join(plan.fill(card, item) for item in plan.items[leads:]))
    if "services" in plan.odd:
        plain = replace(plan, shown="none")
        body += "<h2>Layanan</h2>" + wrap.format("".join(plain.fill(card, item) for item in SERVICES))
    side = "".join(BESIDE.get(name, "") for name in sorted(plan.beside))
    if "popular" in plan.beside:
        side += "<h3>Populer</h3>" + "".join(
            f'<p><a href="{i.url}">{i.title}</a></p>' for i in plan.items[1:4]
        )
    return (
        f"<html lang=id><head><title>Berita</title></head><body><div>{head}<ul>{menu}</ul></div>"
        f"<div><h1>Berita</h1>{body}</div><div>{side}</div></body></html>"
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Pages with their truth."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    count = draw(st.integers(3, 12))
    start = TODAY - timedelta(days=draw(st.integers(0, 40)))
    step = draw(st.integers(1, 25))
    dates = [start - timedelta(days=step * n + rng.randrange(step)) for n in range(count)]
    order = draw(st.sampled_from(("falls", "falls", "falls", "rises", "shuffled", "sticky")))
    if order == "rises":
        dates.reverse()
    elif order == "shuffled":
        rng.shuffle(dates)
    elif order == "sticky":
        dates = [dates[-1] - timedelta(days=90), *dates[:-1]]
    named, told = draw(st.booleans()), draw(st.booleans())
    items = []
    for number, day in enumerate(dates):
        event = day + timedelta(days=rng.randrange(-21, 22))
        title = TITLES[number]
        title = f"{title} {full(event)}" if named and number % 3 == 1 else title
        story = rng.choice(STORIES)(event, title) if told else STORIES[-1](event, title)
        story = story[: rng.randrange(30, 90)] + "..." if rng.random() < 0.3 and "<" not in story else story
        items.append(Item(number + 1, title, day, story, event))
    return Plan(
        layout=draw(st.sampled_from(sorted(LAYOUTS.keys() - {"lead"}))),
        style=draw(st.sampled_from(sorted(DATES))),
        label=draw(st.sampled_from(LABELS)),
        shown=draw(st.sampled_from(("published",) * 6 + ("none", "edited", "event", "build"))),
        items=tuple(items),
        classes=draw(st.sampled_from(("some", "none", "random"))),
        clock=draw(st.sampled_from(("", "today", "yesterday"))),
        beside=draw(st.frozensets(st.sampled_from(("agenda", "months", "popular", "footer", "boxed")))),
        odd=draw(st.frozensets(st.sampled_from(("gaps", "lead", "services")))),
        rng=rng,
    )


def read(html: str) -> Listing:
    """What the reader makes of a page."""
    url = f"{SITE}/berita"
    page = Page(Fetch(url, Purpose.LISTING), url, 200, NOW, {}, html.encode())
    return read_listing(parse_document(page), now=NOW, zone=ZONE)


def judge(plan: Plan) -> list[str]:
    """What is wrong with the reading of a page."""
    listing = read(write(plan))
    found = {item.url.removeprefix(SITE): item for item in listing.items}
    faults = []
    for item in plan.items:
        got = found.pop(item.url, None)
        day = None if got is None or got.date is None else got.date.at.astimezone(ZONE).date()
        wanted = item.day if plan.shows(item) else None
        if plan.style == "yearless" and day is None:
            # Where the list does not fall, nothing tells the year.
            continue
        if got is None:
            faults += [f"missed {item.url}"] if wanted or plan.tells_titles else []
        elif plan.style == "age" and wanted and day and got.date is not None:
            if day != wanted and (got.date.precision.names_a_day or abs(day - wanted).days > 31):
                faults.append(f"{item.url} {day} for {wanted}: {got.date.evidence[0]}")
        elif day != wanted:
            faults.append(f"{item.url} {day} for {wanted}: {got.date and got.date.evidence[0]}")
        elif wanted and got.title != item.title:
            faults.append(f"title {got.title!r} for {item.title!r}")
    for item in BOXED:
        found.pop(item.url, None)
    faults += [f"no item: {item}" for item in found.values() if item.date is not None]
    return faults


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(plans())
def test_every_day_is_read_or_none(plan: Plan) -> None:
    assert judge(plan) == []
