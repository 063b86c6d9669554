"""`denyut worker`: visits what a crawl on another machine gives out."""

from cli.console import tell
from cli.option import read_config
from desk.night.hands import WorkedParcel, work_parcels
from desk.store import open_store

__all__ = ["worker"]


def worker() -> None:
    """Visit sites for a crawl on another machine, until Ctrl-C; the database is a PostgreSQL that both reach.

    `denyut crawl` gives the websites out to whoever is there, and watches. A worker needs the database's
    address, the evidence folder that all machines share, and no token. It may come and go at any time: what
    it has not brought is given to others.
    """
    config = read_config()
    engine, config = open_store(config, update=False)
    work_parcels(config, engine, _tell_parcel, _tell_ready)
    tell("Ended.")


def _tell_ready() -> None:
    tell("Waiting for a crawl to give something out; Ctrl-C ends it.")


def _tell_parcel(done: WorkedParcel) -> None:
    tell("Parcel {number}: {harvested} accounts.", number=done.number, harvested=done.harvested)
    if done.doubled:
        tell("{doubled} harvests were there already and were dropped.", doubled=done.doubled)
