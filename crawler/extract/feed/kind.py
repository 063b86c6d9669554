"""What sort of item an address, a title and its labels speak of."""

import re
from collections.abc import Iterable

from activity.post import PostKind

__all__ = ["judge_kind"]

_ANNOUNCEMENT = re.compile(
    r"pengumuman|announcements?|notices?|siaran|edaran|lelang|lowongan|tender", re.IGNORECASE
)
_AGENDA = re.compile(r"agenda|kalender|events?|acara|jadwal", re.IGNORECASE)


def judge_kind(url: str, title: str = "", labels: Iterable[str] = ()) -> PostKind:
    """Judge it news unless the address' folders, the labels or the title's first word say otherwise.

    >>> judge_kind("https://contoh.go.id/pengumuman/12/hasil-seleksi")
    <PostKind.ANNOUNCEMENT: 'announcement'>
    """
    folders = re.split(r"[/?&=]", url.partition("//")[2])[1:-1]
    words = [*folders, *labels, title.split(" ", 1)[0].rstrip(":")]
    if any(_ANNOUNCEMENT.fullmatch(word.strip()) for word in words):
        return PostKind.ANNOUNCEMENT
    if any(_AGENDA.fullmatch(word.strip()) for word in words):
        return PostKind.AGENDA
    return PostKind.NEWS
