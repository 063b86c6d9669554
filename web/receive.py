"""What a browser sends: the fields of a form, and at most one file, never more than is allowed."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

__all__ = ["Received", "SentFile", "receive"]

_MOST_FIELDS, _MOST_FIELD = 40, 20_000


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent, as the browser named it."""

    name: str
    file: BinaryIO = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """A form: of several values of one field the last."""

    form: Mapping[str, str] = field(default_factory=dict)
    sent: SentFile | None = None

    def close(self) -> None:
        """Let go of the file, which then is gone."""
        if self.sent is not None:
            self.sent.file.close()


class _TooLongError(Exception):
    """More came than is allowed."""


async def receive(request: Request, most: int, *, files: bool) -> Received | None:
    """Read a form; None where it is longer than `most` bytes. What cannot be read is an empty form.

    Args:
        files: whether a file may come along; it is kept on disk, not in memory.
    """
    try:
        if files and request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await _read_parts(request, most)
        body = b"".join([part async for part in _count(request, most)])
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        return Received(dict(fields))
    except _TooLongError:
        return None
    except (ValueError, MultiPartException):
        return Received()


async def _read_parts(request: Request, most: int) -> Received:
    parser = MultiPartParser(
        request.headers,
        _count(request, most),
        max_files=1,
        max_fields=_MOST_FIELDS,
        max_part_size=_MOST_FIELD,
    )
    form: dict[str, str] = {}
    sent: SentFile | None = None
    for name, value in (await parser.parse()).multi_items():
        if isinstance(value, UploadFile):
            sent = SentFile(value.filename or "", value.file)
        else:
            form[name] = value
    return Received(form, sent)


async def _count(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise _TooLongError
        yield part
