"""What reports and pages say, in English, each under a key; the catalogue has the Indonesian."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from activity.ranking import Reason, Standing
from reports.catalogue import translate, translate_word
from reports.messages_desk import DESK
from reports.messages_metrics import METRICS
from reports.messages_months import MONTHS
from reports.messages_papers import PAPERS
from reports.messages_site import SITE
from reports.wording import Language, phrase_date, phrase_number

__all__ = ["MESSAGES", "WORDS", "reason_of", "text", "word"]

_PAGE = {
    "document": "Denyut: {title}, {semester}",
    "semester": "{year}, {ordinal} half",
    "subtitle": "How alive the websites and social media of public offices are",
    "as_of": "As of {day}",
    "running": "The semester has not ended; these results are interim and will change.",
    "rubric": "Rubric {name}, version {version}",
    "digest": "SHA-256 digest",
    "language": "Language",
    "skip": "Skip to the rankings",
    "contents": "Contents",
    "offices": "Offices",
    "filter": "Filter by name",
    "filter_none": "No name matches.",
    "overview": "At a glance",
    "rankings": "Rankings",
    "vacuum": "Fallen silent",
    "calendars": "Activity calendars",
    "reading": "How to read this",
    "to_top": "Back to top",
    "no_winner": "Nobody has a place yet.",
    "footer": "Made by Denyut. This page stands alone: it loads nothing from the internet.",
}

_TABLE = {
    "category": "{channel}, {level}",
    "caption": "{placed} with a place, {unplaced} without.",
    "place": "Place",
    "agency": "Office",
    "score": "Score",
    "posts": "Posts",
    "counted": "{count} counted",
    "undated": "{count} undated",
    "undated_posts": "Without a certain date",
    "last_post": "Last post",
    "coverage": "Coverage",
    "coverage_nights": "{known}/{due} nights",
    "coverage_rebuilt": "{count} reconstructed",
    "status": "Status",
    "tie": "tie",
    "winner": "top {places}",
    "shortlisted": "shortlist",
    "unplaced": "Without a place",
    "unknown": "unknown",
    "at_least": "≥ {count}",
    "silent_since": "Silent since",
    "silent_days": "Days",
    "beyond_law": "beyond the law's 6 months",
    "outcome": "Latest check",
    "channel": "Channel",
    "level": "Level",
    "week": "Week from",
    "address": "Address",
    "reason": "Reason",
    "detail": "Detail",
    "points": "{metric} (points)",
    "never_posted": "never seen",
    "vacuum_lead": "{count} accounts have fallen silent; the longest silence first.",
    "vacuum_none": "No account has fallen silent.",
}

_FAIRNESS = {
    "stage": "Stage: {stage}",
    "range": "possibly {best}–{worst}",
    "stability": "the same under {share} of the other weights tried",
    "held": "{count} held for the jury",
    "flags": "Flags ({count})",
    "rose": "up from {place}",
    "fell": "down from {place}",
    "kept": "still {place}",
    "new_here": "no place last semester",
    "sweeps": "Winners on every channel",
    "overall": "All channels together, {level}",
    "cause": "Cause",
    "alive_on": "still active on {channels}",
    "rhythm": "usually one post in {days} days",
    "warnings": "Early warning",
    "warnings_lead": "Without a new post these accounts become vacuum on the day named.",
    "vacuum_on": "Vacuum from",
    "best_place": "Best possible place",
    "worst_place": "Worst possible place",
    "flagged": "Flags",
    "evidence": "Evidence",
    "flag": "Flag",
    "count": "Posts",
    "place_before": "Place last semester",
    "deducted": "Deducted",
}

_CALENDAR = {
    "calendar_lead": (
        "Each cell is a day, each column a week (Monday on top). Point at a cell to see its date."
    ),
    "posted_1": "1 post",
    "posted_2": "2 posts",
    "posted_3": "3 posts or more",
    "posted_n": "{count} posts",
    "silent": "silent: checked, nothing posted",
    "unseen": "unseen: not known",
    "reconstructed": "open centre: reconstructed from a list read later",
    "rebuilt": "reconstructed",
    "summary": "{posts} posts on {posted} days, {silent} silent nights, {unseen} unseen nights",
    "summary_unseen": "No night was seen; that is not zero.",
    "no_data": "no data for this semester",
    "no_account_here": "No account on this channel.",
    "placed": "place {place}",
}

_READING = {
    "read_score": (
        "The score (0–100) adds up the rubric's metrics by their weights; each bar is one metric's points."
    ),
    "read_place": (
        "What the rubric's own rule cannot separate stays a tie and shares its number. "
        "The first {places} places are marked in gold; the first {shortlist} go to the jury."
    ),
    "read_status": (
        "Active, less active and vacuum tell how long ago the last post was. "
        "Not assessed means that too little is known: a status, not a zero."
    ),
    "read_coverage": (
        "Coverage is the share of nights that are known. An unseen night never counts against anybody."
    ),
    "read_range": (
        "Possible places: the best and the worst when unseen nights and flagged posts go either way. "
        "Offices whose ranges meet cannot be told apart."
    ),
    "read_flags": "A flag is no verdict: its evidence stands beside it, and the jury decides.",
    "read_quality": "The machine measures activity; the quality of what is written is for the jury.",
}

_WORDS = {
    "channel.website": "Website",
    "channel.instagram": "Instagram",
    "channel.facebook": "Facebook",
    "channel.youtube": "YouTube",
    "channel.tiktok": "TikTok",
    "level.skpd": "city offices (SKPD)",
    "level.opd": "city offices (OPD)",
    "level.kelurahan": "urban villages (kelurahan)",
    "level.kecamatan": "districts (kecamatan)",
    "level.desa": "villages (desa)",
    "status.aktif": "active",
    "status.kurang aktif": "less active",
    "status.vakum": "vacuum",
    "status.tidak dinilai": "not assessed",
    "reason.no account": "has no account on this channel",
    "reason.excluded by the registry": "excluded by the registry",
    "reason.never seen": "never seen",
    "reason.too few nights known": "too few nights known",
    "reason.too many posts tell no day": "too many posts tell no day",
    "undated_of_all": "{undated} of {total} posts tell no day: show the date on every post",
    "reason.does not compete": "does not compete",
    "reason.vacuum": "vacuum, so without a place",
    "reason.no token": "no token, and no file was handed in",
    "reason.no file": "no file was handed in",
    "reason.not visible": "the account is not publicly visible",
    "reason.no import since": "no import since",
    "reason.silent for too long": "silent for too long at one time: the rubric's veto",
    "reason.excluded by the jury": "excluded by the jury",
    "outcome.ok": "read",
    "outcome.unchanged": "unchanged",
    "outcome.empty": "empty",
    "outcome.limited": "read in part",
    "outcome.blocked": "blocks the crawler",
    "outcome.gone": "gone",
    "outcome.unreachable": "unreachable",
    "outcome.maintenance": "under maintenance",
    "outcome.parked": "parked domain",
    "outcome.suspended": "hosting suspended",
    "outcome.moved": "moved",
    "outcome.hacked": "hacked",
    "outcome.unparsable": "cannot be read",
    "outcome.needs browser": "needs a browser",
    "outcome.not visible": "not publicly visible",
    "outcome.withheld": "withheld by the platform",
    "outcome.throttled": "throttled",
    "outcome.no token": "no token",
    "outcome.token dead": "token expired",
    "outcome.not permitted": "not permitted",
    "outcome.misconfigured": "misconfigured",
    "outcome.refused": "may not be checked",
    "outcome.crashed": "check failed",
}

_FOUND = {
    "stage.provisional": "provisional",
    "stage.objections open": "open to objections",
    "stage.final": "final",
    "stage.sealed": "sealed",
    "stage.reopened": "reopened",
    "flag.back-dated": "back-dated",
    "flag.burst": "burst before the deadline",
    "flag.copied": "copied from another office",
    "flag.repeated": "repeated",
    "flag.greeting": "mere greetings",
    "flag.shared": "shared or posted twice",
    "flag.deleted": "deleted after the count",
    "flag.re-dated": "re-dated",
    "flag.future": "dated in the future",
    "flag.spam": "gambling spam injected",
    "cause.silent": "stopped posting",
    "cause.gone": "gone",
    "cause.certificate expired": "certificate expired",
    "cause.moved": "moved",
    "cause.hacked": "hacked",
    "cause.suspended": "hosting suspended",
    "cause.maintenance": "under maintenance",
    "cause.unreachable": "unreachable",
}

_SHEETS = {
    "sheet.flags": "Flags",
    "sheet.ranking": "Ranking",
    "sheet.shortlist": "Shortlist",
    "sheet.vacuum": "Vacuum",
    "sheet.activity": "Activity",
    "sheet.reading": "How to read",
    "read_weeks": (
        "Activity: posts each week, the darker, the more. A hatched cell: no night of that week is known."
    ),
}

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        **_PAGE,
        **_TABLE,
        **_FAIRNESS,
        **_CALENDAR,
        **_READING,
        **_WORDS,
        **_FOUND,
        **_SHEETS,
        **SITE,
        **MONTHS,
        **DESK,
        **METRICS,
        **PAPERS,
    }
)
"""Key to English; the catalogue has the Indonesian of it, of a word (`kind.name`) by its kind and name."""
WORDS = frozenset(
    (
        "channel",
        "level",
        "metric",
        "status",
        "reason",
        "outcome",
        "stage",
        "flag",
        "cause",
        "action",
        "treatment",
        "handed",
        "kept",
        "upload",
        "role",
    )
)
"""Kinds of words."""


def text(key: str, language: str = "id", **values: Any) -> str:
    """Say something in `id` or `en`; dates and numbers among the values are written as there.

    Raises KeyError for an unknown key and ConfigError for an unknown language.

    >>> text("as_of", "id", day=date(2017, 8, 17))
    'Keadaan per 17 Agustus 2017'
    """
    spoken = Language.parse(language)
    kind, dot, name = key.partition(".")
    if dot and kind in WORDS:
        return word(kind, name, language)
    said = {name: _say(value, spoken) for name, value in values.items()}
    return translate(MESSAGES[key], spoken, **said)


def word(kind: str, name: str, language: str = "id") -> str:
    """Name a channel, level, metric, status, reason, outcome, stage, flag or cause; an unknown one as it is.

    >>> word("status", "kurang aktif", "en"), word("level", "puskesmas", "en")
    ('less active', 'puskesmas')
    """
    if Language.parse(language) is Language.ID:
        return translate_word(kind, name).replace("_", " ")
    return MESSAGES.get(f"{kind}.{name}", name.replace("_", " "))


def reason_of(standing: Standing, language: str = "id") -> str:
    """Tell why an account has no place, with the day or the counts that the reason rests on."""
    if standing.reason is Reason.UNDATED:
        total = standing.undated + standing.posts
        return text("undated_of_all", language, undated=standing.undated, total=total)
    told = word("reason", standing.reason.value, language)
    if standing.reason is not Reason.NO_IMPORT or standing.known_until is None:
        return told
    return f"{told} {phrase_date(standing.known_until, Language.parse(language))}"


def _say(value: Any, language: Language) -> str:
    if isinstance(value, date):
        return phrase_date(value, language)
    if isinstance(value, int):
        return phrase_number(value, language)
    if isinstance(value, float):
        return phrase_number(value, language, 2)
    return str(value)
