"""A small office's website: the plain site that every case changes in one respect."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlsplit

WIB = timezone(timedelta(hours=7))
SINCE = "2026-01-01"
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
ENGLISH_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
TITLES = """Sosialisasi Pajak Daerah bagi Pelaku Usaha Kuliner
Kerja Bakti Bersihkan Saluran Air di Kelurahan Mawar
Posyandu Balita Layani Ratusan Anak di Tiga Dusun
Pelatihan Pembuatan Pupuk Kompos untuk Kelompok Tani
Rapat Koordinasi Penanganan Banjir Musim Hujan
Penyerahan Bantuan Alat Tangkap kepada Nelayan
Lomba Cerdas Cermat Tingkat Kecamatan Digelar Meriah
Pelayanan Administrasi Kependudukan Jemput Bola
Kunjungan Kerja Komisi Dua ke Pasar Rakyat
Imunisasi Campak Serentak di Seluruh Puskesmas
Pembukaan Pameran Produk Unggulan UMKM
Gotong Royong Perbaikan Jembatan Gantung Warga
Bimbingan Teknis Pengelolaan Arsip Dinamis
Peringatan Hari Ibu Diisi Bazar Pangan Murah
Penanaman Seribu Bibit Mangrove di Pesisir
Evaluasi Capaian Kinerja Triwulan Ketiga
Pembagian Seragam Sekolah bagi Siswa Kurang Mampu
Pengukuhan Pengurus Karang Taruna Masa Bakti Baru
Simulasi Evakuasi Gempa Bersama Relawan
Perbaikan Lampu Jalan di Sepuluh Titik Rawan
Panen Raya Padi Organik Bersama Petani Milenial
Donor Darah Rutin Kumpulkan Seratus Kantong
Penertiban Pedagang Kaki Lima di Alun-Alun
Pendataan Rumah Tidak Layak Huni Dimulai
Festival Tari Daerah Menarik Ribuan Penonton
Pengawasan Hewan Kurban Menjelang Hari Raya
Uji Emisi Kendaraan Dinas di Halaman Kantor
Peluncuran Aplikasi Antrean Daring Puskesmas
Monitoring Harga Sembako di Pasar Induk
Pelantikan Pejabat Fungsional Penyuluh Lapangan
Rembuk Stunting Libatkan Kader dan Tokoh Agama
Pemeriksaan Kesehatan Gratis bagi Lansia
Penyuluhan Bahaya Narkoba di Madrasah
Peninjauan Lokasi Rencana Taman Kota
Pelatihan Menjahit untuk Ibu Rumah Tangga
Penghargaan Sekolah Adiwiyata Tingkat Kota
Sidang Isbat Nikah Terpadu Diikuti Puluhan Pasangan
Pengecatan Ulang Marka Jalan Protokol
Workshop Penulisan Berita bagi Admin Desa
Kirab Budaya Meriahkan Hari Jadi Kota""".splitlines()
HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Post:
    """What the office published, and when."""

    number: int
    title: str
    when: datetime
    url: str = ""

    @property
    def slug(self) -> str:
        """The title as part of an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def day(self) -> str:
        """The true day of publication."""
        return self.when.date().isoformat()

    @property
    def text(self) -> str:
        """The article's body."""
        return (
            f"<p>{self.title}. Kegiatan ini diikuti warga, perangkat kelurahan dan unsur terkait. "
            "Kepala dinas menyampaikan terima kasih atas dukungan semua pihak.</p><p>Acara berlangsung "
            "tertib sampai selesai dan ditutup dengan doa bersama. Warga berharap kegiatan serupa dapat "
            "dilaksanakan kembali di lokasi lain.</p>"
        )


@dataclass(frozen=True)
class Request:
    """What was asked, and the moment at which the site believes to be asked."""

    path: str
    now: datetime
    base: str
    query: Mapping[str, str] = field(default_factory=dict)


class Answer(NamedTuple):
    """What the site says."""

    media: str
    body: str | bytes
    status: int = 200
    headers: Mapping[str, str] = {}


def long_date(moment: datetime, clock: bool = False, weekday: bool = False) -> str:
    """`Rabu, 25 November 2026 09:12 WIB`, or less of it."""
    day = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return (
        (f"{DAYS[moment.weekday()]}, " if weekday else "") + day + (f" {moment:%H:%M} WIB" if clock else "")
    )


def rfc822(moment: datetime) -> str:
    """The date as an RSS feed writes it."""
    return (
        f"{ENGLISH_DAYS[moment.weekday()]}, {moment.day:02d} {ENGLISH_MONTHS[moment.month - 1]} "
        f"{moment.year} {moment:%H:%M:%S %z}"
    )


def feed_link(address: str) -> str:
    """The line of a page's head that announces the feed."""
    return f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{address}">'


def page(
    title: str, body: str, head: str = "", news: str = "/berita", side: str = "", language: str = "id"
) -> str:
    """A whole page around `body`."""
    links = {"/": "Beranda", "/profil": "Profil", news: "Berita", "/kontak": "Kontak"}
    menu = "".join(f'<li><a href="{address}">{name}</a></li>' for address, name in links.items())
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head>"
        '<body><header><h1 class="brand"><a href="/">Dinas Contoh Kota Melati</a></h1>'
        f"<nav><ul>{menu}</ul></nav></header><main>{body}</main>{side}"
        "<footer><p>Jl. Merdeka No. 1, Kota Melati</p><p>&copy; 2026 Dinas Contoh</p></footer></body></html>"
    )


def cards(posts: Iterable[Post], date: Callable[[Post], str] = lambda post: long_date(post.when)) -> str:
    """The posts as a list page shows them."""
    return "".join(
        f'<article class="post"><h3><a href="{post.url}">{post.title}</a></h3><div class="meta">'
        f'<span class="date">{date(post)}</span> <span class="author">Admin</span></div>'
        f"<p>{post.title[:40]} &hellip;</p></article>"
        for post in posts
    )


def article(post: Post, date: str, head: str = "") -> str:
    """The page of one post."""
    return page(
        f"{post.title} - Dinas Contoh",
        f'<article class="single"><h2 class="entry-title">{post.title}</h2><div class="meta">'
        f'<span class="date">{date}</span> oleh Admin</div><div class="isi">{post.text}</div></article>',
        head,
    )


def pager(current: int, last: int, address: str = "/berita?page={}") -> str:
    """Numbered links to all pages, and one to the next."""
    links = "".join(f'<li><a href="{address.format(i)}">{i}</a></li>' for i in range(1, last + 1))
    if current < last:
        links += f'<li><a rel="next" href="{address.format(current + 1)}">Berikutnya</a></li>'
    return f'<ul class="pagination">{links}</ul>'


def part(posts: Sequence[Post], number: int, size: int) -> tuple[list[Post], int]:
    """The posts of one page, and how many pages there are."""
    return list(posts[(number - 1) * size : number * size]), -(-len(posts) // size)


def rss(
    base: str,
    posts: Iterable[Post],
    date: Callable[[Post], str] = lambda post: rfc822(post.when),
    built: str = "",
    item: Callable[[Post], str] | None = None,
) -> Answer:
    """An RSS feed; `date` may answer nothing, `item` may write whole items."""

    def usual(post: Post) -> str:
        said = date(post)
        return (
            f"<item><title>{html.escape(post.title)}</title><link>{base}{post.url}</link>"
            f'<guid isPermaLink="false">{base}/?p={post.number}</guid>'
            + (f"<pubDate>{said}</pubDate>" if said else "")
            + f"<description><![CDATA[{post.text}]]></description></item>"
        )

    built = f"<lastBuildDate>{built}</lastBuildDate>" if built else ""
    return Answer(
        RSS,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Dinas Contoh</title>'
        f"<link>{base}/</link><description>Berita</description><language>id-ID</language>{built}"
        f"{''.join(map(item or usual, posts))}</channel></rss>",
    )


class Website:
    """The plain site: six cards at home, a paged list, an article a post. Cases override what is odd."""

    name: ClassVar[str]
    now = datetime(2026, 11, 27, 20, 0, tzinfo=WIB)
    nights: tuple[datetime, ...] = ()  # crawled one after the other, if any; else the site is probed once
    zone = "Asia/Jakarta"
    newest = datetime(2026, 11, 25, 9, 12, tzinfo=WIB)
    count, step, per_page = 24, 9, 8
    titles: Sequence[str] = TITLES
    head = ""  # in every page's head; the feed is served where it is announced
    reachable: int | None = None  # so many of the newest posts can be reached at all; None: every one
    gapless: bool | None = None  # must (or must not) it be said that the list was read without a gap?

    def __init__(self) -> None:
        self.posts = self.make()

    def make(self) -> list[Post]:
        """All posts, the newest first."""
        made = []
        for i in range(self.count):
            stage = f" Tahap {i // len(self.titles) + 1}" if i >= len(self.titles) else ""
            when = self.newest - timedelta(days=i * self.step, minutes=(i * 37) % 300)
            post = Post(500 - i, self.titles[i % len(self.titles)] + stage, when)
            made.append(replace(post, url=self.address(post)))
        return made

    def address(self, post: Post) -> str:
        """Where a post stands."""
        return f"/berita/{post.slug}"

    def order(self, posts: list[Post]) -> list[Post]:
        """The posts as the list sorts them."""
        return posts

    def live(self, now: datetime) -> list[Post]:
        """The posts that were out by then."""
        return [post for post in self.posts if post.when <= now]

    def truth(self, now: datetime) -> dict[str, str]:
        """What must come out: the day of publication of each title."""
        return {post.title: post.day for post in self.live(now)[: self.reachable] if post.day >= SINCE}

    def list_date(self, post: Post) -> str:
        """What a card says of the date."""
        return long_date(post.when)

    def article_date(self, post: Post) -> str:
        """What the article says of the date."""
        return self.list_date(post)

    def cards(self, posts: list[Post]) -> str:
        """The posts as a list page shows them."""
        return cards(posts, self.list_date)

    def article(self, post: Post) -> str:
        """The page of one post."""
        return article(post, self.article_date(post), self.head)

    def feed(self, request: Request, posts: list[Post]) -> Answer:
        """The feed, served only where `head` announces one."""
        return rss(request.base, posts[:10], built=rfc822(posts[0].when))

    def extra(self, request: Request, posts: list[Post]) -> Answer | None:  # noqa: ARG002 - for cases
        """What this site answers otherwise than the plain one."""
        return None

    def respond(self, request: Request) -> Answer | None:
        """The answer to a request; None where there is no such page."""
        posts = self.order(self.live(request.now))
        if (answer := self.extra(request, posts)) is not None:
            return answer
        if request.path == "/":
            body = "<h2>Berita Terbaru</h2>" + self.cards(posts[:6])
            return Answer(HTML, page("Dinas Contoh", body, self.head))
        if request.path == "/berita":
            number = int(request.query.get("page") or 1)
            shown, last = part(posts, number, self.per_page)
            body = "<h2>Berita</h2>" + self.cards(shown) + pager(number, last)
            return Answer(HTML, page("Berita", body, self.head))
        if request.path == "/feed.xml" and self.head:
            return self.feed(request, posts)
        return next(
            (Answer(HTML, self.article(post)) for post in posts if post.url == request.path),
            self.fixed(request.path),
        )

    @staticmethod
    def fixed(path: str) -> Answer | None:
        """The pages that are no posts."""
        if path == "/profil":
            return Answer(
                HTML,
                page(
                    "Profil - Dinas Contoh",
                    "<h2>Profil</h2><p>Dinas Contoh adalah perangkat daerah "
                    "yang melaksanakan urusan pemerintahan di bidang pelayanan masyarakat. Dibentuk dengan "
                    "Peraturan Daerah Nomor 7 Tahun 2016.</p>",
                ),
            )
        if path == "/kontak":
            return Answer(
                HTML,
                page(
                    "Kontak - Dinas Contoh",
                    "<h2>Kontak</h2><p>Jam pelayanan Senin sampai Jumat, 08.00 sampai 16.00.</p>",
                ),
            )
        return None


def answer(site: Website, url: str, now: datetime) -> Answer:
    """What the site says at an address, a page that says so where there is none."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    said = site.respond(Request(parts.path, now, f"{parts.scheme}://{parts.netloc}", query))
    return said or Answer(HTML, page("404", "<h2>Halaman tidak ditemukan</h2>"), 404)


def night(*days: int) -> tuple[datetime, ...]:
    """Half past one in the morning of these days of November 2026."""
    return tuple(datetime(2026, 11, day, 1, 30, tzinfo=WIB) for day in days)
