"""What a rubric says of measuring: each table of the file read into its rule, or refused."""

from collections.abc import Mapping

from activity.agency import Channel
from activity.message import Message
from activity.metric import Metric
from scoring.rubrics.rule import Band, CoverageRule, FrequencyRule, RankingRule, StatusRule, TieBreak
from scoring.rubrics.table import RubricTable

__all__ = [
    "read_coverage",
    "read_engagement",
    "read_frequency",
    "read_freshness",
    "read_ranking",
    "read_regularity",
    "read_silence",
    "read_status",
    "read_targets",
    "read_weights",
]

_SILENCE_BANDS = (Band(14, 100.0), Band(30, 70.0), Band(60, 40.0), Band(90, 20.0))
"""For rubrics written before the longest silence was a metric; it weighs nothing in them."""
_WARN_DAYS = 14
_BANDS = "a list such as [{ days = 7, points = 100 }]"


def read_weights(table: RubricTable) -> Mapping[Metric, float]:
    """Read every metric's weight, 0 where it is not named; together 100."""
    known = [metric.value for metric in Metric]
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "metric")
    weights = {m: table.number(m, least=0, most=100) if m in table.values else 0.0 for m in Metric}
    total = sum(weights.values())
    if abs(total - 100) > 1e-9:
        table.refuse(None, f"add up to {total:g}", "Change them so that they add up to 100.")
    if weights[Metric.ENGAGEMENT] >= total:
        name, remedy = Metric.ENGAGEMENT.value, "Weigh another metric too: not every account shows figures."
        table.refuse(name, "is all that weighs", remedy)
    return weights


def read_targets(table: RubricTable) -> Mapping[Channel, Mapping[str, float]]:
    """Read posts a week by channel and lower-case level."""
    known = [channel.value for channel in Channel]
    targets: dict[Channel, Mapping[str, float]] = {}
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "channel")
        targets[Channel(name)] = _read_levels(table.table(name))
    if not targets:
        table.refuse(None, "names no channel", "Add a table such as [targets.website].")
    return targets


def _read_levels(table: RubricTable) -> Mapping[str, float]:
    if not table.values:
        table.refuse(None, "names no level", "Add `default = 2`, or a level and its posts a week.")
    levels: dict[str, float] = {}
    for level in table.values:
        target = table.number(level, least=0, most=1000)
        if target == 0:
            table.refuse(level, "is 0", "Write a number above 0, or leave the level out.")
        if level.casefold() in levels:
            table.refuse(level, "names a level a second time", "Write each level once; case does not matter.")
        levels[level.casefold()] = target
    return levels


def read_frequency(table: RubricTable) -> FrequencyRule:
    """Read how posts are counted against the target."""
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


def read_regularity(table: RubricTable) -> int:
    """Read the known nights from which a week without a post counts as empty."""
    nights = table.whole("known_nights", least=1, most=7)
    table.finish()
    return nights


def read_freshness(table: RubricTable) -> tuple[Band, ...]:
    """Read ages of the newest post and their points."""
    bands = _read_bands(table)
    table.finish()
    return bands


def read_silence(table: RubricTable) -> tuple[Band, ...]:
    """Read lengths of the longest silence and their points."""
    bands = _read_bands(table) if table.values else _SILENCE_BANDS
    table.finish()
    return bands


def _read_bands(table: RubricTable) -> tuple[Band, ...]:
    bands: list[Band] = []
    for number, entry in enumerate(table.tables("bands", _BANDS), 1):
        band = Band(entry.whole("days", least=0), entry.number("points", least=0, most=100))
        entry.finish()
        if bands and band.days <= bands[-1].days:
            entry.refuse(
                None,
                f"overlap: band {number} ends at {band.days} days, the one before it at {bands[-1].days}",
                "Sort them so that the days rise.",
            )
        if bands and band.points > bands[-1].points:
            entry.refuse(
                None,
                f"reward age: band {number} gives {band.points:g} points, the one before it"
                f" {bands[-1].points:g}",
                "Let the points fall as the days rise.",
            )
        bands.append(band)
    if not bands:
        table.refuse("bands", "is empty", Message("Write {expected}.", expected=_BANDS))
    return tuple(bands)


def read_engagement(table: RubricTable) -> float:
    """Read the mean engagement rate that earns all points, as a share of the followers."""
    full = table.number("full_rate", least=0.0001, most=1, default=0.05)
    table.finish()
    return full


def read_coverage(table: RubricTable) -> CoverageRule:
    """Read how much must be known before anything is said."""
    rule = CoverageRule(
        minimum=table.number("minimum", least=0.01, most=1),
        reconstructed_worth=table.number("reconstructed_worth", least=0, most=1),
        semester_share=table.number("semester_share", least=0, most=1),
    )
    table.finish()
    return rule


def read_status(table: RubricTable) -> StatusRule:
    """Read the limits of silence, rising."""
    rule = StatusRule(
        active_days=table.whole("active_days", least=1),
        vacuum_days=table.whole("vacuum_days", least=1),
        law_days=table.whole("law_days", least=1),
        warn_days=table.whole("warn_days", least=0, default=_WARN_DAYS),
    )
    if rule.vacuum_days <= rule.active_days:
        table.refuse("vacuum_days", f"is {rule.vacuum_days}", "Write more than active_days.")
    if rule.law_days < rule.vacuum_days:
        table.refuse("law_days", f"is {rule.law_days}", "Write at least vacuum_days.")
    if rule.warn_days >= rule.vacuum_days and "warn_days" in table.values:
        table.refuse("warn_days", f"is {rule.warn_days}", "Write less than vacuum_days.")
    table.finish()
    return rule


def read_ranking(table: RubricTable) -> RankingRule:
    """Read how scores become places."""
    known = [each.value for each in TieBreak]
    names = table.list_of("tie_break", str, f"a list of: {', '.join(known)}")
    for name in names:
        if name not in known:
            table.refuse(
                "tie_break", f"names {name!r}", Message("Known here: {names}.", names=", ".join(known))
            )
    levels = [level.casefold() for level in table.list_of("level_order", str, "a list of levels")]
    for key, words in (("tie_break", names), ("level_order", levels)):
        if twice := next((word for word in words if words.count(word) > 1), None):
            table.refuse(key, f"names {twice!r} twice", "Name each once.")
    rule = RankingRule(
        tie_break=tuple(TieBreak(name) for name in names),
        vacuum_may_place=table.flag("vacuum_may_place"),
        places=table.whole("places", least=1),
        shortlist=table.whole("shortlist", least=1),
        level_order=tuple(levels),
    )
    if rule.shortlist < rule.places:
        table.refuse("shortlist", f"is {rule.shortlist}", "Write at least as many as places.")
    table.finish()
    return rule
