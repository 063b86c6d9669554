"""Some nights on one site: new posts, edits, deletions, a redesign, other addresses, an outage."""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from activity.flag import FlagKind
from activity.testing import drive
from activity.visit import Harvest
from crawler.visits.site.website import visit
from tests.awkward.office import OWN, Office
from tests.awkward.post import Life
from tests.surfaces.faces.news import publish
from tests.surfaces.faces.scene import Scene, slug_of
from tests.surfaces.post import NOW, ZONE, Post, day_of, named_day
from tests.surfaces.surface import BASE, Reply, answering
from tests.surfaces.words import short

__all__ = ["Course", "courses", "judge_course"]

SINCE: Final = datetime(2026, 7, 1, tzinfo=ZONE)
_FIRST: Final = NOW - timedelta(days=12)
_NIGHTS: Final = tuple(_FIRST + timedelta(days=n) for n in (0, 3, 6, 9, 12))


@dataclass(frozen=True)
class Course:
    """A site on each of its nights.

    Attributes:
        scenes: the site as it stands on each night.
        owner: the post's number at an address.
        flags: the flags that are due, by kind and post.
        gone: posts that were taken down; they stay stored.
    """

    name: str
    scenes: tuple[Scene, ...]
    flags: frozenset[tuple[FlagKind, int]] = frozenset()
    nights: tuple[datetime, ...] = _NIGHTS
    scored: bool = True
    stored: tuple[Post, ...] = ()
    maybe: tuple[FlagKind, ...] = field(default=())


def judge_course(course: Course) -> dict[str, list[str]]:
    """What is not as it should be after the nights."""
    life = Life(ZONE, SINCE, course.nights, ())
    said: dict[str, list[str]] = {
        "late": [],
        "false claim": [],
        "twice": [],
        "wrong day": [],
        "missed": [],
        "strangers": [],
        "flags": [],
        "title": [],
    }
    with Office(life, door=f"{BASE}/") as office:
        before: set[int] = set()
        for now, scene in zip(course.nights, course.scenes, strict=True):
            claims: list[Harvest] = []

            def look(target, scene=scene, now=now, claims=claims):
                harvest, _ = drive(visit(target), answering(scene, now), now)
                claims.append(harvest)
                return harvest

            office.crawl(now, {OWN: look})
            met = {number for row in office.posts() if (number := _whose(course, row)) is not None}
            since = claims[0].complete_since
            shown = {p.number for p in scene.reached if p.when >= SINCE}
            left = shown - met
            if left and scene.reached and before:
                said["late"].append(f"{now:%m-%d}: {sorted(left)}")
            claimed = [
                p for p in scene.reached if since and p.when >= max(since, SINCE) and p.number not in met
            ]
            if claimed and claims[0].outcome.saw:
                said["false claim"].append(f"{now:%m-%d}: since {since} without {len(claimed)}")
            before |= met
        _compare(course, office, said)
        _, flags = office.judge()
    found = {(flag.kind, _whose(course, post) or -1) for flag in flags for post in flag.posts} | {
        (f.kind, -1) for f in flags if not f.posts
    }
    said["flags"] = [
        f"not due: {kind.value} {number}"
        for kind, number in sorted(found - course.flags)
        if kind not in course.maybe
    ]
    said["flags"] += [f"due: {kind.value} {number}" for kind, number in sorted(course.flags - found)]
    return {name: what for name, what in said.items() if what}


def _plain(title: str) -> str:
    return "".join(filter(str.isalnum, title.lower()))


def _whose(course: Course, row) -> int | None:
    for scene in reversed(course.scenes):
        for post in scene.posts:
            if (
                row.url.partition("://")[2].removeprefix("www.")
                == f"{BASE}{scene.url(post)}".partition("://")[2]
            ):
                return post.number
    for scene in reversed(course.scenes):
        for post in scene.posts:
            if _plain(row.title) == _plain(post.title):
                return post.number
    return None


def _compare(course: Course, office: Office, said: dict[str, list[str]]) -> None:
    last = course.scenes[-1]
    truth = {p.number: p for scene in course.scenes for p in scene.posts}
    rows: dict[int, list[Any]] = {}
    for row in office.posts():
        number = _whose(course, row)
        if number is None:
            said["strangers"].append(f"{row.title!r} {row.url}")
        else:
            rows.setdefault(number, []).append(row)
    for number, same in rows.items():
        post = truth[number]
        if len(same) > 1:
            said["twice"].append(f"{post.title!r}: {' and '.join(row.url for row in same)}")
        for row in same:
            if row.local_day != post.when.date() and (row.local_day or post.when >= SINCE):
                said["wrong day"].append(f"{post.title!r} {post.when:%Y-%m-%d}, stored as {row.local_day}")
        if post in last.posts and all(_plain(row.title) != _plain(post.title) for row in same):
            said["title"].append(f"{post.title!r}, stored as {same[0].title!r}")
    said["missed"] += [
        f"{p.title!r} {p.when:%Y-%m-%d}"
        for p in (*last.reached, *course.stored)
        if p.when >= SINCE and p.number not in rows
    ]


def _card(post: Post, said: str, url: str) -> str:
    return f'<div class="berita-item"><h3><a href="{html.escape(url)}">{post.title}</a></h3><span class="tgl">{said}</span><p>{post.lead}</p></div>'


def _grid(post: Post, said: str, url: str) -> str:
    return (
        f'<a href="{html.escape(url)}" class="rounded-xl shadow block"><img src="/img/{post.number}.webp"><div class="p-4"><div class="text-xs text-slate-500">{said}'
        f'</div><h2 class="font-bold">{post.title}</h2><div class="text-sm">{post.lead}</div></div></a>'
    )


def _scene(posts: tuple[Post, ...], now: datetime, **more: Any) -> Scene:
    out = tuple(p for p in posts if p.when <= now)
    given: dict[str, Any] = {
        "card": lambda p: _card(p, day_of(p.when), slug_of(p)),
        "told": lambda p: day_of(p.when),
        "complete": False,
    } | more
    return Scene("", posts=out, reached=out, today=now, **given)


def _over(make: Callable[[int, datetime], Scene]) -> tuple[Scene, ...]:
    return tuple(make(n, now) for n, now in enumerate(_NIGHTS))


_FEW: Final = publish(30, newest=NOW - timedelta(days=1), gaps=(3, 2, 4, 3, 9, 14, 8, 12))
_ODD: Final[dict[str, dict[str, Any]]] = {
    "drupal": {"shell": "drupal", "pager": "drupal", "beside": 1, "card": lambda p: _card(p, f"Dikirim oleh admin pada {p.when:%d/%m/%Y - %H:%M}", slug_of(p)), "told": lambda p: f"Dikirim oleh admin pada {p.when:%d/%m/%Y - %H:%M}"},
    "helix": {"shell": "helix", "pager": "joomla", "page": "/berita?start={}", "offset": True, "beside": 0},
    "tailwind": {"shell": "tailwind", "pager": "tailwind", "beside": 2, "card": lambda p: _grid(p, named_day(p.when), slug_of(p)), "told": lambda p: named_day(p.when)},
    "ages": {"shell": "bootstrap", "card": lambda p: _card(p, "", slug_of(p)), "told": lambda p: f"{named_day(p.when)} {p.when:%H:%M} WITA"},
    "webforms": {"shell": "webforms", "pager": "total", "beside": 4},
}  # fmt: skip


def _living() -> Iterator[Course]:
    """New posts each night, a title edited, one deleted, one slipped in."""
    edited = replace(_FEW[4], title="Siaga Kabut Asap, Warga Kelurahan Diimbau Memakai Masker")
    taken = _FEW[3]
    slipped = replace(
        publish(1, newest=NOW - timedelta(days=9), first=990)[0],
        title="Pelatihan Barista bagi Pemuda Karang Taruna",
        event=(NOW - timedelta(days=11)).date(),
    )
    for name, look in _ODD.items():

        def make(n: int, now: datetime, look=look, name=name) -> Scene:
            posts = list(_FEW)
            if n >= 2:
                posts[4] = edited
            if n >= 3:
                posts.remove(taken)
            if n >= 4:
                posts = sorted((*posts, slipped), key=lambda p: p.when, reverse=True)
            given = {"url": lambda p: f"/berita/{p.number}", **look}
            say, draw = given.get("told", lambda p: day_of(p.when)), _grid if name == "tailwind" else _card
            listed = (lambda _: "") if name == "ages" else say
            return _scene(
                tuple(posts), now, **{**given, "card": lambda p: draw(p, listed(p), f"/berita/{p.number}")}
            )

        yield Course(
            f"nights: new, edited, deleted, slipped in, {name}",
            _over(make),
            # Beside an agenda that is read in turn nothing is claimed of these nights, and nobody accused.
            flags=frozenset({(FlagKind.BACK_DATED, 990)} if look.get("beside") != 1 else ()),
            maybe=(FlagKind.DELETED,),
            stored=(taken,),
        )


def _redesigns() -> Iterator[Course]:
    old = {
        "list": "/index.php/berita",
        "page": "/index.php/berita?hal={}",
        "url": lambda p: f"/index.php/berita/baca/{p.number}",
        "card": lambda p: _card(p, named_day(p.when), f"/index.php/berita/baca/{p.number}"),
        "told": lambda p: named_day(p.when),
        "shell": "old",
        "pager": "total",
    }
    new = {
        "list": "/warta",
        "page": "/warta?page={}",
        "url": lambda p: f"/warta/{p.slug}",
        "card": lambda p: _grid(p, short(p), f"/warta/{p.slug}"),
        "told": lambda p: f"Dipublikasikan {short(p)}",
        "shell": "tailwind",
        "pager": "tailwind",
        "menu": "Warta",
    }
    same = {
        "shell": "tailwind",
        "pager": "tailwind",
        "card": lambda p: _grid(p, short(p), slug_of(p)),
        "told": lambda p: f"Dipublikasikan {short(p)}",
    }
    yield Course(
        "nights: another dress, the same addresses",
        _over(lambda n, now: _scene(_FEW, now, **(same if n > 1 else {}))),
    )
    yield Course(
        "nights: another dress and other addresses, the old are gone",
        _over(lambda n, now: _scene(_FEW, now, **(new if n > 1 else old))),
    )
    by = {f"{BASE}/index.php/berita/baca/{p.number}": f"/warta/{p.slug}" for p in _FEW}
    sent = {**new, "extra": lambda url: Reply(status=301, to=by[url]) if url in by else None}
    yield Course(
        "nights: other addresses, the old lead to them",
        _over(lambda n, now: _scene(_FEW, now, **(sent if n > 1 else old))),
    )
    home = {**new, "extra": lambda url: Reply(status=302, to="/") if "/index.php/" in url else None}
    yield Course(
        "nights: other addresses, the old lead home",
        _over(lambda n, now: _scene(_FEW, now, **(home if n > 1 else old))),
    )
    yield Course(
        "nights: words for days become figures",
        _over(
            lambda n, now: _scene(
                _FEW,
                now,
                card=(lambda p: _card(p, f"{p.when:%m/%d/%Y}" if n > 1 else day_of(p.when), slug_of(p))),
                told=(lambda p: f"{p.when:%m/%d/%Y}" if n > 1 else day_of(p.when)),
            )
        ),
    )
    yield Course(
        "nights: the list loses its days, articles keep them",
        _over(
            lambda n, now: _scene(
                _FEW, now, **({"card": lambda p: _card(p, "", slug_of(p))} if n > 1 else {})
            )
        ),
    )
    short_list = {"size": 4, "pager": "tailwind"}
    again = replace(_FEW[4], title="Siaga Kabut Asap, Warga Kelurahan Diimbau Memakai Masker")
    yield Course(
        "nights: a title is corrected, and the slug with it",
        _over(lambda n, now: _scene(tuple(again if n > 1 and p is _FEW[4] else p for p in _FEW), now)),
    )
    yield Course(
        "nights: fewer posts a page",
        _over(lambda n, now: _scene(_FEW, now, **(short_list if n > 1 else {"size": 12}))),
    )
    slugs = {
        "url": lambda p: f"/berita/{p.number}/{p.slug}",
        "card": lambda p: _card(p, day_of(p.when), f"/berita/{p.number}/{p.slug}"),
    }
    yield Course(
        "nights: a number comes before the slug",
        _over(lambda n, now: _scene(_FEW, now, **(slugs if n > 1 else {}))),
    )
    html_end = {
        "url": lambda p: f"/berita/{p.slug}.html",
        "card": lambda p: _card(p, day_of(p.when), f"/berita/{p.slug}.html"),
    }
    yield Course(
        "nights: .html comes behind the slug",
        _over(lambda n, now: _scene(_FEW, now, **(html_end if n > 1 else {}))),
    )
    tokens = [
        {
            "card": lambda p, n=n: _card(
                p, day_of(p.when), f"{slug_of(p)}?PHPSESSID=a{n}f7{n * 37 % 91}c0de{n}"
            ),
        }
        for n in range(5)
    ]
    yield Course("nights: another session in each link", _over(lambda n, now: _scene(_FEW, now, **tokens[n])))
    other = {"head": lambda p: f'<link rel="canonical" href="{BASE}{slug_of(p)}">', "home": None}
    yield Course(
        "nights: home links numbers, the article its slug",
        _over(lambda _, now: _numbered(_scene(_FEW, now, **other))),
    )


def _numbered(scene: Scene) -> Scene:
    """Home links /node/N, which is the article under its alias."""
    home = "<h2>Terkini</h2>" + "".join(
        _card(p, day_of(p.when), f"/node/{p.number}") for p in scene.posts[:6]
    )
    by = {f"{BASE}/node/{p.number}": f"{BASE}{slug_of(p)}" for p in scene.posts}
    return replace(scene, home=home, extra=lambda url: scene.respond(by[url]) if url in by else None)


def _always(reply: Reply, _: str) -> Reply:
    return reply


def _out(reply: Reply, night: int, now: datetime) -> Scene:
    """The third night's answer to everything."""
    scene = _scene(_FEW, now)
    return replace(scene, extra=partial(_always, reply), reached=(), posts=()) if night == 2 else scene


def _troubles() -> Iterator[Course]:
    wall = Reply(
        "<html><title>Just a moment...</title><body>Checking your browser before accessing the site. Enable JavaScript and cookies.</body></html>",
        status=503,
    )
    work = Reply(
        "<html><body><h1>Situs sedang dalam perbaikan</h1><p>Kembali 30 November 2026</p></body></html>"
    )
    blank = Reply("<html><head><title>Kelurahan Anggrek</title></head><body></body></html>")
    for name, reply in (("a wall", wall), ("maintenance with 200", work), ("a blank page", blank)):
        yield Course(
            f"nights: {name} for a night",
            _over(partial(_out, reply)),
        )
    www = f"https://www.{BASE.removeprefix('https://')}"

    def moved(scene: Scene) -> Scene:
        def door(url: str) -> Reply | None:
            if url.startswith(BASE):
                return Reply(status=301, to=www + url.removeprefix(BASE))
            return scene.respond(BASE + url.removeprefix(www)) if url.startswith(www) else None

        return replace(scene, extra=door)

    yield Course(
        "nights: the site moves to www",
        _over(lambda n, now: moved(_scene(_FEW, now)) if n > 1 else _scene(_FEW, now)),
    )
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'

    def fed(now: datetime) -> Scene:
        scene = _scene(_FEW, now, every=link, card=lambda p: _card(p, "", slug_of(p)))
        items = "".join(
            f"<item><title>{p.title}</title><link>{BASE}{slug_of(p)}</link><pubDate>{now:%a, %d %b %Y} 03:00:0{n % 7} +0800</pubDate></item>"
            for n, p in enumerate(scene.posts[:10])
        )
        return replace(
            scene,
            extra=lambda url: (
                Reply(
                    f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{items}</channel></rss>',
                    "application/xml",
                )
                if url.endswith("/feed.xml")
                else None
            ),
        )

    yield Course("nights: a feed built anew each night, list without days", _over(lambda _, now: fed(now)))
    spam = tuple(
        replace(
            p,
            number=p.number + 2000,
            title=f"Slot Gacor Maxwin {n} Deposit Dana",
            when=NOW - timedelta(days=5, hours=n),
        )
        for n, p in enumerate(_FEW[:5])
    )
    yield Course(
        "nights: bets for a night, then mended",
        _over(
            lambda n, now: replace(
                _scene(
                    tuple(sorted((*_FEW, *spam), key=lambda p: p.when, reverse=True)) if n == 3 else _FEW, now
                ),
                reached=tuple(p for p in _FEW if p.when <= now),
            )
        ),
        maybe=(FlagKind.DELETED, FlagKind.SPAM),
    )
    quiet = publish(20, newest=NOW - timedelta(days=40))
    yield Course("nights: a quiet office", _over(lambda _, now: _scene(quiet, now, beside=1)))


def courses() -> Iterator[Course]:
    """All of them."""
    for several in (_living, _redesigns, _troubles):
        yield from several()
