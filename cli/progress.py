"""Progress: a bar on a terminal; in a pipe a crawl says one plain line an account, other work nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from activity.speech.detail import recognise
from activity.speech.plain import show_plain
from activity.visit import Harvest, Target
from cli.console import tell
from cli.speech import phrase, show_value
from desk.night.wave import OnHarvest, Rest

__all__ = ["OnBytes", "show_bytes", "show_progress", "show_steps", "tell_rest"]

_SHORT = 100.0
OnBytes = Callable[[int, int], None]
"""Told after each piece of work how much is done, and how much there is."""


@contextmanager
def show_progress(total: int, *, quiet: bool) -> Iterator[OnHarvest]:
    """Yield a callback for each harvest saved; `total` is the number of accounts due."""
    if quiet:
        yield _ignore
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task("crawl", total=total)
            yield lambda target, _harvest, _saved: bar.update(
                task, advance=1, description=show_plain(f"{target.account.agency} {target.account.channel}")
            )
    else:
        yield _print_line


def tell_rest(rest: Rest, *, quiet: bool) -> None:
    """Say why nothing happens for a while."""
    if quiet:
        return
    seconds = rest.pause.total_seconds()
    short = seconds < _SHORT
    tell(
        "{accounts} accounts could not be seen; they are tried again in {pause} (pass {wave} of {most}). "
        "Ctrl-C ends it, and nothing is lost.",
        accounts=rest.accounts,
        pause=phrase("{count:.0f} s", count=seconds)
        if short
        else phrase("{count:.0f} minutes", count=seconds / 60),
        wave=rest.wave,
        most=rest.most,
    )


@contextmanager
def show_bytes(what: str) -> Iterator[OnBytes]:
    """Yield a callback for bytes done and bytes in all, of one step of work after another."""
    with _show_work(what, DownloadColumn()) as on_bytes:
        yield on_bytes


@contextmanager
def show_steps(what: str) -> Iterator[OnBytes]:
    """The same for things of which only the number matters."""
    with _show_work(what, MofNCompleteColumn()) as on_step:
        yield on_step


@contextmanager
def _show_work(what: str, counted: ProgressColumn) -> Iterator[OnBytes]:
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    columns = BarColumn(), counted, TimeRemainingColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _bar() -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )


def _ignore(_target: Target, _harvest: Harvest, _saved: Any) -> None:
    return


def _print_line(target: Target, harvest: Harvest, saved: Any) -> None:
    account = target.account
    words = [
        account.agency,
        account.channel.value,
        show_value(harvest.outcome),
        phrase("{new} new", new=saved.new),
    ]
    if not harvest.outcome.saw and harvest.detail:
        words.append(f"({phrase(recognise(harvest.detail))})")
    tell(" ".join(words))
