# ruff: noqa: E501 - an input is read best on one line
"""Inputs that grow: for each reader of what sites answer, as many parts of one kind as are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from activity.agency import Account, Channel
from activity.errors import DenyutError
from activity.testing import drive
from activity.visit import Fetch, Memory, Page, Purpose, Target, Window
from crawler.extract.article.nature import judge_address
from crawler.extract.article.post import extract_article
from crawler.extract.page.document import parse_document
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE
from tests.hostile.targets import BASE, NOW, TARGETS

_RSS = "<rss version='2.0'><channel><title>Dinas</title>{}</channel></rss>"
_STATE = '<p>Selamat datang</p><script id="__NEXT_DATA__" type="application/json">{}</script>'
_SCRIPT = "<p>Selamat datang</p><script>{}</script>"
_ITEM = "<item><title>Rapat {0}</title><link>https://dinas.contoh.go.id/b/{0}</link><pubDate>Mon, 02 Feb 2026 08:00:00 +0800</pubDate>{1}</item>"


@dataclass(frozen=True)
class Growth:
    """One reader, and one kind of input for it.

    Attributes:
        frame: what stands around the parts, which take the place of its first `{}`.
        part: one of them, by its number.
        parts: how many are taken once, and four times as many.
    """

    read: Callable[[bytes], object]
    frame: str
    part: Callable[[int], str]
    parts: int

    def make(self, times: int) -> bytes:
        """So many times as many parts in their frame."""
        text = "".join(self.part(number) for number in range(self.parts * times))
        return self.frame.replace("{}", text, 1).encode()


def read_site(body: bytes) -> object:
    """Visit a site whose home page is this and which has no other."""
    account = Account(1, "dinas", Channel.WEBSITE, f"{BASE}/")
    target = Target(account, Window(NOW - timedelta(days=60), NOW), ZONE, Memory())
    return drive(visit(target), {f"{BASE}/": body}, NOW)[0]


def read_address(body: bytes) -> object:
    """Judge an address that ends so, as that of a post or a list."""
    return judge_address(f"{BASE}/b/{body.decode()}")


def read_article(body: bytes) -> object:
    """Read a page as the article that a list led to."""
    page = Page(Fetch(f"{BASE}/b/1", Purpose.ARTICLE), f"{BASE}/b/1", 200, NOW, body=body)
    return extract_article(parse_document(page), now=NOW, zone=ZONE, thorough=True)


def _reader(name: str) -> Callable[[bytes], object]:
    def read(body: bytes) -> object:
        try:
            return TARGETS[name].read(body, Random(0))
        except DenyutError:
            return None

    return read


def _same(text: str) -> Callable[[int], str]:
    return lambda _: text


def _many(
    read: Callable[[bytes], object], frame: str, **kinds: tuple[Callable[[int], str] | str, int]
) -> dict[str, Growth]:
    return {
        name.replace("_", " "): Growth(read, frame, _same(part) if isinstance(part, str) else part, parts)
        for name, (part, parts) in kinds.items()
    }


_TEXTS: dict[str, tuple[Callable[[int], str] | str, int]] = {
    "cards": (lambda n: f"<div class=card><h3><a href='/b/{n}'>Rapat koordinasi {n}</a></h3><span>{n % 28 + 1} Februari 2026</span></div>", 150),
    "cards_without_days": (lambda n: f"<div class=card><h3><a href='/b/{n}'>Rapat koordinasi {n}</a></h3><p>Isi</p></div>", 150),
    "rows": (lambda n: f"<tr><td>{n}<td><a href='/b/{n}'>Rapat koordinasi {n}</a><td>0{n % 9 + 1}/02/2026", 150),
    "items": ("<li><a href=/b/1>Rapat dinas</a> 12 Februari 2026", 150),
    "links_in_a_line": (lambda n: f"<a href='/b/{n}'>Rapat koordinasi dinas {n}</a> ", 200),
    "days_in_a_line": ("12 Februari 2026 ", 300),
    "links_and_days_in_a_line": (lambda n: f"<a href='/b/{n}'>Rapat dinas</a> 12 Februari 2026 ", 100),
    "short_years_in_a_line": (lambda n: f"<a href='/b/{n}'>Rapat dinas {n}</a> 26/01/{n % 28 + 1:02} ", 60),
    "paragraphs": ("<p>Kepala dinas memimpin rapat koordinasi, Senin (2/2/2026), di aula.</p>", 100),
    "headings": (lambda n: f"<h2>Rapat koordinasi ke-{n}</h2><p>2 Februari 2026</p>", 150),
    "times": ("<time datetime='2026-02-02T08:00:00+08:00'>kemarin</time> ", 200),
    "words": ("rapat koordinasi dinas ", 5_000),
    "one_word": ("rapat", 20_000),
    "figures": ("2026", 10_000),
    "labels": ("Diterbitkan: 2 Februari 2026 oleh admin | ", 150),
    "pages": (lambda n: f"<a href='?page={n}'>{n}</a> ", 300),
    "one_page": ("<a href='?page=2'>2</a> ", 300),
    "next": (lambda n: f"<a rel=next href='/berita?page={n}'>Berikutnya</a>", 200),
    "months": (lambda n: f"<li><a href='/2026/{n % 12 + 1:02}/'>Februari 2026</a> ({n})", 150),
    "topics": (lambda n: f"<a href='/kategori/topik-{n}'>Topik {n}</a> ", 200),
    "feeds": (lambda n: f"<link rel=alternate type='application/rss+xml' href='/feed-{n}.xml'>", 200),
    "metas": (lambda n: f"<meta property='article:published_time' content='2026-02-0{n % 9 + 1}'>", 300),
    "titles": ("<title>Rapat</title><h1>Rapat dinas</h1>", 300),
    "nested": (lambda n: f"<div class='a{n}'><section>", 200),
    "nested_lists": ("<ul><li><a href=/b/1>Rapat koordinasi dinas</a>", 150),
    "classes": (lambda n: f"<p class='a{n} b{n} c{n}'>Rapat", 300),
    "attributes": (lambda n: f"<a data-a{n}='{{&quot;title&quot;:1}}'>x</a>", 300),
    "linked_data": (lambda n: f"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Rapat {n}\",\"datePublished\":\"2026-02-02\"}}</script>", 100),
    "scripts": (lambda n: f"<script>var a{n} = {{\"title\":\"Rapat\",\"date\":\"2026-02-02\"}}</script>", 200),
    "addresses": ("<a href='//[x]:1/'>Rapat koordinasi dinas</a>", 150),
    "pictures": (lambda n: f"<figure><img alt='Rapat {n}' src='/a-{n}.jpg'><figcaption>2 Februari 2026</figcaption></figure>", 150),
    "comments": ("<!-- 2 Februari 2026 --><p>x", 500),
    "entities": ("&amp;lt;&quot;:", 3_000),
    "begun": ("<a href='", 3_000),
}  # fmt: skip

_JSON_ITEM = '{{"id":{0},"slug":"b-{0}","title":"Rapat {0}","date":"2026-02-02 08:00:00","url":"/b/{0}"}},'
_VALUES: dict[str, tuple[Callable[[int], str] | str, int]] = {
    "items": (_JSON_ITEM.format, 300),
    "one_item": (_JSON_ITEM.format(1), 300),
    "lists_in_lists": ("[", 400),
    "objects_in_lists": ('[{"title":"a"},', 400),
    "objects_in_objects": ('{"title":"a","b":', 400),
    "fields": (lambda n: f'{{"title {n}":"a","date {n}":"2026-02-02"}},', 300),
    "numbers": ("1,", 8_000),
    "digits": ("9", 50_000),
    "text": ("rapat ", 20_000),
    "marks": ('\\"', 20_000),
    "lists_of_one": (lambda n: f'{{"list {n}":[{{"title":"Rapat {n}","date":"2026-02-02"}}]}},', 200),
    "pages": (lambda n: f'{{"links":{{"next":"/api/b?page={n}"}},"meta":{{"total":{n}}}}},', 200),
}  # fmt: skip

GROWTHS = {
    f"{place}: {name}": growth
    for place, growths in {
        "site": _many(read_site, "<title>Dinas</title><body>{}", **_TEXTS),
        "article": _many(read_article, "<title>Rapat</title><h1>Rapat dinas</h1><article>{}", **_TEXTS),
        # One address, and one link's text, of thousands of letters.
        "address": _many(read_address, "undangan-rembuk-warga-{}", figures=("9", 1_500), words=("-warga9", 200)),
        "one link": _many(
            read_site,
            "<title>Dinas</title><a href=/b/1>{}</a>",
            days=("2 Februari 2026, rapat warga RT ", 50),
            figures=("9", 3_000),
        ),
        "one bold text": _many(
            read_site, "<title>Dinas</title><strong>{}</strong>", days=("<i>Rapat warga RT, 2 Februari 2026</i> ", 50)
        ),
        # What an element states of its moment, broken off by another line.
        "stated": _many(
            read_article,
            "<title>Rapat</title><h1>Rapat dinas</h1><time data-date='2026-02-02 {}\nx' title=y>kemarin</time>",
            spaces=(" ", 3_000),
            figures=("2", 3_000),
        ),
        "API": _many(_reader("state"), '{"data":[{}{}],"total":9}', **_VALUES),
        "API, cut off": _many(_reader("state"), '[{"title":"a"},{}', **_VALUES),
        "state": _many(_reader("state"), _STATE.replace("{}", '{"title":"a","data":[{}{}]}'), **_VALUES),
        "script": _many(_reader("state"), _SCRIPT.replace("{}", 'const title = [{title:"a"},{}'), **_VALUES),
        "script parts": _many(
            _reader("state"), _SCRIPT,
            parsed=("x = JSON.parse('{\"title\":\"Rapat\"}');", 400),
            parsed_and_cut=("JSON.parse('{\"title\":", 1_000),
            literals=(lambda n: f"let a{n} = [{{judul: 'Rapat {n}', tgl: new Date('2026-03-01')}}];", 200),
            begun_literals=("[{title: 'a', b: ", 500),
            calls=(lambda n: f"fetch('/api/berita-{n}?page=' + n);", 500),
            bases=(lambda n: f"const a{n} = '/api/{n}'; fetch(`${{a{n}}}/berita`);", 300),
            pushes=("self.__next_f.push([1,'1:[{\\'title\\':1}]']);", 500),
            pushes_of_nothing=("self.__next_f.push(title:)", 4_000),
            pushes_of_text=('self.__next_f.push([1,"1:[{}]\\n"]);', 500),
            routes=(lambda n: f"path:'/berita/:slug{n}',title:", 500),
            templates=(lambda n: f"<a href={{'/berita/' + x{n}.slug}}>title: ", 500),
        ),
        "feed": _many(
            _reader("feed"), _RSS,
            items=(lambda n: _ITEM.format(n, ""), 200),
            one_item=(_ITEM.format(1, ""), 200),
            nested=("<item><title>Rapat</title>", 50),
            links=(lambda n: f"<link rel='next' href='/{n}'/>", 2_000),
            empty=("<item/>", 1_500),
            cut_off=("<item><title>Rapat & dinas<link>/a", 500),
            instructions=("<?a b?><item><title>a</title></item>", 500),
            entities=("&nbsp;&lt;", 5_000),
        ),
        "feed item": _many(
            _reader("feed"), _RSS.replace("{}", "<item><link>/b/1</link>{}</item>"),
            labels=(lambda n: f"<category>Topik {n}</category>", 1_000),
            texts=("<description>&lt;p&gt;Rapat dinas&lt;/p&gt;</description>", 500),
            links=("<link>/b/2</link>", 1_000),
            days=("<pubDate>Mon, 02 Feb 2026 08:00:00 +0800</pubDate>", 500),
            authors=("<author><name>admin</name></author>", 500),
        ),
        "JSON feed": _many(
            _reader("feed"), '{"version":"https://jsonfeed.org/version/1","items":[{}{}]}',
            items=(lambda n: f'{{"id":"{n}","url":"/b/{n}","title":"Rapat {n}","date_published":"2026-02-02T08:00:00Z"}},', 200),
            labels=('{"id":"1","tags":["a","b"],"title":"<b>x"},', 300),
        ),
        "map": _many(
            _reader("map"), "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>",
            pages=(lambda n: f"<url><loc>{BASE}/b/{n}</loc><lastmod>2026-02-02</lastmod></url>", 400),
            one_page=(f"<url><loc>{BASE}/b/1</loc></url>", 400),
            places=(f"<url>{'<loc>/b</loc>' * 9}</url>", 200),
            nested=("<url>", 100),
            maps=(lambda n: f"<sitemap><loc>{BASE}/m-{n}.xml</loc></sitemap>", 400),
            cut_off=("<url><loc>/a&b", 500),
        ),
        "list of addresses": _many(
            _reader("map"), "{}",
            lines=(lambda n: f"{BASE}/berita/{n}\n", 800),
            bad_lines=("http://[x]/\n", 800),
            rules=(lambda n: f"User-agent: *\nDisallow: /a{n}*b$\n", 400),
            stars=("Disallow: /" + "*a" * 30 + "\n", 300),
            agents=(lambda n: f"User-agent: a{n}\n", 800),
            maps=(lambda n: f"Sitemap: {BASE}/m-{n}.xml\n", 800),
        ),
    }.items()
    for name, growth in growths.items()
}  # fmt: skip
