"""Views of posts, each once, and of their engagement."""

from db.schema.view import AGENCY, ALONE, ONCE, DatabaseView, counted_account

__all__ = ["COUNTED", "POST_VIEWS"]

COUNTED = DatabaseView(
    "counted_post",
    "Each post of an agency on a channel once, in stored numbers; the program counts with it. "
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
    f"""
    SELECT account.agency_id, account.channel, post.account_id, post.key, post.local_day, post.first_run_id
    FROM post JOIN account ON account.id = post.account_id
    WHERE {ONCE}
    """,
)

_DAY = "CASE WHEN ruling.treatment IS NULL THEN post.local_day ELSE ruling.day END"
_EXISTS = f"{_DAY} >= coalesce(agency.valid_from, {_DAY}) AND {_DAY} < coalesce(agency.valid_to, {_DAY} + 1)"
_COUNTS = f"({_DAY} IS NOT NULL AND {_EXISTS})"
_FINE = "post.precision IN ('second', 'minute', 'hour')"
# Under an older handle or address the same post was seen before the row that counts.
_COPIES = """account AS other JOIN post AS copy ON copy.account_id = other.id AND copy.key = post.key
        JOIN run AS began ON began.id = copy.first_run_id
        WHERE other.agency_id = account.agency_id AND other.channel = account.channel"""
_FIRST_NIGHT = f"CASE WHEN {ALONE} THEN run.night ELSE (SELECT min(began.night) FROM {_COPIES}) END"
_FIRST_SEEN = f"CASE WHEN {ALONE} THEN post.first_seen ELSE (SELECT min(copy.first_seen) FROM {_COPIES}) END"

_POSTS = DatabaseView(
    "posts",
    "Each post of an agency on a channel, once: also where its account was renamed or moved, and has the "
    "post twice in the tables. What counts is as the semester's latest ranking had it; what came after "
    "counts until the next one notices something. A cap of the rubric on a day or week takes no single post "
    "out.",
    AGENCY
    | {
        "address": "Address of the account whose row counts: of several the newest.",
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
        "first_seen": "When it was first seen, under whichever handle or address.",
        "last_seen": "When a listing last showed it.",
        "deleted_at": "When its own address had answered on two nights that it is gone.",
        "counts": "Whether it counts in the ranking.",
        "counts_on": "Local day on which it counts; empty where it does not.",
        "counts_because": "Why it does not, or counts in spite of something: `no certain day`, `outside the "
        "agency's time`, or the flag, dateline or decision and what was done; empty for most.",
        "month": "Month of the claimed day, such as 2026-03.",
        "weekday": "Of the claimed day: 1 is Monday, 6 and 7 are the weekend.",
        "local_time": "Claimed moment by the city's clock; empty where no hour is claimed.",
        "hour": "Its hour, 0 to 23.",
        "evidence": "The witness that gave the date, such as `feed`; see dating.md.",
        "first_night": "Night that first saw it, under whichever handle or address.",
        "days_late": "Days from the claimed day to that night; empty for what a file brought.",
        "imported": "Whether a file brought it, which tells nothing of when it was put up.",
    },
    f"""
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, post.key, post.url,
        post.title, post.kind, @moment(post.published_at), post.precision, @day(post.local_day),
        @semester(post.local_day), post.contested, post.redated, @moment({_FIRST_SEEN}),
        @moment(post.last_seen), @moment(post.deleted_at),
        {_COUNTS}, CASE WHEN {_COUNTS} THEN @day({_DAY}) END,
        CASE WHEN NOT ({_EXISTS}) THEN 'outside the agency''s time'
            WHEN ruling.treatment IS NOT NULL THEN ruling.because || ': ' || ruling.treatment
            WHEN post.local_day IS NULL THEN 'no certain day' ELSE '' END,
        @month(post.local_day), (post.local_day + 3) % 7 + 1,
        CASE WHEN {_FINE} THEN @local(post.published_at) END,
        CASE WHEN {_FINE} THEN @hour(post.published_at) END,
        @witness(post.evidence), @day({_FIRST_NIGHT}),
        CASE WHEN run.status <> 'imported' THEN ({_FIRST_NIGHT}) - post.local_day END, run.status = 'imported'
    FROM post
    JOIN account ON account.id = post.account_id
    JOIN agency ON agency.id = account.agency_id
    JOIN run ON run.id = post.first_run_id
    LEFT JOIN ruling ON ruling.agency = agency.slug AND ruling.channel = account.channel
        AND ruling.key = post.key
        AND ruling.semester = @semester(coalesce(post.local_day, @local_day(post.published_at)))
    WHERE {ONCE}
    """,
)

_FIGURES = {
    "observed_at": "When it was observed.",
    "likes": "Likes; empty where hidden.",
    "comments": "Comments; empty where hidden.",
    "shares": "Shares; empty where hidden.",
    "views": "Views; empty where hidden.",
    "interactions": "Likes, comments and shares together, of those shown; empty where all are hidden.",
}
_INTERACTIONS = """CASE WHEN coalesce(figure.likes, figure.comments, figure.shares) IS NOT NULL THEN
        coalesce(figure.likes, 0) + coalesce(figure.comments, 0) + coalesce(figure.shares, 0) END"""
_OBSERVED = f"""@moment(figure.observed_at), figure.likes, figure.comments, figure.shares, figure.views,
        {_INTERACTIONS}"""

_ENGAGEMENT = DatabaseView(
    "engagement",
    "The newest engagement of each post that shows any, each post once: also where its account was renamed "
    "and the figures were observed under another handle.",
    AGENCY
    | {
        "key": "The post.",
        "url": "Address a person opens.",
        "title": "Title or first words.",
        "day": "Claimed local day; empty where it is not certain.",
        "semester": "Semester of that day.",
    }
    | _FIGURES,
    f"""
    SELECT agency.slug, agency.name, agency.level, account.channel, post.key, post.url, post.title,
        @day(post.local_day), @semester(post.local_day), {_OBSERVED}
    FROM post
    JOIN account ON account.id = post.account_id
    JOIN agency ON agency.id = account.agency_id
    JOIN account AS observed ON observed.agency_id = account.agency_id AND observed.channel = account.channel
    JOIN post_metric AS figure ON figure.account_id = observed.id AND figure.key = post.key
    WHERE NOT EXISTS (
        SELECT 1 FROM account AS other
        JOIN post_metric AS later ON later.account_id = other.id AND later.key = figure.key
        WHERE other.agency_id = account.agency_id AND other.channel = account.channel
          AND (later.observed_at > figure.observed_at
            OR (later.observed_at = figure.observed_at AND later.account_id > figure.account_id)))
      AND {ONCE}
    """,
)

_HISTORY = DatabaseView(
    "engagement_history",
    "Every figure that was observed of a post, a row only where something had changed; `address` tells the "
    "handles apart under which an account was observed.",
    AGENCY | {"address": "The account's address then.", "key": "The post."} | _FIGURES,
    f"""
    SELECT agency.slug, agency.name, agency.level, account.channel, account.address, figure.key, {_OBSERVED}
    FROM post_metric AS figure
    JOIN account ON account.id = figure.account_id
    JOIN agency ON agency.id = account.agency_id
    """,
)

_FLAGS = DatabaseView(
    "flags",
    "What the latest ranking of each semester noticed, a row a post that a flag names, with the post on the "
    "other side of a copy. No flag is a verdict.",
    {"semester": "The semester."}
    | AGENCY
    | {
        "number": "Of the flag in its semester.",
        "kind": "What was noticed, such as `copied`; see scoring.md.",
        "treatment": "What the rubric does with such a post; empty where it is only shown.",
        "key": "The post; empty where the flag is on the whole account.",
        "url": "Its address.",
        "title": "Its title or first words.",
        "day": "Its claimed local day.",
        "evidence": "One line, English, that a person can check.",
        "other_agency": "Slug of the agency of the post that was copied, shared or repeated.",
        "other_key": "That post.",
        "other_url": "Its address.",
        "other_title": "Its title or first words.",
        "other_day": "Its claimed local day.",
    },
    f"""
    SELECT flag.semester, flag.agency, agency.name, agency.level, flag.channel, flag.number, flag.kind,
        flag.treatment, nullif(flag.key, ''), own.url, own.title, @day(own.local_day), flag.evidence,
        flag.other_agency, flag.other_key, other_post.url, other_post.title, @day(other_post.local_day)
    FROM flag
    LEFT JOIN agency ON agency.slug = flag.agency
    LEFT JOIN post AS own ON own.key = flag.key
        AND own.account_id = {counted_account("agency.id", "flag.channel", "flag.key")}
    LEFT JOIN agency AS other_side ON other_side.slug = flag.other_agency
    LEFT JOIN post AS other_post ON other_post.key = flag.other_key
        AND other_post.account_id = {counted_account("other_side.id", "flag.channel", "flag.other_key")}
    """,
)

POST_VIEWS = (_POSTS, _ENGAGEMENT, _HISTORY, _FLAGS)
