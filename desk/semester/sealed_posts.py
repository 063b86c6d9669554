"""The posts that a seal holds, found by office and channel."""

import zlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from activity.agency import Channel
from activity.jury import Seal
from activity.result.sealed import SealedPost
from desk.semester.sealed import read_seal

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["SealedPosts"]

_LEVEL = 1
"""Of compression: an office's lines say much the same, and shrink to a tenth at any level."""


class SealedPosts:
    """The posts of one seal, read once and held packed: 300,000 of them take some 15 MB.

    Raises StoreError where the database no longer holds what was sealed.
    """

    def __init__(self, engine: "Engine", seal: Seal) -> None:
        from scoring.seal.posts import FORMATS, POSTS, read_owner

        self._packed: dict[tuple[str, Channel], list[bytes]] = {}
        with read_seal(engine, seal) as (_, opened):
            assert opened.head is not None
            self._kind = FORMATS[opened.head.format]
            for owner, lines in groupby(opened.files[POSTS].lines(), read_owner):
                packed = zlib.compress(b"".join(lines), _LEVEL)
                self._packed.setdefault(owner, []).append(packed)

    def read(self, agency: str, channel: Channel, first: date, last: date) -> Iterator[SealedPost]:
        """The posts of an office's channel that were sealed with a certain day of `[first, last]`."""
        from scoring.seal.posts import PostLines
        from scoring.seal.section import Section

        for packed in self._packed.get((agency, channel), ()):
            lines = zlib.decompress(packed)
            for post in PostLines(Section(BytesIO(lines), 0, len(lines)), self._kind):
                if post.day is not None and first <= post.day <= last:
                    yield post
