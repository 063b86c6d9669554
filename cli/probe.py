"""`denyut probe`: what would be found at one address, and why; stores nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from activity.agency import Account
from activity.channel import CHANNELS, Channel
from activity.errors import ConfigError
from activity.post import Post
from activity.speech.detail import recognise
from activity.visit import Harvest, Target
from cli.console import print_json_line, print_table, say, tell, tell_json_line
from cli.option import AsOf, check_crawled, read_config
from cli.screen import paged
from cli.speech import phrase, show_value
from cli.story import tell_visit
from desk.night.browser import find_browser
from desk.night.graph import compose_accesses
from desk.night.plan import plan_window
from desk.setting.config import Config

__all__ = ["probe"]


@paged
def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="A home page; or a handle, with --channel.")],
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only posts from this day on.")
    ] = None,
    channel: Annotated[Channel, typer.Option("--channel", help="Where the address is.")] = Channel.WEBSITE,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what was tried, found and left out, and why.")
    ] = False,
    as_of: AsOf = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="One JSON object a post on standard output, a closing one on error."),
    ] = False,
) -> None:
    """Visit one address as the nightly crawl would, and show what it would find.

    Ends with 0 when the list of posts was read, with 1 when it could not be.
    """
    from crawler.drive.guard import Guard
    from crawler.probe import probe as run_probe
    from crawler.visits.opening import open_visit

    config = read_config(as_of)
    browser = find_browser(config.browser)
    target = replace(_target(url, channel, since, config), rendering=browser is not None)
    accesses = compose_accesses(config)
    harvest = run_probe(
        target,
        open_visit(target, accesses),
        guard=Guard(config.allowed_networks),
        user_agent=config.user_agent,
        clock=config.now,
        tokens=config.tokens,
        app_secrets=config.app_secrets,
        graph_url=config.graph_url,
        apis=accesses.apis,
        timeout=config.timeout,
        delay=0.0,
        browser=browser,
    )
    posts = [post for post in harvest.posts if _may_be_since(post, target.window.since)]
    for line in tell_visit(harvest, posts, config.zone) if explain else ():
        tell(line)
    if as_json:
        _print_lines(posts, harvest, config.zone)
    else:
        _print_posts(posts, harvest, config.zone)
    if not harvest.outcome.saw:
        raise typer.Exit(1)


def _may_be_since(post: Post, since: datetime) -> bool:
    """Whether a post may be of the time that was asked for; one of "6 months ago" may be from days after.

    Trac's oldest eight of a semester were left out so, beside the claim that nothing was.
    """
    from crawler.visits.site.survey.weigh import COARSE

    date = post.date
    return date is None or date.at + COARSE.get(date.precision, timedelta()) >= since


def _target(url: str, channel: Channel, since: str | None, config: Config) -> Target:
    check_crawled([channel])
    try:
        address = CHANNELS[channel].parse(url)
    except ValueError as error:
        raise ConfigError("{url!r}: {error}.", url=url, error=error) from None
    if address is None:
        raise ConfigError(
            "{url!r} is no address.", "Give a home page such as https://dinkes.example.go.id.", url=url
        )
    return Target(
        Account(0, "probe", channel, address), plan_window(config.now(), config.zone, since), config.zone
    )


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


def _post_json(post: Post, zone: ZoneInfo) -> dict[str, Any]:
    date = post.date
    return {
        "url": post.url,
        "title": post.title,
        "published_at": _local(date.at, zone).isoformat() if date and date.precision.names_a_day else None,
        "precision": date.precision.value if date else None,
        "evidence": [
            {"kind": e.kind.value, "where": e.where, "raw": e.raw, "source": e.source} for e in date.evidence
        ]
        if date
        else [],
        "kind": post.kind.value,
    }


def _print_lines(posts: list[Post], harvest: Harvest, zone: ZoneInfo) -> None:
    for post in posts:
        print_json_line(_post_json(post, zone))
    since = harvest.complete_since
    closing = {
        "outcome": harvest.outcome.value,
        "endpoint": harvest.endpoint,
        "requests": harvest.cost.requests,
        "bytes": harvest.cost.bytes,
        "seconds": round(harvest.cost.seconds, 3),
        "detail": harvest.detail,
        "complete_since": None if since is None else _local(since, zone).isoformat(),
        "proof": None if harvest.proof is None else harvest.proof.value,
    }
    tell_json_line(closing)


def _print_posts(posts: list[Post], harvest: Harvest, zone: ZoneInfo) -> None:
    print_table(
        ["published", "witness", "kind", "title", "url"],
        (
            [
                f"{_local(p.date.at, zone):%Y-%m-%d %H:%M}" if p.date else None,
                f"{show_value(p.date.evidence[0].kind)} ({show_value(p.date.precision)})" if p.date else None,
                p.kind,
                p.title,
                p.url,
            ]
            for p in posts
        ),
        drop=("kind", "url", "witness"),
    )
    say(
        "{outcome}: {count} posts from {endpoint}; {requests} requests, {bytes:,} bytes, {seconds:.1f} s.",
        outcome=harvest.outcome,
        count=len(posts),
        endpoint=harvest.endpoint or phrase("no endpoint"),
        requests=harvest.cost.requests,
        bytes=harvest.cost.bytes,
        seconds=harvest.cost.seconds,
    )
    if harvest.detail:
        say(recognise(harvest.detail))
