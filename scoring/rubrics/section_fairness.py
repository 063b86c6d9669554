"""What a rubric says beyond measuring: flags, stability, all channels together, objections.

Rubrics are kept for years, so each key here may be left out: older files were whole without it.
"""

from collections.abc import Collection, Mapping

from activity.agency import Channel
from activity.flag import FlagKind, Treatment
from activity.message import Message
from scoring.rubrics.rule import IntegrityRule, OverallRule, OverallWay, StabilityRule, UndatedRule
from scoring.rubrics.table import RubricTable

__all__ = ["read_integrity", "read_overall", "read_process", "read_stability", "read_undated"]

_OBJECTION_DAYS = 7


def read_stability(table: RubricTable) -> StabilityRule:
    """Read how a place is tried against other weights."""
    usual = StabilityRule()
    rule = StabilityRule(
        sway=table.number("sway", least=0, most=1, default=usual.sway),
        draws=table.whole("draws", least=1, most=10_000, default=usual.draws),
        seed=table.whole("seed", least=0, default=usual.seed),
    )
    table.finish()
    return rule


def read_integrity(table: RubricTable, flags: RubricTable, datelines: RubricTable) -> IntegrityRule:
    """Read when something is flagged, what a flag does, and what a mere dateline is worth."""
    usual = IntegrityRule({})
    rule = IntegrityRule(
        treatment=_read_treatment(flags),
        back_dated_days=table.whole("back_dated_days", least=0, most=180, default=usual.back_dated_days),
        burst_days=table.whole("burst_days", least=1, most=90, default=usual.burst_days),
        burst_share=table.number("burst_share", least=0.01, most=1, default=usual.burst_share),
        burst_posts=table.whole("burst_posts", least=1, default=usual.burst_posts),
        similarity=table.number("similarity", least=0.5, most=1, default=usual.similarity),
        similar_words=table.whole("similar_words", least=1, default=usual.similar_words),
        copied_days=table.whole("copied_days", least=0, most=184, default=usual.copied_days),
        repeated_times=table.whole("repeated_times", least=2, default=usual.repeated_times),
        repeated_days=table.whole("repeated_days", least=1, most=184, default=usual.repeated_days),
        greeting_share=table.number("greeting_share", least=0.01, most=1, default=usual.greeting_share),
        greeting_posts=table.whole("greeting_posts", least=1, default=usual.greeting_posts),
        deleted_nights=table.whole("deleted_nights", least=1, default=usual.deleted_nights),
        dateline=datelines.one_of("treatment", Treatment) if datelines.values else usual.dateline,
    )
    table.finish()
    datelines.finish()
    return rule


def _read_treatment(table: RubricTable) -> Mapping[FlagKind, Treatment]:
    """Of each kind; one not named is shown and counts, save spam, which nobody of the office wrote."""
    known = [kind.value for kind in FlagKind]
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "flag")
    treatment = dict.fromkeys(FlagKind, Treatment.COUNT) | {FlagKind.SPAM: Treatment.DROP}
    for name in table.values:
        treatment[FlagKind(name)] = table.one_of(name, Treatment)
    if treatment[FlagKind.SPAM] in {Treatment.COUNT, Treatment.FIRST_SEEN}:
        table.refuse(
            FlagKind.SPAM,
            f"is {treatment[FlagKind.SPAM].value!r}: what strangers planted would be an office's work",
            Message("Write {one!r} or {other!r}.", one=Treatment.DROP.value, other=Treatment.HOLD.value),
        )
    return treatment


def read_overall(table: RubricTable, ranked: Collection[Channel]) -> OverallRule:
    """Read how the channels that are ranked become one standing."""
    if not table.values:
        return OverallRule(OverallWay.NONE, {})
    way = table.one_of("way", OverallWay)
    weights = _read_channel_weights(table.table("weights", needed=False), ranked)
    used = sum(weight > 0 for weight in weights.values())
    if way is not OverallWay.NONE and not used:
        table.refuse("weights", "weigh no channel", "Give at least one channel a weight above 0.")
    rule = OverallRule(
        way=way,
        weights=weights,
        missing_is_zero=table.flag("missing_is_zero", default=False),
        least_channels=table.whole("least_channels", least=1, default=1),
    )
    if way is not OverallWay.NONE and rule.least_channels > used:
        table.refuse(
            "least_channels",
            f"is {rule.least_channels}",
            Message("Write at most {used}, the channels weighed.", used=used),
        )
    table.finish()
    return rule


def _read_channel_weights(table: RubricTable, ranked: Collection[Channel]) -> Mapping[Channel, float]:
    """As written; the same for every ranked channel where nothing is."""
    if not table.values:
        return dict.fromkeys(ranked, 1.0)
    known = [channel.value for channel in Channel]
    weights: dict[Channel, float] = {}
    for name in table.values:
        if name not in known:
            table.refuse_unknown(name, known, "channel")
        if Channel(name) not in ranked:
            table.refuse(
                name,
                "weighs a channel without targets",
                Message("Add [targets.{name}], or leave the weight out.", name=name),
            )
        weights[Channel(name)] = table.number(name, least=0, most=1000)
    return weights


def read_process(table: RubricTable) -> int:
    """Read the days in which offices may object to a provisional result."""
    days = table.whole("objection_days", least=0, most=90, default=_OBJECTION_DAYS)
    table.finish()
    return days


def read_undated(table: RubricTable) -> UndatedRule | None:
    """Read what posts without a day take from silence; None where the rubric does not say."""
    if not table.values:
        return None
    rule = UndatedRule(most=table.number("most", least=0, most=1))
    table.finish()
    return rule
