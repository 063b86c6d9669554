"""The night's work: who is due is visited, what came is stored, and the run is closed when all is done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from activity.channel import CRAWLED, Channel
from activity.errors import ShardError, ShortageError
from activity.semester import night_of
from activity.visit import Window
from desk.night.browser import find_browser
from desk.night.giving import count_workers, give_out, split_due, split_left
from desk.night.job import Due, compose_job
from desk.night.wave import OnHarvest, Rest, Waves, WaveTally
from desk.setting.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.job import CrawlSummary
    from db.nightly.run import RunRef

__all__ = ["CrawledNight", "Scope", "Watching", "crawl_night"]

_T = TypeVar("_T")

Watching = Callable[[int], AbstractContextManager[OnHarvest]]
"""Opens whatever shows progress, of so many accounts, for as long as the crawl lasts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a crawl visits, and how; `agencies` None means everybody."""

    channels: tuple[Channel, ...] = CRAWLED
    agencies: frozenset[str] | None = None
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class CrawledNight:
    """What one crawl came to.

    Attributes:
        run: the night's run; still open where somebody is left out.
        retried: accounts that later waves tried again.
        recovered: those of them that were seen in the end.
        again: accounts that were given out once more, for their worker was lost.
        doubled: harvests that were dropped, for the run had one of that account.
    """

    run: "RunRef"
    summary: "CrawlSummary"
    retried: int = 0
    recovered: int = 0
    again: int = 0
    doubled: int = 0


def crawl_night(
    config: Config,
    engine: "Engine",
    window: Window,
    scope: Scope,
    watching: Watching,
    waves: Waves,
    resting: Callable[[Rest], None],
) -> CrawledNight:
    """Visit everybody in scope who is due, in the night's run; then, in waves, whoever could not be seen.

    Raises DatabaseBusyError where another crawl is at work, and what `crawler.run.crawl` raises.

    Args:
        resting: told before each pause.
    """
    from db.lock import hold_lock
    from db.nightly.run import begin_run
    from db.nightly.target import count_targets, load_due

    find_browser(config.browser)
    with hold_lock(config.database_url, "crawl") as renew_lock:
        run = begin_run(engine, night_of(window.now, config.zone), window.now)
        night = _NightWork(config, engine, scope, watching, renew_lock, WaveTally(scope.channels))
        due = {
            channel: load_due(engine, channel, run, window, config.zone, agencies=scope.agencies)
            for channel in scope.channels
        }
        total = count_targets(engine, scope.channels, run, window, config.zone, agencies=scope.agencies)
        night.work(run, window, due, total)
        try:
            _try_again(night, run, window, waves, resting)
        except (ShardError, ShortageError):
            # Everybody was looked at once: the night is whole without the later waves.
            night.close(run, window)
            raise
        night.close(run, window)
    tally = night.tally
    return CrawledNight(run, tally.sum_up(), tally.retried, tally.recovered, tally.again, tally.doubled)


@dataclass(frozen=True, slots=True)
class _NightWork:
    """Works one wave after another on the same terms."""

    config: Config
    engine: "Engine"
    scope: Scope
    watching: Watching
    renew_lock: Callable[[], None]
    tally: WaveTally

    def outlast(self, do: Callable[[], _T]) -> _T:
        """Do something in the database, also when its server is away for a while."""
        from db.patience import Patience

        return Patience(self.config.database_wait, self.renew_lock).outlast(do)

    def work(self, run: "RunRef", window: Window, due: Due, total: int) -> None:
        """Visit some accounts: by workers where there are any, and here."""
        given, _ = split_due(due)
        if any(given.values()) and count_workers(self.engine):
            wave = give_out(
                self.config,
                self.engine,
                run,
                window,
                due,
                thorough=self.scope.thorough,
                watching=self._listening(total),
                renew_lock=self.renew_lock,
            )
            self.tally.add(wave.summary)
            self.tally.again += wave.again
            self.tally.doubled += wave.doubled
            due = split_left(due, wave.left)
            total = len(wave.left)
        self._work_here(run, window, due, total)

    def _listening(self, total: int) -> "Callable[[], AbstractContextManager[OnHarvest]]":
        @contextmanager
        def listen() -> Iterator[OnHarvest]:
            with self.watching(total) as on_harvest:
                yield self.tally.listen(on_harvest)

        return listen

    def _work_here(self, run: "RunRef", window: Window, due: Due, total: int) -> None:
        from crawler.run import crawl, hire
        from db.patience import Patience

        job = compose_job(self.config, self.engine, run, window, due, thorough=self.scope.thorough)
        if job.processes == 0:
            return
        with hire(job.processes) as crew, self._listening(total)() as on_harvest:
            patience = Patience(self.config.database_wait, self.renew_lock)
            self.tally.add(crawl(replace(job, on_harvest=on_harvest, patience=patience), crew))

    def load_unseen(self, run: "RunRef", window: Window) -> Due:
        """Whom a wave tries again."""
        from db.nightly.target import load_unseen

        zone, agencies = self.config.zone, self.scope.agencies
        return {
            channel: load_unseen(self.engine, channel, run, window, zone, agencies=agencies)
            for channel in self.scope.channels
        }

    def close(self, run: "RunRef", window: Window) -> None:
        """Finish the night's run when nobody is left out; a crawl of a part leaves it open."""
        self.outlast(partial(_close_night, self.engine, run, window, self.config.zone, self.config.now()))


def _try_again(
    night: _NightWork, run: "RunRef", window: Window, waves: Waves, resting: Callable[[Rest], None]
) -> None:
    """Work the later waves; one that has nobody to try yet leaves its pause to the next.

    Where a crawl that was cut short goes on, the first wave has nobody left, and no pause is due.
    """
    from crawler.run import interruptible

    config, pause = night.config, timedelta()
    for number in range(2, waves.most + 1):
        if night.tally.visited:
            pause += waves.pause
        begin, wave = config.now() + pause, replace(run, wave=number)
        if not waves.fits(begin, night.tally.seconds):
            return
        due = night.outlast(partial(night.load_unseen, wave, replace(window, now=begin)))
        total = sum(map(len, due.values()))
        if total == 0:
            continue
        if pause:
            with interruptible():
                resting(Rest(number, waves.most, total, pause))
                sleep(pause.total_seconds())
            night.outlast(night.renew_lock)
        night.work(wave, replace(window, now=config.now()), due, total)
        pause = timedelta()


def _close_night(engine: "Engine", run: "RunRef", window: Window, zone: ZoneInfo, now: datetime) -> None:
    from db.nightly.run import finish_run, load_totals
    from db.nightly.target import count_targets

    if count_targets(engine, CRAWLED, run, window, zone) == 0:
        finish_run(engine, run, now, load_totals(engine, run))
