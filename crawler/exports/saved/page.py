"""A profile page that a person saved from the browser: "web page, complete" or a single file.

Nothing fetches these pages; see docs/channels.md. A page holds the newest posts only: about twelve on
Instagram, often one on Facebook.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Any
from warnings import catch_warnings, simplefilter

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

from activity.address.permalink import facebook_key, instagram_key
from activity.channel import CHANNELS, Channel, channel_of
from activity.errors import ExportError
from activity.post import Post, PostKind, Precision
from crawler.exports.document import load_document
from crawler.exports.export import Export, ExportEntry, ExportReading, Format, Span
from crawler.exports.moment.dated import date_by_clock, date_by_file
from crawler.exports.saved.node import instagram_nodes
from crawler.exports.saved.story import OF_NO_MOMENT, OF_NOBODY, read_stories
from crawler.exports.source import ExportSource
from crawler.extract.page.document import decode_body
from crawler.extract.page.markup import bound_markup
from crawler.visits.meta.graph_harvest import first_line
from crawler.visits.meta.shortcode import read_shortcode

__all__ = ["is_saved_page", "read_saved_page"]

_MOST_BYTES = 60_000_000
_HEAD = 4_096
_CODELESS, _FUTURE = "posts whose shortcode cannot be read", "posts of the future"
_UNDATED = frozenset({_CODELESS, _FUTURE, OF_NO_MOMENT})
"""Of what is left out: a day among these would be called silent."""


def is_saved_page(head: bytes) -> bool:
    """Tell whether a file begins as HTML, or as the single file that browsers make of a page."""
    start = head[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") or _is_single_file(head)


def _parse(text: str) -> BeautifulSoup:
    with catch_warnings():
        # XML that somebody hands in shows no profile, and is refused in our own words.
        simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(bound_markup(text, most_text=_MOST_BYTES), "lxml")


def read_saved_page(source: ExportSource, reading: ExportReading) -> Export:
    """Understand a saved profile page; raises ExportError where it shows none."""
    if source.size > _MOST_BYTES:
        raise ExportError(
            "{source} is larger than any page.", "Save the profile page alone.", source=source.name
        )
    html, saved_at = _load_html(source)
    text = html if isinstance(html, str) else decode_body(html)
    soup = _parse(text)
    scripts = list(_documents(soup))
    channel, owner = _find_owner(soup)
    left_out: Counter[str] = Counter()
    posts, listed = [], {}
    if channel in {None, Channel.INSTAGRAM}:
        listed = _read_instagram(scripts, owner, source, reading, left_out)
        posts = [*_read_drawn(soup, owner, listed, source, reading), *listed.values()]
        channel = Channel.INSTAGRAM if posts else channel
    if channel in {None, Channel.FACEBOOK}:
        listed = _read_facebook(scripts, owner, source, reading, left_out)
        posts = list(listed.values())
        channel = Channel.FACEBOOK if posts else channel
    if not posts or channel is None:
        raise ExportError(
            "{source} shows no posts of its own: a login form, a page that had not finished loading, "
            "or others' posts alone{out}.",
            "Open the profile, wait until posts are seen, and save it as a complete web page.",
            source=source.name,
            out=_count_out(left_out),
        )
    moments = [post.date.at for post in posts if post.date is not None]
    since = _gapless_since(list(listed.values())) if _UNDATED.isdisjoint(left_out) else None
    return Export(
        name=source.name,
        digest=source.digest,
        size=source.size,
        format=Format.SAVED_PAGE,
        channel=channel,
        entries=lambda: (ExportEntry(owner, post) for post in posts),
        owners={owner: Span(len(posts), min(moments), max(moments), since)},
        saved_at=saved_at if saved_at is not None and max(moments) <= saved_at <= reading.now else None,
        remarks=("a page shows only the newest posts; nights before its oldest stay unknown",),
        left_out=dict(left_out),
    )


def _count_out(left_out: Mapping[str, int]) -> str:
    counted = ", ".join(f"{count} {reason}" for reason, count in left_out.items() if count)
    return f" ({counted})" if counted else ""


def _load_html(source: ExportSource) -> tuple[bytes | str, datetime | None]:
    content = source.path.read_bytes()
    if not _is_single_file(content):
        return content, None
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    part = next((each for each in message.walk() if each.get_content_type() == "text/html"), None)
    if part is None:
        raise ExportError(
            "{source} holds no page.", "Save the profile as a complete web page.", source=source.name
        )
    try:
        saved_at = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return bytes(part.get_payload(decode=True) or b""), None
    return bytes(part.get_payload(decode=True) or b""), saved_at if saved_at.tzinfo else saved_at.replace(
        tzinfo=UTC
    )


def _is_single_file(head: bytes) -> bool:
    return b"multipart/related" in head[:_HEAD].lower() and b"mime-version" in head[:_HEAD].lower()


def _documents(soup: BeautifulSoup) -> Iterator[Any]:
    for script in soup.find_all("script"):
        text = script.get_text().strip()
        if text.startswith("window._sharedData"):
            text = text.partition("=")[2].strip().removesuffix(";")
        if text.startswith(("{", "[")):
            try:
                yield load_document(text.encode("utf-8", "replace"), "a script", "the page")
            except ExportError:
                continue  # a script of the page's own, or one that the browser cut


def _find_owner(soup: BeautifulSoup) -> tuple[Channel | None, str]:
    """Whose profile the page says it is: its canonical address, or the one in its card."""
    places = [
        *(tag.get("href") for tag in soup.select('link[rel="canonical"]')),
        *(tag.get("content") for tag in soup.select('meta[property="og:url"]')),
    ]
    for address in places:
        if not isinstance(address, str):
            continue
        channel = channel_of(address)
        try:
            owner = CHANNELS[channel].parse(address) if channel is not None else None
        except ValueError:
            continue
        if owner:
            return channel, owner
    return None, ""


def _read_instagram(
    scripts: list[Any], owner: str, source: ExportSource, reading: ExportReading, left_out: Counter[str]
) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    nodes = [node for script in scripts for node in instagram_nodes(script)]
    if not owner and len({node.owner for node in nodes} - {""}) > 1:
        left_out[OF_NOBODY] += len(nodes)
        return posts
    for node in nodes:
        if owner and node.owner not in {"", owner}:
            left_out["posts of other accounts"] += 1  # a collaboration that another account published
            continue
        post = _instagram_post(node.code, node.taken_at, node.text, node.kind, source, reading)
        if post is None:
            left_out[_CODELESS] += 1
        elif post.key in posts:
            left_out["posts that stand twice"] += 1
        else:
            posts[post.key] = post
    return posts


def _read_drawn(
    soup: BeautifulSoup, owner: str, listed: Mapping[str, Post], source: ExportSource, reading: ExportReading
) -> list[Post]:
    """Posts that the browser had drawn beyond those listed; it forgets what was scrolled away."""
    posts: dict[str, Post] = {}
    for code, kind in _anchors(soup, owner):
        post = None if code in listed else _instagram_post(code, None, "", kind, source, reading)
        if post is not None:
            posts.setdefault(post.key, post)
    return list(posts.values())


def _instagram_post(
    code: str,
    taken_at: datetime | None,
    text: str,
    kind: PostKind,
    source: ExportSource,
    reading: ExportReading,
) -> Post | None:
    address = f"https://www.instagram.com/{'reel' if kind is PostKind.REEL else 'p'}/{code}/"
    key, clock = instagram_key(address), read_shortcode(address, now=reading.now)
    if key is None or clock is None:
        return None
    if taken_at is None:
        date = date_by_clock(clock, source.label)
    else:
        raw = str(int(taken_at.timestamp()))
        date = date_by_file(taken_at, Precision.SECOND, raw, "taken_at", source.label, clock, reading.zone)
    return Post(key, address, first_line(text), date, kind)


def _anchors(soup: BeautifulSoup, owner: str) -> Iterator[tuple[str, PostKind]]:
    """Links to posts under the profile's own name."""
    if not owner:
        return
    for anchor in soup.find_all("a", href=True):
        steps = str(anchor["href"]).partition("?")[0].rstrip("/").split("/")
        if len(steps) >= 3 and steps[-3].casefold() == owner and steps[-2] in {"p", "reel", "tv"}:
            yield steps[-1][:11], PostKind.REEL if steps[-2] == "reel" else PostKind.PHOTO


def _read_facebook(
    scripts: list[Any], owner: str, source: ExportSource, reading: ExportReading, left_out: Counter[str]
) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for story in read_stories(scripts, owner):
        if isinstance(story, str):
            left_out[story] += 1
            continue
        if story.at >= reading.now:
            left_out[_FUTURE] += 1
            continue
        raw = str(int(story.at.timestamp()))
        date = date_by_file(
            story.at, Precision.SECOND, raw, "creation_time", source.label, None, reading.zone
        )
        key = facebook_key(story.number, story.address)
        kind = PostKind.REEL if "/reel/" in story.address else PostKind.STATUS
        if key in posts:
            left_out["posts that stand twice"] += 1
        posts.setdefault(key, Post(key, story.address, first_line(story.text), date, kind))
    return posts


def _gapless_since(posts: list[Post]) -> datetime | None:
    """The oldest of the posts that follow one another, newest first, to the list's end.

    Pinned posts stand first whatever their age, and say nothing of the time between; of a single
    post it cannot be known whether it is pinned.
    """
    moments = [post.date.at for post in posts if post.date is not None]
    start = len(moments) - 1
    while start > 0 and moments[start - 1] >= moments[start]:
        start -= 1
    run = moments[start:]
    return run[-1] if len(run) > 1 and run[0] == max(moments) else None
