"""What an archive holds, as values, and as files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeVar

from activity.agency import Agency, Channel
from activity.errors import SealError
from activity.flag import Flag
from activity.jury import Objection, Override
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Engagement
from activity.result.sealed import SealedAccount, SealedPost
from activity.semester import Night
from scoring.seal.codec import decode, dump, encode, parse
from scoring.seal.posts import FORMATS, POSTS, PostLines, encode_post
from scoring.seal.ranking import render_ranking
from scoring.seal.section import Section

__all__ = [
    "FILES",
    "FORMAT",
    "Contents",
    "SealHead",
    "SealedNights",
    "find_unlike",
    "read_contents",
    "render_files",
    "seal_nights",
]

FORMAT = 3
"""Of the archives that are written; all of `FORMATS` are read."""
_T = TypeVar("_T")
_Lines = Iterable[Any]


@dataclass(frozen=True, slots=True)
class SealHead:
    """What the manifest says besides the list of files.

    Attributes:
        format: of the archive; a reader refuses those it does not know.
        zone: time zone in which days are counted.
        code_version: of the Denyut that sealed.
    """

    format: int
    semester: str
    number: int
    supersedes: int | None
    as_of: date
    zone: str
    sealed_at: datetime
    who: str
    reason: str
    code_version: str


@dataclass(frozen=True, slots=True)
class SealedNights:
    """What was known of an agency's channel besides its posts; the fields are those of ActivityRow.

    Attributes:
        nights: runs of nights in one state, with their lengths, from the semester's first day on.
    """

    agency: str
    channel: Channel
    address: str | None
    nights: tuple[tuple[Night, int], ...]
    earliest_known: date | None
    outcome: Outcome | None
    detail: str
    checked_at: datetime | None
    followers: int | None
    engagement: Engagement | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything an archive holds, as values.

    Attributes:
        rubric: the text that judged.
        posts: can be iterated more than once; `PostLines` where they are too many for memory.
        ranking: plain JSON, as `plain_ranking` gives it.
    """

    head: SealHead
    rubric: str
    agencies: tuple[Agency, ...]
    accounts: tuple[SealedAccount, ...]
    posts: Iterable[SealedPost]
    nights: tuple[SealedNights, ...]
    flags: tuple[Flag, ...]
    overrides: tuple[Override, ...]
    objections: tuple[Objection, ...]
    ranking: Any


_LISTS: Mapping[str, tuple[str, Any]] = {
    "accounts.jsonl": ("accounts", SealedAccount),
    "agencies.jsonl": ("agencies", Agency),
    "flags.jsonl": ("flags", Flag),
    "nights.jsonl": ("nights", SealedNights),
    "objections.jsonl": ("objections", Objection),
    "overrides.jsonl": ("overrides", Override),
}
FILES = (*_LISTS, POSTS, "ranking.json", "rubric.toml")
"""Every file besides the manifest, in the archive's order."""


def render_files(contents: Contents) -> dict[str, Section | bytes]:
    """Every file besides the manifest, in the archive's order; the order of the values does not matter."""
    files: dict[str, Section | bytes] = {
        name: _render_lines(getattr(contents, field)) for name, (field, _) in _LISTS.items()
    }
    files[POSTS] = _render_posts(contents.posts)
    files["ranking.json"] = render_ranking(contents.ranking)
    files["rubric.toml"] = contents.rubric.encode()
    return files


def _render_posts(posts: Iterable[SealedPost]) -> Section | bytes:
    return posts.section if isinstance(posts, PostLines) else b"".join(sorted(map(encode_post, posts)))


def find_unlike(contents: Contents, files: Mapping[str, Section]) -> tuple[str, ...]:
    """Names of the files that Denyut would not write so; the posts were iterated before.

    Args:
        files: those that the contents were read from.
    """
    written = {name: source for name, source in render_files(contents).items() if name != POSTS}
    unlike = {name for name, source in written.items() if files[name].read() != source}
    if isinstance(contents.posts, PostLines) and not contents.posts.as_written:
        unlike.add(POSTS)
    return tuple(name for name in FILES if name in unlike)


def _render_lines(values: _Lines) -> bytes:
    lines = sorted((getattr(value, "number", 0), dump(encode(value))) for value in values)
    return "".join(f"{line}\n" for _, line in lines).encode()


def read_contents(head: SealHead, files: Mapping[str, Section]) -> Contents:
    """The values of the files; raises SealError naming the file, and the line, that cannot be read.

    The posts are read, and refused, when they are iterated.
    """
    lists = {field: _read_lines(name, kind, files[name].read()) for name, (field, kind) in _LISTS.items()}
    ranking = _read(parse, "ranking.json", files["ranking.json"].read())
    rubric = _read(str, "rubric.toml", files["rubric.toml"].read())
    posts = PostLines(files[POSTS], FORMATS[head.format])
    return Contents(head=head, rubric=rubric, ranking=ranking, posts=posts, **lists)


def _read_lines(name: str, kind: type[_T], content: bytes) -> tuple[_T, ...]:
    lines = _read(str, name, content).split("\n")
    if lines.pop():
        raise SealError("{name}: the last line is cut short.", name=name)
    return tuple(
        _read(lambda text: decode(kind, parse(text)), f"{name}, line {number}", line.encode())
        for number, line in enumerate(lines, 1)
    )


def _read(reader: Callable[[str], _T], where: str, content: bytes) -> _T:
    try:
        return reader(content.decode())
    except ValueError as error:
        raise SealError(
            "{where} cannot be read: {rstrip}.", where=where, rstrip=str(error).rstrip(".")
        ) from None


def seal_nights(rows: Iterable[ActivityRow]) -> tuple[SealedNights, ...]:
    """Tell what the rows say besides their posts, which are kept one by one."""
    kept = [field.name for field in fields(SealedNights) if field.name not in {"agency", "nights"}]
    return tuple(
        SealedNights(
            agency=row.agency.slug,
            nights=tuple((night, len(list(run))) for night, run in groupby(row.nights)),
            **{name: getattr(row, name) for name in kept},
        )
        for row in rows
    )
