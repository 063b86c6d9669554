"""The main job over a sample city's semester, held against the city's own truth."""

import gzip
import json
import shutil
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from activity.agency import Channel, Participation
from activity.flag import FlagKind
from activity.semester import Semester
from cli.demo import demo_settings, plan_nights, play
from desk.night.plan import is_thorough
from samplecity.city import City
from samplecity.server import CityServer
from samplecity.truth import CheatKind
from testkit.counted import read_counted_again
from testkit.english import find_english

_ROOT = Path(__file__).parents[2]
_SEMESTER = Semester(2026, 1)
_LAST = _SEMESTER.days()[-1]

_FLAG_OF = {
    CheatKind.BACK_DATED: FlagKind.BACK_DATED,
    CheatKind.FLOOD: FlagKind.BURST,
    CheatKind.INJECTED: FlagKind.SPAM,
    CheatKind.COPIED: FlagKind.COPIED,
    CheatKind.DELETED: FlagKind.DELETED,
    CheatKind.GREETING: FlagKind.GREETING,
    CheatKind.REDATED: FlagKind.REDATED,
}

_UNCHANGED = """
SELECT agency.slug, account.id FROM snapshot
JOIN account ON account.id = snapshot.account_id JOIN agency ON agency.id = account.agency_id
WHERE snapshot.outcome = 'unchanged' AND snapshot.run_id = (SELECT max(id) FROM run)
"""


@pytest.fixture(scope="module")
def denyut(warm_python):
    """Runs a command with settings of its own."""

    def run(settings, *arguments):
        return warm_python.run([sys.executable, "-m", "cli", *arguments], env=settings, cwd=_ROOT)

    return run


@pytest.fixture(scope="module")
def judged(tmp_path_factory, warm_python, denyut):
    """A semester lived through: the city's truth, and what Denyut says of it."""

    def answer(settings, *arguments):
        done = denyut(settings, *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    folder = tmp_path_factory.mktemp("city")
    city = City.build(seed=1, semester=str(_SEMESTER))
    nights = plan_nights(_SEMESTER, 15)
    with CityServer(city, datetime.combine(nights[0], time(23, 30), city.zone)) as server:
        settings = demo_settings(server, folder / "denyut.db")
        with patch("cli.demo.subprocess.run", warm_python.run):
            play(server, folder, settings, nights)
        truth = server.truth(as_of=_LAST, since=_SEMESTER.first_day)
        settings["DENYUT_NOW"] = datetime.combine(_LAST, time(23, 30), city.zone).isoformat()
        ranking = answer(settings, "rank", str(_SEMESTER), "--json")
        flags = answer(settings, "flags", str(_SEMESTER), "--json")["flags"]
        # The morning after nothing was published; whose turn it is to be read thoroughly is left aside.
        settings["DENYUT_NOW"] = datetime.combine(_SEMESTER.end_day, time(13), city.zone).isoformat()
        denyut(settings, "crawl", "--json")
        server.clear_requests()
        again = answer(settings, "crawl", "--json", "--channel", "website")
        asked = {slug: len(server.requests(slug)) for slug in server.hosts}
        unchanged = answer(settings, "sql", _UNCHANGED, "--json")
    query = "SELECT agency, channel, key, url, day, deleted_at FROM posts"
    posts = answer(settings, "sql", query, "--json")
    settings["DENYUT_NOW"] = datetime.combine(_LAST, time(23, 30), city.zone).isoformat()
    standings = {
        (s["agency"], Channel(s["channel"])): s for c in ranking["categories"] for s in c["standings"]
    }
    return {
        "truth": truth,
        "posts": posts,
        "standings": standings,
        "flags": flags,
        "again": again,
        "asked": asked,
        "unchanged": [
            row["slug"] for row in unchanged if not is_thorough(row["id"], _SEMESTER.end_day, nights[0])
        ],
        "settings": settings,
        "folder": folder,
    }


def _assessable(truth):
    return [a for a in truth.accounts if not a.reason]


def _key(flag, post):
    """The city's key of a flagged post."""
    return f"/{post['url'].split('/', 3)[3]}" if flag["channel"] == Channel.WEBSITE else post["key"]


def _treated(account, flags):
    """An account with its posts as the default rubric treats those flagged."""
    mine = [f for f in flags if (f["agency"], f["channel"]) == (account.agency, account.channel)]
    named = {_key(flag, post): (flag["treatment"], post) for flag in mine for post in flag["posts"]}
    posts = []
    for post in account.posts:
        treatment, seen = named.get(post.key, ("count", None))
        if treatment == "count":
            posts.append(post)
        elif treatment == "first seen":
            posts.append(replace(post, day=date.fromisoformat(seen["first_seen"])))
    return replace(account, posts=tuple(posts))


def test_every_post_is_found_on_its_day_and_no_other(judged):
    found: dict[tuple[str, Channel], dict[str, str]] = {}
    for row in judged["posts"]:
        if row["day"] and row["day"] >= _SEMESTER.first_day.isoformat():
            channel = Channel(row["channel"])
            key = row["url"].split("/", 3)[3] if channel is Channel.WEBSITE else row["key"]
            found.setdefault((row["agency"], channel), {})[key] = row["day"]
    for account in _assessable(judged["truth"]):
        expected = {post.key.removeprefix("/"): post.day.isoformat() for post in account.posts}
        assert found.get((account.agency, account.channel), {}) == expected, account.agency


def test_statuses_and_last_posts_are_the_citys(judged):
    for account in judged["truth"].accounts:
        standing = judged["standings"][account.agency, account.channel]
        assert standing["status"] == account.status, (account.agency, account.channel, standing)
        if not account.reason:
            counted = [post.day for post in _treated(account, judged["flags"]).posts]
            last = max(counted, default=account.last_post)
            assert standing["last_post"] == last.isoformat(), (account.agency, account.channel)


def test_scores_and_places_follow_from_the_truth(judged, reference_score):
    before = City.build(seed=1, semester=str(_SEMESTER)).truth(
        as_of=_SEMESTER.first_day - timedelta(days=1), since=_SEMESTER.previous.first_day
    )
    categories: dict[tuple[Channel, str], list[tuple[str, float]]] = {}
    for account in _assessable(judged["truth"]):
        previous = before.account(account.agency, account.channel).last_post
        expected = reference_score(_treated(account, judged["flags"]), previous or date.min)
        standing = judged["standings"][account.agency, account.channel]
        assert standing["score"] == pytest.approx(expected, abs=0.01), (account.agency, account.channel)
        if account.participation is Participation.PESERTA and account.status != "vakum":
            category = categories.setdefault((account.channel, account.level), [])
            category.append((account.agency, round(expected, 6)))
    for (channel, _), entries in categories.items():
        for agency, score in entries:
            place = 1 + sum(other > score for _, other in entries)
            assert judged["standings"][agency, channel]["place"] == place, (agency, channel)


def test_each_cheat_is_flagged_and_nobody_honest(judged):
    cheats = {(c.agency, c.channel, _FLAG_OF[c.kind]): set(c.keys) for c in judged["truth"].cheats}
    flagged: dict[tuple[str, Channel, FlagKind], set[str]] = {}
    for flag in judged["flags"]:
        named = flagged.setdefault((flag["agency"], Channel(flag["channel"]), FlagKind(flag["kind"])), set())
        named.update(_key(flag, post) for post in flag["posts"])
        assert flag["evidence"], flag
    assert flagged.keys() == cheats.keys()
    for place, keys in flagged.items():
        assert keys <= cheats[place], place
        # Crawled every fifteenth night, not everything can be proven; a copy without a caption never.
        assert len(keys) >= 0.7 * len(cheats[place]) or place[2] == FlagKind.SPAM, place


def test_flags_stand_beside_the_places(judged, denyut):
    told = [f for s in judged["standings"].values() for f in s["flags"]]
    assert len(told) == len(judged["flags"])
    held = {f["agency"] for f in judged["flags"] if f["treatment"] == "hold"}
    assert {agency for (agency, _), s in judged["standings"].items() if s["held"]} == held
    done = denyut(judged["settings"], "flags", str(_SEMESTER), "--kind", "deleted", "--agency", "dinkes")
    assert "0 flags on 0 accounts." in done.stdout


def test_the_flood_does_not_win(judged):
    flooder = next(c for c in judged["truth"].cheats if c.kind is CheatKind.FLOOD)
    assert judged["standings"][flooder.agency, flooder.channel]["place"] > 3


def test_the_office_that_was_down_loses_nothing(judged):
    down = next(a for a in _assessable(judged["truth"]) if a.outages)
    standing = judged["standings"][down.agency, down.channel]
    assert standing["coverage"]["share"] == 1
    assert standing["posts"] == len(down.posts)


def test_the_dead_are_vacuum_since_the_day_after_their_last_post(judged):
    dead = [a for a in _assessable(judged["truth"]) if a.status == "vakum"]
    assert dead
    for account in dead:
        standing = judged["standings"][account.agency, account.channel]
        assert standing["silent_since"] == (account.last_post + timedelta(days=1)).isoformat()
        assert standing["place"] is None


def test_who_cannot_be_read_is_not_assessed_and_has_no_score(judged):
    hidden = [a for a in judged["truth"].accounts if a.reason]
    assert hidden
    for account in hidden:
        standing = judged["standings"][account.agency, account.channel]
        assert (standing["status"], standing["score"], standing["place"]) == ("tidak dinilai", None, None)


def test_a_second_crawl_adds_nothing_and_asks_little(judged):
    assert judged["again"]["posts_new"] == 0
    assert judged["unchanged"]
    assert {slug: judged["asked"][slug] for slug in judged["unchanged"] if judged["asked"][slug] > 2} == {}


def test_no_token_is_left_anywhere(judged):
    secrets = [judged["settings"][f"DENYUT_{name}_TOKEN"] for name in ("INSTAGRAM", "FACEBOOK")]
    for path in judged["folder"].rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            assert not [secret for secret in secrets if secret.encode() in content], path


def test_each_counted_post_of_a_sealed_semester_is_read_again_from_its_record(judged, denyut, tmp_path):
    for path in judged["folder"].glob("denyut.db*"):
        shutil.copy(path, tmp_path)
    database = f"sqlite:///{tmp_path / 'denyut.db'}"
    settings = {**judged["settings"], "DENYUT_DATABASE": database}
    done = denyut(settings, "seal", str(_SEMESTER), "--who", "Ketua", "--early", "--reason", "uji")
    assert done.returncode == 0, done.stderr
    folder, zone = judged["folder"] / "denyut-evidence", City.build(seed=1).zone
    stored, again = read_counted_again(database, folder, _SEMESTER.first_day, _LAST, zone)
    assert len(stored) > 4000
    assert again == stored


def test_the_report_is_written_whole(judged, denyut):
    settings = judged["settings"] | {"DENYUT_LANG": "id"}
    done = denyut(settings, "report", str(_SEMESTER), "--out", str(judged["folder"] / "report"))
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (judged["folder"] / "report").iterdir()}
    assert {"report.html", "report.xlsx", "ranking.csv", "shortlist.csv", "vacuum.csv"} <= written
    page = (judged["folder"] / "report" / "report.html").read_text(encoding="utf-8")
    assert "<script src" not in page
    assert "Dinas Kesehatan" in page
    assert find_english(page.encode()) == set()


def test_settings_of_another_zone_are_refused_rather_than_mixed(judged, denyut):
    done = denyut({**judged["settings"], "DENYUT_TIMEZONE": "Asia/Jakarta"}, "rank", str(_SEMESTER))
    assert done.returncode == 2
    assert "Asia/Makassar" in done.stderr
    assert "Traceback" not in done.stderr
