"""Views of the jury's desk: decisions, objections, seals."""

from db.schema.view import DatabaseView, counted_account

__all__ = ["JURY_VIEWS"]

_OVERRIDES = DatabaseView(
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

_OBJECTIONS = DatabaseView(
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

_SEALS = DatabaseView(
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

# The key under which a post was decided on may have become another since.
_KEY = """coalesce((
            SELECT alias.key FROM post_alias AS alias JOIN account ON account.id = alias.account_id
            WHERE account.agency_id = agency.id AND account.channel = told.channel AND alias.old = told.post
            ORDER BY alias.account_id DESC LIMIT 1), told.post)"""

_DECISIONS = DatabaseView(
    "decisions",
    "Everything that people decided on a result or said against it: decisions of the jury and objections.",
    {
        "kind": "`override` or `objection`.",
        "number": "Rises with every one of its kind.",
        "semester": "The semester.",
        "agency": "Slug of the agency.",
        "name": "Its name.",
        "level": "Its level.",
        "channel": "The channel; empty where it concerns all of them.",
        "action": "What a decision does, such as `do not count post`; empty for an objection.",
        "key": "The post it is on; empty where it is on none.",
        "url": "Its address.",
        "title": "Its title or first words.",
        "status": "`in force`, `no longer in force`, `withdrawal`; `open`, `accepted` or `rejected`.",
        "who": "Who decided, or raised it.",
        "reason": "Why.",
        "evidence": "What a decision rests on; empty for an objection.",
        "entered_at": "When it was entered.",
        "answered_by": "Who answered an objection.",
        "answer": "What was answered.",
        "answered_at": "When.",
    },
    f"""
    SELECT told.kind, told.number, told.semester, told.agency, agency.name, agency.level, told.channel,
        told.action, {_KEY}, post.url, post.title, told.status, told.who, told.reason, told.evidence,
        told.entered_at, told.answered_by, told.answer, told.answered_at
    FROM (
        SELECT 'override' AS kind, number, semester, agency, channel, action, post,
            CASE WHEN in_force THEN 'in force' WHEN action = 'withdraw' THEN 'withdrawal'
                ELSE 'no longer in force' END AS status,
            who, reason, evidence, decided_at AS entered_at, CAST(NULL AS text) AS answered_by,
            CAST(NULL AS text) AS answer, @moment(CAST(NULL AS bigint)) AS answered_at
        FROM overrides
        UNION ALL
        SELECT 'objection', number, semester, agency, channel, NULL, NULL,
            CASE WHEN accepted IS NULL THEN 'open' WHEN accepted THEN 'accepted' ELSE 'rejected' END,
            who, reason, NULL, opened_at, answered_by, answer, closed_at
        FROM objections
    ) AS told
    LEFT JOIN agency ON agency.slug = told.agency
    LEFT JOIN post ON post.key = {_KEY}
        AND post.account_id = {counted_account("agency.id", "told.channel", _KEY)}
    """,
)

JURY_VIEWS = (_OVERRIDES, _OBJECTIONS, _SEALS, _DECISIONS)
