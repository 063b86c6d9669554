"""Single pages: the same kinds once more, as other programs and other hands print them."""

import json
from collections.abc import Iterator
from typing import Final

from tests.surfaces.faces.leaves import Leaf

__all__ = ["dressed_pages"]

_TITLE: Final = "Warga menata taman di tepi sungai"
_H1: Final = f"<h1>{_TITLE}</h1>"
_TEXT: Final = (
    "<p>Peserta yang datang berasal dari sebelas RT, dan tiap rumah mengutus satu orang untuk ikut sampai acara selesai.</p>"
    "<p>Camat dalam arahannya meminta supaya kegiatan serupa dijadwalkan rutin karena manfaatnya langsung terasa oleh warga.</p>"
)
_ITEMS: Final = (
    ("voli", "Turnamen voli antarkampung dibuka", "2026-10-03", "10/3/2026", "Bupati hadir"),
    ("pala", "Bantuan bibit pala tiba", "2026-09-08", "9/8/2026", "Warga senang"),
    ("kader", "Kader posyandu ikuti penyegaran", "2026-08-06", "8/6/2026", "Dinas hadir"),
    ("gowes", "Gowes bersama muspika meriah", "2026-08-02", "8/2/2026", "Peserta senang"),
)
_DUE: Final = {slug: day for slug, _, day, _, _ in _ITEMS}


def dressed_pages() -> Iterator[Leaf]:
    """Those that were read wrongly or not at all at first sight."""
    yield from _lists()
    yield from _events()
    yield from _pictures()
    yield from _dated()
    yield from _states()


def _lists() -> Iterator[Leaf]:
    yield Leaf(
        "list: a footer to each item, Bootstrap's for quotations",
        "".join(
            f'<div class="list-group-item"><h5><a href="/berita/{slug}">{name}</a></h5><footer class="blockquote-footer">{day}</footer></div>'
            for slug, name, day, _, _ in _ITEMS
        ),
        items=_DUE,
    )
    yield Leaf(
        "list: a dateline and two words",
        "".join(
            f'<div><h5><a href="/berita/{slug}">{name}</a></h5><span>Rantau, {day[8:]}/{day[5:7]}/2026 -- {told}</span></div>'
            for slug, name, day, _, told in _ITEMS
        ),
        items=dict.fromkeys(_DUE, None),
    )
    yield Leaf(
        "list: m/d/y, a title of the element says the month in words",
        "".join(
            f'<div><a href="/news/{slug}">{name}</a> <span title="{told}">{shown}</span></div>'
            for (slug, name, _, shown, _), told in zip(
                _ITEMS,
                ("3 October 2026", "8 September 2026", "6 August 2026", "2 August 2026"),
                strict=True,
            )
        ),
        items=_DUE,
        language="en",
        host="https://tapin.example",
    )

    yield Leaf(
        "list: m/d/y in spans of microdata",
        "".join(
            f'<li><span itemprop="datePublished" content="{day}">{shown}</span> <a href="/berita/{slug}">{name}</a></li>'
            for slug, name, day, shown, _ in _ITEMS
        ),
        items=_DUE,
    )
    yield Leaf(
        "list: days above the headlines, and above the first a stray one",
        "<div><p>Sabtu, 21 November 2026 14:19</p>"
        + "".join(f'<p>{day}</p><h3><a href="/berita/{slug}">{name}</a></h3>' for slug, name, day, _, _ in _ITEMS)
        + "</div>",
        items=_DUE,
    )  # fmt: skip


def _events() -> Iterator[Leaf]:
    for name, told in (
        ("in a list of terms", "<dl><dt>On air</dt><dd>24 April 2026, 19.00 WIB</dd><dt>Kanal</dt><dd>TV Desa</dd></dl>"),
        ("from hour to hour", "<blockquote>Suara Kota – Jumat, 24/04/2026 – 09.00-10.00 WIB</blockquote>"),
        ("named before a bar", "<small>Program: Kampung Bicara / 24.04.2026 / 15:10</small>"),
        ("tayang on a channel", "<p><i>Tayang: Duta TV, 24/04/2026, 15.10 WITA</i></p>"),
        ("a colon in a cell of its own", "<table><tr><td>Hari/tanggal</td><td>:</td><td>Jumat, 24 April 2026</td></tr><tr><td>Tempat</td><td>:</td>"
         "<td>Aula</td></tr></table>"),
        ("hours below", "<div><b>Halo Kota</b><br>Jumat, 24 April 2026<br>15.10 - 16.00 WITA</div>"),
        ("a talk between bars", "<p>Bincang pagi bersama Wali Kota | Jumat, 24 April 2026 | 07.00 WITA</p>"),
        ("another's post", "<blockquote><p>Sebuah kiriman dibagikan oleh Humas (@humas) pada 24 April 2026</p></blockquote>"),
        ("on a channel", "<p>Jumat 24 April 2026, YouTube Diskominfo</p>"),
        ("of an episode, on a ground of colour", '<div class="alert alert-info">Episode 14 – Kata Petani – 24 April 2026</div>'),
    ):  # fmt: skip
        yield Leaf(f"event: {name}", f"{_H1}{_TEXT}{told}")
    yield Leaf(
        "event: a claim's day in a table below the post's own",
        f"{_H1}<p>Rabu, 13 Mei 2026</p><table><tr><td>Klaim</td><td>Beredar pesan</td></tr><tr><td>Tanggal beredar</td><td>1 Mei 2026"
        f"</td></tr></table>{_TEXT}",
        "2026-05-13",
        path="/klarifikasi/pesan-berantai",
    )


def _pictures() -> Iterator[Leaf]:
    for name, told in (
        ("a camera's sign", '<img src="a.jpg"><div><i class="fa fa-camera"></i> Diskominfo / 12 Oktober 2026</div>'),
        ("small type in the next paragraph", '<p><img src="a.jpg"></p><p><small>Kerja bakti warga, 12 Oktober 2026</small></p>'),
        ("bold words in its paragraph", '<p><img src="a.jpg"><strong>Kerja bakti warga pada 12 Oktober 2026</strong></p>'),
        ("a film", '<video src="a.mp4"></video><p><i>Rekaman kerja bakti warga, 12 Oktober 2026</i></p>'),
        ("slides", '<div><div><img src="a.jpg"><p>Kegiatan 12 Oktober 2026</p></div><div><img src="b.jpg"><p>Kegiatan 13 Oktober 2026</p></div></div>'),
        ("a box of picture and words", '<div class="g"><img src="a.jpg"><p>Suasana panen, 11 Oktober 2026</p></div>'),
    ):  # fmt: skip
        yield Leaf(f"picture: {name}", f"{_H1}{told}{_TEXT}")


def _dated() -> Iterator[Leaf]:
    for name, body in (
        ("Rilis and an editor in the last line", f"{_H1}{_TEXT}<p>Rilis: 18 Desember 2025 | Editor: Yulia</p>"),
        ("tanggal rilis in a table above the text", f"{_H1}<table><tr><td>Tanggal Rilis</td><td>18 Desember 2025</td></tr><tr>"
         f"<td>Tanggal Data</td><td>1 Desember 2025</td></tr></table>{_TEXT}"),
        ("a clock under the pointer of which stands the day", f'{_H1}<span title="18 Desember 2025 07.59">07.59</span>{_TEXT}'),
        ("a class that calls the hour a clock", f'{_H1}<p class="jam"><time datetime="2025-12-18T07:59:48+08:00">07:59 WITA</time></p>{_TEXT}'),
        ("m/d/y in an element of data", f'{_H1}<p><data value="2025-12-08">12/8/2025</data></p>{_TEXT}'),
        ("below a photographer's name", f"{_H1}<ul><li>Suntingan: Maria</li><li>Foto: Beni</li><li>18 Desember 2025</li></ul>{_TEXT}"),
        ("below an author's link of many words", f'{_H1}<div><a href="/author/9">By redaksi@mc-kota-contoh.go.id</a><div>on 18 Desember 2025</div></div>{_TEXT}'),
        ("below a reviewer's link", f'{_H1}<ul><li><a href="/tim/3">Reviewed by: Siti Aminah, S.Sos</a></li><li><time>18 Desember 2025</time></li></ul>{_TEXT}'),
        ("in the cell beside the headline's", f"<table><tr><td>{_H1}</td><td>18 Desember 2025</td></tr><tr><td>Kabar</td></tr></table>{_TEXT}"),
        ("above books of which each was launched", f"{_H1}<p>oleh Admin · 18 Desember 2025 · 1 komentar</p><h3>Lanting</h3><p>Diluncurkan 17 Juni 2025</p>{_TEXT}"
         f"<h3>Kelotok</h3><p>Diluncurkan 4 November 2025</p>{_TEXT}"),
        ("below a picture, and under what it is", f'{_H1}<img src="a.jpg"><p>18 Desember 2025 in urusan kota</p>{_TEXT}'),
        ("beside a link to its shelf", f'<div><a href="/kategori/pembangunan-taman-dan-sungai">Pembangunan Taman Kota Sungai</a><p>18 Desember 2025</p></div>{_H1}{_TEXT}'),
        ("in a box of the hero's picture", f'<div class="image-info"><img src="a.jpg">{_H1}<p>18 Desember 2025</p></div>{_TEXT}'),
        ("in a page that quotation marks indent", f"<blockquote>{_H1}<p>18 Desember 2025</p>{_TEXT}</blockquote>"),
        ("behind an editor and a hyphen", f"{_H1}<p>Disunting oleh Siti - 18 Desember 2025</p>{_TEXT}"),
        ("below books of which each was released", f"{_H1}<h3>Lanting</h3><p>Dirilis: 17 Juni 2025</p>{_TEXT}<h3>Kelotok</h3><p>Dirilis: 4 November 2025</p>"
         f"{_TEXT}<p>Diposting oleh admin pada 18 Desember 2025</p>"),
        ("three alike, of which two are a schedule's", f"{_H1}<ul><li>18 Desember 2025</li><li>Oleh Humas</li></ul>{_TEXT}<ul><li>2 Januari 2026: Seleksi "
         "berkas</li><li>9 Januari 2026: Wawancara</li></ul>"),
        ("signs in boxes of their own, below the text", f'{_H1}{_TEXT}<div><span><i class="fa fa-user"></i> Humas</span> <span><i class="fa fa-calendar">'
         '</i> 18 Desember 2025</span></div>'),
        ("a noun and an author below the text", f"{_H1}{_TEXT}<p>Tanggal: 18 Desember 2025 oleh Humas</p>"),
        ("a cell of the layout, the menu in the cell before", f"<table><tr><td><a href='/'>Beranda</a><br><a href='/kontak'>Kontak Kami</a></td>"
         f"<td><i>18 Desember 2025</i>{_H1}{_TEXT}</td></tr></table>"),
    ):  # fmt: skip
        day = "2025-12-08" if "m/d/y" in name else "2025-12-18"
        yield Leaf(f"day: {name}", body, day, path="/berita/warga-menata-taman-kota")
    for path in (
        "/arsip.php?id=812",
        "/arsip.php?judul=warga-menata-taman-kota",
        "/arsip/812/warga-menata-taman-kota",
        "/arsip/berita/812",
        "/archives/warga-menata-taman-kota/812",
        "/baca/812/2025/12/18",
    ):
        yield Leaf(f"day: {path}", f"{_H1}<p>18 Desember 2025</p>{_TEXT}", "2025-12-18", path=path)
    yield Leaf(
        "day: its folders end the address, microdata in the head",
        f"{_H1}{_TEXT}",
        "2025-12-18",
        path="/warga-menata-taman-kota/2025/12/18",
        head='<meta itemprop="datePublished" content="2025-12-18">',
    )
    hoax = {"@type": "ClaimReview", "datePublished": "2025-12-02"}
    review = {"@type": "NewsArticle", "datePublished": "2025-12-18", "review": hoax}
    yield Leaf(
        "day: an article that tells of a review",
        f"{_H1}{_TEXT}",
        "2025-12-18",
        head=f'<script type="application/ld+json">{json.dumps(review)}</script>',
    )
    told = (
        {"@type": "NewsArticle", "datePublished": "2025-12-18T10:00:00+08:00"},
        {"@type": "ClaimReview", "datePublished": "2025-12-18"},
    )
    yield Leaf(
        "day: an article that is a review as well",
        f"{_H1}{_TEXT}",
        "2025-12-18",
        head=f'<script type="application/ld+json">{json.dumps({"@graph": told})}</script>',
    )

    card = '<div><a href="/berita/7">Lomba kebersihan antar kampung dimulai</a> <{0}>{1}</{2}></div>'
    yield Leaf(
        "others: times of which one tells its day",
        f"{_H1}{_TEXT}"
        + card.format('time class="post-date"', "21 November 2026", "time")
        + card.format('time class="post-date"', "9 hari yang lalu", "time"),
    )
    latest = "".join(
        f'<li><a href="/berita/{slug}">{name}</a><span> - {day}</span></li>'
        for slug, name, day in (
            ("a", "WAIT: Belajar Menunggu di Antrean", "13 Januari 2026"),
            ("b", "Satu Langkah Lagi", "16 Desember 2025"),
            ("c", "Napas Pagi", "9 Desember 2025"),
        )
    )
    yield Leaf("others: an author's latest posts, one with a colon", f"{_H1}{_TEXT}<ul>{latest}</ul>")
    yield Leaf(
        "others: a paragraph in a card that nothing heads", f"{_H1}{_TEXT}{card.format('p', 'kemarin', 'p')}"
    )


def _states() -> Iterator[Leaf]:
    for field, own, day in (
        ("issue_date", "created_at", "2025-12-18"),
        ("tglMuat", "tgl_dibuat", "2025-12-18"),
        ("jadwal_tayang", "created_at", "2025-12-18"),
        ("articleDate", "created_at", "2025-12-18"),
        ("tgl_update", "dibuat_pada", "2025-12-15"),
        ("tgl_siar", "created_at", None),
    ):
        post = {"slug": "warga-menata-taman", "title": _TITLE, "content": "x", own: "2025-12-15 09:00:00", field: "2025-12-18"}  # fmt: skip
        state = json.dumps({"props": {"pageProps": {"post": post}}})
        yield Leaf(
            f"state: {field} beside {own}",
            f'{_H1}{_TEXT}<script id="__NEXT_DATA__" type="application/json">{state}</script>',
            day,
        )
    post = {
        "slug": "warga-menata-taman",
        "title": _TITLE,
        "created_at": "2025-12-15",
        "published_at": "2025-12-18",
    }
    attribute = json.dumps(post).replace('"', "&quot;")
    yield Leaf(
        "state: one post, in an attribute",
        f'{_H1}{_TEXT}<berita :berita="{attribute}"></berita>',
        "2025-12-18",
    )
    state = json.dumps(
        {"post": {"slug": "warga-menata-taman", "title": _TITLE, "inserted_at": "2025-12-15 09:00:00"}}
    )
    yield Leaf(
        "state: inserted_at, and readers are told another day",
        f"{_H1}<p>Ditayangkan</p><p>18 Des 2025</p>{_TEXT}<script>window.__STATE__ = {state}</script>",
        "2025-12-18",
    )
