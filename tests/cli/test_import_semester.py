"""A city without any token: its semester told by files alone, and a Facebook Page's month by every door."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from openpyxl import load_workbook

from activity.agency import Channel, Participation
from activity.semester import Semester
from samplecity.city import City
from samplecity.server import CityServer
from samplecity.truth import CheatKind
from testkit.zone import MAKASSAR

_SEMESTER = Semester(2026, 1)
_FIRST, _LAST = _SEMESTER.days()[0], _SEMESTER.days()[-1]
_NIGHTS = (date(2026, 2, 2), _LAST)
_TOKENS = ("DENYUT_INSTAGRAM_TOKEN", "DENYUT_FACEBOOK_TOKEN", "DENYUT_INSTAGRAM_USER_ID")
_SOCIAL = (Channel.INSTAGRAM, Channel.FACEBOOK)
_ZONES = (ZoneInfo("America/Los_Angeles"), MAKASSAR)
_NEVER = {
    ("dishub", Channel.INSTAGRAM),
    ("kel-cendana", Channel.INSTAGRAM),
    ("kel-sumber-rejeki", Channel.INSTAGRAM),
    ("disdag", Channel.FACEBOOK),
    ("kel-pasar-pagi", Channel.FACEBOOK),
}
_ONLY_JANUARY = {("disdik", Channel.INSTAGRAM), ("dinsos", Channel.FACEBOOK)}
_JANUARY_ENDS = date(2026, 1, 31)

_ENGLISH = {
    Channel.INSTAGRAM: "Post ID,Account ID,Account username,Description,Publish time,Permalink,Likes",
    Channel.FACEBOOK: "Post ID,Page ID,Page name,Description,Publish time,Permalink,Reactions",
}
_INDONESIAN = {
    Channel.INSTAGRAM: "ID postingan,ID akun,Nama pengguna akun,Deskripsi,Waktu penerbitan,Permalink,Suka",
    Channel.FACEBOOK: "ID postingan,ID Halaman,Nama Halaman,Deskripsi,Waktu publikasi,Tautan permanen,Reaksi",
}


def _facebook_numbers(key):
    """The post's own number and its address; a reel's key is its video's, and its post has another."""
    if key.startswith("988"):
        return f"122{key[3:]}", f"https://www.facebook.com/reel/{key}/"
    return key, f"https://www.facebook.com/77/posts/{key}"


def _business_suite(posts, channel, owner, zone, headings):
    """Posts as Meta Business Suite writes them: to the minute, in the zone of whoever exports."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings[channel].split(","))
    for post in posts:
        at = post.published.astimezone(zone).strftime("%m/%d/%Y %H:%M")
        if channel is Channel.INSTAGRAM:
            number, link = "1.80E+16", f"https://www.instagram.com/p/{post.key}/"
        else:
            number, link = _facebook_numbers(post.key)
        writer.writerow([number, "1784", owner, post.title, at, link, "5"])
    return "\ufeff" + text.getvalue()


@pytest.fixture(scope="module")
def told(make_denyut, tmp_path_factory):
    """The semester as a city without a token sees it: websites on two nights, all else from files."""
    city = City.build(seed=1, semester=str(_SEMESTER))
    denyut = make_denyut(tmp_path_factory.mktemp("untokened"))
    with CityServer(city, datetime.combine(_NIGHTS[0], time(23, 30), city.zone)) as server:
        denyut.settings["DENYUT_GRAPH_URL"] = server.graph_url
        for name in _TOKENS:
            denyut.settings.pop(name)
        denyut.done("init")
        for night in _NIGHTS:
            server.set_now(datetime.combine(night, time(23, 30), city.zone))
            denyut.settings["DENYUT_NOW"] = server.now().isoformat()
            denyut.done("agencies", "import", denyut.write("registry.csv", server.registry_csv()))
            denyut.done("crawl", "--json")
        assert not server.requests("graph")
    truth = city.truth(as_of=_LAST, since=_FIRST)
    _hand_in(denyut, truth)
    rubric = denyut.write("rubric.toml", _count_flagged(denyut.done("rubric", "show")))
    denyut.settings["DENYUT_RUBRIC"] = rubric
    ranking = denyut.json("rank", str(_SEMESTER), "--json")
    standings = {
        (s["agency"], Channel(s["channel"])): s for c in ranking["categories"] for s in c["standings"]
    }
    return denyut, truth, standings


def _count_flagged(rubric):
    """The same rubric, by which flagged posts count: here what was handed in is held against the truth."""
    return re.sub(r'^([a-z-]+) = "(first seen|hold)"', r'\1 = "count"', rubric, flags=re.MULTILINE)


def _hand_in(denyut, truth):
    handles = {
        (row["slug"], c): row[c.value] for row in denyut.json("agencies", "list", "--json") for c in _SOCIAL
    }
    commands = []
    accounts = [a for a in truth.accounts if a.channel in _SOCIAL and a.reason != "no account"]
    for number, account in enumerate(accounts):
        who = account.agency, account.channel
        if who in _NEVER:
            continue
        until = _JANUARY_ENDS if who in _ONLY_JANUARY else _LAST
        zone, headings = _ZONES[number // 2 % 2], (_ENGLISH, _INDONESIAN)[number // 4 % 2]
        posts = [post for post in account.posts if post.day <= until]
        content = _business_suite(posts, account.channel, handles[who], zone, headings)
        path = denyut.write(f"{account.agency}-{account.channel.value}.csv", content)
        options = ["--account", account.agency, "--channel", account.channel.value]
        if account.channel is Channel.FACEBOOK:
            options += ["--timezone", zone.key]
        commands.append(["import", path, *options, "--since", "2026-01-01", "--until", str(until)])
    denyut.done_all(commands)


def _handed_in(truth):
    """Accounts whose whole semester is known from files; an office reads its Page without our permission."""
    return [
        account
        for account in truth.accounts
        if account.channel in _SOCIAL
        and account.reason != "no account"
        and (account.agency, account.channel) not in _NEVER | _ONLY_JANUARY
    ]


def test_posts_and_statuses_of_what_was_handed_in_are_the_citys(told):
    _, truth, standings = told
    assert len(_handed_in(truth)) > 35
    for account in _handed_in(truth):
        standing = standings[account.agency, account.channel]
        assert standing["posts"] == len(account.posts), (account.agency, account.channel)
        assert standing["last_post"] == account.last_post.isoformat()
        assert standing["coverage"]["share"] == 1
        silent = (_LAST - account.last_post).days
        status = "aktif" if silent <= 30 else "kurang aktif" if silent <= 90 else "vakum"
        assert standing["status"] == status, (account.agency, account.channel)


def test_every_post_handed_in_stands_once_under_its_own_key_and_day(told):
    denyut, truth, _ = told
    rows = denyut.json("sql", "SELECT agency, channel, key, day FROM posts", "--json")
    for account in _handed_in(truth):
        who = (account.agency, account.channel.value)
        found = sorted((row["key"], row["day"]) for row in rows if (row["agency"], row["channel"]) == who)
        assert found == sorted((post.key, post.day.isoformat()) for post in account.posts), who


def test_scores_and_places_follow_from_the_truth(told, reference_score):
    _, truth, standings = told
    competing: dict[tuple[Channel, str], dict[str, float]] = {}
    for account in _handed_in(truth):
        standing = standings[account.agency, account.channel]
        # Nothing is known from before: the semester opens as if a post stood on its eve.
        expected = reference_score(account, _FIRST - timedelta(days=1))
        assert standing["score"] == pytest.approx(expected, abs=0.01), (account.agency, account.channel)
        if account.participation is Participation.PESERTA and standing["status"] != "vakum":
            competing.setdefault((account.channel, account.level), {})[account.agency] = round(expected, 6)
    assert len(competing) == 4
    for (channel, _), scores in competing.items():
        for agency, score in scores.items():
            place = 1 + sum(other > score for other in scores.values())
            assert standings[agency, channel]["place"] == place, (agency, channel)


def test_who_handed_in_nothing_or_too_little_is_not_assessed_and_the_reason_is_said(told):
    denyut, truth, standings = told
    for who in _NEVER | _ONLY_JANUARY:
        standing = standings[who]
        assert (standing["status"], standing["score"], standing["place"]) == ("tidak dinilai", None, None)
        assert standing["reason"] == ("no token" if who in _NEVER else "no import since"), who
        assert standing["known_until"] == (None if who in _NEVER else _JANUARY_ENDS.isoformat())
    assessed = {who for who, s in standings.items() if who[1] in _SOCIAL and s["status"] != "tidak dinilai"}
    assert assessed == {(account.agency, account.channel) for account in _handed_in(truth)}
    shown = denyut.done("rank", str(_SEMESTER), "--channel", "instagram")
    assert "no import since 2026-01-31" in shown
    assert "no token" in shown


def test_who_has_handed_in_a_months_files_is_told_by_command_page_workbook_and_csv(told, tmp_path):
    denyut, truth, _ = told
    months = denyut.json("months", str(_SEMESTER), "--json")["months"]
    states = {
        (line["month"], line["agency"], Channel(line["channel"])): line["handed_in"]
        for month in months
        for line in month["lines"]
    }
    asked = [a for a in truth.accounts if a.channel in _SOCIAL and a.reason != "no account"]
    for account in asked:
        who = account.agency, account.channel
        given = [states[f"2026-{month:02}", *who] for month in range(1, 7)]
        rest = "whole" if who not in _NEVER | _ONLY_JANUARY else "nothing"
        assert given == ["nothing" if who in _NEVER else "whole", *[rest] * 5], who
    assert {state for (_, _, channel), state in states.items() if channel is Channel.WEBSITE} == {None}
    (march,) = (month for month in months if month["month"] == "2026-03")
    assert march["handed_in"]["nothing"] == len(_NEVER | _ONLY_JANUARY)
    said = denyut.done("months", str(_SEMESTER), "--month", "2026-03")
    assert f"Nothing handed in for 2026-03: {len(_NEVER | _ONLY_JANUARY)} accounts." in said
    _check_every_form(denyut, tmp_path, months)


def _check_every_form(denyut, folder, months):
    """CSV, pages and workbook give every account's months as JSON gives them."""
    lines = [line for month in months for line in month["lines"]]
    rows = list(csv.DictReader(io.StringIO(denyut.done("months", str(_SEMESTER), "--csv"))))
    assert rows == [
        {name: "" if value is None else str(value) for name, value in line.items()} for line in lines
    ]
    denyut.done("site", str(_SEMESTER), "--out", str(folder / "site"))
    denyut.done("report", str(_SEMESTER), "--out", str(folder), DENYUT_LANG="id")
    sheet = load_workbook(folder / "report.xlsx", read_only=True)["Bulanan"]
    written = [(cells[0], cells[4], cells[8]) for cells in sheet.iter_rows(min_row=2, values_only=True)]
    assert written == [(line["month"], line["posts"], line["nights_unseen"]) for line in lines]
    pages = {}
    for line in lines:
        path = folder / "site" / "bulanan" / line["month"] / f"{line['channel']}--{line['level']}.html"
        if path not in pages:
            pages[path] = html.fromstring(path.read_text(encoding="utf-8"))
        shown = pages[path].xpath(f'//tr[@id="{line["agency"]}"]/td[1]/data/@value')
        assert shown == ([] if line["posts"] is None else [str(line["posts"])])


def test_websites_need_no_token(told):
    _, truth, standings = told
    # Between two nights half a year apart nobody saw what was taken down.
    gone = {(c.agency, c.channel): len(c.keys) for c in truth.cheats if c.kind is CheatKind.DELETED}
    for account in truth.accounts:
        if account.channel is Channel.WEBSITE:
            standing = standings[account.agency, account.channel]
            assert standing["status"] == account.status, (account.agency, standing)
            if not account.reason:
                assert (standing["posts"], standing["last_post"]) == (
                    len(account.posts) - gone.get((account.agency, account.channel), 0),
                    account.last_post.isoformat(),
                )


# One month of one Page, by each door.

_SLUG = "diskominfo"
_FOUND = "SELECT key, day FROM posts WHERE channel = 'facebook' AND day BETWEEN ? AND ? ORDER BY key"
_PERIOD = ("--since", "2026-01-01", "--until", "2026-01-31")


@pytest.fixture
def town(denyut, server, registry):
    """A machine with one office, and the posts of its January on Facebook as the city knows them."""
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", registry(_SLUG)))
    account = server.truth(since=_FIRST).account(_SLUG, Channel.FACEBOOK)
    posts = [post for post in account.posts if post.day <= _JANUARY_ENDS]
    assert len(posts) > 20
    assert len({post.key[:3] for post in posts}) == 2, "posts and reels"
    return denyut, posts


def _crawl(denyut, _):
    denyut.done("crawl", "--channel", "facebook", "--since", "2026-01-01", "--json")


def _hand_in_table(denyut, posts):
    content = _business_suite(posts, Channel.FACEBOOK, "Diskominfo", _ZONES[0], _ENGLISH)
    options = ("--account", _SLUG, "--timezone", _ZONES[0].key, *_PERIOD)
    denyut.done("import", denyut.write("konten.csv", content), *options)


def _hand_in_archive(denyut, posts):
    """Text and picture of one post are two records of one second; a reel's film is listed elsewhere again."""
    records, films = [], []
    for post in posts:
        at = int(post.published.timestamp())
        film = post.key.startswith("988")
        media = {"uri": f"{post.key}.{'mp4' if film else 'jpg'}", "creation_timestamp": at - 5}
        records.append({"timestamp": at, "data": [{"post": post.title.encode().decode("latin-1")}]})
        records.append({"timestamp": at, "attachments": [{"data": [{"media": media}]}]})
        if film:
            films.append(media | {"description": post.title})
    path = denyut.folder / "unduhan.zip"
    with zipfile.ZipFile(path, "w") as archive:
        folder = "this_profile's_activity_across_facebook/posts"
        archive.writestr(f"{folder}/profile_posts_1.json", json.dumps(records))
        archive.writestr(f"{folder}/your_videos.json", json.dumps({"videos_v2": films}))
    denyut.done("import", str(path), "--account", _SLUG, *_PERIOD)


def _hand_in_page(denyut, posts):
    edges = []
    for post in reversed(posts):
        number, link = _facebook_numbers(post.key)
        content = {"story": {"wwwURL": link, "message": {"text": post.title}}}
        context = {"story": {"creation_time": int(post.published.timestamp())}}
        sections = {"content": content, "context_layout": context}
        edges.append({"node": {"post_id": number, "comet_sections": sections}})
    data = {"data": {"user": {"timeline_list_feed_units": {"edges": edges}}}}
    (row,) = denyut.json("agencies", "list", "--json")
    head = f'<link rel="canonical" href="https://www.facebook.com/{row["facebook"]}">'
    script = f'<script type="application/json">{json.dumps(data)}</script>'
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{script}</body></html>"
    denyut.done("import", denyut.write("halaman.html", page), "--account", _SLUG, *_PERIOD)


_DOORS = {"api": _crawl, "csv": _hand_in_table, "archive": _hand_in_archive, "page": _hand_in_page}


@pytest.mark.parametrize("order", [("csv", "archive", "page", "api"), ("archive", "csv", "api", "page")])
def test_a_pages_month_by_every_door_is_the_same_posts_once(town, order):
    denyut, posts = town
    truth = sorted((post.key, post.day.isoformat()) for post in posts)
    for door in order:
        _DOORS[door](denyut, posts)
        with closing(sqlite3.connect(denyut.database)) as connection:
            found = connection.execute(_FOUND, _PERIOD[1::2]).fetchall()
        if order[0] == door == "archive":
            assert sorted(day for _, day in found) == sorted(day for _, day in truth)
        else:
            assert found == truth, door
