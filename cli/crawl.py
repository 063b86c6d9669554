"""`denyut crawl`: the night's work."""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from activity.channel import CHANNELS, CRAWLED
from activity.condition import EXIT_WIDE
from activity.errors import ConfigError, RubricError
from activity.outcome import Outcome
from activity.semester import night_of
from cli.console import complain, print_json, print_table, say, tell
from cli.night import tell_waves, warn
from cli.option import ONLY_NAMED, AsOf, ChannelOption, Json, check_crawled, read_config
from cli.progress import show_progress, tell_rest
from cli.speech import phrase
from desk.agency import name_agencies
from desk.keeping.evidence import tell_overflow
from desk.night.browser import find_browser
from desk.night.crawl import CrawledNight, Scope, crawl_night
from desk.night.plan import plan_window
from desk.night.wave import plan_waves
from desk.semester.lock import settle_chosen_rubric
from desk.setting.config import Config
from desk.store import check_registry, open_store

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["crawl"]


def crawl(
    channel: ChannelOption = None,
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="AGENCY", help=f"{ONLY_NAMED}; may be repeated.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Fill back to this day (default: the semester)."),
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Read every list back to its window's start once more.")
    ] = False,
    nightly: Annotated[
        bool,
        typer.Option("--nightly", help="Wait between the waves as the schedule does (DENYUT_WAVE_PAUSE)."),
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Visit every account once and store what it published, with the evidence.

    Accounts that could not be seen, as of a server that is down, are tried again after a pause: half a
    minute at most, or with `--nightly` as the schedule does. Ctrl-C ends it at any time; nothing is lost.

    A crawl that was cut short is taken up where it stopped when the command is given again that night.
    Every account ends in an outcome, whatever happens; the closing table counts them. Ends with 0 when
    every account was visited, also when some could not be reached; with 5 when a channel as a whole is in
    trouble (`denyut night`).
    """
    config = read_config(as_of)
    config.check_contact()
    check_crawled(channel or ())
    find_browser(config.browser)
    engine, config = open_store(config)
    check_registry(engine)
    agencies = name_agencies(engine, agency or ())
    window = plan_window(config.now(), config.zone, since)
    scope = Scope(tuple(channel or CRAWLED), frozenset(agencies) if agencies else None, thorough)
    _settle_rubric(engine, config)
    waves = plan_waves(config, night_of(window.now, config.zone), window.now, nightly=nightly)
    watching, resting = partial(show_progress, quiet=as_json), partial(tell_rest, quiet=as_json)
    night = crawl_night(config, engine, window, scope, watching, waves, resting)
    if as_json:
        print_json(_summary_json(night))
    else:
        _print_summary(night)
    if overflow := tell_overflow(config):
        tell(overflow)
    if warn(engine, night.run):
        raise typer.Exit(EXIT_WIDE)


def _settle_rubric(engine: "Engine", config: Config) -> None:
    """A night is never given up for a rubric: one that cannot be used is told, and refused when it ranks."""
    try:
        settled = settle_chosen_rubric(engine, config)
    except (ConfigError, RubricError) as error:
        complain("{error}", error=error)
        return
    if settled:
        tell(settled)


def _summary_json(night: CrawledNight) -> dict[str, Any]:
    run, summary = night.run, night.summary
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
        "replaced": summary.replaced,
        "retried": night.retried,
        "recovered": night.recovered,
        "given_again": night.again,
        "doubled": night.doubled,
    }


def _print_summary(night: CrawledNight) -> None:
    run, summary = night.run, night.summary
    seen = sorted({outcome for counts in summary.outcomes.values() for outcome in counts})
    # A channel that no office is expected on is shown once an account is named on it.
    channels = [channel for channel, counts in summary.outcomes.items() if counts or CHANNELS[channel].ranked]
    print_table(
        ["outcome", *(channel.value for channel in channels)],
        [[outcome, *(summary.outcomes[c].get(outcome, 0) for c in channels)] for outcome in seen],
        title=phrase("Night of {night}, taken up where it stopped", night=run.night)
        if run.resumed
        else phrase("Night of {night}", night=run.night),
        right=[channel.value for channel in channels],
    )
    left_out = Counter[str]()
    for channel, counts in summary.outcomes.items():
        if CHANNELS[channel].by_token:
            left_out[CHANNELS[channel].owner] += counts.get(Outcome.THROTTLED, 0)
    for owner, count in left_out.items():
        if count:
            again = phrase("`denyut crawl` again tonight goes on with them")
            say(
                "{count} accounts wait for {owner}'s call limit: {again}.",
                count=count,
                owner=owner,
                again=again,
            )
    tell_waves(night.retried, night.recovered)
    accounts = sum(sum(counts.values()) for counts in summary.outcomes.values())
    say(
        "{accounts} accounts, {posts_new} new posts of {posts_seen} seen, {requests} requests, "
        "{bytes:.1f} MB, {seconds:.1f} s.",
        accounts=accounts,
        posts_new=summary.posts_new,
        posts_seen=summary.posts_seen,
        requests=summary.requests,
        bytes=summary.bytes / 1000000.0,
        seconds=summary.seconds,
    )
    if night.again:
        say(
            "{again} accounts were given out once more, for their worker was lost; {doubled} harvests came "
            "twice and were dropped.",
            again=night.again,
            doubled=night.doubled,
        )
    if summary.replaced:
        say(
            "{replaced} crawling processes had to be replaced, through no fault of a site.",
            replaced=summary.replaced,
        )
