"""Who works on a night, as `denyut night` tells it."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.fleet.view import FleetView

__all__ = ["read_fleet"]


def read_fleet(engine: "Engine", night: date) -> "FleetView | None":
    """Read what was given out in a night, and to whom; None where nothing was and nobody waits."""
    from desk.night.giving import has_fleet

    if not has_fleet(engine):
        return None
    from activity.errors import QueueGoneError
    from db.fleet.view import load_fleet

    try:
        fleet = load_fleet(engine, night)
    except QueueGoneError:
        return None
    return fleet if fleet.wave or fleet.workers else None
