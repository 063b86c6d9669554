"""Single pages: kinds of known cases in a dress that their mends had not seen."""

import json
from collections.abc import Iterator
from typing import Final

from tests.surfaces.faces.leaves import Leaf

__all__ = ["strange_pages"]

_TITLE: Final = "Warga menata taman di tepi sungai"
_H1: Final = f"<h1>{_TITLE}</h1>"
_TEXT: Final = (
    "<p>Peserta yang hadir berasal dari tujuh rukun tetangga, dan setiap rumah mengirim satu orang wakil untuk ikut serta.</p>"
    "<p>Pak Camat meminta agar kegiatan seperti ini diadakan rutin, sebab manfaatnya langsung dirasakan oleh warga.</p>"
)
_ENGLISH: Final = (
    "<p>Residents of seven neighbourhoods took part, and every household sent one person to help until the work was done.</p>"
    "<p>The head of the district said that the programme will be held regularly, as its benefits were felt at once.</p>"
)
_ITEMS: Final = (("satu", "Simulasi gempa di sekolah dasar", "2026-03-06", "3/6/2026"), ("dua", "Pelepasan jamaah haji kloter dua", "2026-03-05", "3/5/2026"), ("tiga", "Senam lansia di lapangan kecamatan", "2026-03-04", "3/4/2026"))  # fmt: skip
_DUE: Final = {slug: day for slug, _, day, _ in _ITEMS}


def _meta(day: str) -> str:
    return f'<meta itemprop="datePublished" content="{day}T19:40:00+08:00">'


def strange_pages() -> Iterator[Leaf]:
    """Those that were read wrongly or not at all at first sight."""
    yield from _lists()
    yield from _silent()
    yield from _dated()
    yield from _addresses()


def _lists() -> Iterator[Leaf]:
    yield Leaf(
        "list: m/d/y beside an item's meta",
        "".join(
            f'<li itemscope itemtype="https://schema.org/BlogPosting">{_meta(day)}<small>{shown}</small> <a href="/berita/{slug}"><b>{name}</b></a></li>'
            for slug, name, day, shown in _ITEMS
        ),
        items=_DUE,
    )
    yield Leaf(
        "list: m/d/y beside a meta, in the items of a blog",
        '<div itemscope itemtype="https://schema.org/Blog">'
        + "".join(
            f'<div itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting"><h3><a href="/berita/{slug}">{name}</a></h3><div class="meta">'
            f"{_meta(day)}<i></i> {shown}</div></div>"
            for slug, name, day, shown in _ITEMS
        )
        + "</div>",
        items=_DUE,
    )
    yield Leaf(
        "list: m/d/y in cells that a table is sorted by",
        "<table>"
        + "".join(
            f'<tr><td data-order="{day}">{shown}</td><td><a href="/berita/{slug}">{name}</a></td></tr>'
            for slug, name, day, shown in _ITEMS
        )
        + "</table>",
        items=_DUE,
    )
    yield Leaf(
        "list: m/d/y in cells that sorttable sorts by",
        "<table>"
        + "".join(
            f'<tr><td><a href="/berita/{slug}">{name}</a></td><td sorttable_customkey="{day.replace("-", "")}">{shown}</td></tr>'
            for slug, name, day, shown in _ITEMS
        )
        + "</table>",
        items=_DUE,
    )
    yield Leaf(
        "list: m/d/y, told by the addresses",
        "".join(
            f'<div><a href="/{day.replace("-", "/")}/{slug}">{name}</a> <span>{shown}</span></div>'
            for slug, name, day, shown in _ITEMS
        ),
        items=_DUE,
    )
    falling = (("satu", "2026-11-11"), ("dua", "2026-11-04"), ("tiga", "2026-10-11"), ("empat", "2026-10-04"), ("lima", "2026-09-11"))  # fmt: skip
    yield Leaf(
        "list: m/d/y, which alone lets it fall",
        "".join(
            f'<li><a href="/berita/{slug}">Berita warga nomor {slug} pekan ini</a> <small>{int(day[5:7])}/{int(day[8:])}/2026</small></li>'
            for slug, day in falling
        ),
        items=dict(falling),
    )
    teasers = {
        "datelines in brackets behind a place": ("MARTAPURA, (12/6/2024) - Bupati melepas kontingen", "MARTAPURA, (10/6/2024) - Dinas menggelar pasar", "ASTAMBUL, (3/6/2024) - Kelompok pembudidaya"),
        "reports that name where and when alone": ("Pada hari ini, Selasa 20 Oktober 2026", "Telah dilaksanakan pada 14 Oktober 2026", "Bertempat di aula, 2 Oktober 2026"),
        "a place, a weekday and a colon": ("Kotabaru, Senin 7 Oktober 2024: Camat melantik", "Kotabaru, Kamis 3 Oktober 2024: Petani memanen", "Kotabaru, Selasa 1 Oktober 2024: Pegawai berdonor"),
        "English stories that open with a day": ("On Monday, October 7, 2024, the district head inspected", "On Wednesday, October 2, 2024, seeds were", "On Friday, September 27, 2024, the contest"),
    }  # fmt: skip
    for what, texts in teasers.items():
        cards = zip(_ITEMS, texts, strict=True)
        yield Leaf(
            f"list: {what}",
            "".join(
                f'<div class="box"><h4><a href="/berita/{slug}">{name}</a></h4><p>{text}</p></div>'
                for (slug, name, _, _), text in cards
            ),
            items=dict.fromkeys(_DUE),
        )


def _silent() -> Iterator[Leaf]:
    yield Leaf(
        "silent page: a caption in the row below a picture",
        f"<h2>{_TITLE}</h2><table><tr><td><img src='/a.jpg'></td></tr><tr><td>Camat dan warga di dermaga (7/10/2026)</td></tr></table>{_TEXT}",
    )
    yield Leaf(
        "silent page: a caption behind a picture and a break",
        f"{_H1}<center><img src='/a.jpg'><br>Bupati memimpin apel (5/10/2026)</center>{_TEXT}",
    )
    yield Leaf(
        "silent page: a caption that says who took the picture",
        f"{_H1}<div class='feat'><img src='/a.jpg'><div class='desc'>Apel siaga, 5 Oktober 2026 | Foto: Prokopim</div></div>{_TEXT}",
    )
    yield Leaf(
        "silent page: a caption in bold with a weekday",
        f"{_H1}<div><img src='/a.jpg'><strong>Nelayan di tepi Barito, Selasa (6/10/2026). DOK</strong></div>{_TEXT}",
    )
    yield Leaf(
        "silent page: pictures, each with its day",
        f"{_H1}<div><img src='/1.jpg'><p>Hari pertama, 6 Oktober 2026</p><img src='/2.jpg'><p>Hari kedua, 7 Oktober 2026</p></div>{_TEXT}",
    )
    yield Leaf(
        "silent page: a meeting's hour below the text",
        f"{_H1}{_TEXT}<p>Zoom Meeting: Rabu, 22 April 2026, 13.00 WITA</p>",
    )
    yield Leaf(
        "silent page: a slide's caption",
        f"<div class='swiper-slide'><img src='/1.jpg'><div class='swiper-caption'>Penyerahan bibit, 6 Okt 2026</div></div>{_H1}{_TEXT}",
    )
    yield Leaf(
        "silent page: days that name what happens",
        f"{_H1}{_TEXT}<ul><li>Kamis, 23 April 2026: Seleksi berkas</li><li>Senin, 27 April 2026: Wawancara</li></ul>",
    )
    yield Leaf(
        "silent page: a person's days",
        f"{_H1}<p>Tempat, tanggal lahir: Barabai, 12 Mei 1975</p><p>Dilantik: 3 Maret 2025</p>{_TEXT}",
    )
    yield Leaf(
        "silent page: the day of some figures",
        f"{_H1}<table><tr><td>Tanggal Data</td><td>1 April 2026</td></tr></table>{_TEXT}",
    )
    yield Leaf(
        "silent page: a headline below the heading names a day and an author",
        f"<h2>{_TITLE}</h2><h3>Pengumuman Lelang 16 Oktober 2026 oleh Panitia Admin</h3>{_TEXT}",
    )
    for line in (
        "<p>Jam tayang: Sabtu, 25 April 2026, 19.00 WITA</p>",
        "<div><em>(Ditayangkan Duta TV, Jumat 24/4/2026, pukul 20.00)</em></div>",
    ):
        yield Leaf(f"silent page: a programme's hour, {line[3:14]}", f"{_H1}{_TEXT}{line}")
    yield Leaf(
        "silent page: English, 9-8-2023, no language named",
        f"<h1>Harvest of the honey</h1><div class='d'>9-8-2023</div>{_ENGLISH}",
        path="/article/harvest-of-the-honey",
        language="",
        host="https://town.example",
    )


def _dated() -> Iterator[Leaf]:
    talk = "<div class='tanggapan'><b>Budi</b> <span class='date'>2 hari lalu</span><p>Mantap</p><b>Ani</b> <span class='date'>3 minggu lalu</span></div>"
    yield Leaf(
        "page: ages of what readers wrote", f"{_H1}<div>Kamis, 7 April 2022 08.30</div>{_TEXT}{talk}", "2022-04-07"
    )  # fmt: skip
    yield Leaf(
        "page: the day in a heading with author and readers",
        f"<h2>{_TITLE}</h2><h3 class='kecil'>Selasa, 24 Nop 2026 | 10.40 WITA <i></i> Admin Desa <i></i> 240 Kali Dibaca</h3>{_TEXT}",
        "2026-11-24",
        path="/artikel/184/warga-menata-taman",
    )
    yield Leaf(
        "page: author and day below the text, told by pictures",
        f"{_H1}{_TEXT}<div class='bawah'><i class='fa fa-user'></i> Prokopim HST <i class='fa fa-clock-o'></i> 05 Mei 2026 - 14:20</div>",
        "2026-05-05",
    )
    yield Leaf(
        "page: edited by a name behind a colon",
        f"{_H1}<span>Disunting: Siti</span> | <span>Jum'at, 16 Oktober 2026</span>{_TEXT}",
        "2026-10-16",
    )
    yield Leaf(
        "page: a stamp in bold, an address of few words",
        f"{_H1}<p><strong>29 November 2022</strong> – {_TEXT[3:]}",
        "2022-11-29",
        path="/lingkungan/menata-taman/",
    )
    hoax = "<div itemprop='itemReviewed' itemscope itemtype='https://schema.org/Claim'><meta itemprop='datePublished' content='2026-05-07'></div>"
    own = "<meta itemprop='datePublished' content='2026-05-13'>"
    for name, inner in {"behind": f"{own}{_H1}{hoax}", "before": f"{hoax}{own}{_H1}"}.items():
        yield Leaf(
            f"page: fact check in microdata, the hoax's day {name}",
            f"<article itemscope itemtype='https://schema.org/ClaimReview'>{inner}{_TEXT}</article>",
            "2026-05-13",
            path="/cek/vaksin-chip",
        )
    seen = {"@type": "SocialMediaPosting", "datePublished": "2026-04-30"}
    review = {
        "@type": "ClaimReview",
        "datePublished": "2026-05-13",
        "itemReviewed": {"@type": "Claim", "datePublished": "2026-05-01", "appearance": seen},
    }
    yield Leaf(
        "page: fact check, where the hoax was seen",
        f"{_H1}{_TEXT}",
        "2026-05-13",
        head=f'<script type="application/ld+json">{json.dumps({"@graph": [review]})}</script>',
    )


def _addresses() -> Iterator[Leaf]:
    said = "<p class='date'>16 Oktober 2026</p>"
    for path in (
        "/archive/2026/10/menata-taman/",
        "/arsip/1234-menata-taman",
        "/archives/5123/",
        "/archives/detail/812",
        "/archives/warga-menata-taman-di-sungai/",
        "/read/menata-taman/2026/10/16/",
        "/berita/warga-menata-taman/16/10/2026",
    ):
        yield Leaf(f"page: {path}", f"{_H1}{said}{_TEXT}", "2026-10-16", path=path)
    for key in ("publicationDate", "go_live_at", "publishUp"):
        made = {"slug": "warga-menata-taman", "title": _TITLE, "created_at": "2026-01-03T02:00:00Z", key: "2026-01-09T02:00:00Z"}  # fmt: skip
        yield Leaf(
            f"page: state with {key}",
            f"{_H1}{_TEXT}<script id='state' type='application/json'>{json.dumps({'page': {'artikel': made}})}</script>",
            "2026-01-09",
        )
    yield Leaf(
        "page: m/d/y, told by the address",
        f"{_H1}<p class='date'>10/3/2026</p>{_TEXT}",
        "2026-10-03",
        path="/2026/10/03/warga-menata-taman",
    )
    record = {"slug": "menata-taman", "title": _TITLE, "date_created": "2026-05-29T03:00:00+08:00", "release_date": "2026-06-03T09:00:00+08:00"}  # fmt: skip
    yield Leaf(
        "page: a release by its folder, its day in the state",
        f"{_H1}{_TEXT}<script>window.__INITIAL_STATE__={json.dumps({'article': {'current': record}})};</script>",
        "2026-06-03",
        path="/rilis/menata-taman",
    )
