"""Whose posts a file holds, and what period it tells of: from what was read and said to what is stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from activity.agency import Account
from activity.channel import CHANNELS, Channel
from activity.errors import ConfigError
from activity.post import Post
from activity.semester import night_of
from activity.visit import Target, Window
from desk.setting.config import Config

if TYPE_CHECKING:
    from crawler.exports.export import Export, Span
    from db.nightly.imported import Import
    from db.office.registry import AgencyRow

__all__ = ["Period", "Planned", "plan_import"]

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Period:
    """The local days that the person who exported the file chose, both inclusive; None where unsaid."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One account's part of a file, and what stands in the file beside it.

    Attributes:
        others: posts of other accounts.
        early: posts from before the period, where the file is one that is always of all times.
    """

    account: Account
    stored: "Import"
    posts: int
    others: int
    early: int


def plan_import(
    export: "Export", agencies: "Sequence[AgencyRow]", slugs: Sequence[str], period: Period, config: Config
) -> tuple[Planned, ...]:
    """Decide for whom a file counts; posts of everybody else in it are collaborations and do not.

    Raises ConfigError where the file does not say whose it is, says it of somebody else, or tells of
    days outside the period that was given.
    """
    chosen = _chosen_owners(export, agencies, slugs) if slugs else _found_owner(export, agencies)
    own = {owner for _, owner in chosen}
    others = sum(span.posts for owner, span in export.owners.items() if owner not in own)
    return tuple(_plan_account(export, account, owner, others, period, config) for account, owner in chosen)


def _found_owner(export: "Export", agencies: "Sequence[AgencyRow]") -> list[tuple[Account, str]]:
    by_address = {account.address.casefold(): account for account in _accounts(agencies, export.channel)}
    known = [owner for owner in export.owners if owner in by_address]
    most = max(export.owners, key=lambda owner: export.owners[owner].posts, default="")
    if known == [most]:
        return [(by_address[most], most)]
    named = ", ".join(owner or "nobody" for owner in list(export.owners)[:5]) or "nobody"
    raise ConfigError(
        "{export} does not tell for certain whose export it is: it names {named}.",
        "Give --account SLUG, once for each office whose own export it is.",
        export=export.name,
        named=named,
    )


def _chosen_owners(
    export: "Export", agencies: "Sequence[AgencyRow]", slugs: Sequence[str]
) -> list[tuple[Account, str]]:
    by_slug = {account.agency: account for account in _accounts(agencies, export.channel)}
    chosen = []
    for slug in dict.fromkeys(slugs):
        if slug not in by_slug:
            raise ConfigError(
                "--account: {slug!r} has no {channel} account.",
                "See `denyut agencies list`.",
                slug=slug,
                channel=export.channel.value,
            )
        chosen.append((by_slug[slug], _owner_of(export, by_slug[slug], alone=len(set(slugs)) == 1)))
    return chosen


def _owner_of(export: "Export", account: Account, *, alone: bool) -> str:
    """The file's name for an account: its address, or the one that most rows belong to.

    A number cannot be held against a Page's name; a handle can.
    """
    address = account.address.casefold()
    if address in export.owners or not export.owners:
        return address
    most = max(export.owners, key=lambda owner: export.owners[owner].posts)
    numbered = most.isdecimal() or (CHANNELS[export.channel].opaque and address.isdecimal())
    comparable = most and not numbered
    if not alone or comparable:
        raise ConfigError(
            "{export} is of {most}, not of {address}, {agency}.",
            "Name the office whose file it is; where its name has changed, import the registry first.",
            export=export.name,
            most=most or "one account",
            address=account.address,
            agency=account.agency,
        )
    return most


def _accounts(agencies: "Sequence[AgencyRow]", channel: Channel) -> list[Account]:
    return [row.accounts[channel] for row in agencies if channel in row.accounts]


def _plan_account(
    export: "Export", account: Account, owner: str, others: int, period: Period, config: Config
) -> Planned:
    from db.nightly.imported import Import

    span = export.owners.get(owner)
    start = _start(period, config)
    early = _count_early(export, owner, span, start)
    if early and export.format.chosen:
        raise ConfigError(
            "{export} holds {early} posts from before {since}.",
            "Correct --since. Where a spreadsheet exchanged day and month, take the file as downloaded.",
            export=export.name,
            early=early,
            since=period.since,
        )
    since, end, last_day = _extent(export, span, period, config)
    entries = partial(_entries, export, owner, start)
    return Planned(
        account=account,
        stored=Import(
            target=Target(account, Window(since if since is not None else end, end), config.zone),
            name=export.name,
            digest=export.digest,
            size=export.size,
            last_day=last_day,
            complete_since=since,
            batches=lambda: _batches(entries()),
            detail=f"{export.format.value}: {span.posts - early if span else 0} posts",
            left_out=sum(export.left_out.values()) + early,
        ),
        posts=span.posts - early if span else 0,
        others=others,
        early=early,
    )


def _start(period: Period, config: Config) -> datetime | None:
    if period.since is None:
        return None
    return datetime.combine(period.since, time(), config.zone).astimezone(UTC)


def _entries(export: "Export", owner: str, start: datetime | None) -> Iterator[Post]:
    """An owner's posts from `start` on."""
    for entry in export.entries():
        date = entry.post.date
        if entry.owner == owner and (start is None or date is None or date.at >= start):
            yield entry.post


def _count_early(export: "Export", owner: str, span: "Span | None", start: datetime | None) -> int:
    if span is None or start is None or span.first >= start:
        return 0
    return span.posts - sum(1 for _ in _entries(export, owner, start))


def _extent(
    export: "Export", span: "Span | None", period: Period, config: Config
) -> tuple[datetime | None, datetime, date]:
    """Since when nothing is missing, when the file's knowledge ends, and the last local day it tells of."""
    now, zone = config.now(), config.zone
    start = _start(period, config)
    if period.until is not None:
        end = datetime.combine(period.until + timedelta(days=1), time(), zone).astimezone(UTC)
        end -= timedelta(seconds=1)
    elif span is not None:
        end = max(filter(None, (span.last, span.until, export.saved_at)))
    else:
        raise ConfigError(
            "{export} holds no post.", "Give --since and --until for a silent period.", export=export.name
        )
    if span is not None and end < span.last:
        raise ConfigError(
            "{export} holds posts from after {until}.",
            "Correct --until.",
            export=export.name,
            until=period.until,
        )
    if start is not None and start > end:
        raise ConfigError(
            "--since {since} lies after the file's end.", "Correct --since.", since=period.since
        )
    since = _gapless(export, span, start)
    if end >= now:
        return since, now, night_of(now, zone)
    return since, end, end.astimezone(zone).date()


def _gapless(export: "Export", span: "Span | None", start: datetime | None) -> datetime | None:
    """Since when nothing is missing; no page is made to reach further back by what is said of a period."""
    from crawler.exports.export import Format

    if span is None:
        return start if export.format.chosen else None
    if start is None:
        return span.since
    if span.since is None:
        # That a profile was scrolled through is a person's word; how far it was, an older post's.
        return start if span.by_word and span.first < start else None
    return max(start, span.since) if export.format in {Format.SAVED_PAGE, Format.CAPTURE} else start


def _batches(posts: Iterable[Post]) -> Iterator[list[Post]]:
    rest = iter(posts)
    while batch := list(islice(rest, _BATCH)):
        yield batch
