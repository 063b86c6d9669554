"""Each post of an archive once, though it may stand in several of its documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from activity.agency import Channel
from activity.post import PostKind
from crawler.exports.download.item import ArchivedPost

__all__ = ["FILMS", "unite_records"]

FILMS: Final = frozenset({".mp4", ".mov", ".m4v", ".webm", ".avi"})
# A film's own record names the moment of its upload, its post's record that of publication.
_SAME_POST: Final = timedelta(minutes=2)
_MOST_COMPARED: Final = 20


def unite_records(
    records: Iterable[ArchivedPost], channel: Channel, left_out: Counter[str]
) -> list[ArchivedPost]:
    """Make one of the records of one post; the others are counted in `left_out` with their reason.

    Facebook writes a shared post twice in one second; both platforms write a reel or film in a list of its
    own as well, with the moment of its upload. Two posts of one second stay two.
    """
    known = _Known(channel)
    for record in records:
        place, reason = known.find(record)
        if place is None:
            known.add(record)
        else:
            known.merge(place, record)
            left_out[reason] += 1
    return known.kept


class _Known:
    """The posts so far, found again by number, picture, moment or text."""

    def __init__(self, channel: Channel) -> None:
        self.kept: list[ArchivedPost] = []
        self._facebook = channel is Channel.FACEBOOK
        self._numbers: dict[str, int] = {}
        self._files: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._minutes: defaultdict[int, list[int]] = defaultdict(list)
        self._moments: defaultdict[datetime, list[int]] = defaultdict(list)

    def add(self, record: ArchivedPost) -> None:
        self.kept.append(record)
        place = len(self.kept) - 1
        self._moments[record.at].append(place)
        self._minutes[int(record.at.timestamp()) // 120].append(place)
        self._index(place, record)

    def merge(self, place: int, record: ArchivedPost) -> None:
        """Keep what the second record tells beyond the first."""
        first = self.kept[place]
        media = first.media or record.media
        if self._facebook != record.flat:  # Facebook's twins, Instagram's pictures that stand by themselves
            media = tuple(dict.fromkeys((*first.media, *record.media)))
        kind = first.kind or (PostKind.REEL if record.kind is PostKind.REEL else None)
        self.kept[place] = first._replace(text=first.text or record.text, media=media, kind=kind)
        self._index(place, record)

    def find(self, record: ArchivedPost) -> tuple[int | None, str]:
        """Find the post that a record is of, and what the record then is."""
        if record.number and (place := self._numbers.get(record.number)) is not None:
            return place, "records that stand twice"
        for place in self._moments[record.at][:_MOST_COMPARED]:
            if reason := self._told_again(self.kept[place], record):
                return place, reason
        for index, name in ((self._files, file) for file in _files(record)):
            if self._is_near(index.get(name), record, elsewhere=True):
                return index[name], "second records of one post"
        if record.text and _is_film(record) and self._is_near(self._texts.get(record.text), record, True):
            return self._texts[record.text], "second records of one post"
        if self._facebook and record.flat and _is_film(record):
            return self._near_film(record), "second records of one post"
        return None, ""

    def _told_again(self, known: ArchivedPost, record: ArchivedPost) -> str:
        """Why two records of one second are one post; empty where they are two."""
        if known.text and record.text and known.text != record.text:
            return ""
        if known.number and record.number:
            return ""
        if (known.text, known.media) == (record.text, record.media):
            return "records that stand twice"
        if self._facebook:
            return "second records of one post"
        if known.document == record.document:
            return "further pictures of one post" if known.flat and record.flat else ""
        if known.text == record.text != "" or _is_film(known) or _is_film(record):
            return "second records of one post"
        return ""

    def _is_near(self, place: int | None, record: ArchivedPost, elsewhere: bool) -> bool:
        if place is None:
            return False
        known = self.kept[place]
        other = known.document != record.document
        return other is elsewhere and abs(known.at - record.at) <= _SAME_POST

    def _near_film(self, record: ArchivedPost) -> int | None:
        """A post near in time: of Facebook's films only their own list tells which they are."""
        minute = int(record.at.timestamp()) // 120
        for near in (minute, minute - 1, minute + 1):
            for place in self._minutes[near][:_MOST_COMPARED]:
                if self._is_near(place, record, elsewhere=True):
                    return place
        return None

    def _index(self, place: int, record: ArchivedPost) -> None:
        if record.number:
            self._numbers.setdefault(record.number, place)
        if record.text:
            self._texts[record.text] = place
        for name in _files(record):
            self._files[name] = place


def _files(record: ArchivedPost) -> list[str]:
    """Its pictures and films by their whole address; a film also by its name, which two folders share."""
    films = [PurePosixPath(uri).name for uri in record.media if PurePosixPath(uri).suffix.lower() in FILMS]
    return [*(uri for uri in record.media if uri), *films][:50]


def _is_film(record: ArchivedPost) -> bool:
    if record.kind in {PostKind.REEL, PostKind.VIDEO}:
        return True
    return any(PurePosixPath(uri).suffix.lower() in FILMS for uri in record.media)
