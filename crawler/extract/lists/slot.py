"""The one place in which all records of a list carry their date, or none."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import compress
from statistics import fmean
from typing import Final

from crawler.dates.label import Label
from crawler.extract.article.witness import Setting
from crawler.extract.lists.candidate import DateCandidate, Key, Zone
from crawler.extract.lists.date.prose import ProseStanding
from crawler.extract.lists.date.settle import begin_with_year

__all__ = ["Choice", "choose_slot"]

# Half of the records show their day wherever a list shows days at all.
_LEAST_COVERAGE: Final = 0.5
# Where a stamp opens the stories it opens them all.
_LEAST_STAMPED: Final = 0.8
_FEWEST_STAMPED: Final = 3
# Days to come: an agenda's. A few posts are dated ahead by mistake.
_MOST_AHEAD: Final = 0.25
_AHEAD: Final = timedelta(days=2)
# A batch of three in one day is common, one of four alike to the minute is a build.
_MANY: Final = 4
# ... and fewer are one where the build was last night.
_FRESH: Final = timedelta(days=2)
_PURITY: Final = {
    ProseStanding.PURE: 1.0,
    ProseStanding.META: 0.95,
    ProseStanding.STAMP: 0.8,
    ProseStanding.EDGE: 0.8,
    ProseStanding.PROSE: 0.0,
}
_ZONE: Final = {Zone.INSIDE: 0.0, Zone.LINE: 0.005, Zone.BEHIND: 0.01, Zone.BEFORE: 0.015, Zone.ABOVE: 0.02}
_PLACE: Final = {"path": 0.0, "column": 0.001, "class": 0.002, "line": 0.003, "above": 0.0}


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot and what it holds: for each record its candidate, or None."""

    key: str
    found: tuple[DateCandidate | None, ...]
    score: float

    @property
    def dated(self) -> int:
        """In how many records it holds a date."""
        return sum(candidate is not None for candidate in self.found)

    def only(self, kept: Sequence[bool]) -> "Choice":
        """Keep what it holds for some of the records."""
        return Choice(self.key, tuple(compress(self.found, kept)), self.score)


def choose_slot(
    candidates: Sequence[Sequence[DateCandidate]],
    setting: Setting,
    prefix: str,
    unseated: frozenset[str] = frozenset(),
) -> tuple[Choice | None, Choice | None]:
    """Choose the slot of a group of records, and a doubtful one: all its dates are alike, or it was unseated.

    Excluded candidates are gone already; keys compete by coverage and purity, then what all records say
    alike is refused.
    """
    doubtful = None
    for choice in sorted(_weigh(candidates, setting, prefix), key=lambda choice: -choice.score):
        if doubtful is not None and _shares(choice, doubtful):
            continue
        if choice.key in unseated or _is_alike(choice, setting):
            doubtful = doubtful or choice
            continue
        return choice, doubtful
    return None, doubtful


def _weigh(candidates: Sequence[Sequence[DateCandidate]], setting: Setting, prefix: str) -> Iterator[Choice]:
    held: dict[Key, dict[int, list[DateCandidate]]] = defaultdict(lambda: defaultdict(list))
    for number, own in enumerate(candidates):
        for candidate in own:
            for key in candidate.keys:
                held[key][number].append(candidate)
    for key, records in held.items():
        if key[1].startswith(Zone.BEFORE.name):
            # Between two titles a date is the upper one's, unless the first has one above it as well.
            mirrored = held.get((key[0], key[1].replace(Zone.BEFORE.name, Zone.BEHIND.name, 1)), {})
            if len(mirrored) >= len(records):
                continue
        found = {number: _first(own) for number, own in records.items()}
        if key[0] != "above":
            # Between two records of one line a date would be both's: it is neither's.
            uses = Counter(candidate.found.index for candidate in found.values())
            found = {number: c for number, c in found.items() if uses[c.found.index] == 1}
        told = [n for n, c in found.items() if c.found.standing < ProseStanding.META]
        if len(told) * 2 < len(found):
            # A story's first words, in the place where the others have their day.
            found = {number: c for number, c in found.items() if number not in told}
        score = _score(key, records, found, len(candidates), setting)
        if score > 0:
            whole = tuple(found.get(number) for number in range(len(candidates)))
            yield Choice(_name(prefix, key, found), whole, score)


def _first(own: Sequence[DateCandidate]) -> DateCandidate:
    """The one that says it is the publication's, else the first."""
    return next((c for c in own if c.found.label is Label.PUBLISHED), own[0])


def _score(
    key: Key,
    records: Mapping[int, Sequence[DateCandidate]],
    found: Mapping[int, DateCandidate],
    total: int,
    setting: Setting,
) -> float:
    own = list(found.values())
    if not own:
        return 0.0
    coverage = len(found) / total
    if coverage < _LEAST_COVERAGE or (total > 1 and len(found) < 2) or _is_ahead(own, setting):
        return 0.0
    # Of two records only what stands inside of both, or beside both, is a slot.
    if total <= 2 and coverage < 1:
        return 0.0
    stamped = sum(c.found.standing is ProseStanding.STAMP for c in own)
    if stamped * 2 > len(own) and (coverage < _LEAST_STAMPED or len(own) < _FEWEST_STAMPED):
        return 0.0
    single = sum(len({c.found.index for c in several}) == 1 for several in records.values()) / len(records)
    purity = fmean(_PURITY[c.found.standing] for c in own)
    bonus = 0.05 * fmean(c.is_published for c in own)
    # "Tgl Surat" stands before "Tgl Upload".
    letters = 0.2 * fmean(c.is_document for c in own)
    exact = 0.05 * fmean(c.found.reading is not None and not c.found.reading.relative for c in own)
    # What readers are shown goes before what they are not.
    unseen = 0.1 * fmean(c.path.endswith("meta") for c in own)
    partial = 0.2 * fmean(c.found.reading is None for c in own)
    behind = fmean(_ZONE[c.zone] for c in own) + _PLACE[key[0]] + (0.1 if _is_second(key) else 0.0)
    return coverage * purity * (0.8 + 0.2 * single) + bonus + exact - partial - unseen - letters - behind


def _is_ahead(own: Sequence[DateCandidate], setting: Setting) -> bool:
    limit = setting.now + _AHEAD
    readings = [c.found.reading for c in own if c.found.reading is not None]
    ahead = 0 if begin_with_year([r.raw for r in readings]) else sum(r.at > limit for r in readings)
    return ahead > 1 and ahead > _MOST_AHEAD * len(own)


def _is_alike(choice: Choice, setting: Setting) -> bool:
    """Whether all records say one and the same moment, as a page does that shows the day of its build."""
    readings = [c.found.reading for c in choice.found if c is not None and c.found.reading is not None]
    if len(readings) < 2 or any(r.relative and not r.precision.names_a_day for r in readings):
        # "2 bulan lalu" is what many posts are.
        return False
    if len({reading.at for reading in readings}) > 1:
        return False
    return len(readings) >= _MANY or setting.now - readings[0].at < _FRESH


def _shares(choice: Choice, other: Choice) -> bool:
    """Whether two choices read the same dates, by another key."""
    ours = {c.found.index for c in choice.found if c is not None}
    theirs = {c.found.index for c in other.found if c is not None}
    return bool(ours & theirs) or choice.dated * 5 < len(choice.found) * 4


def _name(prefix: str, key: Key, found: Mapping[int, DateCandidate]) -> str:
    """A name from tags alone, the same however the slot was found."""
    (zone, path), _ = Counter((c.zone, c.path) for c in found.values()).most_common(1)[0]
    second = " 2" if _is_second(key) else ""
    where = f"column {key[1].split()[-1]}" if key[0] == "column" else path
    return f"{prefix} {zone.name.lower()} {where}{second}".strip()


def _is_second(key: Key) -> bool:
    """Whether it names the second or a later one of its kind in a record."""
    return key[0] in {"path", "class"} and not key[1].endswith(" 1")
