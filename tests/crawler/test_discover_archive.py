from datetime import UTC, date, datetime

from activity.visit import Fetch, Page, Purpose
from crawler.discover.archive import discover_months, turn_month
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR

URL = "https://contoh.go.id/"


def test_months_back_to_the_window_with_a_days_grace():
    html = "".join(f"<a href=/{y}/{m:02}/>x</a>" for y, m in ((2026, 1), (2025, 11), (2025, 12), (2026, 2)))
    page = Page(Fetch(URL, Purpose.HOME), URL, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    since = datetime(2026, 1, 1, tzinfo=MAKASSAR)
    assert tuple(each.url for each in discover_months(parse_document(page), since)) == tuple(
        f"{URL}{month}/" for month in ("2026/02", "2026/01", "2025/12")
    )


def test_months_in_a_query():
    html = "".join(f"<a href='Berita.aspx?bulan={m}&amp;tahun=2026'>x</a>" for m in (1, 2))
    html += "<option value='?arsip=2026-03'>Maret</option><a href='?bulan=13&tahun=2026'>x</a>"
    page = Page(Fetch(URL, Purpose.HOME), URL, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    since = datetime(2026, 1, 1, tzinfo=MAKASSAR)
    asked = [each.url.removeprefix(URL) for each in discover_months(parse_document(page), since)]
    assert asked == ["?arsip=2026-03", "Berita.aspx?bulan=2&tahun=2026", "Berita.aspx?bulan=1&tahun=2026"]


def test_the_archive_of_a_new_month():
    july = date(2026, 7, 1)
    assert turn_month(f"{URL}2026/06/", july) == f"{URL}2026/07/"
    assert turn_month(f"{URL}arsip/2025-9", july) == f"{URL}arsip/2026-7"
    assert turn_month(f"{URL}?m=202512", july) == f"{URL}?m=202607"
    assert turn_month(f"{URL}Berita.aspx?bulan=6&tahun=2026", july) == f"{URL}Berita.aspx?bulan=7&tahun=2026"
    assert turn_month(f"{URL}?year=2025&month=12", july) == f"{URL}?year=2026&month=07"
    assert turn_month(f"{URL}2026/07/", july) is None
    assert turn_month(f"{URL}berita/", july) is None


def test_months_with_the_number_of_their_posts():
    html = """<a href="/2026/06/">Juni 2026 (14)</a> <a href=/2026/05/>Mei 2026</a>&nbsp;(7)
    <li><a href=/2026/04/>April 2026 <span class=badge>3</span></a>
    <li><a href=/2026/03/>Maret 2026</a> <span dir=ltr>[21]</span>
    <li><a href=/2026/02/>Februari 2026</a><li><a href=/2026/01/>Januari <b>2026</b></a>
    <li><a href=/2026/02/>Februari (1 tulisan)</a>"""
    page = Page(Fetch(URL, Purpose.HOME), URL, 200, datetime(2026, 7, 1, tzinfo=UTC), body=html.encode())
    months = discover_months(parse_document(page), datetime(2026, 1, 2, tzinfo=MAKASSAR))
    assert [(each.month, each.count) for each in months] == [
        (6, 14),
        (5, 7),
        (4, 3),
        (3, 21),
        (2, 1),
        (1, None),
    ]
