"""A mail that an archive shows as one preformatted text: its head tells when it was sent."""

from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.extract.article.post import extract_article
from crawler.extract.page.document import parse_document
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
STORY = """Warga {place} diundang hadir pukul 08.00 di balai kelurahan dengan membawa kartu keluarga.

Menurut data per 14/4/2026, ada 214 keluarga yang telah terdaftar di kelurahan ini.
"""
HEAD = """<a href="../">arsip pengumuman@kelurahan.example</a> <a href="bantuan/">bantuan</a></pre>
<pre>From: Humas &lt;humas@kelurahan.example&gt;
To: pengumuman@kelurahan.example
Subject: <a href="#r">Undangan Donor Darah 4 Juli 2026</a>
Date: Mon, 22 Jun 2026 10:34:00 +0800 <a href="#r">[utas]</a>
{last}: &lt;donor@kelurahan.example&gt;

"""


def read(body, title="Undangan Donor Darah 4 Juli 2026 - Humas"):
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    url = "https://arsip.example/pengumuman/donor@kelurahan.example/"
    headers = {"content-type": "text/html; charset=utf-8"}
    page = Page(Fetch(url, Purpose.ARTICLE), url, 200, NOW, headers, html.encode())
    return extract_article(parse_document(page), now=NOW, zone=ZONE)


def test_a_mail_is_dated_by_its_head():
    found = read(f"<pre>{HEAD.format(last='Message-ID')}{STORY.format(place='Sukamaju')}</pre>")

    assert found.date is not None
    assert found.date.at == datetime(2026, 6, 22, 2, 34, tzinfo=UTC)


def test_the_day_to_which_a_letter_invites_is_none_of_a_mail():
    letter = "Perihal: Undangan rapat\nTanggal: 18 Mei 2026\nTempat: Balai kelurahan\n\n"

    found = read(f"<pre>{STORY.format(place='Sukamaju')}{letter}{STORY.format(place='Karang Anyar')}</pre>")

    assert found.date is None


@pytest.mark.parametrize(
    "title", ["Pembagian bibit pohon kepada warga ke-69", "Lurah dan warga menanam pohon di tepi sungai"]
)
def test_a_mail_is_dated_below_a_subject_that_reads_like_a_sentence(title):
    fields = (
        "To: pengumuman@kelurahan.example",
        f"Subject: {title}",
        "Date: Sun, 14 Jun 2026 14:08:00 +0800",
    )
    head = "".join(f"<li><em>{field.replace(':', '</em>:', 1)}</li>" for field in fields)
    found = read(f"<h1>{title}</h1><hr><ul>{head}</ul><hr><pre>{STORY.format(place='Sukamaju')}</pre>", title)

    assert found.date is not None
    assert found.date.at == datetime(2026, 6, 14, 6, 8, tzinfo=UTC)
