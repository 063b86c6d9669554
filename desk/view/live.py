"""Semesters as pages show them: each is worked out once for a state of the data, and kept."""

import gc
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from threading import Lock, Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Generic, TypeVar

from activity.agency import Channel
from activity.errors import DenyutError
from activity.jury import Stage
from activity.result.explanation import PostDetail, PostKeys, PostPage
from activity.result.pulse import OfficeLine, OfficePulse, SemesterView
from activity.semester import Semester, night_of
from desk.semester.explanation import Explainer, Explanation
from desk.semester.judge import Judgement, judge, plan_as_of
from desk.setting.config import Config
from desk.view.semester import read_offices, read_view

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.semester.state import State
    from reports.pages.city import Draw
    from reports.pages.paths import OfficePath
    from reports.pages.render import SemesterSite

__all__ = ["Live", "LiveSemesters"]

_LOG = logging.getLogger(__name__)
_SEMESTERS = 6
_LISTED, _DRAWN = 100, 2000
"""Keys of an account's posts, and pages of some 40 kB, that are kept ready."""
_CITY = 300
"""Pages of the city that are drawn before anybody sees the semester; a nation's others when asked for."""
_AHEAD = 1000
"""Offices whose page is drawn before anybody asks: half a minute of work, and half of the pages kept."""
Key = TypeVar("Key")
Value = TypeVar("Value")
_Version = tuple["State", date]


@dataclass(frozen=True, slots=True)
class Live:
    """One semester, worked out from one state of the data.

    Attributes:
        offices: by slug, in the order of the list of offices.
    """

    version: _Version
    judgement: Judgement
    view: SemesterView
    offices: Mapping[str, OfficePulse]
    _explainer: Explainer
    _site: "SemesterSite"
    _city: Mapping[str, bytes]
    _further: "Mapping[str, Draw]"
    _listed: "Recent[tuple[str, Channel], PostKeys]" = field(default_factory=lambda: Recent(_LISTED))
    _drawn: "Recent[str, bytes]" = field(default_factory=lambda: Recent(_DRAWN))

    @property
    def is_sealed(self) -> bool:
        """Whether this is a sealed result, which everybody may see."""
        return self.view.stage is Stage.SEALED

    @property
    def policy(self) -> str:
        """What a browser may do on these pages."""
        return self._site.policy

    def read(self, path: str) -> bytes | None:
        """The page at a path of the site, as `denyut site` writes it; None where it has none."""
        from reports.pages.paths import read_path

        found = self._city.get(path)
        if found is not None:
            return found
        if path in self._further:
            return self._drawn.get(path, self._further[path])
        named = read_path(path)
        office = None if named is None else self.offices.get(named.slug)
        if named is None or office is None:
            return None
        return self._drawn.get(path, lambda: self._draw(office, named))

    def _draw(self, office: OfficePulse, named: "OfficePath") -> bytes | None:
        if named.kind == "badge":
            return self._site.draw_badge(office)[1]
        if named.kind == "page":
            told = [(line, self.explain(line) if line.standing.address else None) for line in office.lines]
            return self._site.draw_office(office, told)[1]
        line = next((line for line in office.lines if line.category.channel.value == named.channel), None)
        if line is None or not line.standing.address:
            return None
        page = self._turn_to(line, named.number)
        return None if page is None else self._site.draw_posts(office, line, page)[1]

    def explain(self, line: OfficeLine) -> Explanation:
        """Tell what one standing rests on; of its posts their number."""
        return self._explainer.explain(line.category, line.standing)

    def _turn_to(self, line: OfficeLine, number: int) -> PostPage | None:
        """A page of an account's posts, of which only those on it are read; None where there is none."""
        from reports.pages.render import POSTS_A_PAGE, turn_pages

        standing = line.standing
        place = (standing.agency.slug, line.category.channel)
        keys = self._listed.get(place, lambda: self._explainer.list_keys(standing))
        assert keys is not None
        listed = (*keys.posts, *keys.later)
        if len(set(listed)) < len(listed):  # an office that moved, with posts of one key at both addresses
            whole = turn_pages(self._explainer.tell_posts(standing))
            return next((page for page in whole if page.number == number), None)
        wanted = listed[(number - 1) * POSTS_A_PAGE : number * POSTS_A_PAGE]
        if not wanted:
            return None
        page = next(turn_pages(self._explainer.tell_posts(standing, wanted)))
        return replace(page, number=number, posts=len(keys.posts), later=len(keys.later))


class Recent(Generic[Key, Value]):
    """What was made lately; the longest unused goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value | None]) -> Value | None:
        """Tell what was made for a key, or is made now; two that come at once may both make it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        if made is not None:
            with self._lock:
                self._held[key] = made
                if len(self._held) > self._most:
                    self._held.popitem(last=False)
        return made


class LiveSemesters:
    """Semesters that were worked out, as long as the data stays what it was.

    After a run, a decision or a registry the old one is shown until the new one is worked out beside.

    Args:
        engine: the database, which is asked for the state of the data.
        links: further entries of the pages' menu: key of the word, and where it leads.
        evidence: where the captured pages of posts are shown; empty where they are not.
    """

    def __init__(
        self, config: Config, engine: "Engine", links: Iterable[tuple[str, str]] = (), evidence: str = ""
    ) -> None:
        self._config, self._engine, self._links = config, engine, tuple(links)
        self._evidence = evidence
        self._kept: OrderedDict[Semester, Live] = OrderedDict()
        self._working = Lock()

    def list_semesters(self) -> tuple[Semester, ...]:
        """Semesters of which something is known, the newest first."""
        from db.semester.state import load_known_days, load_sealed_semesters

        found = {Semester.parse(name) for name in load_sealed_semesters(self._engine)}
        known = load_known_days(self._engine)
        if known is not None:
            each, today = Semester.of(known[0]), Semester.of(night_of(self._config.now(), self._config.zone))
            while each <= today:
                found.add(each)
                each = Semester.of(each.end_day)
        return tuple(sorted(found, reverse=True))

    def list_sealed(self) -> tuple[Semester, ...]:
        """Semesters whose seal is in force, the newest first."""
        from db.semester.state import load_sealed_semesters
        from desk.semester.stage import load_progress

        named = sorted(map(Semester.parse, load_sealed_semesters(self._engine)), reverse=True)
        now, zone = self._config.now(), self._config.zone
        return tuple(s for s in named if load_progress(self._engine, s, now, zone).sealed is not None)

    def get(self, semester: Semester) -> Live:
        """A semester, from the newest state of the data that is worked out.

        Raises ConfigError for one that has not begun; StoreError, RubricError as `judge` does.
        """
        live = self._kept.get(semester)
        if live is None:
            with self._working:
                live = self._kept.get(semester) or self._work_out(semester)
        elif not self.is_newest(live):
            self._renew(semester)
        return live

    def is_newest(self, live: Live) -> bool:
        """Tell whether nothing has changed since it was worked out."""
        return live.version == self._find_version(live.view.ranking.semester)

    def wait(self) -> None:
        """Return once nothing is being worked out."""
        with self._working:
            pass

    def close(self) -> None:
        """Let go of every semester and of the database."""
        self.wait()
        for live in self._kept.values():
            live.judgement.engine.dispose()
        self._kept.clear()
        self._engine.dispose()

    def draw_ahead(self, live: Live) -> None:
        """Draw the pages of every office before anybody asks; half of the time is left to who asks now.

        Ends where newer figures have come.
        """
        from reports.pages.paths import PagePaths

        semester = live.view.ranking.semester
        for slug in list(live.offices)[:_AHEAD]:
            if self._kept.get(semester) is not live:
                return
            began = perf_counter()
            try:
                live.read(PagePaths.office(slug))
            except DenyutError as error:
                _LOG.warning("%s is not drawn ahead: %s", semester, error)
                return
            sleep(perf_counter() - began)

    def _find_version(self, semester: Semester) -> _Version:
        from db.semester.state import load_state

        return load_state(self._engine), plan_as_of(self._config, semester)

    def _renew(self, semester: Semester) -> None:
        if self._working.acquire(blocking=False):
            Thread(target=self._work_beside, args=(semester,), daemon=True).start()

    def _work_beside(self, semester: Semester) -> None:
        try:
            self._work_out(semester)
        except DenyutError as error:
            _LOG.warning("%s stays as it was shown: %s", semester, error)
        finally:
            self._working.release()

    def _work_out(self, semester: Semester) -> Live:
        from reports.pages.render import SemesterSite

        version = self._find_version(semester)
        judgement = judge(self._config, semester)
        view = read_view(judgement)
        offices = tuple(read_offices(judgement, view))
        site = SemesterSite(view, self._config.language, self._links, self._evidence)
        by_slug = {office.agency.slug: office for office in offices}
        planned = site.plan_city(offices)
        city = {path: draw() for path, draw in islice(planned, _CITY)}
        explainer = Explainer(judgement, nights=False, posts=PostDetail.COUNTED)
        live = Live(version, judgement, view, by_slug, explainer, site, city, dict(planned))
        before = self._kept.pop(semester, None)
        self._kept[semester] = live
        dropped = [self._kept.popitem(last=False)[1] for _ in range(len(self._kept) - _SEMESTERS)]
        for old in filter(None, [before, *dropped]):
            old.judgement.engine.dispose()
        _settle()
        Thread(target=self.draw_ahead, args=(live,), daemon=True).start()
        return live


def _settle() -> None:
    """Search for garbage once, and no more among what stays.

    Each search through a semester of 1,500 accounts, 140,000 objects, stops every page for an eighth of a
    second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
