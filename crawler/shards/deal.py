"""Which shard asks which server. Pure, and the same in every process, so that no talk is needed."""

from zlib import crc32

from crawler.drive.guard import Guard

__all__ = ["FIRST_SHARD", "TOKENS_SHARD", "deal", "name_server"]

TOKENS_SHARD = 0
"""The shard that makes every call under a token: their queues and pauses are kept in one place."""

FIRST_SHARD = 0
"""Of a worker the only one that asks sites; the other tries suspects."""

_PUBLIC = Guard()


def name_server(address: str, port: int) -> str:
    """Name the queue in which requests to an IP address wait their turn.

    One for each public address, so that fifty kelurahan on one machine are asked one after another; on
    private networks, which are there for trials, each port is a server of its own.

    >>> name_server("103.28.12.1", 8080), name_server("127.0.0.1", 8080)
    ('103.28.12.1', '127.0.0.1:8080')
    """
    return address if _PUBLIC.permits(address) else f"{address}:{port}"


def deal(server: str, shards: int) -> int:
    """Choose the shard that a server belongs to, by its number below `shards`."""
    return crc32(server.encode()) % shards
