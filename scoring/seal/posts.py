"""Posts as an archive's lines, the only part of it that grows with a nation: written and read one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC

import msgspec

from activity.agency import Channel
from activity.errors import SealError
from activity.result.sealed import BoundedPost, ProvenPost, SealedPost
from scoring.seal.codec import decode, parse
from scoring.seal.section import Section

__all__ = ["FORMATS", "POSTS", "PostLines", "encode_post", "read_owner"]

POSTS = "posts.jsonl"
_ENCODE = msgspec.json.Encoder(order="sorted").encode
FORMATS: Mapping[int, type[SealedPost]] = {1: SealedPost, 2: ProvenPost, 3: BoundedPost}
"""What a post is in each format of an archive."""
_DECODERS = {kind: msgspec.json.Decoder(kind) for kind in FORMATS.values()}


class _Owner(msgspec.Struct):
    """Whose post a line is; what else stands in it is passed over."""

    agency: str
    channel: Channel


_READ_OWNER = msgspec.json.Decoder(_Owner).decode


def read_owner(line: bytes) -> tuple[str, Channel]:
    """Whose post a line of an archive is that was verified, at a fifth of the time of reading all of it."""
    owner = _READ_OWNER(line)
    return owner.agency, owner.channel


def encode_post(post: SealedPost) -> bytes:
    """A post's line: the bytes of `codec.dump`, at a tenth of the time."""
    at = post.published_at
    if at is not None and (at.tzinfo is not UTC or at.microsecond):
        post = replace(post, published_at=at.astimezone(UTC).replace(microsecond=0))
    return _ENCODE(post) + b"\n"


class PostLines:
    """The posts of an archive, read anew each time they are iterated.

    Args:
        kind: what a post is in the archive's format.

    Attributes:
        section: their lines.
        as_written: whether, as far as they were read, each line and their order is Denyut's own writing.
    """

    def __init__(self, section: Section, kind: type[SealedPost] = BoundedPost) -> None:
        self.section = section
        self._kind = kind
        self.as_written = True

    def __iter__(self) -> Iterator[SealedPost]:
        """Each post; raises SealError naming the line that cannot be read."""
        before = b""
        for number, line in enumerate(self.section.lines(), 1):
            post = _read_line(self._kind, number, line)
            if line < before or encode_post(post) != line:
                self.as_written = False
            before = line
            yield post


def _read_line(kind: type[SealedPost], number: int, line: bytes) -> SealedPost:
    try:
        return _DECODERS[kind].decode(line) if line.endswith(b"\n") else _read_slowly(kind, number, line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _read_slowly(kind, number, line)


def _read_slowly(kind: type[SealedPost], number: int, line: bytes) -> SealedPost:
    """The strict reader, which says what is wrong."""
    if not line.endswith(b"\n"):
        raise SealError("{posts}: the last line is cut short.", posts=POSTS)
    try:
        return decode(kind, parse(line[:-1].decode()))
    except ValueError as error:
        raise SealError(
            "{posts}, line {number} cannot be read: {rstrip}.",
            posts=POSTS,
            number=number,
            rstrip=str(error).rstrip("."),
        ) from None
