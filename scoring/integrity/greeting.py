"""Greeting: an account that says little but good wishes."""

import re
from collections.abc import Iterator

from activity.flag import AccountTrail, Flag, FlagKind
from activity.message import Message
from scoring.integrity.evidence import compose_flag
from scoring.integrity.text import split_words
from scoring.rubrics.rule import IntegrityRule

__all__ = ["detect_greeting", "is_greeting"]

# As offices word them: congratulations on holidays and anniversaries, fasting and its end, condolences.
_GREETING = re.compile(
    r"\b(selamat (hari|tahun baru|tahun|hut|ulang tahun|idul|idulfitri|iduladha|natal|paskah|imlek|nyepi"
    r"|waisak|galungan|menunaikan|menjalankan|menyambut|memperingati|merayakan|berpuasa|pagi|malam)"
    r"|dirgahayu|(mengucapkan|ucapkan|ucapan) (selamat|dirgahayu|turut|duka|bela|belasungkawa)"
    r"|turut (berduka|berbelasungkawa)|innalillahi|inna lillahi|marhaban ya|minal aidin|minal aidzin"
    r"|mohon maaf lahir)\b"
)
# A report of an event may quote a wish further on; a card begins with it, after the sender's name at most.
# Nine words hold "Keluarga Besar Dinas Pekerjaan Umum dan Perumahan Mengucapkan Selamat".
_OPENING = 9


def is_greeting(title: str) -> bool:
    """Tell whether a title is a wish and no report.

    >>> is_greeting("Keluarga Besar Dinas Kesehatan Mengucapkan Selamat Hari Raya Idul Fitri 1447 H")
    True
    >>> is_greeting("Peringatan Hari Kesehatan Nasional di Puskesmas Induk")
    False
    """
    return _GREETING.search(" ".join(split_words(title)[:_OPENING])) is not None


def detect_greeting(trail: AccountTrail, rule: IntegrityRule) -> Iterator[Flag]:
    """Flag all greetings of an account of which they make up `greeting_share` of the posts."""
    dated = [trace for trace in trail.traces if trace.day is not None]
    greetings = [trace for trace in dated if is_greeting(trace.title)]
    if len(greetings) < max(1, rule.greeting_posts) or len(greetings) < rule.greeting_share * len(dated):
        return
    days = [trace.day for trace in greetings if trace.day is not None]
    evidence = Message(
        "{count} of {whole} posts at {address}, {first} to {last}, are mere greetings, such as {title!r}.",
        count=len(greetings),
        whole=len(dated),
        address=trail.address,
        first=min(days),
        last=max(days),
        title=greetings[0].title,
    )
    yield compose_flag(FlagKind.GREETING, trail, greetings, evidence)
