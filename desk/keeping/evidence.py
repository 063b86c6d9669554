"""Where the pages are kept that posts rest on."""

import os
import webbrowser
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.message import Message
from activity.record import Record
from activity.speech.reason import tell_reason
from desk.setting.config import Config

if TYPE_CHECKING:
    from db.evidence.warc import Archive

__all__ = [
    "beside_database",
    "evidence_folder",
    "join_evidence",
    "mark_evidence",
    "open_archive",
    "show_file",
    "tell_overflow",
]

_MARK = "shared-by-workers"


def evidence_folder(config: Config) -> Path | None:
    """The folder as it is set, as a rule `kota-evidence` beside `kota.db`; None where nothing is kept."""
    if config.evidence.lower() == "off":
        return None
    if config.evidence:
        return Path(config.evidence)
    return beside_database(config, "evidence")


def beside_database(config: Config, what: str) -> Path:
    """A folder of the database's own, such as `kota-evidence` beside `kota.db`."""
    from db.address import place_beside
    from db.engine import parse_url

    return place_beside(parse_url(config.database_url), what)


def open_archive(config: Config, mark: str = "") -> "Archive | None":
    """The database's archive; None where nothing is kept.

    Args:
        mark: of a writer beside others.
    """
    from db.evidence.warc import Archive

    folder = evidence_folder(config)
    return None if folder is None else Archive(folder, mark)


def mark_evidence(archive: "Archive") -> str:
    """Leave what a worker must find in its evidence folder to know that it is this one; written there once.

    Raises ConfigError for a folder that cannot be written.
    """
    if not (mark := _read_mark(archive)):
        mark = token_hex(16)
        path = archive.folder / _MARK
        try:
            archive.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(mark, encoding="ascii")
        except OSError as error:
            raise ConfigError(
                "The evidence in {folder} cannot be written: {strerror}.",
                "Name another folder in DENYUT_EVIDENCE.",
                folder=archive.folder,
                strerror=tell_reason(error),
            ) from error
    return mark


def _read_mark(archive: "Archive") -> str:
    """Read that mark; empty where there is none."""
    try:
        return (archive.folder / _MARK).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def join_evidence(config: Config, worker: str, mark: str) -> "Archive | None":
    """Open the folder that a crawl elsewhere has marked, for a worker beside others; None without a mark.

    Raises ConfigError for another folder, and for one that this worker cannot write to.
    """
    archive = open_archive(config, worker) if mark else None
    if archive is None:
        return None
    if _read_mark(archive) != mark:
        raise ConfigError(
            "The evidence folder {folder} is not the one in which the crawl keeps its pages.",
            "Share that folder with this machine, and name it in DENYUT_EVIDENCE.",
            folder=archive.folder,
        )
    if not os.access(archive.folder, os.W_OK):
        raise ConfigError(
            "The evidence in {folder} cannot be written by this worker.",
            "Let its user write there: the same user number on every machine.",
            folder=archive.folder,
        )
    return archive


def tell_overflow(config: Config) -> str:
    """One line where the evidence has outgrown its budget; nothing of it is ever dropped by itself."""
    archive = open_archive(config)
    if archive is None or not config.evidence_mb:
        return ""
    size = archive.size() / 1e6
    if size <= config.evidence_mb:
        return ""
    return Message(
        "The evidence in {folder} has {size:,.0f} MB, more than the {evidence_mb:g} of "
        "DENYUT_EVIDENCE_MB. Nothing was dropped: `denyut evidence prune` removes what no open semester "
        "needs; or move it to a larger disk, or raise the budget.",
        folder=archive.folder,
        size=size,
        evidence_mb=config.evidence_mb,
    )


def show_file(record: Record) -> Path:
    """Write a page as plain text into a file and ask this machine to open it; nothing in it runs."""
    from crawler.evidence.passage import read_text

    with NamedTemporaryFile("w", encoding="utf-8", suffix=".txt", prefix="denyut-", delete=False) as file:
        file.write(read_text(record))
    path = Path(file.name)
    webbrowser.open(path.as_uri())
    return path
