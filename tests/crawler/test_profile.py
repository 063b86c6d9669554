import json
from datetime import UTC, datetime

from activity.agency import Account, Channel
from activity.outcome import Failure, Outcome
from activity.testing import drive
from activity.visit import Fetch, Page, Purpose, Target, Window
from crawler.discover.profile import ProfilePlace, discover_profiles
from crawler.extract.page.document import parse_document
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.meta.profile import PROPOSALS, visit
from testkit.zone import MAKASSAR

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SITE = "https://dinkes.contoh.go.id/"


def proposals(html):
    page = Page(Fetch(SITE, Purpose.HOME), SITE, 200, NOW, body=html.encode())
    return discover_profiles(parse_document(page))


def named(html):
    return [(p.channel, p.address, p.place) for p in proposals(html)]


def test_header_footer_structured_data_and_meta():
    graph = json.dumps(
        {"@type": "GovernmentOrganization", "sameAs": ["https://www.instagram.com/dinkes.contoh/"]}
    )
    html = (
        f"<head><meta property='article:publisher' content='https://facebook.com/dinkescontoh'>"
        f"<script type=application/ld+json>{graph}</script></head>"
        "<footer><a href=https://instagram.com/dinkes.contoh>IG</a></footer>"
    )
    assert named(html) == [
        (Channel.INSTAGRAM, "dinkes.contoh", ProfilePlace.SAME_AS),
        (Channel.FACEBOOK, "dinkescontoh", ProfilePlace.META),
    ]
    assert named("<footer><a href=//instagram.com/sehat_selalu><i></i></a></footer>") == [
        (Channel.INSTAGRAM, "sehat_selalu", ProfilePlace.FOOTER)
    ]


def test_what_is_not_the_offices_own():
    html = (
        "<a href=https://www.facebook.com/sharer/sharer.php?u=x>Bagikan</a>"
        "<div class=share-buttons><a href=https://facebook.com/dinkescontoh>f</a></div>"
        "<a href=https://www.instagram.com/p/Cabc123/>Foto</a>"
        "<article><a href=https://instagram.com/warga_dinkes>warga</a></article>"
        "<footer><a href=https://facebook.com/pemkotcontoh>Pemkot</a><a href=https://facebook.com/wordpress>WP</a>"
        "<a href=https://example.org/instagram.com/x>x</a></footer>"
    )
    assert proposals(html) == ()


def test_the_name_of_the_site_decides_between_several():
    html = (
        "<header><a href=https://instagram.com/infocontoh>Kota</a></header>"
        "<footer><a href=https://instagram.com/dinkes_contoh>IG</a></footer>"
    )
    assert named(html) == [(Channel.INSTAGRAM, "dinkes_contoh", ProfilePlace.FOOTER)]


def test_a_directory_of_offices_proposes_none():
    links = "".join(f"<li><a href=https://instagram.com/kantor_{n}>x</a></li>" for n in "abcdef")
    assert proposals(f"<main><ul>{links}</ul></main>") == ()


def ask(graph, website):
    """The proposals of a home page with one account of each channel, where profiles name `website`."""

    def answer(fetch):
        if fetch.token is None:
            html = (
                "<footer><a href=https://instagram.com/dinkes_contoh>IG</a>"
                "<a href=https://facebook.com/dinkescontoh>FB</a></footer>"
            )
            return Page(fetch, fetch.url, 200, NOW, headers={"content-type": "text/html"}, body=html.encode())
        if website is None:
            return Page(fetch, fetch.url, 400, NOW, body=b'{"error": {"code": 110}}')
        body = {"website": website}
        if "business_discovery" in fetch.url:
            body = {"business_discovery": body}
        return Page(fetch, fetch.url, 200, NOW, body=json.dumps(body).encode())

    account = Account(1, "dinkes", Channel.WEBSITE, SITE)
    target = Target(account, Window(NOW, NOW), MAKASSAR)
    harvest, asked = drive(visit(target, graph), answer, NOW)
    assert harvest.outcome is Outcome.OK
    return harvest.memory.facts[PROPOSALS], asked


TOKENS = GraphAccess(instagram_user_id="17", instagram_token="instagram", facebook_token="facebook")


def test_a_profile_that_links_back_confirms():
    found, asked = ask(TOKENS, "http://www.dinkes.contoh.go.id")
    assert [(one["address"], one["confirmed"]) for one in found] == [
        ("dinkes_contoh", True),
        ("dinkescontoh", True),
    ]
    assert len(asked) == 3


def test_a_profile_that_names_another_site_or_none():
    assert [one["confirmed"] for one in ask(TOKENS, "https://lain.go.id")[0]] == [False, False]
    assert [one["confirmed"] for one in ask(TOKENS, "")[0]] == [None, None]
    assert [one["confirmed"] for one in ask(TOKENS, None)[0]] == [None, None]
    assert len(ask(GraphAccess(), "https://lain.go.id")[1]) == 1


def test_a_site_that_cannot_be_read_proposes_nothing():
    account = Account(1, "dinkes", Channel.WEBSITE, SITE)
    target = Target(account, Window(NOW, NOW), MAKASSAR)

    def answer(fetch):
        return Page(fetch, fetch.url, None, NOW, failure=Failure.DNS)

    harvest, _ = drive(visit(target, GraphAccess()), answer, NOW)
    assert harvest.outcome is Outcome.UNREACHABLE
    assert PROPOSALS not in harvest.memory.facts
