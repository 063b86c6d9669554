"""Which pages are kept of a visit, and that no secret is in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.record import Certificate, Reception
from activity.visit import Fetch, Harvest, KnownPost, Page, Purpose, ScriptAnswer, Target, Validators, Window
from crawler.drive.driver import Answer, Terms, drive
from crawler.drive.guard import Guard
from crawler.drive.keyring import Keyring
from crawler.evidence import keeping
from crawler.evidence.keeping import KeptPages
from crawler.evidence.naming import find_naming, read_words
from crawler.evidence.rereading import read_again
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
SITE = "https://dinkes.example.id/"
TARGET = Target(
    Account(1, "dinkes", Channel.WEBSITE, SITE),
    Window(NOW - timedelta(days=60), NOW),
    MAKASSAR,
)
TOKEN = "EAABbetween0and9"


def page(path: str, body: str, purpose: Purpose = Purpose.LISTING, **changes) -> Page:
    came = Page(Fetch(SITE + path, purpose), SITE + path, 200, NOW, {"content-type": "text/html"})
    return replace(came, body=body.encode(), **changes)


def post(key: str, source: str | None = None, title: str = "Panen raya di Kuin") -> Post:
    url = SITE + key.removeprefix("/")
    if source is None:
        return Post(key, url, title)
    at = NOW - timedelta(days=1)
    witness = DateEvidence(EvidenceKind.LISTING, "li", "1 Maret 2026", at, Precision.DAY, SITE + source)
    return Post(key, url, title, PostDate(at, Precision.DAY, (witness,)))


def choose(pages, posts, target=TARGET, secrets=()):
    kept = KeptPages(secrets)
    for each in pages:
        kept.add(each)
    return kept.choose(Harvest(Outcome.OK, tuple(posts)), target)


def test_only_pages_are_kept_that_new_posts_rest_on():
    pages = [page("", "<p>Beranda"), page("berita", "<p>Berita"), page("agenda", "<p>Agenda")]
    known = KnownPost(SITE + "b", "Panen raya di Kuin", NOW - timedelta(days=1))
    target = replace(TARGET, known=frozenset({"/b"}), stored={"/b": known})
    (record,) = choose(pages, [post("/a", "berita"), post("/b", "agenda")], target)
    assert (record.url, record.body, record.posts) == (SITE + "berita", b"<p>Berita", {"/a"})
    edited = replace(target, stored={"/b": replace(known, title="Judul lama")})
    assert len(choose(pages, [post("/a", "berita"), post("/b", "agenda")], edited)) == 2


def test_what_is_unchanged_or_never_came_is_not_kept():
    body = "<p>Berita"
    digest = page("berita", body).digest
    same = page("berita", body, fetch=Fetch(SITE + "berita", Purpose.LISTING, Validators(digest=digest)))
    failed = page("berita", body, status=None, failure=Failure.TIMEOUT)
    gone = page("berita", body, status=404)
    assert choose([same, failed, gone], [post("/a", "berita")]) == ()


def test_a_post_dated_by_its_own_page_rests_on_the_list_with_its_title_too():
    lists = [
        page("", '<a href="/9">Lainnya'),
        page("arsip", '<a href="/berita/12-panen">12'),
        page("berita", '<a href="/berita/12-panen">Panen raya di Kuin</a>'),
        page("sitemap.xml", "<loc>/berita/12-panen Panen raya di Kuin", Purpose.SITEMAP),
    ]
    article = page("berita/12-panen", "<h1>PANEN RAYA", Purpose.ARTICLE)
    records = choose([*lists, article], [post("/berita/12-panen", "berita/12-panen")])
    assert [record.url for record in records] == [SITE + "berita/12-panen", SITE + "berita"]


def test_an_undated_post_rests_on_the_page_that_names_it():
    pages = [page("berita", '<a href="?id=7&amp;p=x">Panen raya di Kuin'), page("lain", "?id=8")]
    (record,) = choose(pages, [replace(post("/?id=7&p=x"), url=SITE + "?id=7&p=x")])
    assert record.url == SITE + "berita"


def test_words_of_json_are_those_of_its_letters():
    words = read_words(rb'{"permalink":"https:\/\/www.instagram.com\/p\/C9xY\/","caption":"Pan\u00e9n raya"}')
    found = Post("C9xY", "https://www.instagram.com/p/C9xY/", "Panén raya")
    assert find_naming(found, [frozenset(), words]) == 1


def test_no_secret_of_ours_is_kept():
    graph = Fetch("https://graph.facebook.com/v26.0/me/posts?access_token=zzz", Purpose.API, token="main")
    body = (
        '{"data":[{"id":"1_2","permalink_url":"https://f.com/1/posts/2"}],"paging":{"next":'
        f'"https:\\/\\/g.com\\/x?access_token={TOKEN}\\u0026appsecret_proof=abcdef&after=x"}}}}'
    )
    came = Page(graph, graph.url, 200, NOW, {"set-cookie": "sid=1", "etag": f"{TOKEN}"}, body.encode())
    (record,) = choose([came], [replace(post("1_2"), url="https://f.com/1/posts/2")], secrets=[TOKEN])
    told = repr(record.headers) + record.url + record.body.decode()
    assert not [s for s in (TOKEN, "abcdef", "zzz", "sid=1") if s in told]
    assert "after=x" in record.body.decode()
    shown = page("berita", f"<p>access_token=milik-kantor {TOKEN}")
    (record,) = choose([shown], [post("/a", "berita")], secrets=[TOKEN])
    assert record.body == b"<p>access_token=milik-kantor ***"


def test_what_a_page_asked_for_itself_is_kept_where_posts_rest_on_it():
    api = ScriptAnswer(SITE + "api/news", b'{"news":[]}')
    drawn = page("berita", "<p>Berita", captured=(api, ScriptAnswer("data:,x", b"x")))
    (record,) = choose([drawn], [post("/a", "api/news")])
    assert (record.url, record.body) == (api.url, api.body)


def test_a_page_is_found_by_what_was_asked_and_by_what_answered():
    moved = page("baru", "<p>Berita", fetch=Fetch(SITE + "lama", Purpose.LISTING))
    keyed = page("api?access_token=umum", "[]")
    posts = [post("/a", "lama"), post("/b", "baru"), post("/c", "api?access_token=umum")]
    assert [(record.url, record.posts) for record in choose([moved, keyed], posts)] == [
        (SITE + "baru", {"/a", "/b"}),
        (SITE + "api?access_token=***", {"/c"}),
    ]


def test_addresses_that_are_none_find_nothing():
    strange = "https://[x/\ud800\x00?=%zz"
    pages = [page("berita", "<p>Berita", captured=(ScriptAnswer(strange, b"x"),))]
    assert choose(pages, [Post("k", "https://[y", "\ud800"), Post("", "", "")]) == ()
    (record,) = choose(pages, [Post("k", strange, "\ud800")])
    assert record.body == b"x"


def test_many_pages_take_little_room(monkeypatch):
    monkeypatch.setattr(keeping, "RAW_BYTES", 1000)
    pages = [page(f"berita/{number}", f"<p>{number}" + "x" * 900) for number in range(20)]
    records = choose(pages, [post(f"/{n}", f"berita/{n}") for n in range(20)])
    assert [record.body for record in records] == [each.body for each in pages]
    monkeypatch.setattr(keeping, "PACKED_BYTES", 100)
    records = choose(pages, [post(f"/{n}", f"berita/{n}") for n in range(20)])
    assert 0 < len(records) < 20


def drive_through(*answers: Answer, evidence: bool = True) -> Harvest:
    def visit():
        for answer in answers:
            yield Fetch(answer.url, Purpose.LISTING)
        return Harvest(Outcome.OK, (post("/a", "berita"),))

    terms = Terms(
        Guard(), lambda: NOW, Keyring({"main": TOKEN}), timer=iter(range(99)).__next__, evidence=evidence
    )
    journey, waiting = drive(TARGET, visit(), terms), iter(answers)
    try:
        next(journey)
        while True:
            journey.send(next(waiting))
    except StopIteration as stop:
        return stop.value


def test_a_driven_visit_bears_its_records_and_its_reception():
    answer = Answer(SITE + "berita", 200, body=b"<p>Berita", first_byte=0.2)
    harvest = drive_through(answer)
    assert [record.url for record in harvest.records] == [SITE + "berita"]
    assert harvest.reception == Reception("https", Certificate.VALID, 0.2)
    assert drive_through(answer, evidence=False).records == ()


def test_the_worst_certificate_and_the_first_page_tell():
    expired = Answer(SITE, failure=Failure.CERTIFICATE_EXPIRED)
    plain = Answer("http://dinkes.example.id/", 200, body=b"x", first_byte=0.5)
    assert drive_through(expired, plain).reception == Reception("http", Certificate.EXPIRED, 0.5)
    late = Answer(SITE + "x", 200, body=b"x", first_byte=0.1)
    invalid = Answer(SITE, failure=Failure.CERTIFICATE)
    assert drive_through(late, invalid).reception == Reception("https", Certificate.INVALID, 0.1)
    assert drive_through(Answer(SITE, failure=Failure.DNS)).reception == Reception()


LIST = """<html><body><ul>
<li><a href="/berita/panen-raya">Panen raya di Kuin</a> <span class="tgl">1 Maret 2026</span></li>
<li><a href="/berita/gotong-royong">Gotong royong di pasar</a> <span class="tgl">27 Februari 2026</span></li>
<li><a href="/berita/vaksinasi">Vaksinasi hewan di balai</a> <span class="tgl">20 Februari 2026</span></li>
</ul></body></html>"""
FEED = """<rss version="2.0"><channel><title>Dinkes</title><item><title>Panen raya di Kuin</title>
<link>https://dinkes.example.id/berita/panen-raya</link>
<pubDate>Sun, 01 Mar 2026 02:00:00 +0000</pubDate></item></channel></rss>"""


def test_lists_and_feeds_tell_a_post_again():
    for body in (LIST, FEED):
        (record,) = choose([page("berita", body)], [post("/berita/panen-raya", "berita")])
        again = read_again(TARGET, [record], ["/berita/panen-raya"])
        told = again["/berita/panen-raya"]
        assert told.title == "Panen raya di Kuin"
        assert told.date is not None
        assert told.date.at.astimezone(TARGET.zone).date().isoformat() == "2026-03-01"
    assert read_again(TARGET, [record], ["/berita/lain"]) == {}


def test_what_was_received_last_counts():
    edited = LIST.replace("1 Maret 2026", "28 Februari 2026")
    key = "/berita/panen-raya"
    records = [
        choose([page("berita", LIST, fetched_at=NOW - timedelta(days=1))], [post(key, "berita")])[0],
        choose([page("berita", edited)], [post(key, "berita")])[0],
    ]
    told = read_again(TARGET, records, [key])[key]
    assert told.date is not None
    assert told.date.at.astimezone(TARGET.zone).day == 28
