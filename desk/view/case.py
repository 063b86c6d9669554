"""What was flagged, as a jury decides on it: the posts, those that the evidence names, what was decided."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from activity.agency import Channel
from activity.flag import Flag, FlaggedPost
from activity.jury import Override
from activity.semester import night_of
from desk.semester.judge import Judgement
from desk.semester.told_posts import tell_witness

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.post.query import PostRow

__all__ = ["Beside", "Case", "find_beside", "list_cases"]

_NAMED = re.compile(r"\((\S+)\)(?=[\s.,;:]|$)")
"""A post as evidence names it: its address or key, in brackets behind the title."""


@dataclass(frozen=True, slots=True)
class Case:
    """A flag on the jury's desk.

    Attributes:
        id: the same as long as the flag names the same posts.
        office: name of the agency.
        treatment: what the rubric does with the posts; empty for a flag on the whole account.
        decided: decisions in force on the flagged posts, by key.
    """

    id: str
    flag: Flag
    office: str
    treatment: str
    decided: Mapping[str, Override]

    @property
    def is_open(self) -> bool:
        """Whether a post of it waits for a decision."""
        return len(self.decided) < len(self.flag.posts)


@dataclass(frozen=True, slots=True)
class Beside:
    """A post that the evidence of a flag names beside the flagged ones.

    Attributes:
        agency, office: slug and name of whose it is.
        witness: what its day was read from.
    """

    agency: str
    office: str
    post: FlaggedPost
    witness: str


def list_cases(judgement: Judgement, decisions: Iterable[Override]) -> tuple[Case, ...]:
    """Every flag of a judged semester with what was decided on its posts.

    Args:
        decisions: those in force.
    """
    decided = {(d.agency, d.channel, d.post): d for d in decisions if d.post is not None}
    names = {row.agency.slug: row.agency.name for row in judgement.rows}
    return tuple(_lay_out(judgement, flag, names, decided) for flag in judgement.flags)


def _lay_out(
    judgement: Judgement,
    flag: Flag,
    names: Mapping[str, str],
    decided: Mapping[tuple[str, Channel, str], Override],
) -> Case:
    treatment = judgement.rubric.integrity.treatment.get(flag.kind) if flag.posts else None
    ruled = {
        post.key: decided[flag.agency, flag.channel, post.key]
        for post in flag.posts
        if (flag.agency, flag.channel, post.key) in decided
    }
    office = names.get(flag.agency, flag.agency)
    return Case(_identify(flag), flag, office, treatment.value if treatment else "", ruled)


def _identify(flag: Flag) -> str:
    named = "\0".join([flag.kind.value, flag.agency, flag.channel.value, *(post.key for post in flag.posts)])
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_beside(engine: "Engine", zone: ZoneInfo, flag: Flag, agencies: Iterable[str]) -> tuple[Beside, ...]:
    """The posts that a flag's evidence names and does not flag: the other side of a copy.

    Args:
        agencies: slugs of those that may be named.
    """
    from db.post.query import load_named_posts

    named = set(_NAMED.findall(flag.evidence))
    words = set(re.findall(r"[a-z0-9][a-z0-9-]*", flag.evidence))
    whose = {flag.agency, *(slug for slug in agencies if slug in words)}
    if not named:
        return ()
    flagged = {(flag.agency, post.key) for post in flag.posts}
    found = load_named_posts(engine, flag.channel, whose, named)
    return tuple(_tell(found, zone, flagged))


def _tell(found: Iterable["PostRow"], zone: ZoneInfo, flagged: set[tuple[str, str]]) -> Iterator[Beside]:
    for row in found:
        if (row.agency, row.key) not in flagged:
            first = row.evidence[0] if row.evidence else None
            seen = night_of(row.first_seen, zone)
            post = FlaggedPost(row.key, row.url, row.title, row.local_day, seen)
            witness = tell_witness(first) if first else ""
            yield Beside(row.agency, row.name, post, witness)
