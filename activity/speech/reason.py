"""Why the operating system or a reader of files refused, in words that can be said in another language."""

from activity.message import Message

__all__ = ["REASONS", "tell_reason"]

REASONS = (
    "Address already in use",
    "Argument list too long",
    "Cannot allocate memory",
    "Cannot assign requested address",
    "Device or resource busy",
    "Directory not empty",
    "Disk quota exceeded",
    "File exists",
    "File name too long",
    "File too large",
    "Input/output error",
    "Invalid argument",
    "Is a directory",
    "Name or service not known",
    "No space left on device",
    "No such device or address",
    "No such file or directory",
    "Not a directory",
    "Operation not permitted",
    "Permission denied",
    "Read-only file system",
    "Too many levels of symbolic links",
    "Too many open files",
    # what a reader of CSV says
    "line contains NUL",
    "unexpected end of data",
    "',' expected after '\"'",
    "';' expected after '\"'",
)
"""What they say most; anything else is told in their English."""


def tell_reason(error: Exception, otherwise: str = "") -> Message:
    """Say why a file, a folder or a place on the network was refused.

    Args:
        otherwise: said of an error of the operating system that gives no reason.

    >>> tell_reason(FileNotFoundError(2, "No such file or directory", "a.csv"))
    'No such file or directory'
    """
    if isinstance(error, UnicodeError):
        return Message("not UTF-8 text")
    if isinstance(error, OSError):
        return Message(error.strerror or otherwise or str(error))
    return Message(str(error))
