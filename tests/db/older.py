"""A database as version 0.1 left it: its schema, and rows such as it wrote, made by hand."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from alembic import command
from sqlalchemy import Connection, create_engine, text

from db.engine import APPLICATION, parse_url
from db.migration import compose_config

__all__ = ["DAY_ZERO", "OlderDatabase", "moment", "number", "witness"]

DAY_ZERO = date(1970, 1, 1)


def number(day: date) -> int:
    """A day as it is stored."""
    return (day - DAY_ZERO).days


def moment(day: date, hour: int = 12) -> int:
    """A moment as it is stored, in UTC."""
    return int(datetime.combine(day, time(hour), UTC).timestamp())


def witness(kind: str, where: str, day: date) -> dict[str, Any]:
    """One witness as it is stored."""
    at = datetime.combine(day, time(12), UTC)
    source = "https://kuin.id/"
    return {
        "kind": kind,
        "where": where,
        "raw": str(day),
        "at": at.isoformat(),
        "precision": "minute",
        "source": source,
    }


class OlderDatabase:
    """One agency with a website, on the schema of version 0.1."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(parse_url(url))
        with self.engine.begin() as connection:
            config = compose_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0002")
            for name, value in (
                ("application", APPLICATION),
                ("views", "older"),
                ("timezone", "Asia/Makassar"),
            ):
                _insert(connection, "setting", {"name": name, "value": value})
            agency = {"slug": "kuin", "name": "Kelurahan Kuin", "level": "kelurahan", "predecessors": "[]"}
            _insert(connection, "agency", {"participation": "peserta", **agency})
            account = {"agency_id": 1, "channel": "website", "address": "https://kuin.id/"}
            _insert(connection, "account", {**account, "valid_from": number(date(2025, 12, 1))})

    def look(self, night: date, since: date | None, *, saw: bool = True) -> None:
        """A run with one look; `since` is the local day from which it claimed to be whole."""
        status = "finished" if saw else "imported"
        times = {"started_at": moment(night), "finished_at": moment(night)}
        ran = {"night": number(night), "number": 1, "status": status, "summary": "{}"}
        shot = {"account_id": 1, "night": number(night), "outcome": "ok", "saw": saw}
        shot |= {"detail": "", "fetched_at": moment(night), "posts_found": 0, "posts_new": 0}
        shot |= {"left_out": 0, "requests": 1, "bytes": 1, "seconds": 1.0}
        if since is not None:
            shot |= {"complete_since": moment(since, 0) - 8 * 3600, "complete_from": number(since)}
        with self.engine.begin() as connection:
            _insert(connection, "run", {**ran, **times, "code_version": "0.1.0"})
            run = connection.execute(text("SELECT max(id) FROM run")).scalar_one()
            _insert(connection, "snapshot", {**shot, "run_id": run})

    def post(self, key: str, *claims: tuple[str, str, date], run: int = 1) -> None:
        """A post whose claims came one after the other: kind of the witness, where it stood, its day."""
        *given_up, (kind, where, day) = claims
        days = {claim[2] for claim in claims}
        values = {"account_id": 1, "key": key, "url": f"https://kuin.id{key}", "title": f"Berita {key}"}
        values |= {"kind": "news", "published_at": moment(day), "precision": "minute"}
        values |= {"local_day": number(day), "contested": False, "redated": len(days) > 1}
        values |= {"evidence": json.dumps([witness(kind, where, day)]), "first_run_id": run}
        with self.engine.begin() as connection:
            _insert(connection, "post", {**values, "first_seen": moment(day), "last_seen": moment(day)})
            for later, (old_kind, old_where, old_day) in enumerate(given_up):
                claim = {"account_id": 1, "key": key, "replaced_at": moment(old_day) + later}
                claim |= {"published_at": moment(old_day), "precision": "minute"}
                claim |= {"local_day": number(old_day)}
                evidence = json.dumps([witness(old_kind, old_where, old_day)])
                _insert(connection, "post_claim", {**claim, "evidence": evidence})


def _insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), dict(row))
