"""The pages of one visit, kept until its harvest tells which of them its posts rest on. Pure."""

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from activity.post import Post
from activity.record import Record
from activity.visit import Harvest, KnownPost, Page, Purpose, Target
from crawler.evidence.naming import find_naming, read_words
from crawler.secret import scrub, scrub_bytes

__all__ = ["KeptPages"]

# What a visit may hold as it came; beyond it pages are compressed, to a seventh for what offices write.
RAW_BYTES: Final = 500_000
# A visit may take 50 MB; only what hardly compresses, which no list of posts does, is ever left out.
PACKED_BYTES: Final = 12_000_000
# So much of a visit's pages is looked through for words: a hundred long lists, and no more of a hostile site.
WORD_BYTES: Final = 20_000_000
# The others tell of the connection or of a visitor: Set-Cookie must never be kept.
_HEADERS = frozenset(
    {"content-type", "content-language", "date", "etag", "last-modified", "link", "server"}
    | {"x-wp-total", "x-wp-totalpages"}
)
# A map names thousands of addresses and no title.
_NAMELESS = frozenset({Purpose.SITEMAP})
_MASK: Final = b"***"


@dataclass(eq=False)
class _Sheet:
    """One page that came."""

    url: str
    purpose: Purpose
    fetched_at: datetime
    status: int
    headers: Mapping[str, str]
    raw: bytes | None
    packed: bytes = b""

    @property
    def body(self) -> bytes:
        return self.raw if self.raw is not None else zlib.decompress(self.packed)

    def pack(self) -> int:
        """Compress the body; returns its size then."""
        if self.raw is not None:
            self.packed, self.raw = zlib.compress(self.raw, 1), None
        return len(self.packed)


class KeptPages:
    """The pages of one visit, without secrets.

    Args:
        secrets: every token and key of the run; where one stands in a page it is masked.
    """

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = [secret.encode() for secret in secrets if secret]
        self._sheets: dict[str, _Sheet] = {}
        self._raw: list[_Sheet] = []
        self._raw_bytes = self._packed_bytes = 0
        self._asked: dict[str, _Sheet] = {}
        self._words: dict[_Sheet, frozenset[str]] = {}
        self._word_bytes = 0

    def add(self, page: Page) -> None:
        """Keep a page that brought something new, and what its own script asked for."""
        if not page.ok or page.unchanged or page.status is None or not page.body:
            return
        headers = {name: value for name, value in page.headers.items() if name in _HEADERS}
        ours = page.fetch.token is not None
        sheet = self._keep(page, page.url, page.body, headers, ours=ours)
        if sheet is not None:
            self._asked[page.fetch.url] = sheet
        for each in page.captured:
            self._keep(page, each.url, each.body, {"content-type": "application/json"}, ours=ours)

    def choose(self, harvest: Harvest, target: Target) -> tuple[Record, ...]:
        """Choose the pages on which the posts rest that are new or read differently from what is stored."""
        resting: dict[_Sheet, set[str]] = {}
        self._word_bytes = WORD_BYTES
        for post in (*harvest.posts, *((harvest.before,) if harvest.before else ())):
            if _is_news(post, target):
                for sheet in self._find(post):
                    resting.setdefault(sheet, set()).add(post.key)
        return tuple(self._record(sheet, keys) for sheet, keys in resting.items())

    def _keep(
        self, page: Page, url: str, body: bytes, headers: Mapping[str, str], *, ours: bool
    ) -> _Sheet | None:
        if self._packed_bytes >= PACKED_BYTES or not url.startswith(("http://", "https://")):
            return None
        assert page.status is not None
        clean = self._mask(body, ours=ours)
        sheet = _Sheet(
            self._mask_text(scrub(url), ours=ours),
            page.fetch.purpose,
            page.fetched_at,
            page.status,
            {name: self._mask_text(value, ours=ours) for name, value in headers.items()},
            clean,
        )
        self._sheets[url] = sheet
        self._raw.append(sheet)
        self._raw_bytes += len(clean)
        if self._raw_bytes > RAW_BYTES:
            self._packed_bytes += sum(each.pack() for each in self._raw)
            self._raw, self._raw_bytes = [], 0
        return sheet

    def _mask_text(self, text: str, *, ours: bool) -> str:
        return self._mask(text.encode(errors="replace"), ours=ours).decode()

    def _mask(self, text: bytes, *, ours: bool) -> bytes:
        """Without the run's secrets; without anybody's where it answers a call under a token.

        Meta writes the token into each `next`. What an office shows to everybody on its page stays.
        """
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, _MASK)
        return scrub_bytes(text) if ours else text

    def _find(self, post: Post) -> Iterator[_Sheet]:
        """The pages that the post's date was read from, and one that shows its title."""
        sources = {witness.source for witness in post.date.evidence} if post.date else {post.url}
        named = [self._sheets.get(each) or self._asked.get(each) for each in sorted(sources)]
        found = list(dict.fromkeys(sheet for sheet in named if sheet is not None))
        yield from found
        if all(sheet.purpose is Purpose.ARTICLE for sheet in found):
            yield from self._find_naming(post, found)

    def _find_naming(self, post: Post, found: Sequence[_Sheet]) -> Iterator[_Sheet]:
        others = [
            sheet
            for sheet in self._sheets.values()
            if sheet.purpose not in {Purpose.ARTICLE, *_NAMELESS} and sheet not in found
        ]
        place = find_naming(post, [self._read_words(sheet) for sheet in others])
        if place is not None:
            yield others[place]

    def _read_words(self, sheet: _Sheet) -> frozenset[str]:
        if sheet not in self._words:
            body = sheet.body[: self._word_bytes]
            self._word_bytes -= len(body)
            self._words[sheet] = read_words(body)
        return self._words[sheet]

    def _record(self, sheet: _Sheet, keys: Collection[str]) -> Record:
        return Record.of(
            sheet.url, sheet.fetched_at, sheet.status, sheet.headers, sheet.body, frozenset(keys)
        )


def _is_news(post: Post, target: Target) -> bool:
    """Whether the database may hold nothing of a post, or something else."""
    if post.key not in target.known:
        return True
    known = target.stored.get(post.key)
    return known is not None and (post.title not in {"", known.title} or _moment(known) != _claim(post))


def _moment(known: KnownPost) -> int | None:
    return None if known.at is None else int(known.at.timestamp())


def _claim(post: Post) -> int | None:
    dated = post.date is not None and post.date.precision.names_a_day
    return int(post.date.at.timestamp() // 1) if dated and post.date is not None else None
