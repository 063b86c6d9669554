"""What is stored is what was harvested, one transaction each."""

import json

import sqlalchemy as sa


def plain(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhalo")


def test_each_harvest_becomes_one_snapshot_with_its_cost(serve, city, crawl_apart):
    server = serve(plain)
    database = city([f"{server.url}/{n}" for n in range(5)])
    result, _ = crawl_apart(database, allowed=["127.0.0.0/8"])
    with sa.create_engine(database).connect() as connection:
        rows = connection.execute(sa.text("select outcome, detail, requests, bytes from snapshot")).all()
    assert len(rows) == 5
    assert {row.outcome for row in rows} == {"ok"}
    assert all(json.loads(row.detail)["size"] == 4 for row in rows)
    # robots.txt is read once, on the account of whoever came first.
    assert sum(row.requests for row in rows) == result["requests"] == sum(server.asked.values()) == 6
