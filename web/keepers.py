"""Who keeps each office's accounts, for officers and jury."""

from starlette.responses import Response

from activity.semester import night_of
from desk.office.keeper import KeptState, read_kept
from web.door import PageRequest

__all__ = ["list_keepers"]


def list_keepers(ask: PageRequest) -> Response:
    """List every office by how pressing it is: without a contact, handed over long ago, then the others."""
    door = ask.door
    kept = read_kept(door.engine, night_of(door.config.now(), door.config.zone))
    groups = [(state, [each for each in kept if each.state is state]) for state in KeptState]
    return ask.show("keepers", groups=groups)
