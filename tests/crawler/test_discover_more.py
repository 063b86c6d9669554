from datetime import UTC, datetime

import pytest

from activity.visit import Fetch, Page, Purpose
from crawler.discover.more import has_more_button
from crawler.extract.page.document import parse_document

URL = "https://contoh.go.id/berita"


def shows(html):
    page = Page(Fetch(URL, Purpose.LISTING), URL, 200, datetime(2026, 3, 1, tzinfo=UTC), body=html.encode())
    return has_more_button(parse_document(page))


@pytest.mark.parametrize(
    "html",
    [
        "<button>Muat lebih banyak</button>",
        "<button type=button class=btn>Lihat berita lainnya</button>",
        "<a href='#' id=load-more>↓</a>",
        "<a href='javascript:void(0)'>Tampilkan lebih banyak »</a>",
        "<div role=button>Load more posts</div>",
        "<input type=button value='Muat lagi'>",
        "<button>Show older news</button><div></div><button>Show older news</button>",
    ],
)
def test_a_button_that_continues_the_list(html):
    assert shows(html)


@pytest.mark.parametrize(
    "html",
    [
        "<button>Cari</button>",
        "<button disabled>Muat lebih banyak</button>",
        "<button style='display: none'>Muat lebih banyak</button>",
        "<button aria-expanded=false>Lainnya</button>",
        # The last page of a pager (Bootstrap's, as in HyperKitty).
        "<ul class=pagination><li class='page-item disabled'><a href='#'>Older &rarr;</a></li></ul>",
        "<ul class=pagination><li><a href='javascript:;' class='next is-disabled'>Berikutnya</a></li></ul>",
        "<nav><a href='#' aria-disabled=true>Selanjutnya »</a></nav>",
        "<a href='/berita?page=2'>Muat lebih banyak</a>",
        "<button>Selengkapnya</button>" * 6,
        "<p>Muat lebih banyak</p>",
    ],
)
def test_what_continues_no_list(html):
    assert not shows(html)
