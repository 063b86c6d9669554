"""The queue as a worker hears it: which parcel is next. Nothing else knows procrastinate's worker."""

import logging
from collections.abc import Awaitable, Callable

import procrastinate
import psycopg
from procrastinate.exceptions import ProcrastinateException
from sqlalchemy.engine import URL

from db.fleet.table import TASK, name_queue, queue_arguments

__all__ = ["listen"]

_LOG = logging.getLogger(__name__)

# Of some 30 accounts each: as many as keep all seats of a shard taken, a few dead sites among them.
_AT_ONCE = 6
_POLL_SECONDS = 5.0


async def listen(url: URL, work: Callable[[int], Awaitable[None]]) -> None:
    """Await `work` with the number of each parcel, some at a time, until the server goes away."""
    connector = procrastinate.PsycopgConnector(
        conninfo=url.set(drivername="postgresql").render_as_string(hide_password=False),
        kwargs=queue_arguments(),
        min_size=1,
        max_size=2,
        timeout=10,
    )
    app = procrastinate.App(connector=connector)

    @app.task(name=TASK)
    async def begin(parcel: int) -> None:
        await work(parcel)

    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        async with app.open_async():
            await app.run_worker_async(
                queues=[name_queue()],
                concurrency=_AT_ONCE,
                fetch_job_polling_interval=_POLL_SECONDS,
                delete_jobs="always",
                install_signal_handlers=False,
            )
    except (ProcrastinateException, psycopg.Error) as error:
        _LOG.info("The queue is away: %s", error)
