"""What people captured, from the command line: a morning over several profiles, and the report."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from testkit.captures import lines, picture, table, video, wrap
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 2, 2, 23, 30, tzinfo=ZONE)
SEEN = NOW - timedelta(hours=9)
REGISTRY = """slug,name,level,website,instagram,tiktok
dinkes,Dinas Kesehatan,skpd,,dinkes,@Dinkes
dishub,Dinas Perhubungan,skpd,,dishub,https://www.tiktok.com/@dishub
disdik,Dinas Pendidikan,skpd,,,@disdik
bkd,BKD,skpd,,,-
"""


@pytest.fixture
def office(denyut):
    for name in ("DENYUT_INSTAGRAM_TOKEN", "DENYUT_FACEBOOK_TOKEN", "DENYUT_INSTAGRAM_USER_ID"):
        denyut.settings.pop(name, None)
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("daftar.csv", REGISTRY))
    return denyut


def profile(owner, count, *, nav, begin=0, seen=SEEN):
    """A profile scrolled through, the newest first."""
    moments = [NOW - timedelta(days=2 * n + 1, minutes=begin) for n in range(count)]
    return [
        wrap(video(begin + n, at, author=owner), page=owner, at=seen, nav=nav) for n, at in enumerate(moments)
    ]


def test_a_morning_over_several_profiles_becomes_a_ranking(office, complaint):
    morning = lines(
        *profile("dinkes", 20, nav="1:1:0"),
        *profile("dishub", 18, nav="1:1:1", begin=100),
        *profile("warga.biasa", 3, nav="1:1:2", begin=200),
    )
    path = office.write("zeeschuimer-export-tiktok.com.ndjson", morning)
    assert "does not tell for certain whose export it is" in complaint(office.run("import", path), 2)
    accounts = ("--account", "dinkes", "--account", "dishub")
    tried = office.json("import", path, *accounts, "--dry-run", "--json")
    told = [(each["account"], each["posts"], each["new"]) for each in tried]
    assert told == [("dinkes", 20, 20), ("dishub", 18, 18)]
    assert {each["format"] for each in tried} == {"Zeeschuimer capture"}
    assert tried[0]["left_out"] == {"posts of other accounts": 3}
    said = office.done("import", path, *accounts)
    assert "tiktok of dinkes: 20 posts, 20 new" in said
    assert "Known without a gap from 2025-12-25" in said
    assert [each["new"] for each in office.json("import", path, *accounts, "--json")] == [0, 0]
    assert office.dump()["post"]
    office.done("report", "2026-S1", "--out", "laporan")
    text = (office.folder / "laporan" / "ranking.csv").read_text(encoding="utf-8")
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(text)) if row["channel"] == "tiktok"}
    assert {rows["dinkes"]["place"], rows["dishub"]["place"]} <= {"1", "2"}
    assert (rows["disdik"]["reason"], rows["disdik"]["score"], rows["disdik"]["posts"]) == ("no file", "", "")
    assert rows["bkd"]["reason"] == "no account"
    page = (office.folder / "laporan" / "report.html").read_text(encoding="utf-8")
    assert 'href="https://www.tiktok.com/@dinkes"' in page
    assert "belum ada berkas yang diserahkan" in page
    assert "no file was handed in" in page


def test_tiktok_is_never_crawled(office, complaint):
    assert "never crawled" in complaint(office.run("crawl", "--channel", "tiktok"), 2)
    assert "never crawled" in complaint(office.run("probe", "@dinkes", "--channel", "tiktok"), 2)
    night = office.json("crawl", "--json")
    assert "tiktok" not in night["outcomes"]
    assert "tiktok key" not in office.run("doctor").stdout
    with_run = office.dump()["run"]
    assert [run["status"] for run in with_run] == ["finished"]


def test_a_link_by_hand_is_the_same_post_as_in_a_capture(office):
    at = NOW - timedelta(days=3)
    link = f"https://www.tiktok.com/@dinkes/video/{video(4, at)['id']}?lang=id-ID"
    office.done("post", "add", "--account", "dinkes", "--date", f"{at:%Y-%m-%d}", "--link", link)
    capture = lines(wrap(video(4, at)), wrap(video(5, at - timedelta(days=1))))
    office.done("import", office.write("tangkapan", capture), "--account", "dinkes")
    posts = [json.loads(line) for line in office.done("posts", "--jsonl").splitlines()]
    assert len(posts) == 2
    assert {post["precision"] for post in posts} == {"second"}


def test_instagram_by_4cats_table(office):
    moments = [NOW - timedelta(days=2 * n + 1) for n in range(9)]
    rows = []
    for number, at in enumerate(moments):
        code = picture(number, at)["code"]
        url = f"https://www.instagram.com/p/{code}"
        rows.append([code, code, "dinkes", "Rapat", f"{at:%Y-%m-%d %H:%M:%S}", url, "5", "1"])
    content = table("id,thread_id,author,body,timestamp,url,num_likes,num_comments", *rows)
    path = office.write("4cat.csv", content)
    told = office.json("import", path, "--account", "dinkes", "--json")[0]
    assert (told["format"], told["channel"], told["posts"]) == ("4CAT table", "instagram", 9)
    assert told["complete_since"] is None
    since = f"{NOW - timedelta(days=14):%Y-%m-%d}"
    stated = office.json("import", path, "--account", "dinkes", "--since", since, "--json")[0]
    assert stated["complete_since"] is not None
    assert stated["left_out"] == {"posts from before --since": 2}
