"""Views of nights and of what they add up to."""

from db.schema.view import AGENCY, ONCE, DatabaseView

__all__ = ["NIGHT_VIEWS"]

# Each night asks its own few rows of an index, so that a question on one agency, semester or week reads no
# more than that; one table of all nights, worked out beforehand, would be written anew every night.
_PLACE = "account.agency_id = place.agency_id AND account.channel = place.channel"
_SEEN = f"""EXISTS (
            SELECT 1 FROM account JOIN snapshot AS look ON look.account_id = account.id
            WHERE {_PLACE} AND look.night = calendar.day AND look.saw)"""
_REACHED = f"""EXISTS (
            SELECT 1 FROM account JOIN snapshot AS look ON look.account_id = account.id
            WHERE {_PLACE} AND look.night >= calendar.day AND look.complete_from <= calendar.day)"""
_POSTS = f"""(
            SELECT count(*) FROM account JOIN post ON post.account_id = account.id
            WHERE {_PLACE} AND post.local_day = calendar.day AND {ONCE})"""

_NIGHTS = DatabaseView(
    "nights",
    "What is known of each night of each agency's channel, from the semester a year before the first "
    "run up to the newest run; nights on which the agency does not exist are left out. It tells what was "
    "looked at: nights that a rubric's `[undated]` calls unseen, since a post without a day came over them, "
    "stand here as seen or reconstructed, and `rankings` counts fewer.",
    AGENCY
    | {
        "night": "The local day.",
        "semester": "Its semester.",
        "week": "Week of the semester, 1 to 26; the last takes the remaining days.",
        "state": "`seen`, `reconstructed` or `unseen`.",
        "posts": "Dated posts of that day, each once.",
        "activity": "`posted`; `silent` where the night is known and no dated post is of it; else `unknown`. "
        "A post without a day may have come on it: the ranking calls no night silent over which one came.",
        "address": "Address of the channel's newest account.",
        "month": "Such as 2026-03.",
        "weekday": "1 is Monday, 6 and 7 are the weekend.",
    },
    f"""
    WITH RECURSIVE bounds AS (
        SELECT @first_day(min(night) - 366) AS first_day, max(night) AS last_day FROM run
    ), calendar(day) AS (
        SELECT first_day FROM bounds WHERE first_day IS NOT NULL
        UNION ALL SELECT day + 1 FROM calendar WHERE day < (SELECT last_day FROM bounds)
    )
    SELECT told.slug, told.name, told.level, told.channel, @day(told.day), @semester(told.day),
        CASE WHEN told.day - @first_day(told.day) >= 175 THEN 26
            ELSE (told.day - @first_day(told.day)) / 7 + 1 END,
        told.state, told.posts,
        CASE WHEN told.posts > 0 THEN 'posted' WHEN told.state = 'unseen' THEN 'unknown' ELSE 'silent' END,
        told.address, @month(told.day), (told.day + 3) % 7 + 1
    FROM (
        SELECT agency.slug, agency.name, agency.level, place.channel, place.address, calendar.day,
            CASE WHEN {_SEEN} THEN 'seen' WHEN {_REACHED} THEN 'reconstructed' ELSE 'unseen' END AS state,
            {_POSTS} AS posts
        FROM agency
        JOIN account AS place ON place.agency_id = agency.id
        CROSS JOIN calendar
        WHERE (agency.valid_from IS NULL OR calendar.day >= agency.valid_from)
          AND (agency.valid_to IS NULL OR calendar.day < agency.valid_to)
          AND NOT EXISTS (SELECT 1 FROM account AS newer WHERE newer.agency_id = place.agency_id
            AND newer.channel = place.channel AND newer.id > place.id)
    ) AS told
    """,
)

_TALLY = {
    "posts": "Dated posts, each once.",
    "active_days": "Days with a post.",
    "nights_seen": "Nights seen.",
    "nights_reconstructed": "Nights reconstructed.",
    "nights_due": "Nights up to the newest run.",
}

_WEEKS = DatabaseView(
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

_MONTHS = DatabaseView(
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
        SELECT agency, name, level, channel, semester, month, night, posts, state,
            sum(CASE WHEN posts > 0 THEN 1 ELSE 0 END) OVER (
                PARTITION BY agency, channel, month ORDER BY night
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

_SEMESTERS = DatabaseView(
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

_COUNTED_MONTHS = DatabaseView(
    "months",
    "Posts a month with how much of it is known: `posts` by the day they claim, `posts_counted` as the "
    "ranking counts them.",
    AGENCY
    | {
        "semester": "The semester.",
        "month": "Such as 2026-03.",
        "posts": "Dated posts, each once.",
        "posts_counted": "Posts that count in the ranking, on the day on which they count.",
        "active_days": "Days with a post.",
        "nights_seen": "Nights seen.",
        "nights_reconstructed": "Nights reconstructed.",
        "nights_unseen": "Nights of which nothing is known.",
        "nights_due": "Nights up to the newest run.",
        "known": "Share of nights known, 0 to 1.",
    },
    """
    SELECT told.agency, told.name, told.level, told.channel, told.semester, told.month, told.posts,
        coalesce(counted.posts, 0), told.active_days, told.nights_seen, told.nights_reconstructed,
        told.nights_due - told.nights_seen - told.nights_reconstructed, told.nights_due,
        1.0 * (told.nights_seen + told.nights_reconstructed) / told.nights_due
    FROM monthly_activity AS told
    LEFT JOIN (
        SELECT agency, channel, substr(CAST(counts_on AS varchar(10)), 1, 7) AS month, count(*) AS posts
        FROM posts WHERE counts GROUP BY agency, channel, substr(CAST(counts_on AS varchar(10)), 1, 7)
    ) AS counted ON counted.agency = told.agency AND counted.channel = told.channel
        AND counted.month = told.month
    """,
)

NIGHT_VIEWS = (_NIGHTS, _WEEKS, _MONTHS, _SEMESTERS, _COUNTED_MONTHS)
