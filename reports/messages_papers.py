"""What the papers of a semester say, in English; the catalogue has the Indonesian."""

from collections.abc import Mapping

__all__ = ["PAPERS"]

_COMMON = {
    "paper.draft": "DRAFT, not sealed",
    "paper.draft_stage": "Stage: {stage}. The figures may still change; only a sealed result binds.",
    "paper.sealed": "Seal {number}, {day}, SHA-256 {digest}",
    "paper.page": "page",
    "paper.of": "of",
    "paper.award": "Assessment of Activity on Websites and Social Media",
    "paper.chair": "Chair",
    "paper.member": "Member",
    "paper.team": "The jury",
    "paper.none": "None.",
    "paper.number": "No.",
    "paper.day": "Day",
    "paper.square": "□: a letter that this print has no shape for.",
}

_MINUTES = {
    "minutes.title": "OFFICIAL MINUTES",
    "minutes.number": "Number: ........................................",
    "minutes.opening": (
        "On this day, ...................., the .................................................., "
        "at .............................., we the undersigned, the jury{decree}, declare the result "
        "of the assessment of websites and social media of {city} in {semester}, as of {as_of}, by "
        "the rubric {rubric}, version {version}, to be as follows."
    ),
    "minutes.decree": " by {decree}",
    "minutes.accounts": "State of the accounts",
    "minutes.accounts_lead": (
        "Accounts by state. Not assessed means that too little is known: a status, not a zero."
    ),
    "minutes.winners": "Winners",
    "minutes.winners_lead": (
        "The first {places} places of each category. What the rubric cannot tell apart stays a tie."
    ),
    "minutes.empty_place": "nobody qualified",
    "minutes.tie": "tie",
    "minutes.sweep": "wins on every channel",
    "minutes.note": "Note",
    "minutes.vacuum": "Vacuum accounts",
    "minutes.vacuum_lead": (
        "Accounts silent for longer than the rubric allows, seen often enough to say so; the longest first."
    ),
    "minutes.decisions": "Decisions of the jury",
    "minutes.decision": "Decision",
    "minutes.by": "By",
    "minutes.reason": "Reason and evidence",
    "minutes.undone": "{count} further decisions were taken back or replaced; all stay on record.",
    "minutes.objections": "Objections",
    "minutes.objected": "Objection",
    "minutes.answer": "Answer",
    "minutes.open": "not answered yet",
    "minutes.accepted": "Accepted {day}: {answer}",
    "minutes.rejected": "Rejected {day}: {answer}",
    "minutes.all_channels": "all channels",
    "minutes.seal": "Seal",
    "minutes.sealed": (
        "This result was sealed on {day} by {who} as seal number {number}. SHA-256 of its archive:"
    ),
    "minutes.supersedes": "This seal supersedes seal number {number}: {reason}",
    "minutes.verify": (
        "Anybody can work the whole result out again from it: denyut verify ARCHIVE --sha256 DIGEST"
    ),
    "minutes.unsealed": (
        "DRAFT, not sealed: these minutes carry no seal's digest yet and must not be signed."
    ),
    "minutes.closing": "These minutes were made truthfully, to be used as they are meant to be.",
}

_RAPOR = {
    "rapor.title": "Report of {name}",
    "rapor.heading": "ACTIVITY REPORT",
    "rapor.of": "place {place} of {count}",
    "rapor.metric": "What is judged",
    "rapor.means": "How it stands",
    "rapor.gives": "Score",
    "rapor.total": "Total",
    "rapor.best": "{points} of {weight}",
    "rapor.first": "This is the first place; nobody stands above.",
    "rapor.step": "The way one place higher",
    "rapor.alike": "Every night that was seen is counted; an unseen one costs nothing.",
    "rapor.found": "Flags: {flags}",
    "rapor.held": "{count} posts held for the jury",
    "rapor.legend": (
        "A cell is a day, Monday on top. Dark: a day with a post (the larger, the more); a dot: "
        "checked and silent; grey ground: unseen, not zero."
    ),
    "rapor.protest": "Objection {number}: {state}",
}

_CERTIFICATE = {
    "certificate.title": "CERTIFICATE",
    "certificate.given": "is awarded to",
    "certificate.place": "Place {place}",
    "certificate.as": "as",
    "certificate.sweep": "Winner on Every Channel",
    "certificate.overall": "all channels together, {level}",
    "certificate.for": "{award} of {city}, {semester}",
    "certificate.score": "with a score of {score}",
    "certificate.signed": "...................., ..............................",
}

_JURY_SHEET = {
    "jury.paper": "JURY SHEET",
    "jury.line": "Line",
    "jury.weight": "Weight",
    "jury.measured": "Measured",
    "jury.points": "Points 0–100",
    "jury.gives": "Points × weight",
    "jury.by_hand": "scored by the jury",
    "jury.given": "scored by the jury, the mean of {count}",
    "jury.unmeasured": "not measured; scored by the jury",
    "jury.few": "only {nights} nights known; scored by the jury",
    "jury.machine": "Sum of the measured lines",
    "jury.hand": "Sum of the jury's lines",
    "jury.total": "TOTAL (100)",
    "jury.decree": "Weights by {decree}.",
    "jury.place": "{category}: place {place}",
    "jury.note": "The jury's notes",
    "jury.nights": "{value} of {nights} nights",
    "gauge.https": "HTTPS with a valid certificate",
    "gauge.reachable": "reachable",
    "gauge.answer": "answered within {seconds} seconds",
    "gauge.score": "activity score {value}",
}

PAPERS: Mapping[str, str] = {
    **_COMMON,
    **_MINUTES,
    **_RAPOR,
    **_CERTIFICATE,
    **_JURY_SHEET,
}
"""Key to English."""
