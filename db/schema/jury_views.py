"""Views of the jury's desk: decisions, objections, seals."""

from db.schema.view import View

__all__ = ["JURY_VIEWS"]

_OVERRIDES = View(
    "overrides",
    "Every decision of the jury, also those that no longer stand.",
    {
        "number": "Rises with every decision.",
        "semester": "The semester.",
        "agency": "Slug of the agency.",
        "channel": "Where: `website`, `instagram` and so on, see channels.md.",
        "action": "What it does; `withdraw` takes another one back.",
        "post": "Key of the post it decides on; empty for other actions.",
        "withdraws": "The decision it takes back.",
        "in_force": "Whether no later decision stands in its place or took it back.",
        "who": "Who decided.",
        "reason": "Why.",
        "evidence": "What it rests on.",
        "decided_at": "When it was entered.",
    },
    """
    SELECT decision.number, decision.semester, decision.agency, decision.channel, decision.action,
        decision.post, decision.withdraws,
        decision.action <> 'withdraw' AND NOT EXISTS (
            SELECT 1 FROM jury_override AS later WHERE later.number > decision.number
              AND later.semester = decision.semester
              AND (later.withdraws = decision.number
                OR (later.agency = decision.agency AND later.channel = decision.channel
                  AND (later.post = decision.post
                    OR (decision.post IS NULL AND later.action = decision.action))))),
        decision.who, decision.reason, decision.evidence, @moment(decision.decided_at)
    FROM jury_override AS decision
    """,
)

_OBJECTIONS = View(
    "objections",
    "Every objection, with its answer where there is one.",
    {
        "number": "Rises with every objection.",
        "semester": "The semester.",
        "agency": "Slug of the agency.",
        "channel": "The channel; empty where it concerns all of them.",
        "who": "Who raised it.",
        "reason": "Why.",
        "late": "Why it was taken after its time; empty where it came in time.",
        "opened_at": "When it was entered.",
        "answered_by": "Who answered; empty while it is open.",
        "answer": "What was answered.",
        "accepted": "Whether the office was right.",
        "closed_at": "When the answer was entered.",
    },
    """
    SELECT objection.number, objection.semester, objection.agency, objection.channel, objection.who,
        objection.reason, objection.late, @moment(objection.opened_at), reply.who, reply.answer,
        reply.accepted, @moment(reply.closed_at)
    FROM objection LEFT JOIN objection_answer AS reply ON reply.objection = objection.number
    """,
)

_SEALS = View(
    "seals",
    "Every seal of every semester, also those that another superseded.",
    {
        "semester": "The semester.",
        "number": "1 for its first.",
        "sealed_at": "When.",
        "who": "Who sealed it.",
        "reason": "Why another seal, or an early one, was needed; may be empty.",
        "supersedes": "The seal in whose place it stands.",
        "superseded": "Whether another one stands in its place.",
        "reopened_at": "When it was reopened for a correction; empty otherwise.",
        "reopened_by": "Who reopened it.",
        "as_of": "Last local day taken into account.",
        "rubric": "Name of the rubric.",
        "version": "Its version.",
        "rubric_sha256": "SHA-256 of the rubric's text.",
        "ranking_sha256": "SHA-256 of the archive's ranking.json.",
        "sha256": "SHA-256 of the archive, by which the seal is known.",
    },
    """
    SELECT seal.semester, seal.number, @moment(seal.sealed_at), seal.who, seal.reason, seal.supersedes,
        EXISTS (SELECT 1 FROM seal AS later
            WHERE later.semester = seal.semester AND later.supersedes = seal.number),
        @moment(again.opened_at), again.who, @day(seal.as_of), seal.rubric, seal.version, seal.digest,
        seal.ranking, seal.archive
    FROM seal LEFT JOIN seal_reopening AS again
        ON again.semester = seal.semester AND again.seal = seal.number
    """,
)

JURY_VIEWS = (_OVERRIDES, _OBJECTIONS, _SEALS)
