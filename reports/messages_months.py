"""What pages and workbook say of months, in English; the catalogue has the Indonesian."""

from collections.abc import Mapping

__all__ = ["MONTHS"]

MONTHS: Mapping[str, str] = {
    "months.nav": "Months",
    "months.title": "Month by month",
    "months.lead": ("All accounts of the city. ≥ means that nights are unseen, so that it may be more."),
    "months.each": "By month",
    "months.month": "Month",
    "months.accounts": "{count} accounts",
    "months.active_days": "Days with a post",
    "months.longest_silence": "Longest silence (nights)",
    "months.latest": "Latest post",
    "months.unseen": "Nights unseen",
    "months.all_unseen": "all",
    "months.of": "{count} of {whole}",
    "months.posted": "With a post",
    "months.silent": "Silent",
    "months.uncertain": "Uncertain",
    "months.files": "Files of the month",
    "months.tally": "{posted} accounts posted, {silent} were silent, {uncertain} are uncertain.",
    "months.reading": (
        "Silent: no post, and every night is known. Uncertain: no post was found, but nights are unseen."
        " The longest silence counts known nights only. No file is needed where every night was seen. "
        "Every dated post counts, also a flagged one."
    ),
    "months.covered": "{covered} of {due} nights",
    "months.lacking": "Nothing handed in",
    "months.lacking_lead": "Nights of these accounts are unseen, and no file tells of this month.",
    "handed.whole": "whole",
    "handed.part": "in part",
    "handed.nothing": "nothing",
    "handed.not needed": "not needed",
    "months.posts_each": "Posts a month",
    "sheet.months": "Months",
    "sheet.summary": "Summary",
}
"""Key to English."""
