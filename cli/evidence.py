"""`denyut evidence`: what a post rests on, as it was captured; what nobody needs any more is removed."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

import typer

from activity.agency import Channel
from activity.errors import ConfigError
from activity.result.basis import HandedIn
from cli.console import print_json, print_table, say, tell
from cli.group import DefaultGroup
from cli.option import ONLY_ANY, AsOf, Json, read_config
from cli.screen import paged
from cli.speech import phrase
from desk.agency import find_agency
from desk.keeping.evidence import show_file
from desk.keeping.pruning import list_removals, prune
from desk.store import open_store
from desk.view.captured import CapturedPage, Seen, find_one, see_evidence
from desk.view.folder import write_files

if TYPE_CHECKING:
    from crawler.evidence.passage import Passage
    from db.post.query import PostRow

__all__ = ["evidence"]


class _EvidenceGroup(DefaultGroup):
    """Whatever is no command is a post."""

    default: ClassVar[str] = "show"


evidence = typer.Typer(
    cls=_EvidenceGroup,
    no_args_is_help=True,
    help="What a post rests on, as it was captured: `denyut evidence POST` (`show --help`).",
)


@evidence.command("show")
@paged
def show(
    post: Annotated[str, typer.Argument(metavar="POST", help="Its key, its address, or a part of one.")],
    agency: Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help=f"{ONLY_ANY}.")] = None,
    channel: Annotated[Channel | None, typer.Option("--channel", help="Only this channel.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the captured page, byte for byte.")
    ] = None,
    open_it: Annotated[
        bool, typer.Option("--open", help="Show the captured page as text; nothing in it runs.")
    ] = False,
    number: Annotated[
        int | None, typer.Option("--record", metavar="N", help="With --out or --open: which page, from 1.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The pages that a post rests on: when they came, from where, and the passages that gave date and title.

    (The word `show` may be left out.) Each page is checked against its SHA-256; where one is missing or
    damaged the command says so and ends with 1.
    """
    engine, config = open_store(read_config())
    slug = find_agency(engine, agency) if agency else None
    seen = see_evidence(engine, config, find_one(engine, post, slug, channel))
    if out is not None or open_it:
        _hand_out(_choose(seen, number), out, open_it=open_it)
    elif as_json:
        print_json(_describe(seen, config.zone))
    else:
        for line in _tell(seen, config.zone):
            say(line)
    if any(each.is_lost for each in seen.captures):
        raise typer.Exit(1)


def _choose(seen: Seen, number: int | None) -> CapturedPage:
    """The page that was named, else the first that gave the date, else the first."""
    if not seen.captures:
        raise ConfigError("No page was kept of {post}.", post=seen.post.url or seen.post.key)
    if number is None:
        dated = [each for each in seen.captures if each.date is not None]
        return (dated or list(seen.captures))[0]
    if not 1 <= number <= len(seen.captures):
        raise ConfigError("--record: there are {count} pages.", count=len(seen.captures))
    return seen.captures[number - 1]


def _hand_out(capture: CapturedPage, out: Path | None, *, open_it: bool) -> None:
    if capture.record is None:
        raise ConfigError("The page cannot be had: {problem}", problem=capture.problem)
    if out is not None:
        write_files(out.parent, {out.name: capture.record.body})
        say("{out}: {url}, sha256 {digest}", out=out, url=capture.kept.url, digest=capture.kept.digest)
    if open_it:
        tell("Opened as text: {path}", path=show_file(capture.record))


def _tell(seen: Seen, zone: ZoneInfo) -> Iterator[str]:
    post = seen.post
    yield post.title or post.url or post.key
    yield phrase(
        "{agency}, {channel}: {url}", agency=post.name, channel=post.channel, url=post.url or post.key
    )
    yield _tell_date(post, zone)
    for file in seen.basis.files:
        yield _tell_file(file, zone)
    for number, capture in enumerate(seen.captures, 1):
        yield from _tell_capture(number, capture, zone)
    if not seen.captures and not seen.basis.files:
        yield phrase("No page was kept: it was stored before pages were kept, or DENYUT_EVIDENCE was off.")


def _tell_date(post: "PostRow", zone: ZoneInfo) -> str:
    if post.published_at is None or not post.evidence:
        return phrase("It has no date: no witness was trusted.")
    first = post.evidence[0]
    return phrase(
        "Date {at:%Y-%m-%d %H:%M} ({precision}), told by {kind}: {where} {raw!r} at {source}",
        at=post.published_at.astimezone(zone),
        precision=post.precision,
        kind=first.kind,
        where=first.where,
        raw=first.raw,
        source=first.source,
    )


def _tell_file(file: HandedIn, zone: ZoneInfo) -> str:
    place = file.place or phrase("its place in it was not kept")
    return phrase(
        "From a file, imported {taken_at:%Y-%m-%d %H:%M}: {name}, {place}, sha256 {digest}",
        taken_at=file.taken_at.astimezone(zone),
        name=file.name,
        place=place,
        digest=file.digest,
    )


def _tell_capture(number: int, capture: CapturedPage, zone: ZoneInfo) -> Iterator[str]:
    kept, record = capture.kept, capture.record
    page = phrase("the post's own page") if capture.is_article else phrase("a list")
    yield phrase("Page {number:d}, {page}: {url}", number=number, page=page, url=kept.url)
    yield phrase(
        "  received {captured_at:%Y-%m-%d %H:%M:%S}, {size} bytes, sha256 {digest}",
        captured_at=kept.captured_at.astimezone(zone),
        size=kept.size,
        digest=kept.digest,
    )
    if record is None:
        yield phrase("  it cannot be shown: {problem}", problem=phrase(capture.problem))
        return
    yield phrase("  status {status:d}; the bytes are those that were received", status=record.status)
    yield _tell_day(capture)
    yield _tell_passage(phrase("title"), capture.title)


def _tell_day(capture: CapturedPage) -> str:
    if capture.date is not None:
        return _tell_passage(phrase("date"), capture.date)
    if capture.same_day is not None:
        return phrase("  date: the same day, as this page writes it: {text}", text=_mark(capture.same_day))
    return phrase("  date: the day was not found in this page's text")


def _tell_passage(what: str, passage: "Passage | None") -> str:
    if passage is None:
        return phrase("  {what}: it does not stand there word for word", what=what)
    return phrase("  {what}: {text}", what=what, text=_mark(passage))


def _mark(passage: "Passage") -> str:
    return f"{passage.before} >>>{passage.found}<<< {passage.after}"


def _describe(seen: Seen, zone: ZoneInfo) -> dict[str, Any]:
    post = seen.post
    first = post.evidence[0] if post.evidence else None
    return {
        "agency": post.agency,
        "channel": post.channel.value,
        "key": post.key,
        "url": post.url,
        "title": post.title,
        "published_at": post.published_at.astimezone(zone).isoformat() if post.published_at else None,
        "witness": first
        and {"kind": first.kind.value, "where": first.where, "raw": first.raw, "source": first.source},
        "records": [_describe_capture(each, zone) for each in seen.captures],
        "files": [
            {
                "name": file.name,
                "sha256": file.digest,
                "place": file.place or None,
                "imported_at": file.taken_at.astimezone(zone).isoformat(),
            }
            for file in seen.basis.files
        ],
    }


def _describe_capture(capture: CapturedPage, zone: ZoneInfo) -> dict[str, Any]:
    kept, record = capture.kept, capture.record
    return {
        "url": kept.url,
        "captured_at": kept.captured_at.astimezone(zone).isoformat(),
        "sha256": kept.digest,
        "size": kept.size,
        "status": record.status if record else None,
        "page": "article" if capture.is_article else "list",
        "intact": record is not None,
        "removed_at": kept.removed_at.astimezone(zone).isoformat() if kept.removed_at else None,
        "problem": capture.problem or None,
        "date": _describe_passage(capture.date),
        "same_day": _describe_passage(capture.same_day),
        "title": _describe_passage(capture.title),
        "file": kept.place.file,
        "place": kept.place.offset,
        "length": kept.place.length,
    }


def _describe_passage(passage: "Passage | None") -> dict[str, str] | None:
    return asdict(passage) if passage is not None else None


@evidence.command("prune")
@paged
def prune_records(
    yes: Annotated[bool, typer.Option("--yes", help="Remove them; without it nothing is.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Remove the pages on which nothing open rests: their semesters are sealed, nobody may object any more.

    Says first what would go, file by file. What the database knows of a page stays: address, moment, SHA-256.
    """
    engine, config = open_store(read_config(as_of))
    if not yes:
        _print_plan(
            [(r.file, len(r.gone), len(r.kept), r.size) for r in list_removals(engine, config)], as_json
        )
        return
    done = prune(engine, config, lambda file: tell("{file} is done.", file=file))
    if as_json:
        print_json({"records": done.records, "bytes": done.size, "problems": list(done.problems)})
    else:
        say("{records} pages removed, {size:,.1f} MB.", records=done.records, size=done.size / 1e6)
        for problem in done.problems:
            say("  left as it was: {problem}", problem=phrase(problem))
    if done.problems:
        raise typer.Exit(1)


def _print_plan(files: list[tuple[str, int, int, int]], as_json: bool) -> None:
    records, size = sum(each[1] for each in files), sum(each[3] for each in files)
    if as_json:
        plain = [{"file": f, "gone": g, "kept": k, "bytes": b} for f, g, k, b in files]
        print_json({"records": records, "bytes": size, "files": plain})
        return
    print_table(
        ["file", "pages that go", "pages that stay", "bytes"],
        files,
        right=("pages that go", "pages that stay", "bytes"),
    )
    megabytes = size / 1e6
    say(
        "{records} pages would be removed, {size:,.1f} MB. With --yes they are.",
        records=records,
        size=megabytes,
    )
