"""Stable SQL views for analysts; names and columns here are kept from version to version.

Each is written once; `@day(x)`, `@moment(x)`, `@semester(x)` and `@first_day(x)` stand for what the
two engines spell differently (a stored day as a date, a stored moment as ISO 8601 or timestamptz,
a stored day's semester as text, and the stored day on which that semester begins).
"""

import re
from hashlib import sha256
from inspect import cleandoc

from sqlalchemy import Connection, text

from db.schema.jury_views import JURY_VIEWS
from db.schema.record_views import RECORD_VIEWS
from db.schema.view import AGENCY, View

__all__ = ["VIEWS", "install_views", "remove_views", "views_digest"]


_COUNTED = View(
    "counted_post",
    "Each post of an agency on a channel once, in stored numbers; the other views count with it. "
    "Where a renamed handle or a moved site left copies of one key, a dated one goes before an undated "
    "one, then the newest account's.",
    {
        "agency_id": "The agency.",
        "channel": "The channel.",
        "account_id": "The account whose row counts.",
        "key": "The post.",
        "local_day": "Days since 1970-01-01; empty where the day is not certain.",
        "first_run_id": "Run that first saw it.",
    },
    """
    SELECT account.agency_id, account.channel, post.account_id, post.key, post.local_day, post.first_run_id
    FROM post JOIN account ON account.id = post.account_id
    WHERE NOT EXISTS (
        SELECT 1 FROM account AS other
        JOIN post AS copy ON copy.account_id = other.id AND copy.key = post.key
        WHERE other.agency_id = account.agency_id AND other.channel = account.channel
          AND other.id <> account.id
          AND ((copy.local_day IS NOT NULL AND post.local_day IS NULL)
            OR ((copy.local_day IS NULL) = (post.local_day IS NULL) AND other.id > account.id))
    )
    """,
)

_POSTS = View(
    "posts",
    "Every stored post.",
    AGENCY
    | {
        "address": "The account's address.",
        "key": "Stable within the account.",
        "url": "Address a person opens.",
        "title": "Title or first words.",
        "kind": "What sort of item.",
        "published_at": "Claimed moment; empty without a trustworthy witness.",
        "precision": "How finely it is claimed.",
        "day": "Claimed local day; empty where it is not certain.",
        "semester": "Semester of that day.",
        "contested": "Whether a trusted witness names another day.",
        "redated": "Whether the site once said another day in the same place.",
        "first_seen": "When it was first seen.",
        "last_seen": "When a listing last showed it.",
        "deleted_at": "When its own address had answered on two nights that it is gone.",
    },
    """
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, post.key, post.url,
        post.title, post.kind, @moment(post.published_at), post.precision, @day(post.local_day),
        @semester(post.local_day), post.contested, post.redated, @moment(post.first_seen),
        @moment(post.last_seen), @moment(post.deleted_at)
    FROM post
    JOIN account ON account.id = post.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_NIGHTS = View(
    "nights",
    "What is known of each night of each agency's channel, from the semester a year before the first "
    "run up to the newest run; nights on which the agency does not exist are left out.",
    AGENCY
    | {
        "night": "The local day.",
        "semester": "Its semester.",
        "week": "Week of the semester, 1 to 26; the last takes the remaining days.",
        "state": "`seen`, `reconstructed` or `unseen`.",
        "posts": "Dated posts of that day, each once.",
    },
    """
    WITH RECURSIVE bounds AS (
        SELECT @first_day(min(night) - 366) AS first_day, max(night) AS last_day FROM run
    ), calendar(day) AS (
        SELECT first_day FROM bounds WHERE first_day IS NOT NULL
        UNION ALL SELECT day + 1 FROM calendar WHERE day < (SELECT last_day FROM bounds)
    ), place AS (
        SELECT DISTINCT agency_id, channel FROM account
    ), look AS (
        SELECT account.agency_id, account.channel, snapshot.night,
            min(coalesce(snapshot.complete_from, snapshot.night)) AS reach,
            max(CASE WHEN snapshot.saw THEN 1 ELSE 0 END) AS saw
        FROM snapshot JOIN account ON account.id = snapshot.account_id
        WHERE snapshot.saw OR snapshot.complete_from <= snapshot.night
        GROUP BY account.agency_id, account.channel, snapshot.night
    ), count_of_day AS (
        SELECT agency_id, channel, local_day, count(*) AS posts FROM counted_post
        WHERE local_day IS NOT NULL GROUP BY agency_id, channel, local_day
    ), known AS (
        SELECT place.agency_id, place.channel, calendar.day, look.saw,
            min(look.reach) OVER (
                PARTITION BY place.agency_id, place.channel ORDER BY calendar.day DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS reach
        FROM calendar CROSS JOIN place
        LEFT JOIN look ON look.agency_id = place.agency_id AND look.channel = place.channel
            AND look.night = calendar.day
    )
    SELECT agency.slug, agency.name, agency.level, known.channel, @day(known.day), @semester(known.day),
        CASE WHEN known.day - @first_day(known.day) >= 175 THEN 26
            ELSE (known.day - @first_day(known.day)) / 7 + 1 END,
        CASE WHEN known.saw = 1 THEN 'seen'
            WHEN known.reach <= known.day THEN 'reconstructed' ELSE 'unseen' END,
        coalesce(count_of_day.posts, 0)
    FROM known
    JOIN agency ON agency.id = known.agency_id
    LEFT JOIN count_of_day ON count_of_day.agency_id = known.agency_id
        AND count_of_day.channel = known.channel AND count_of_day.local_day = known.day
    WHERE (agency.valid_from IS NULL OR known.day >= agency.valid_from)
      AND (agency.valid_to IS NULL OR known.day < agency.valid_to)
    """,
)

_TALLY = {
    "posts": "Dated posts, each once.",
    "active_days": "Days with a post.",
    "nights_seen": "Nights seen.",
    "nights_reconstructed": "Nights reconstructed.",
    "nights_due": "Nights up to the newest run.",
}

_WEEKS = View(
    "weekly_activity",
    "Posts and nights of each week of a semester.",
    AGENCY | {"semester": "The semester.", "week": "1 to 26.", "first_day": "Its first local day."} | _TALLY,
    """
    SELECT agency, name, level, channel, semester, week, min(night), sum(posts),
        sum(CASE WHEN posts > 0 THEN 1 ELSE 0 END), sum(CASE WHEN state = 'seen' THEN 1 ELSE 0 END),
        sum(CASE WHEN state = 'reconstructed' THEN 1 ELSE 0 END), count(*)
    FROM nights GROUP BY agency, name, level, channel, semester, week
    """,
)

_MONTHS = View(
    "monthly_activity",
    "Posts, nights and silence of each month.",
    AGENCY
    | {"semester": "The semester.", "month": "Such as 2026-03."}
    | _TALLY
    | {
        "last_post": "Newest day in it with a post.",
        "longest_silence": "Most known nights in a row without a post; unseen ones neither count nor end it.",
    },
    """
    WITH turn AS (
        SELECT nights.*, substr(CAST(night AS varchar(10)), 1, 7) AS month,
            sum(CASE WHEN posts > 0 THEN 1 ELSE 0 END) OVER (
                PARTITION BY agency, channel, substr(CAST(night AS varchar(10)), 1, 7) ORDER BY night
            ) AS number
        FROM nights
    ), stretch AS (
        SELECT agency, name, level, channel, semester, month, number, sum(posts) AS posts,
            sum(CASE WHEN posts > 0 THEN 1 ELSE 0 END) AS active_days,
            sum(CASE WHEN state = 'seen' THEN 1 ELSE 0 END) AS seen,
            sum(CASE WHEN state = 'reconstructed' THEN 1 ELSE 0 END) AS reconstructed, count(*) AS due,
            max(CASE WHEN posts > 0 THEN night END) AS last_post,
            sum(CASE WHEN posts = 0 AND state <> 'unseen' THEN 1 ELSE 0 END) AS silent
        FROM turn GROUP BY agency, name, level, channel, semester, month, number
    )
    SELECT agency, name, level, channel, semester, month, sum(posts), sum(active_days), sum(seen),
        sum(reconstructed), sum(due), max(last_post), max(silent)
    FROM stretch GROUP BY agency, name, level, channel, semester, month
    """,
)

_SEMESTERS = View(
    "semester_activity",
    "Posts and nights of each semester.",
    AGENCY
    | {"semester": "The semester."}
    | _TALLY
    | {"last_post": "Newest day in it with a post.", "active_weeks": "Weeks with a post."},
    """
    SELECT agency, name, level, channel, semester, sum(posts),
        sum(CASE WHEN posts > 0 THEN 1 ELSE 0 END), sum(CASE WHEN state = 'seen' THEN 1 ELSE 0 END),
        sum(CASE WHEN state = 'reconstructed' THEN 1 ELSE 0 END), count(*),
        max(CASE WHEN posts > 0 THEN night END), count(DISTINCT CASE WHEN posts > 0 THEN week END)
    FROM nights GROUP BY agency, name, level, channel, semester
    """,
)

_RANKINGS = View(
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

_VACUUM = View(
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

# In the order in which they build on one another.
VIEWS = (
    _COUNTED,
    _POSTS,
    *RECORD_VIEWS,
    _NIGHTS,
    _WEEKS,
    _MONTHS,
    _SEMESTERS,
    _RANKINGS,
    _VACUUM,
    *JURY_VIEWS,
)

_WORDS = {
    "sqlite": {
        "day": r"date((\1) * 86400, 'unixepoch')",
        "moment": r"strftime('%Y-%m-%dT%H:%M:%SZ', \1, 'unixepoch')",
        "semester": r"strftime('%Y', (\1) * 86400, 'unixepoch') || CASE WHEN"
        r" strftime('%m', (\1) * 86400, 'unixepoch') < '07' THEN '-S1' ELSE '-S2' END",
        "first_day": r"(CAST(strftime('%s', (\1) * 86400, 'unixepoch', 'start of year', CASE WHEN"
        r" strftime('%m', (\1) * 86400, 'unixepoch') < '07' THEN '+0 months' ELSE '+6 months' END)"
        r" AS INTEGER) / 86400)",
    },
    "postgresql": {
        "day": r"(DATE '1970-01-01' + (\1))",
        "moment": r"to_timestamp(\1)",
        "semester": r"to_char(DATE '1970-01-01' + (\1), 'YYYY') || CASE WHEN"
        r" to_char(DATE '1970-01-01' + (\1), 'MM') < '07' THEN '-S1' ELSE '-S2' END",
        "first_day": r"((date_trunc('year', (DATE '1970-01-01' + (\1))::timestamp)::date"
        r" + CASE WHEN to_char(DATE '1970-01-01' + (\1), 'MM') < '07' THEN INTERVAL '0' ELSE"
        r" INTERVAL '6 months' END)::date - DATE '1970-01-01')",
    },
}
_WORD = r"@{}\(((?:[^()]|\([^()]*\))*)\)"


def install_views(connection: Connection) -> None:
    """Create every view in the caller's transaction."""
    for view in VIEWS:
        names = ", ".join(view.columns)
        query = _spell(cleandoc(view.select), connection.dialect.name)
        connection.exec_driver_sql(f"CREATE VIEW {view.name} ({names}) AS\n{query}")


def remove_views(connection: Connection) -> None:
    """Drop those that are there."""
    for view in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))


def views_digest() -> str:
    """Changes whenever a view does."""
    return sha256(repr((VIEWS, _WORDS)).encode()).hexdigest()


def _spell(query: str, dialect: str) -> str:
    for word, spelling in _WORDS[dialect].items():
        query = re.sub(_WORD.format(word), spelling, query)
    return query
