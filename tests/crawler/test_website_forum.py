"""A site whose home page shows its parts with the day of the last reply in each, and lists as a forum has."""

from datetime import datetime, timedelta

import pytest

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import Page, Target, Window
from crawler.visits.site.website import visit
from samplecity.almanac import MONTHS
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 6, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
PARTS = {"berita": "Berita", "kegiatan": "Kegiatan", "pengumuman": "Pengumuman"}
OPENINGS = {
    "berita": "Lurah tinjau taman",
    "kegiatan": "Kerja bakti warga",
    "pengumuman": "Undangan rapat warga",
}
COUNT = 16


def day(at):
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H.%M}"


def topics(part):
    """Path, title, and the moments of the topic and of its last reply, by the latter."""
    found = []
    for n in range(COUNT):
        at = NOW - timedelta(days=4 + 13 * n + len(part))
        title = f"{OPENINGS[part]} di RW {n}"
        path = f"/forum/{part}/topic/{title.lower().replace(' ', '-')}-{100 + n}/"
        found.append((path, title, at, at + timedelta(days=n % 2 * 2)))
    return sorted(found, key=lambda topic: topic[3], reverse=True)


def page(body):
    menu = '<nav><a href="/">Beranda</a> <a href="/profil/">Profil</a></nav>'
    return f"<!doctype html><html lang=id><title>Kelurahan</title>{menu}<div class=main>{body}</div></html>"


def home(mark):
    rows = "".join(
        f'<div class="row"><div class="name"><table><tr><td><a href="/forum/{part}/">{name}</a></td></tr>'
        f'</table></div><div class="count">16</div><div class="{mark}">By: <a href="/member/1/">humas</a>'
        f' <a href="{topics(part)[0][0]}?post=9#9"><i></i></a><br>'
        f"<small>{day(topics(part)[0][3])}</small></div></div>"
        for part, name in PARTS.items()
    )
    return page(f"<h3>Forum</h3>{rows}")


def listing(part, mark):
    rows = "".join(
        f'<div class="row"><table><tr><td><i></i></td><td><a href="{path}">{title}</a>'
        f'<div class="created">By: <a href="/member/1/">humas</a> on {day(at)}</div></td></tr></table>'
        f'<div class="count">3</div><div class="{mark}">By: <a href="/member/1/">humas</a>'
        f' <a href="{path}?post=9#9"><i></i></a><br><small>{day(last)}</small></div></div>'
        for path, title, at, last in topics(part)
    )
    return page(f"<h1>{PARTS[part]}</h1>{rows}")


def article(title, at):
    text = "<p>Warga kelurahan membersihkan drainase sejak pagi bersama perangkat kantor.</p>" * 4
    return page(f'<h1>{title}</h1><div class="meta">By: humas on {day(at)}</div>{text}')


@pytest.mark.parametrize("mark", ["topic-last-post", "lastpost threadlastpost", "col last_activity"])
def test_parts_are_no_posts_and_a_topics_day_is_not_that_of_its_last_reply(mark):
    pages = {"/": home(mark), **{f"/forum/{part}/": listing(part, mark) for part in PARTS}}
    pages |= {path: article(title, at) for part in PARTS for path, title, at, _ in topics(part)}

    def answer(fetch):
        body = pages.get(fetch.url.removeprefix(HOME.rstrip("/")).partition("?")[0])
        headers = {"content-type": "text/html; charset=utf-8"}
        return Page(fetch, fetch.url, 404 if body is None else 200, NOW, headers, (body or "").encode())

    target = Target(Account(1, "contoh", Channel.WEBSITE, HOME), Window(SINCE, NOW), ZONE)
    harvest, _ = drive(visit(target), answer, NOW)
    due = {path.rstrip("/"): at.date() for part in PARTS for path, _, at, _ in topics(part) if at >= SINCE}
    found = {post.key: post.date.at.astimezone(ZONE).date() if post.date else None for post in harvest.posts}
    assert {key: at for key, at in found.items() if at is None or at >= SINCE.date()} == due
