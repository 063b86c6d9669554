"""A database's rows as work that was killed and given again must leave them."""

import json

import kills

__all__ = ["Rows", "differ", "read_state"]

Rows = dict[str, list[str]]


def read_state(url: str) -> Rows:
    """Every row; runs and rankings by what they are: a server gives no number twice that was taken back.

    Of a ranking's turn only the order counts: the same command given again ranks once more.
    """
    found = kills.dump(url)
    found["ranking"] = _order_turns(found.get("ranking", []))
    names = {
        "run": {
            row["id"]: f"{row['night']}/{row['number']}" for row in map(json.loads, found.get("run", []))
        },
        "ranking": {row["id"]: row["content"] for row in map(json.loads, found.get("ranking", []))},
    }
    return {
        table: sorted(json.dumps(_name_anew(table, json.loads(row), names)) for row in rows)
        for table, rows in found.items()
    }


def _order_turns(rows: list[str]) -> list[str]:
    read = sorted(map(json.loads, rows), key=lambda row: int(row["turn"]))
    return [json.dumps(row | {"turn": str(place)}) for place, row in enumerate(read)]


def _name_anew(table: str, row: dict[str, str], names: dict[str, dict[str, str]]) -> dict[str, str]:
    """A row with what its numbers stand for; those that name nothing stay."""
    meant = {"run_id": "run", "first_run_id": "run", "ranking_id": "ranking"}
    if table in names:
        meant["id"] = table
    return {
        name: names[meant[name]].get(value, value) if name in meant else value for name, value in row.items()
    }


def differ(found: Rows, expected: Rows) -> str:
    """The first table that is another, and a row."""
    for table in sorted({*found, *expected}):
        odd = sorted(set(found.get(table, [])) ^ set(expected.get(table, [])))
        if odd or len(found.get(table, [])) != len(expected.get(table, [])):
            return f"{table}: {len(odd)} rows, as {odd[0][:300] if odd else 'one twice'}"
    return "nothing"
