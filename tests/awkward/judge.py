"""A first visit held against the truth."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from activity.post import Post as Found
from activity.visit import Harvest
from tests.awkward.post import Post
from tests.awkward.site import Site
from tests.awkward.truth import days_of, expected, is_provable, is_told
from tests.awkward.visiting import first_target, look

__all__ = ["Verdict", "find_false_claim", "judge_first", "plain", "tell_witness", "told_day", "whose"]


_SHARED = re.compile(r"#kabar-(\d+)$")


class Addressed(Protocol):
    """Whatever has an address and a title."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass
class Verdict:
    """What a visit came to; lists name posts in words that a person can check."""

    seed: int
    faults: tuple[str, ...] = ()
    expected: int = 0
    found: int = 0
    right: int = 0
    readable: bool = True
    missed: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    wrong_day: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    false_claim: str = ""
    provable: bool = False
    claimed: bool = False
    requests: int = 0
    outcome: str = ""
    crash: str = ""

    @property
    def kinds_of_failure(self) -> tuple[str, ...]:
        """The failures that no site excuses, most severe first."""
        named = {
            "crash": self.crash,
            "false claim": self.false_claim,
            "wrong day": self.wrong_day,
            "twice": self.twice,
            "stranger": self.strangers,
            "missed": self.missed,
            "undated": self.undated if self.readable else [],
            "not claimed": self.provable and not self.claimed,
        }
        return tuple(name for name, failed in named.items() if failed)


def judge_first(site: Site) -> Verdict:
    """Visit a site for the first time."""
    now = site.life.nights[0]
    verdict = Verdict(site.plan.seed, site.plan.faults, readable=site.plan.readable)
    looked = look(site, first_target(site))
    wanted = expected(site, now)
    verdict.expected, verdict.requests = len(wanted), len(looked.asked)
    if looked.harvest is None:
        verdict.crash = looked.crash
        verdict.missed = [post.title for post in wanted]
        return verdict
    harvest = looked.harvest
    verdict.outcome = harvest.outcome.value
    verdict.provable = is_provable(site, now)
    since = site.life.since
    verdict.claimed = harvest.complete_since is not None and harvest.complete_since <= since
    _compare(site, verdict, harvest.posts, wanted, now)
    met = {post.number for found in harvest.posts if (post := whose(site, found, now)) is not None}
    verdict.false_claim = find_false_claim(site, harvest, met, now)
    return verdict


def whose(site: Site, found: Addressed, now: datetime) -> Post | None:
    """The true post that was found: by its address, else by its title."""
    owner = site.owner(found.url)
    if owner is not None:
        return owner
    shared = _SHARED.search(found.url)
    if shared is not None:
        # Items of a feed that share one address may share a title, too.
        return next((post for post in site.life.posts if post.number == int(shared[1])), None)
    return next((p for p in site.life.posts if found.title in {p.title_at(now), p.title}), None)


def told_day(site: Site, found: Found) -> date | None:
    """The local day that was read; None where none is certain."""
    if found.date is None or not found.date.precision.names_a_day:
        return None
    return found.date.at.astimezone(site.life.zone).date()


def _compare(
    site: Site, verdict: Verdict, posts: tuple[Found, ...], wanted: list[Post], now: datetime
) -> None:
    met: dict[int, list[Found]] = defaultdict(list)
    for found in posts:
        post = whose(site, found, now)
        if post is None or not post.visible(now):
            verdict.strangers.append(f"{found.title!r} {found.url}")
        else:
            met[post.number].append(found)
    truth = {post.number: post.as_of(now) for post in site.life.posts}
    for number, same in met.items():
        post = truth[number]
        if len(same) > 1:
            verdict.twice.append(f"{post.title!r}: {' and '.join(each.url for each in same)}")
        _compare_day(site, verdict, post, same[0], now)
    verdict.found = sum(post.number in met for post in wanted)
    verdict.missed = [f"{post.title!r} {post.day}" for post in wanted if post.number not in met]
    verdict.right = verdict.found - sum(
        told_day(site, met[post.number][0]) not in days_of(site, post, now)
        for post in wanted
        if post.number in met and is_told(site, post, now)
    )


def _compare_day(site: Site, verdict: Verdict, post: Post, found: Found, now: datetime) -> None:
    day = told_day(site, found)
    if day is None and site.life.since <= post.when <= now and is_told(site, post, now):
        verdict.undated.append(f"{post.title!r} {post.day}")
    elif day is not None and day not in days_of(site, post, now):
        verdict.wrong_day.append(f"{post.title!r} {post.day}, read as {day} from {tell_witness(found)}")
    if plain(found.title) not in {plain(post.title), plain(post.second)} and found.title[:6] != "Report":
        verdict.titles.append(f"{post.title!r}, read as {found.title!r}")


def tell_witness(found: Found) -> str:
    """What a day was read from."""
    witness = found.date.evidence[0] if found.date is not None and found.date.evidence else None
    return f"{witness.kind.value} {witness.where} {witness.raw!r}" if witness else "no evidence"


def plain(title: str) -> str:
    """A title without signs and capitals."""
    return "".join(filter(str.isalnum, title.lower()))


def find_false_claim(site: Site, harvest: Harvest, met: set[int], now: datetime) -> str:
    """The claim of completeness and a visible post that it leaves out; empty where it holds."""
    since = harvest.complete_since
    if since is None or not harvest.outcome.saw:
        return ""
    start = max(since, site.life.since)  # what lies before the window was not asked for
    visible = site.visible(site.life.shown_at(now))
    left = [p for p in visible if start <= p.when <= now and p.number not in met and not p.cheat]
    if not left:
        return ""
    return f"complete since {since:%Y-%m-%d}, {len(left)} left out, such as {left[0].title!r} {left[0].day}"
