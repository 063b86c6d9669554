"""A database of a few hundred crawled office sites made into one of a nation: `multiply(path, 500, 100_000)`.

Site i becomes a copy of site i modulo the crawled ones, under its own name and address, with everything that
nights have left of it: posts, looks, memory; of its own home page it remembers the digest. So a night costs
what it would after a real first one.
"""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from office_sites import address, answer

# Where addresses stand in the text of a column.
_WRITTEN = {"url", "key", "old", "address", "evidence", "memory", "endpoint", "detail"}
_APART = 1_000_000


def multiply(path: Path, crawled: int, sites: int) -> None:
    """Add sites `crawled` to `sites` - 1 to a SQLite database that holds the first ones."""
    found = (
        "SELECT agency.slug, agency.id, account.id FROM agency JOIN account ON account.agency_id = agency.id"
    )
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA foreign_keys = OFF")
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in names}
        accounts = {
            int(slug.removeprefix("k-")): (agency, account)
            for slug, agency, account in database.execute(found)
        }
        held = [name for name in names if "account_id" in columns[name] and _has_rows(database, name)]
        for site in range(crawled, sites):
            template, turn = site % crawled, site // crawled * _APART
            agency, account = accounts[template]
            new = {"agency_id": agency + turn, "account_id": account + turn}
            where = (f"{address(template)}:", f"{address(site)}:")
            named = {"id": agency + turn, "slug": f"k-{site}", "name": f"Kantor nomor {site}"}
            _copy(database, "agency", columns["agency"], f"id = {agency}", named, where)
            own = {"id": account + turn, "agency_id": new["agency_id"]}
            _copy(database, "account", columns["account"], f"id = {account}", own, where)
            for name in held:
                _copy(database, name, columns[name], f"account_id = {account}", new, where)
            _renew_digest(database, site, new["account_id"])
    with closing(sqlite3.connect(path)) as database:
        database.execute("ANALYZE")


def _renew_digest(database: sqlite3.Connection, site: int, account: int) -> None:
    """A copied one would have the home page read through as if it had changed."""
    query = "SELECT memory FROM account_memory WHERE account_id = ?"
    (told,) = database.execute(query, (account,)).fetchone() or ("{}",)
    memory = json.loads(told)
    home = memory.get("facts", {}).get("home", {})
    if home.get("digest"):
        port = home["site"].rstrip("/").rpartition(":")[2]
        home["digest"] = sha256(answer(site, "/")[2].replace(b"PORT", port.encode())).hexdigest()
        update = "UPDATE account_memory SET memory = ? WHERE account_id = ?"
        database.execute(update, (json.dumps(memory), account))


def _has_rows(database: sqlite3.Connection, table: str) -> bool:
    return bool(database.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])


def _copy(
    database: sqlite3.Connection,
    table: str,
    columns: list[str],
    chosen: str,
    new: dict[str, int | str],
    where: tuple[str, str],
) -> None:
    """Copy the rows of one site, its own values new, its address replaced wherever it is written."""
    taken = ", ".join(
        f":{name}" if name in new else f'replace("{name}", :_from, :_to)' if name in _WRITTEN else f'"{name}"'
        for name in columns
    )
    listed = ", ".join(f'"{name}"' for name in columns)
    values = {**new, "_from": where[0], "_to": where[1]}
    database.execute(f"INSERT INTO {table} ({listed}) SELECT {taken} FROM {table} WHERE {chosen}", values)
