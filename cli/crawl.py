"""`denyut crawl`: the night's work."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.agency import Channel
from activity.errors import ConfigError
from activity.outcome import Outcome
from activity.semester import Semester, night_of
from activity.visit import Budget, Window
from cli.console import print_json, print_table, say, tell
from cli.lock import settle_chosen_rubric
from cli.option import AsOf, ChannelOption, Json, read_config
from cli.progress import show_progress
from desk.browser import find_browser
from desk.config import Config, parse_moment
from desk.evidence import open_archive, tell_overflow
from desk.store import check_agencies, check_registry, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Engine

    from activity.visit import Target
    from crawler.run import CrawlSummary, Job
    from crawler.visits.meta.graph import GraphAccess
    from db.store import RunRef

__all__ = ["compose_graph", "crawl", "is_thorough", "plan_window"]

# In the first month after a semester its last posts may still surface, on sites that were down.
_LOOK_BACK = timedelta(days=31)
_THOROUGH_EVERY = 28


def crawl(
    channel: ChannelOption = None,
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="SLUG", help="Only this agency; may be repeated.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Fill back to this day (default: the semester)."),
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Read every list back to its window's start once more.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Visit every account once and store what it published, with the evidence.

    A crawl that was cut short is taken up where it stopped when the command is given again that night.
    Every account ends in an outcome, whatever happens; the closing table counts them. Ends with 0 when
    every account was visited, also when some could not be reached.
    """
    config = read_config(as_of)
    find_browser(config.browser)
    engine, config = open_store(config)
    check_registry(engine)
    check_agencies(engine, agency or ())
    window = plan_window(config.now(), config, since)
    # Loaded only now: Scrapy takes a second, and a mistake in what was typed should show at once.
    from crawler.run import crawl as run_crawl
    from db.lock import hold_lock
    from db.queries import count_targets
    from db.run import load_totals
    from db.store import begin_run, finish_run

    scope = Scope(tuple(channel or Channel), frozenset(agency) if agency else None, thorough)
    settle_chosen_rubric(engine, config)
    with hold_lock(config.database_url, "crawl"):
        run = begin_run(engine, night_of(window.now, config.zone), window.now)
        due = count_targets(engine, scope.channels, run, window, config.zone, agencies=scope.agencies)
        job = _compose_job(config, engine, run, window, scope)
        with show_progress(due, quiet=as_json) as on_harvest:
            summary = run_crawl(replace(job, on_harvest=on_harvest))
        # A crawl of a part leaves the night's run open: it is finished when nobody is left out.
        if count_targets(engine, tuple(Channel), run, window, config.zone) == 0:
            finish_run(engine, run, config.now(), load_totals(engine, run))
    _report(config, run, summary, as_json=as_json)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a crawl visits, and how; `agencies` None means everybody."""

    channels: tuple[Channel, ...]
    agencies: frozenset[str] | None
    thorough: bool = False


def is_thorough(account: int, night: date, first: date) -> bool:
    """Whether an account's list is read back to the window's start tonight.

    Each account's turn comes every four weeks, and everybody's on a semester's last night, so that what
    was slipped in below the head of a list is known before anybody is judged. In the four weeks after
    the `first` night of all, every list has just been read.
    """
    last = Semester.of(night).days()[-1]
    turn = (account + night.toordinal()) % _THOROUGH_EVERY == 0
    return night == last or (turn and (night - first).days >= _THOROUGH_EVERY)


def plan_window(now: datetime, config: Config, since: str | None = None) -> Window:
    """The time whose posts are wanted: the semester, and for its first month the one before too.

    Raises ConfigError for a `since` that is no date or lies ahead.
    """
    if since is not None:
        start = parse_moment(since if len(since) > 10 else f"{since}T00:00", config.zone, "--since")
        if start > now:
            raise ConfigError(f"--since: {since} lies ahead.", "Name a day that has begun.")
        return Window(start, now)
    first: date = Semester.of((now - _LOOK_BACK).astimezone(config.zone).date()).first_day
    return Window(datetime.combine(first, time(), config.zone), now)


def _compose_job(config: Config, engine: "Engine", run: "RunRef", window: Window, scope: Scope) -> "Job":
    from crawler.guard import Guard
    from crawler.run import Job
    from db.queries import load_targets
    from db.run import load_runs

    first = load_runs(engine)[-1].night
    browser = find_browser(config.browser)

    def targets_of(channel: Channel) -> "Callable[[], Iterable[Target]]":
        return lambda: (
            replace(
                target,
                thorough=scope.thorough or is_thorough(target.account.id, run.night, first),
                rendering=browser is not None,
            )
            for target in load_targets(
                engine, channel, run, window, config.zone, budget=Budget(), agencies=scope.agencies
            )
        )

    return Job(
        engine=engine,
        run=run,
        targets={channel: targets_of(channel) for channel in scope.channels},
        graph=compose_graph(config),
        guard=Guard(config.allowed_networks),
        user_agent=config.user_agent,
        tokens=config.tokens,
        app_secrets=config.app_secrets,
        log_level=config.log_level,
        clock=config.now,
        on_harvest=None,
        concurrency=config.concurrency,
        delay=config.delay,
        timeout=config.timeout,
        browser=browser,
        archive=open_archive(config),
    )


def compose_graph(config: Config) -> "GraphAccess":
    """How the Graph API is reached, with tokens by name only."""
    from crawler.visits.meta.graph import Door, GraphAccess

    own = {Channel.INSTAGRAM.value, Channel.FACEBOOK.value}
    return GraphAccess(
        base_url=config.graph_url,
        version=config.graph_version,
        instagram_user_id=config.instagram_user_id or None,
        instagram_token="instagram" if config.instagram_token else None,
        facebook_token="facebook" if config.facebook_token else None,
        doors=tuple(
            Door(channel, token.name, token.instagram_user_id or None)
            for token in config.read_tokens()
            for channel in sorted(token.channels)
            if token.name not in own
        ),
    )


def _report(config: Config, run: "RunRef", summary: "CrawlSummary", *, as_json: bool) -> None:
    if as_json:
        print_json(_summary_json(run, summary))
    else:
        _print_summary(run, summary)
    if overflow := tell_overflow(config):
        tell(overflow)


def _summary_json(run: "RunRef", summary: "CrawlSummary") -> dict[str, Any]:
    return {
        "run": run.id,
        "night": run.night.isoformat(),
        "resumed": run.resumed,
        "outcomes": {
            channel.value: {outcome.value: count for outcome, count in sorted(counts.items())}
            for channel, counts in summary.outcomes.items()
        },
        "posts_new": summary.posts_new,
        "posts_seen": summary.posts_seen,
        "requests": summary.requests,
        "bytes": summary.bytes,
        "seconds": round(summary.seconds, 2),
    }


def _print_summary(run: "RunRef", summary: "CrawlSummary") -> None:
    seen = sorted({outcome for counts in summary.outcomes.values() for outcome in counts})
    channels = list(summary.outcomes)
    print_table(
        ["outcome", *(channel.value for channel in channels)],
        [[outcome.value, *(summary.outcomes[c].get(outcome, 0) for c in channels)] for outcome in seen],
        title=f"Night of {run.night}" + (", taken up where it stopped" if run.resumed else ""),
        right=[channel.value for channel in channels],
    )
    left_out = sum(
        counts.get(Outcome.THROTTLED, 0)
        for channel, counts in summary.outcomes.items()
        if channel is not Channel.WEBSITE
    )
    if left_out:
        say(
            f"{left_out} accounts wait for Meta's call limit: `denyut crawl` again tonight goes on with them."
        )
    accounts = sum(sum(counts.values()) for counts in summary.outcomes.values())
    say(
        f"{accounts} accounts, {summary.posts_new} new posts of {summary.posts_seen} seen, "
        f"{summary.requests} requests, {summary.bytes / 1e6:.1f} MB, {summary.seconds:.1f} s."
    )
