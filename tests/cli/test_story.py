from datetime import UTC, datetime

from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, Precision
from activity.visit import Harvest, Memory, Note, Proof
from cli.story import tell_visit
from testkit.zone import MAKASSAR as ZONE

SITE = "https://contoh.go.id/"


def evidence(day, kind, raw):
    at = datetime(2026, 3, day, 6, 30, tzinfo=UTC)
    return DateEvidence(kind, "pubDate", raw, at, Precision.MINUTE, f"{SITE}feed")


def test_the_whole_story_of_a_visit():
    witnesses = (evidence(1, EvidenceKind.FEED, "satu"), evidence(4, EvidenceKind.META, "empat"))
    posts = (
        Post(
            "/a", f"{SITE}a", "Rapat", PostDate(witnesses[0].at, Precision.MINUTE, witnesses, contested=True)
        ),
        Post("/b", f"{SITE}b", "Lomba"),
        Post("/c", f"{SITE}c", "Bakti", PostDate(witnesses[0].at, Precision.WEEK, witnesses[:1])),
    )
    harvest = Harvest(
        Outcome.OK,
        posts,
        Memory(
            f"{SITE}feed",
            "feed",
            facts={"version": 2, "lesson": {"day_first": False, "clocks": ["1 Mei 1999"], "shift": -60}},
        ),
        endpoint=f"{SITE}feed",
        complete_since=datetime(2025, 12, 31, 16, tzinfo=UTC),
        proof=Proof.ENDED,
        left_out=1,
        notes=(
            Note("home", f"{SITE} -> 200, 10 bytes"),
            Note("endpoint", "feed: it lists posts"),
            Note("left out", f"{SITE}tag/x: its address is not a post's"),
        ),
    )
    story = "\n".join(tell_visit(harvest, posts, ZONE))
    for told in (
        "  1. home: https://contoh.go.id/ -> 200",
        "endpoint: feed: it lists posts",
        "without a gap back to 2026-01-01 00:00: the list was read to its end",
        "writes mm/dd",
        "'1 Mei 1999'",
        "-60 minutes",
        "2026-03-01 14:30   Rapat",
        "by feed pubDate 'satu'",
        "differs: meta pubDate 'empat'",
        "contested",
        "no date            Lomba",
        "2026-03-01 (week)",
        "What was left out: 1\n  https://contoh.go.id/tag/x: its address",
    ):
        assert told in story


def test_a_visit_that_found_nothing():
    harvest = Harvest(Outcome.UNREACHABLE, detail="name does not resolve")
    story = "\n".join(tell_visit(harvest, (), ZONE))
    assert "unreachable: name does not resolve" in story
    assert "not known" in story
