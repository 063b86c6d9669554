"""Whether every file that waits for an officer is still there, as it was sent."""

from pathlib import Path

from sqlalchemy import Engine

from activity.message import Message
from db.backup.handed_in import is_as_sent
from db.check.finding import MOST, Finding
from db.office.upload import load_uploads

__all__ = ["check_handed_in"]

_SHOWN = 5


def check_handed_in(engine: Engine, folder: Path, *, quick: bool) -> Finding | None:
    """Compare each file with its SHA-256; where `quick`, look only whether it is there."""
    lost = [
        f"{each.number} ({each.agency})"
        for each in reversed(load_uploads(engine))
        if each.waits and not _is_whole(folder / each.place, each.size or 0, each.sha256 or "", quick=quick)
    ]
    if not lost:
        return None
    return Finding(
        Message("a file that waits for an officer is there, as it was sent"),
        min(len(lost), MOST),
        tuple(lost[:_SHOWN]),
        Message(
            "Put it back from a backup: restore one elsewhere (DENYUT_DATABASE), and copy it from there. Or "
            "reject it, and make the office another link."
        ),
    )


def _is_whole(path: Path, size: int, digest: str, *, quick: bool) -> bool:
    return path.is_file() if quick else is_as_sent(path, size, digest)
