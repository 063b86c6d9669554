"""`denyut explain` for two offices: one that lost with a night nobody saw, and the one above it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from activity.agency import Agency, Channel, RegistryEntry
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Budget, Harvest, Proof, Window
from db.nightly.run import begin_run, finish_run
from db.nightly.store import save_harvest
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.opening import open_database
from testkit.zone import MAKASSAR as ZONE

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
STEP = {"rajin": 3, "santai": 14}
UNSEEN = date(2026, 3, 3)
SITE = ("--semester", "2026-S1", "--channel", "website")


def dated(day, key, claimed=None):
    at = datetime.combine(claimed or day, time(9), ZONE).astimezone(UTC)
    witness = DateEvidence(
        EvidenceKind.FEED, "pubDate", at.isoformat(), at, Precision.MINUTE, "https://x/feed"
    )
    return Post(key, f"https://x/{key}", f"Kabar {key}", PostDate(at, Precision.MINUTE, (witness,)))


def crawl(engine, night):
    """One night: every list shows all posts so far; one night the careless office's server is down."""
    now = datetime.combine(night, time(20), ZONE)
    run = begin_run(engine, night, now)
    window = Window(datetime.combine(FIRST, time(), ZONE).astimezone(UTC), now.astimezone(UTC))
    for target in load_targets(engine, Channel.WEBSITE, run, window, ZONE, budget=Budget()):
        slug = target.account.agency
        count = (night - FIRST).days + 1
        posts = tuple(dated(FIRST + timedelta(n), f"{slug}-{n}") for n in range(0, count, STEP[slug]))
        harvest = Harvest(Outcome.OK, posts=posts, complete_since=window.since, proof=Proof.OLDER_MET)
        if slug == "santai" and night == UNSEEN:
            harvest = Harvest(Outcome.UNREACHABLE, detail="timed out")
        save_harvest(engine, run, target, harvest)
    finish_run(engine, run, now, {})


@pytest.fixture(scope="module")
def machine(make_denyut, tmp_path_factory):
    machine = make_denyut(tmp_path_factory.mktemp("explained"))
    engine = open_database(f"sqlite:///{machine.database}", create=True)
    entries = [
        RegistryEntry(Agency(slug, slug.title(), "skpd"), {Channel.WEBSITE: f"https://{slug}.id/"})
        for slug in STEP
    ]
    save_registry(engine, entries, datetime.combine(FIRST, time(12), ZONE), timezone=ZONE.key)
    for night in (FIRST, UNSEEN - timedelta(1), UNSEEN, LAST):
        crawl(engine, night)
    engine.dispose()
    machine.settings |= {"DENYUT_TIMEZONE": ZONE.key, "DENYUT_NOW": "2026-07-01T20:00"}
    return machine


def test_a_score_comes_apart_down_to_posts_and_nights(machine):
    found = machine.json("explain", "santai", *SITE, "--json")
    (told,) = found["explanations"]
    assert (told["channel"], told["place"], told["posts"]) == ("website", 2, 13)
    gained = sum(metric["points"] * metric["weight"] / 100 for metric in told["metrics"])
    assert gained == pytest.approx(told["score"])
    assert len(told["post_list"]) == 13
    assert told["post_list"][0]["day"] == "2026-01-01"
    assert told["post_list"][0]["witness"].startswith("feed pubDate")
    assert sum(span["count"] for span in told["nights"]) == 181
    assert told["nights"][-1] == {
        "state": "seen", "from": "2026-06-30", "to": "2026-06-30", "count": 1, "looks": "1 × ok",
    }  # fmt: skip
    failed = next(span for span in told["nights"] if span["from"] <= UNSEEN.isoformat() <= span["to"])
    assert "1 × unreachable (timed out)" in failed["looks"]


def test_what_would_have_brought_it_one_place_higher(machine):
    (told,) = machine.json("explain", "santai", *SITE, "--json")["explanations"]
    way = told["one_place_higher"]
    assert way["rival"] == "rajin"
    assert way["posts_needed"] == len(way["days"]) > 0
    assert way["would_score"] > way["score"]
    (first,) = machine.json("explain", "rajin", *SITE, "--json")["explanations"]
    assert first["one_place_higher"] is None


def test_the_same_for_people(machine):
    lines = machine.done("explain", "santai", *SITE, "--all").splitlines()
    assert lines[0].startswith("Santai · website · skpd · 2026-S1 as of 2026-06-30")
    assert any(line.startswith("One place higher stands Rajin") for line in lines)
    assert any("would have passed it" in line for line in lines)


def test_an_earlier_day_knows_only_its_own_posts(machine):
    (told,) = machine.json("explain", "santai", *SITE, "--as-of", "2026-03-31", "--json")["explanations"]
    days = [post["day"] for post in told["post_list"]]
    assert len(days) == told["posts"]
    assert max(days) <= "2026-03-31"
    assert [post["counts_on"] for post in told["post_list"]] == days


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody", "--semester", "2026-S1"], "no agency is called 'nobody'"),
        (["santai", "--semester", "2026-S1", "--channel", "facebook"], None),
        (["santai", "--semester", "2031-S1"], "has not begun"),
    ],
)
def test_bad_input_is_one_line(machine, arguments, said):
    done = machine.run("explain", *arguments)
    if said is None:
        assert "no account" in done.stdout
        return
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
