"""Websites' names to servers, ahead of the crawl, so that each account goes to the shard of its server."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread
from urllib.parse import urlsplit

from activity.agency import Account
from activity.errors import ShortageError
from crawler.drive.cause import find_shortage
from crawler.drive.names import Addresses, find_addresses
from crawler.shards.deal import deal, name_server
from crawler.shards.ledger import WaitingAccount

__all__ = ["deal_out"]

# Names that do not resolve take seconds each, and a night has thousands of them.
_AT_ONCE = 100
_PATIENCE = 15.0
_PORTS = {"http": 80, "https": 443}


async def deal_out(
    accounts: Iterable[Account],
    shards: int,
    pause: Callable[[], Awaitable[None]],
    give: Callable[[int, WaitingAccount], None],
) -> None:
    """Give each website to the shard that it goes to, nearly in the order in which they come.

    A name that has no address goes where the name itself leads: somebody must say so. Where a site later
    leads elsewhere, the shards hand each other their requests, so being wrong here costs time, nothing else.

    Args:
        pause: waits while the shards have enough to do.

    Raises ShortageError where it is not the name's fault.
    """
    rest = iter(accounts)

    async def work() -> None:
        for account in rest:
            await pause()
            give(*await _settle(account, shards))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(work())
    except* ShortageError as errors:
        raise errors.exceptions[0] from None


async def _settle(account: Account, shards: int) -> tuple[int, WaitingAccount]:
    host, port = _place(account.address)
    if _is_address(host):
        return deal(name_server(host, port) if host else "", shards), WaitingAccount(account)
    names = await _find(host)
    server = name_server(names[0], port) if isinstance(names, tuple) else host
    return deal(server, shards), WaitingAccount(account, names)


async def _find(host: str) -> Addresses | str:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _ask(host)
    except TimeoutError:
        return f"{host}: the name server did not answer"
    except (OSError, UnicodeError) as error:
        if (shortage := find_shortage(error)) is not None:
            raise shortage from error
        return f"{host}: {error}"


async def _ask(host: str) -> Addresses:
    """In a thread of its own that nobody waits for at the end: a name server may take its time."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Addresses] = loop.create_future()

    def settle(found: Addresses | Exception) -> None:
        if answer.done():
            return
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def find() -> None:
        found: Addresses | Exception
        try:
            found = find_addresses(host)
        except (OSError, UnicodeError) as error:
            found = error
        # The loop may be gone by now.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found)

    Thread(target=find, name=f"name {host}", daemon=True).start()
    return await answer


def _place(url: str) -> tuple[str, int]:
    """Host and port of an address, empty where it is none: its visit says so."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    return "", 0


def _is_address(host: str) -> bool:
    with suppress(ValueError):
        ip_address(host)
        return True
    return not host
