"""Decompressing a body without ever holding more than its limit."""

import zlib

from crawler.drive.budget import PAGE_BYTES

__all__ = ["TooLargeError", "unpack"]


class TooLargeError(Exception):
    """A body outgrows its limit, before or after decompression; raised by an edge."""


def unpack(body: bytes, encoding: str, limit: int = PAGE_BYTES) -> bytes:
    """Undo a Content-Encoding; a body cut short gives what there is of it.

    Raises TooLargeError beyond `limit` bytes, ValueError for an encoding we did not ask for or a body
    that is not in it.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body, limit)
        elif name != "identity":
            raise ValueError(f"unknown Content-Encoding {name[:40]!r}")
    return body


def _inflate(body: bytes, limit: int) -> bytes:
    # 47 reads gzip and zlib; some servers send "deflate" bare, without either's header: -15.
    for form in (47, -15):
        stream = zlib.decompressobj(form)
        try:
            plain = stream.decompress(body, limit + 1)
        except zlib.error as error:
            problem = error
            continue
        if len(plain) > limit:
            raise TooLargeError(f"more than {limit} bytes after decompression")
        return plain
    raise ValueError(f"body is not compressed as announced: {problem}")
