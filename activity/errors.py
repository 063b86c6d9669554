"""One root for every error a user can meet, one class for each decision a caller can make."""

from typing import Any

from activity.message import Message

__all__ = [
    "AccountError",
    "BackupError",
    "BackupFileError",
    "ConfigError",
    "DamagedDatabaseError",
    "DatabaseBusyError",
    "DenyutError",
    "EvidenceError",
    "ExportError",
    "ForeignDatabaseError",
    "GuardError",
    "NewerDatabaseError",
    "ProgramMissingError",
    "QueueGoneError",
    "RegistryError",
    "RubricError",
    "SealError",
    "ShardError",
    "ShortageError",
    "SourceError",
    "StoreError",
    "StoreFullError",
    "StoreGoneError",
    "UnparsableError",
]


class DenyutError(Exception):
    """What happened, to what, and what to do about it, in one line each.

    Attributes:
        message: what happened and to what.
        remedy: what a person can do about it; may be empty.

    Both are given as templates with the values that go there, so that they can be said in another language.
        exit_code: what the command line ends with; see docs/commands.md.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str = "", **values: Any) -> None:
        super().__init__(message)
        self.message = Message(message, **values)
        self.remedy = Message(remedy, **values)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class ConfigError(DenyutError):
    """A setting, an argument or a file named by the user cannot be used; raised by `cli`."""

    exit_code = 2


class RegistryError(ConfigError):
    """A registry file was refused as a whole; raised when reading agencies.

    Attributes:
        problems: one line for each cell that cannot be read.
    """

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        super().__init__(
            "{source}: 1 problem, nothing was imported."
            if len(problems) == 1
            else "{source}: {count} problems, nothing was imported.",
            "Correct the lines named and import the file again.",
            source=source,
            count=len(problems),
        )
        self.problems = problems


class AccountError(ConfigError, ValueError):
    """What was typed names no account of its channel; raised by `activity.address`."""


class ExportError(ConfigError):
    """A file of posts was refused as a whole, nothing of it is stored; raised by `crawler.exports`."""


class RubricError(ConfigError):
    """A rubric cannot be used to score; raised by `scoring.rubrics.rubric`."""


class SealError(ConfigError):
    """A file is no archive of a sealed semester, or one that cannot be read; raised by `scoring.seal`."""


class BackupFileError(ConfigError):
    """A file is no whole backup, or one that does not fit here; raised by `db.backup`."""


class GuardError(DenyutError):
    """An address may not be asked by a crawl; raised by `crawler.drive.guard`."""

    exit_code = 2


class SourceError(DenyutError):
    """A page did not give what was asked of it; raised below a visit, ends in an outcome."""


class UnparsableError(SourceError):
    """A body is not what its address promised; raised by `crawler.extract`."""


class StoreError(DenyutError):
    """The database cannot be used; raised by `db`."""

    exit_code = 3


class BackupError(DenyutError):
    """No backup can be made, and none was left half made; raised by `db.backup`."""


class ProgramMissingError(BackupError):
    """A program of the database's own is not installed here, or is too old; raised by `db.backup`."""


class EvidenceError(DenyutError):
    """A kept page is not there, or not as it was kept; raised by `db.evidence.warc`."""


class ForeignDatabaseError(StoreError):
    """The database holds tables that are not Denyut's; raised when opening it."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer Denyut; raised when opening it."""


class DamagedDatabaseError(StoreError):
    """A page of the database's file is not what was written; the newest backup is the way back."""


class StoreGoneError(StoreError):
    """The database's server does not answer, or went away; it may come back."""


class QueueGoneError(StoreError):
    """The tables of what is given out are not there; whoever gives out makes them anew."""


class StoreFullError(StoreError):
    """The disk has no room left; the transaction at hand was rolled back."""


class DatabaseBusyError(StoreError):
    """Another Denyut holds the lock; raised when a second crawl starts."""

    exit_code = 4


class ShortageError(DenyutError):
    """This machine has too little of something to go on; raised by a crawl, never an office's fault."""

    exit_code = 5


class ShardError(DenyutError):
    """The processes of a crawl end again and again, whatever they work on; raised by a crawl."""
