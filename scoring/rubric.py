"""A rubric: every number by which a semester is judged, read from TOML and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from activity.agency import Channel
from activity.errors import RubricError
from scoring.rule import (
    Band,
    CoverageRule,
    FrequencyRule,
    Metric,
    RankingRule,
    StatusRule,
    TieBreak,
)
from scoring.table import Table

__all__ = ["Rubric", "load_default", "parse_rubric"]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rules of one assessment.

    Attributes:
        digest: SHA-256 of the text it was read from, hex.
        reason: why this version exists.
        weights: of every metric, adding up to 100.
        targets: posts a week by channel and lower-case level; `default` for levels not named.
        regularity_nights: known nights from which a week without a post counts as empty.
        bands: rising in days, falling in points.
    """

    name: str
    version: str
    reason: str
    digest: str
    weights: Mapping[Metric, float]
    targets: Mapping[Channel, Mapping[str, float]]
    frequency: FrequencyRule
    regularity_nights: int
    bands: tuple[Band, ...]
    coverage: CoverageRule
    status: StatusRule
    ranking: RankingRule

    def target(self, channel: Channel, level: str) -> float | None:
        """Posts a week asked of a level on a channel; None where the rubric ranks nobody."""
        levels = self.targets.get(channel, {})
        return levels.get(level.casefold(), levels.get("default"))


def load_default() -> str:
    """The text of the rubric that ships with Denyut, `keaktifan`."""
    return files("scoring").joinpath("rubrics", "keaktifan.toml").read_text(encoding="utf-8")


def parse_rubric(text: str, source: str) -> Rubric:
    """Read a rubric whole.

    Args:
        source: what the messages call the file.

    Raises:
        RubricError: with the key, its line and the remedy, at the first thing that is wrong.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RubricError(f"{source} is not TOML: {error}.", "Correct that line.") from error
    root = Table(values, source, text)
    rubric = Rubric(
        name=root.words("name"),
        version=root.words("version"),
        reason=root.words("reason"),
        digest=sha256(text.encode()).hexdigest(),
        weights=_read_weights(root.table("weights")),
        targets=_read_targets(root.table("targets")),
        frequency=_read_frequency(root.table("frequency")),
        regularity_nights=_read_regularity(root.table("regularity")),
        bands=_read_freshness(root.table("freshness")),
        coverage=_read_coverage(root.table("coverage")),
        status=_read_status(root.table("status")),
        ranking=_read_ranking(root.table("ranking")),
    )
    root.finish()
    return rubric


def _read_weights(table: Table) -> Mapping[Metric, float]:
    known = [metric.value for metric in Metric]
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "metric")
    weights = {m: table.number(m, least=0, most=100) if m in table.values else 0.0 for m in Metric}
    total = sum(weights.values())
    if abs(total - 100) > 1e-9:
        table.refuse(None, f"add up to {total:g}", "Change them so that they add up to 100.")
    return weights


def _read_targets(table: Table) -> Mapping[Channel, Mapping[str, float]]:
    known = [channel.value for channel in Channel]
    targets: dict[Channel, Mapping[str, float]] = {}
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "channel")
        targets[Channel(name)] = _read_levels(table.table(name))
    if not targets:
        table.refuse(None, "names no channel", "Add a table such as [targets.website].")
    return targets


def _read_levels(table: Table) -> Mapping[str, float]:
    if not table.values:
        table.refuse(None, "names no level", "Add `default = 2`, or a level and its posts a week.")
    levels: dict[str, float] = {}
    for level in table.values:
        target = table.number(level, least=0, most=1000)
        if target == 0:
            table.refuse(level, "is 0", "Write a number above 0, or leave the level out.")
        levels[level.casefold()] = target
    return levels


def _read_frequency(table: Table) -> FrequencyRule:
    rule = FrequencyRule(
        at_target=table.number("at_target", least=0, most=100),
        full_at=table.number("full_at", least=1, most=1000),
        cap_per_day=table.whole("cap_per_day", least=1),
        cap_per_week=table.number("cap_per_week", least=1),
    )
    if rule.full_at == 1 and rule.at_target != 100:
        table.refuse("full_at", "is 1 while at_target is below 100", "Write more than 1.")
    table.finish()
    return rule


def _read_regularity(table: Table) -> int:
    nights = table.whole("known_nights", least=1, most=7)
    table.finish()
    return nights


def _read_freshness(table: Table) -> tuple[Band, ...]:
    expected = "a list such as [{ days = 7, points = 100 }]"
    bands: list[Band] = []
    for number, item in enumerate(table.list_of("bands", dict, expected), 1):
        entry = Table(item, table.source, table.text, (*table.path, "bands"))
        band = Band(entry.whole("days", least=0), entry.number("points", least=0, most=100))
        entry.finish()
        if bands and band.days <= bands[-1].days:
            table.refuse(
                "bands",
                f"overlap: band {number} ends at {band.days} days, the one before it at {bands[-1].days}",
                "Sort them so that the days rise.",
            )
        if bands and band.points > bands[-1].points:
            table.refuse(
                "bands",
                f"reward age: band {number} gives {band.points:g} points, the one before it"
                f" {bands[-1].points:g}",
                "Let the points fall as the days rise.",
            )
        bands.append(band)
    if not bands:
        table.refuse("bands", "is empty", f"Write {expected}.")
    table.finish()
    return tuple(bands)


def _read_coverage(table: Table) -> CoverageRule:
    rule = CoverageRule(
        minimum=table.number("minimum", least=0.01, most=1),
        reconstructed_worth=table.number("reconstructed_worth", least=0, most=1),
        semester_share=table.number("semester_share", least=0, most=1),
    )
    table.finish()
    return rule


def _read_status(table: Table) -> StatusRule:
    rule = StatusRule(*(table.whole(key, least=1) for key in ("active_days", "vacuum_days", "law_days")))
    if rule.vacuum_days <= rule.active_days:
        table.refuse("vacuum_days", f"is {rule.vacuum_days}", "Write more than active_days.")
    if rule.law_days < rule.vacuum_days:
        table.refuse("law_days", f"is {rule.law_days}", "Write at least vacuum_days.")
    table.finish()
    return rule


def _read_ranking(table: Table) -> RankingRule:
    known = [each.value for each in TieBreak]
    names = table.list_of("tie_break", str, f"a list of: {', '.join(known)}")
    for name in names:
        if name not in known:
            table.refuse("tie_break", f"names {name!r}", f"Known here: {', '.join(known)}.")
    rule = RankingRule(
        tie_break=tuple(TieBreak(name) for name in names),
        vacuum_may_place=table.flag("vacuum_may_place"),
        places=table.whole("places", least=1),
        shortlist=table.whole("shortlist", least=1),
        level_order=tuple(
            level.casefold() for level in table.list_of("level_order", str, "a list of levels")
        ),
    )
    if rule.shortlist < rule.places:
        table.refuse("shortlist", f"is {rule.shortlist}", "Write at least as many as places.")
    table.finish()
    return rule
