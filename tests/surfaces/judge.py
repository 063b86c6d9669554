"""A first visit to a surface held against what the office published."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from activity.post import Post as Found
from tests.awkward.judge import plain, tell_witness
from tests.surfaces.post import SINCE, ZONE, Post
from tests.surfaces.surface import Surface, look

__all__ = ["Verdict", "judge"]


@dataclass
class Verdict:
    """What a visit came to, in words that a person can check."""

    surface: str
    wanted: int = 0
    found: int = 0
    right: int = 0
    requests: int = 0
    claimed: bool = False
    missed: list[str] = field(default_factory=list)
    wrong_day: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    false_claim: str = ""
    not_claimed: bool = False

    @property
    def failures(self) -> dict[str, object]:
        """What is not as it should be, by kind."""
        named: dict[str, object] = {
            "false claim": self.false_claim,
            "wrong day": self.wrong_day,
            "missed": self.missed,
            "undated": self.undated,
            "titles": self.titles,
            "strangers": self.strangers,
            "twice": self.twice,
            "not claimed": self.not_claimed,
        }
        return {name: what for name, what in named.items() if what}


def judge(surface: Surface) -> Verdict:
    """Visit a surface for the first time, and compare."""
    harvest, asked = look(surface)
    verdict = Verdict(surface.name, requests=len(asked))
    by_address = {surface.url(post): post for post in surface.posts}
    met: dict[int, Found] = {}
    counts: Counter[int] = Counter()
    for found in harvest.posts:
        parts = urlsplit(found.url)
        post = by_address.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        post = post or next((p for p in surface.posts if plain(p.title) == plain(found.title)), None)
        if post is None:
            verdict.strangers.append(f"{found.title!r} {found.url}")
            continue
        counts[post.number] += 1
        met[post.number] = found
    wanted = [post for post in surface.reached if post.when >= SINCE]
    verdict.wanted = len(wanted)
    verdict.found = sum(post.number in met for post in wanted)
    verdict.missed = [f"{post.title!r} {post.when:%Y-%m-%d}" for post in wanted if post.number not in met]
    verdict.twice = [str(number) for number, count in counts.items() if count > 1]
    for post in surface.posts:
        if post.number in met:
            _compare(surface, verdict, post, met[post.number])
    since = harvest.complete_since
    verdict.claimed = since is not None and harvest.outcome.saw
    if since is not None and verdict.claimed:
        left = [p for p in surface.posts if p.when >= max(since, SINCE) and p.number not in met]
        verdict.false_claim = f"since {since:%Y-%m-%d} without {len(left)}" if left else ""
    verdict.not_claimed = surface.complete and not (since is not None and since <= SINCE)
    return verdict


def _compare(surface: Surface, verdict: Verdict, post: Post, found: Found) -> None:
    named = found.date is not None and found.date.precision.names_a_day
    day = f"{found.date.at.astimezone(ZONE):%Y-%m-%d}" if found.date is not None and named else None
    true = f"{post.when:%Y-%m-%d}"
    if day is None:
        if surface.dated and post.when >= SINCE:
            verdict.undated.append(f"{post.title!r} {true}")
    elif day != true:
        verdict.wrong_day.append(f"{post.title!r} {true}, read as {day} from {tell_witness(found)}")
    elif post.when >= SINCE:
        verdict.right += 1
    if plain(found.title) != plain(post.title):
        verdict.titles.append(f"{post.title!r}, read as {found.title!r}")
