"""What a disk is asked for: room, and to keep a name."""

import errno
import os
from pathlib import Path

__all__ = ["FULL", "settle_names"]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Numbers of the errors that say that there is no room."""


def settle_names(folder: Path) -> None:
    """Wait until the disk has the folder's names, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
