import json
from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.testing import drive
from activity.visit import Target, Window
from crawler.visits.site.website import visit
from testkit.answers import answering
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
HOME = "https://contoh.go.id/"
FRAME = "<html><body><div id=root></div>{}</body></html>"


def run(pages):
    window = Window(datetime(2026, 1, 1, tzinfo=ZONE), NOW)
    return drive(
        visit(Target(Account(1, "contoh", Channel.WEBSITE, HOME), window, ZONE)), answering(pages, NOW), NOW
    )


def records(**fields):
    start = datetime(2026, 3, 1, 20, 30, tzinfo=ZONE)
    return [
        {
            "judul": f"Rapat {n}",
            "published_at": (start - timedelta(days=n)).isoformat(),
            **{name: value.format(n) for name, value in fields.items()},
        }
        for n in range(12)
    ]


def test_posts_in_the_state_of_a_page():
    state = json.dumps({"props": {"pageProps": {"posts": records(url="/berita/rapat-{}")}}})
    harvest, asked = run(
        {HOME: FRAME.format(f"<script id=__NEXT_DATA__ type=application/json>{state}</script>")}
    )
    assert harvest.outcome is Outcome.OK
    assert {p.key for p in harvest.posts} == {f"/berita/rapat-{n}" for n in range(12)}
    assert harvest.complete_since == sorted(p.date.at for p in harvest.posts)[1]
    assert len(asked) <= 6


NAMES = ("profil", "berita", "kontak", "ppid", "agenda", "peta")
MENU = "".join(f'<a href="/{name}">{name.title()}</a>' for name in NAMES)


def test_the_state_of_the_list_is_read_where_home_holds_the_newest_few():
    """A menu, a footer and a state: no frame, and yet none of its posts is linked."""

    def page(posts, **more):
        state = json.dumps({"props": {"posts": posts, **more}})
        return (
            f"<html><body><nav>{MENU}</nav><p>{'Kantor Contoh. ' * 40}</p><script>window.s = {state}</script>"
        )

    posts = records(slug="rapat-{}")
    pages = {HOME: page(posts[:4]), f"{HOME}berita": page(posts, total=12)}
    harvest, asked = run(pages)
    assert {p.key for p in harvest.posts} == {f"/berita/rapat-{n}" for n in range(12)}
    assert harvest.endpoint == f"{HOME}berita"
    assert len(asked) <= 6


def test_the_pages_of_a_state_are_followed():
    posts = records(slug="rapat-{}")
    frame = '<html><body><div id="app" data-page="{}"></div><script src=/app.js></script>'

    def page(number):
        rows = {"data": posts[4 * number - 4 : 4 * number], "current_page": number, "last_page": 3}
        return frame.format(json.dumps({"props": {"berita": rows}}).replace('"', "&quot;"))

    home = frame.format(json.dumps({"props": {"berita": posts[:2]}}).replace('"', "&quot;"))
    pages = {HOME: home, f"{HOME}berita": page(1)} | {f"{HOME}berita?page={n}": page(n) for n in (2, 3)}
    harvest, _ = run(pages)
    assert {p.key for p in harvest.posts} == {f"/berita/rapat-{n}" for n in range(12)}


def test_a_feed_of_the_newest_does_not_stand_for_the_state_of_the_list():
    posts = records(slug="rapat-{}")
    when = [datetime.fromisoformat(post["published_at"]) for post in posts[:10]]
    date = "<pubDate>{1:%a, %d %b %Y %X %z}</pubDate>"
    item = f"<item><title>Rapat {{0}}</title><link>/berita/rapat-{{0}}</link>{date}</item>"
    items = "".join(item.format(n, at) for n, at in enumerate(when))
    head = '<link rel=alternate type="application/rss+xml" href=/umpan>'
    frame = f'<html><head>{head}</head><body><div data-page="{{}}"></div>'

    def page(rows):
        return (
            frame.format(json.dumps({"berita": rows}).replace('"', "&quot;"))
            + "<script src=/app.js></script>"
        )

    feed = f"<rss><channel>{items}</channel></rss>"
    pages = {HOME: page(posts[:6]), f"{HOME}berita": page(posts), f"{HOME}umpan": feed}
    harvest, _ = run(pages)
    assert {p.key for p in harvest.posts} == {f"/berita/rapat-{n}" for n in range(12)}


def test_posts_of_the_api_that_a_script_asks():
    script = (
        "fetch('/api/berita').then(r=>r.json()).then(d=>d.map(b=>`<a href='/baca/${b.slug}'>${b.judul}</a>`))"
    )
    script = script.replace("'/baca/${b.slug}'", "'+\"/baca/\"+b.slug+'")
    pages = {
        HOME: FRAME.format("<script src=/app.js></script>"),
        f"{HOME}app.js": script,
        f"{HOME}api/berita": json.dumps({"data": records(slug="rapat-{}")}),
    }
    harvest, _ = run(pages)
    assert {p.key for p in harvest.posts} == {f"/baca/rapat-{n}" for n in range(12)}
    assert harvest.endpoint == f"{HOME}api/berita"


def test_a_script_that_hides_its_posts_needs_a_browser():
    harvest, asked = run({HOME: FRAME.format("<script src=/app.js></script>"), f"{HOME}app.js": "draw()"})
    assert harvest.outcome is Outcome.NEEDS_BROWSER
    assert len(asked) <= 8
