"""Words in which a view is written once, and how each engine spells them.

Of a stored day: `@day(x)` a date, `@month(x)` such as 2026-03, `@semester(x)` such as 2026-S1, and
`@first_day(x)` the stored day on which that semester begins. Of a stored moment: `@moment(x)` ISO 8601 in UTC
or timestamptz, `@local(x)` the same by the city's clock, `@hour(x)` its hour, `@local_day(x)` its stored day;
the last three are empty where that clock is changed in the year (`db.setting`). Of JSON: `@witness(x)` the
kind of the first witness, `@metrics(x)` a table of metrics, whose columns are `@metric(name)`.
"""

import re

__all__ = ["SPELLINGS", "spell"]

_OFFSET = "(SELECT CAST(value AS integer) FROM setting WHERE name = 'utc_offset')"

SPELLINGS = {
    "sqlite": {
        "day": "date(({0}) * 86400, 'unixepoch')",
        "month": "strftime('%Y-%m', ({0}) * 86400, 'unixepoch')",
        "semester": "strftime('%Y', ({0}) * 86400, 'unixepoch') || CASE WHEN"
        " strftime('%m', ({0}) * 86400, 'unixepoch') < '07' THEN '-S1' ELSE '-S2' END",
        "first_day": "(CAST(strftime('%s', ({0}) * 86400, 'unixepoch', 'start of year', CASE WHEN"
        " strftime('%m', ({0}) * 86400, 'unixepoch') < '07' THEN '+0 months' ELSE '+6 months' END)"
        " AS INTEGER) / 86400)",
        "moment": "strftime('%Y-%m-%dT%H:%M:%SZ', {0}, 'unixepoch')",
        "local": f"strftime('%Y-%m-%dT%H:%M:%S', {{0}} + {_OFFSET}, 'unixepoch')",
        "witness": "json_extract({0}, '$[0].kind')",
        "metrics": "json_each({0}) AS metric",
        "metric": "json_extract(metric.value, '$.{0}')",
    },
    "postgresql": {
        "day": "(DATE '1970-01-01' + ({0}))",
        "month": "to_char(DATE '1970-01-01' + ({0}), 'YYYY-MM')",
        # Unlike to_char these depend on no session's settings, and unlike extract they add up no numeric.
        "semester": "CAST(CAST(date_part('year', DATE '1970-01-01' + ({0})) AS integer) AS text) || CASE WHEN"
        " date_part('month', DATE '1970-01-01' + ({0})) < 7 THEN '-S1' ELSE '-S2' END",
        "first_day": "((date_trunc('year', (DATE '1970-01-01' + ({0}))::timestamp)::date"
        " + CASE WHEN to_char(DATE '1970-01-01' + ({0}), 'MM') < '07' THEN INTERVAL '0' ELSE"
        " INTERVAL '6 months' END)::date - DATE '1970-01-01')",
        "moment": "to_timestamp({0})",
        "local": f"(to_timestamp({{0}} + {_OFFSET}) AT TIME ZONE 'UTC')",
        # The operators of json refuse half of a surrogate pair, which a page's own text may hold; a
        # regular expression took half of a server's time of an export. Within a text a quote has a backslash
        # before it.
        "witness": "nullif(split_part(split_part(({0})::text, '\"kind\"', 2), '\"', 2), '')",
        "metrics": "json_to_recordset({0}) AS metric(name text, value double precision,"
        " points double precision, weight double precision, explanation text)",
        "metric": "metric.{0}",
    },
}
_STORED = {"day": "({0})", "moment": "({0})", "local": f"({{0}} + {_OFFSET})"}
_BOTH = {
    "local_day": f"CAST(({{0}} + {_OFFSET}) / 86400 AS integer)",
    "hour": f"CAST(({{0}} + {_OFFSET}) % 86400 / 3600 AS integer)",
}
_WORD = re.compile(r"@(\w+)\(")


def spell(query: str, dialect: str, *, stored: bool = False) -> str:
    """Spell a query in one engine's words; one word may stand in another's brackets.

    Args:
        stored: whether days, moments and the city's clock stay the numbers that are stored.

    >>> spell("SELECT @day(min(night)) FROM run", "postgresql")
    "SELECT (DATE '1970-01-01' + (min(night))) FROM run"
    """
    found = _WORD.search(query)
    if found is None:
        return query
    end = _find_end(query, found.end())
    words = SPELLINGS[dialect] | _BOTH | (_STORED if stored else {})
    inner = spell(query[found.end() : end], dialect, stored=stored)
    rest = spell(query[end + 1 :], dialect, stored=stored)
    return query[: found.start()] + words[found[1]].format(inner) + rest


def _find_end(query: str, start: int) -> int:
    """Where the bracket is closed that was opened just before `start`."""
    depth = 1
    for at in range(start, len(query)):
        depth += {"(": 1, ")": -1}.get(query[at], 0)
        if not depth:
            return at
    raise ValueError(f"a bracket is not closed after {query[:start]!r}")
