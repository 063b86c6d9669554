"""Views of rankings: standings, their metrics, the vacuum ones."""

from db.schema.view import DatabaseView

__all__ = ["RANKING_VIEWS"]

_LATEST = """ranking.turn = (SELECT max(other.turn) FROM ranking AS other
            WHERE other.semester = ranking.semester)"""

_RANKINGS = DatabaseView(
    "rankings",
    "Every saved ranking, one row an agency and channel.",
    {
        "ranking": "Number of the ranking.",
        "semester": "The semester.",
        "as_of": "Last local day taken into account.",
        "rubric": "Name of the rubric.",
        "version": "Its version.",
        "latest": "Whether no ranking of that semester was shown, and so saved, later.",
        "level": "The level ranked at.",
        "channel": "The channel.",
        "place": "1 is best; empty without a place.",
        "agency": "Slug of the agency.",
        "name": "Its name then.",
        "address": "The account's address.",
        "score": "0 to 100; empty when not assessed.",
        "status": "`aktif`, `kurang aktif`, `vakum` or `tidak dinilai`.",
        "reason": "Why there is no place.",
        "coverage": "Share of nights known.",
        "posts": "Dated posts in the semester.",
        "undated": "Posts whose day is not certain.",
        "last_post": "Day of the newest dated post.",
        "silent_since": "First day of the silence that lasts.",
        "silent_days": "Its length in days.",
        "beyond_law": "Whether it is longer than the law on public information allows.",
        "outcome": "Of the newest visit.",
        "detail": "Evidence for it.",
        "known_until": "Last day of which something is known.",
        "best_place": "Best place that remains possible when unseen nights and flagged posts go either way.",
        "worst_place": "Worst such place; offices whose ranges overlap are not told apart.",
        "stability": "How often the place holds when the weights are moved a little, 0 to 1.",
        "held": "Posts that wait for the jury.",
        "flags": "What was noticed, such as `2 copied, 1 spam`; `denyut flags` has the evidence.",
        "rhythm": "Median days between days with a post.",
        "cause": "Why a vacuum account fell silent, as its health tells it.",
        "alive_on": "Of a vacuum account: other channels on which the agency is active.",
        "vacuum_on": "Day on which it becomes vacuum unless it posts, where that is soon.",
        "place_before": "Its place in the semester before, where that was ranked.",
        "score_before": "Its score then.",
        "agencies_before": "Slugs it had then: its own or its predecessors'.",
        "moved": "Points gained and lost since then, by metric.",
        "created_at": "When the ranking was first saved.",
        "deducted": "Points that the rubric took; empty when not assessed, or saved by an earlier version.",
    },
    """
    SELECT ranking.id, ranking.semester, @day(ranking.as_of), ranking.rubric, ranking.version,
        ranking.turn = (SELECT max(other.turn) FROM ranking AS other WHERE other.semester = ranking.semester),
        line.level, line.channel, line.place, line.agency, line.name, line.address, line.score,
        line.status, line.reason, line.coverage, line.posts, line.undated, @day(line.last_post),
        @day(line.silent_since), line.silent_days, line.beyond_law, line.outcome, line.detail,
        @day(line.known_until), line.best_place, line.worst_place, line.stability, line.held, line.flags,
        line.rhythm, line.cause, line.alive_on, @day(line.vacuum_on), line.place_before, line.score_before,
        line.agencies_before, line.moved, @moment(ranking.created_at), line.deducted
    FROM ranking JOIN ranking_row AS line ON line.ranking_id = ranking.id
    """,
)

_VACUUM = DatabaseView(
    "vacuum",
    "Accounts found vacuum by the latest ranking of each semester.",
    {
        "semester": "The semester.",
        "as_of": "Last local day taken into account.",
        "agency": "Slug of the agency.",
        "name": "Its name then.",
        "level": "The level ranked at.",
        "channel": "The channel.",
        "address": "The account's address.",
        "last_post": "Day of the newest dated post; empty when none was ever found.",
        "silent_since": "First day of the silence that lasts.",
        "silent_days": "Its length in days.",
        "beyond_law": "Whether it is longer than the law on public information allows.",
        "coverage": "Share of nights known.",
        "outcome": "Of the newest visit.",
        "detail": "Evidence for it.",
        "cause": "Why it fell silent, as its health tells it.",
        "rhythm": "Median days between days with a post before.",
        "alive_on": "Other channels on which the agency is active.",
    },
    """
    SELECT semester, as_of, agency, name, level, channel, address, last_post, silent_since, silent_days,
        beyond_law, coverage, outcome, detail, cause, rhythm, alive_on
    FROM rankings WHERE latest AND status = 'vakum'
    """,
)

_METRICS = DatabaseView(
    "ranking_metrics",
    "What made each score of every saved ranking, a row a metric; one without weight is only shown.",
    {
        "ranking": "Number of the ranking.",
        "semester": "The semester.",
        "as_of": "Last local day taken into account.",
        "latest": "Whether no ranking of that semester was shown, and so saved, later.",
        "agency": "Slug of the agency.",
        "name": "Its name then.",
        "level": "The level ranked at.",
        "channel": "The channel.",
        "metric": "Name of the metric; see scoring.md.",
        "value": "The measured figure in the metric's own unit.",
        "points": "0 to 100.",
        "weight": "Its share of the score; those of an account's metrics are scaled to 100.",
        "explanation": "The formula with its numbers filled in, English.",
    },
    f"""
    SELECT ranking.id, ranking.semester, @day(ranking.as_of), {_LATEST}, line.agency, line.name, line.level,
        line.channel, @metric(name), @metric(value), @metric(points), @metric(weight), @metric(explanation)
    FROM ranking JOIN ranking_row AS line ON line.ranking_id = ranking.id CROSS JOIN @metrics(line.metrics)
    """,
)

RANKING_VIEWS = (_RANKINGS, _VACUUM, _METRICS)
