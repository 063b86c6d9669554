"""A nation's semester, written straight into a database by its own SQL, for `benchmarks/ranking.py`.

Every figure is arithmetic on the account's number, so that each engine gets the same rows. Each account
is looked at every night; half of the lists reach back to the semester's start, half only three weeks; 3 %
of the looks fail; 2 % of the posts are first seen two nights late.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection, Engine, text

from activity.semester import Semester
from db.engine import writing

__all__ = ["SEMESTER", "fill_nation"]

SEMESTER = Semester(2026, 1)
_EPOCH_DAY = 20454
"""1 January 2026 as days since 1970-01-01."""
_NIGHTS = (SEMESTER.end_day - SEMESTER.first_day) // timedelta(days=1)

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
    "INSERT INTO number SELECT i FROM n",
    "postgresql": "INSERT INTO number SELECT generate_series(0, {last})",
}
_JSON = {"sqlite": "", "postgresql": "::json"}
_HEADS = (
    "Rapat koordinasi", "Sosialisasi", "Pelatihan", "Kunjungan kerja", "Penyaluran bantuan", "Monitoring",
    "Gotong royong", "Pelayanan terpadu", "Peninjauan lapangan", "Bimbingan teknis", "Penyerahan",
    "Apel pagi",
)  # fmt: skip
_TAILS = (
    "bersama warga", "di balai kota", "tahun ini", "dalam rangka evaluasi", "untuk pelaku usaha kecil",
    "di lapangan upacara", "bagi kader posyandu", "secara serentak", "dengan instansi terkait", "hari ini",
    "di aula kantor",
)  # fmt: skip

_STEPS = (
    ("agencies", """
        INSERT INTO agency (slug, name, level, participation)
        SELECT 'kantor-' || i, 'Kantor ' || i, CASE WHEN i % 4 = 0 THEN 'skpd' ELSE 'kelurahan' END, 'peserta'
        FROM number WHERE i < :agencies"""),
    ("accounts", """
        INSERT INTO account (agency_id, channel, address, valid_from)
        SELECT agency.id, channel.name, 'https://' || agency.slug || '.example.go.id/', :first_day
        FROM agency CROSS JOIN (SELECT 'website' AS name UNION ALL SELECT 'instagram' UNION ALL
            SELECT 'facebook') AS channel ORDER BY agency.id LIMIT :accounts"""),
    ("runs", """
        INSERT INTO run (night, number, status, started_at, finished_at, summary, code_version)
        SELECT :first_day + i, 1, 'finished', (:first_day + i) * 86400 + 46800,
            (:first_day + i) * 86400 + 50400, '{}', 'benchmark' FROM number WHERE i < :nights ORDER BY i"""),
    ("posts", """
        INSERT INTO post (account_id, key, url, title, kind, published_at, precision, local_day, contested,
            redated, evidence, first_run_id, first_seen, last_seen)
        SELECT id, key, address || key, head.words || ' ' || tail.words || ' ' || id % 977 || ' ' || drawn.i,
            'news', day * 86400 + 3600, 'minute', day, false, false,
            ('[{"at":"2026-01-01T00:00:00+00:00","kind":"feed","precision":"minute","raw":"Thu, 01 Jan 2026'
            || ' 07:00:00 +0700","source":"' || address || 'feed/","where":"pubDate"}]'){json},
            day - :first_day + 1 + late, (day + late) * 86400 + 47000, (day + late) * 86400 + 47000
        FROM (
            SELECT account.id, account.address, number.i, '/2026/berita-' || (100000 + number.i) AS key,
                :first_day + (number.i * :nights / {count}
                    + (account.id * 31 + number.i * 17) % 3) % (:nights - 2) AS day,
                CASE WHEN (account.id * 13 + number.i * 7) % 50 = 0 THEN 2 ELSE 0 END AS late
            FROM account CROSS JOIN number WHERE number.i < {count}
        ) AS drawn
        JOIN phrase AS head ON head.i = (id * 5 + drawn.i) % :heads
        JOIN phrase AS tail ON tail.i = :heads + (id * 3 + drawn.i * 7) % :tails
        ORDER BY id, key"""),
    ("looks", """
        INSERT INTO snapshot (run_id, account_id, night, outcome, saw, detail, endpoint, fetched_at,
            complete_since, complete_from, posts_found, posts_new, left_out, requests, bytes, seconds)
        SELECT i + 1, id, :first_day + i, CASE WHEN failed THEN 'unreachable' ELSE 'ok' END, NOT failed, '',
            address || 'feed/', (:first_day + i) * 86400 + 47000,
            CASE WHEN failed THEN NULL ELSE reach * 86400 END, CASE WHEN failed THEN NULL ELSE reach END,
            10, 1, 0, 1, 20480, 0.4
        FROM (
            SELECT account.id, account.address, number.i,
                (account.id * 17 + number.i * 29) % 33 = 0 AS failed,
                CASE WHEN account.id % 2 = 0 THEN :first_day ELSE :first_day + number.i - 21 END AS reach
            FROM number CROSS JOIN account WHERE number.i < :nights
        ) AS drawn
        ORDER BY i, id"""),
)  # fmt: skip


def fill_nation(engine: Engine, accounts: int, posts: int) -> Iterator[tuple[str, int, float]]:
    """Fill an empty database of ours; yields each step's name, rows and seconds.

    Args:
        posts: mean number a account, from a tenth of it to nineteen tenths.
    """
    least = max(1, posts // 10)
    count = f"({least} + account.id * 7919 % {2 * (posts - least) + 1})"
    values = {
        "agencies": -(-accounts // 3),
        "accounts": accounts,
        "first_day": _EPOCH_DAY,
        "nights": _NIGHTS,
        "heads": len(_HEADS),
        "tails": len(_TAILS),
    }
    with writing(engine) as connection:
        _prepare(connection, max(values["agencies"], 2 * posts, _NIGHTS))
    for name, statement in _STEPS:
        began = time.perf_counter()
        sql = statement.replace("{count}", count).replace("{json}", _JSON[engine.dialect.name])
        used = {key: value for key, value in values.items() if f":{key}" in sql}
        with writing(engine) as connection:
            rows = connection.execute(text(sql), used).rowcount
        yield name, rows, time.perf_counter() - began
    _settle(engine)


def _prepare(connection: Connection, last: int) -> None:
    connection.execute(text("INSERT INTO setting (name, value) VALUES ('timezone', 'Asia/Jakarta')"))
    connection.execute(text("CREATE TABLE number (i INTEGER PRIMARY KEY)"))
    connection.execute(text(_NUMBERS[connection.dialect.name].format(last=last)))
    connection.execute(text("CREATE TABLE phrase (i INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
    rows = [{"i": i, "words": words} for i, words in enumerate((*_HEADS, *_TAILS))]
    connection.execute(text("INSERT INTO phrase VALUES (:i, :words)"), rows)


def _settle(engine: Engine) -> None:
    """What a database that is looked after has done by itself: statistics, and on PostgreSQL a vacuum."""
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE number"))
        connection.execute(text("DROP TABLE phrase"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))
