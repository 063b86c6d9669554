"""`denyut post add`: a post entered by hand, with a link or a screenshot to show for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from activity.address.moment import moment_key
from activity.agency import Account
from activity.channel import CHANNELS, SOCIAL, Channel, channel_of, name_channels
from activity.errors import ConfigError
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, Precision
from activity.speech.reason import tell_reason
from activity.visit import Target, Window
from cli.console import say
from cli.imports import read_social
from cli.option import AsOf, read_config
from cli.speech import phrase
from desk.agency import name_agency
from desk.setting.config import Config
from desk.store import open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["post"]

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"%PDF")
_MOST_BYTES = 50_000_000

post = typer.Typer(no_args_is_help=True, help="Single posts, entered by hand.")


Owner = Annotated[
    str,
    typer.Option("--account", metavar="AGENCY", help="The office that published it, by id or whole name."),
]


@post.callback()
def _group() -> None:
    """Single posts, entered by hand."""


@post.command("add")
def add(
    *,
    account: Owner,
    moment: Annotated[
        str, typer.Option("--date", metavar="DATE", help="2026-03-27, or 2026-03-27T14:05, local.")
    ],
    link: Annotated[str | None, typer.Option("--link", metavar="URL", help="The post's address.")] = None,
    screenshot: Annotated[
        Path | None, typer.Option("--screenshot", metavar="FILE", help="A picture that shows it.")
    ] = None,
    channel: Annotated[
        Channel | None, typer.Option("--channel", help=f"{name_channels(SOCIAL)}; a link tells by itself.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Its first words.")] = "",
    as_of: AsOf = None,
) -> None:
    """Enter one post by hand. It counts for its day; no other day becomes known by it.

    It needs a link or a screenshot, which is kept as its SHA-256: keep the file itself.
    """
    from db.lock import hold_lock
    from db.nightly.imported import Import, save_imports

    engine, config = open_store(read_config(as_of))
    slug = name_agency(engine, account)
    found, label, digest, size = _evidence(link, screenshot)
    owner = _find_account(engine, slug, _settle_channel(channel, found))
    at, precision = _read_moment(moment, config)
    witness = DateEvidence(EvidenceKind.HAND, "entered by hand", moment, at, precision, found or label)
    entered = _compose(owner.channel, PostDate(at, precision, (witness,)), found, digest, config)
    entered = replace(entered, title=title)
    end = at if precision is Precision.MINUTE else at + timedelta(days=1, seconds=-1)
    end = min(end, config.now())
    each = Import(
        target=Target(owner, Window(at, end), config.zone),
        name=label,
        digest=digest,
        size=size,
        last_day=at.astimezone(config.zone).date(),
        complete_since=None,
        batches=lambda: [[entered]],
        detail="entered by hand",
    )
    with hold_lock(config.database_url, "crawl"):
        (saved,) = save_imports(engine, [each], config.now())
    known = phrase("changed") if saved.updated else phrase("known already")
    state = phrase("entered") if saved.new else known
    say("{owner}, {day}: {state}.", owner=_name(owner), day=each.last_day, state=state)
    if entered.date is not None and entered.date.contested:
        say("  The clock in the link names another day; the post is marked as contested.")


def _evidence(link: str | None, screenshot: Path | None) -> tuple[str, str, str, int]:
    """The link, what the post is shown by, its SHA-256 and size."""
    if (link is None) == (screenshot is None):
        raise ConfigError("A post entered by hand needs --link or --screenshot, one of them.")
    if link is not None:
        return link.strip(), link.strip(), sha256(link.strip().encode()).hexdigest(), 0
    assert screenshot is not None
    try:
        content = screenshot.read_bytes() if screenshot.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        raise ConfigError(
            "--screenshot: {screenshot} cannot be read: {strerror}.",
            screenshot=screenshot,
            strerror=tell_reason(error),
        ) from None
    if not content.startswith(_PICTURES):
        raise ConfigError(
            "--screenshot: {screenshot} is no picture.",
            "PNG, JPEG, WebP, GIF or PDF.",
            screenshot=screenshot.name,
        )
    return "", screenshot.name, sha256(content).hexdigest(), len(content)


def _settle_channel(channel: Channel | None, link: str) -> Channel:
    told = channel_of(link) if link else None
    if link and told is None:
        raise ConfigError(
            "--link: {link!r} is no post on {channels}.", link=link, channels=name_channels(SOCIAL)
        )
    if told is not None and read_social(channel) not in {None, told}:
        raise ConfigError("--channel says {channel}, but the link is of {told}.", channel=channel, told=told)
    settled = told or read_social(channel)
    if settled is None:
        raise ConfigError(
            "A screenshot does not tell its channel.",
            "Give --channel {channels}.",
            channels=name_channels(SOCIAL),
        )
    return settled


def _find_account(engine: "Engine", slug: str, channel: Channel) -> Account:
    from db.office.registry import load_agencies

    found = next((r.accounts.get(channel) for r in load_agencies(engine) if r.agency.slug == slug), None)
    if found is None:
        raise ConfigError(
            "--account: {slug!r} has no {channel} account.",
            "See `denyut agencies list`.",
            slug=slug,
            channel=channel,
        )
    return found


def _read_moment(text: str, config: Config) -> tuple[datetime, Precision]:
    try:
        if len(text) == 10:
            at, precision = datetime.combine(date.fromisoformat(text), time()), Precision.DAY
        else:
            at, precision = datetime.fromisoformat(text), Precision.MINUTE
    except ValueError:
        raise ConfigError(
            "--date: {text!r} is no date.", "Write 2026-03-27 or 2026-03-27T14:05.", text=text
        ) from None
    at = (at if at.tzinfo else at.replace(tzinfo=config.zone)).astimezone(UTC)
    if at >= config.now():
        raise ConfigError("--date: {text} lies ahead.", "Enter what was published.", text=text)
    return at, precision


def _compose(channel: Channel, claimed: PostDate, link: str, digest: str, config: Config) -> Post:
    from crawler.exports.moment.dated import add_clock
    from crawler.visits.meta.shortcode import read_shortcode

    if not link:
        return Post(f"screenshot:{digest}", "", date=claimed, kind=PostKind.STATUS)
    facts = CHANNELS[channel]
    key = facts.post_key(link)
    if key is None and facts.opaque:
        # An opaque address never stands in an export: only the moment can tell that it is the same post.
        key = link if claimed.precision is Precision.DAY else moment_key(claimed.at)
    if key is None:
        raise ConfigError(
            "--link: {link!r} is no address of one post.", "Open the post and copy its link.", link=link
        )
    clock = read_shortcode(link, now=config.now())
    kind = PostKind.REEL if "/reel" in link and not facts.opaque else facts.kind
    return Post(key, link, date=add_clock(claimed, clock, link, config.zone), kind=kind)


def _name(owner: Account) -> str:
    return phrase("{channel} of {slug}", channel=owner.channel.value, slug=owner.agency)
