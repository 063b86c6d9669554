"""`denyut verify`: is an archive what was sealed? It needs no database and no settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from activity.errors import SealError
from activity.message import Message
from activity.speech.reason import tell_reason
from cli.console import print_json, say
from cli.option import Json
from cli.speech import phrase
from desk.keeping.proof import Compared, compare_evidence

if TYPE_CHECKING:
    from scoring.seal.verify import SealVerdict

__all__ = ["verify"]

_MOST_BYTES = 2**32
_SHOWN = 20


def verify(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The file that `denyut seal` wrote.")],
    expected: Annotated[
        str | None, typer.Option("--sha256", metavar="HEX", help="The seal's sum, as it was made public.")
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence", metavar="DIR", help="Compare the pages that posts rest on, as this folder has them."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every byte of a sealed semester and work its ranking out anew from the posts and nights in it.

    Says *identical*, or what differs, by file, office and figure, and then ends with 1. An archive that was
    forged as a whole fits itself: who sealed it, only the SHA-256 made public proves, given as --sha256.
    """
    from scoring.seal.verify import verify_archive

    with _open(archive) as file:
        verdict = verify_archive(file)
        found = compare_evidence(file, evidence) if evidence is not None else None
    problems = list(verdict.problems)
    if expected is not None and expected.strip().lower() != verdict.sha256:
        problems.append(Message("its SHA-256 is {sha256}, not the one given", sha256=verdict.sha256))
    problems += found.damaged if found else ()
    if as_json:
        told = _describe(archive, verdict, problems) | {"compared": expected is not None}
        print_json(told | {"evidence": _describe_evidence(found) if found else None})
    else:
        if found is not None:
            _say_evidence(found)
        _say(archive, verdict, problems, expected is not None)
    if problems:
        raise typer.Exit(1)


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SealError(
                "{path} is larger than any archive.", "Name the file that `denyut seal` wrote.", path=path
            )
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise SealError(
            "{path}: {strerror}.",
            "Name the file that `denyut seal` wrote.",
            path=path,
            strerror=tell_reason(error, "no plain file"),
        ) from None


def _say(path: Path, verdict: "SealVerdict", problems: list[str], compared: bool) -> None:
    if verdict.head is not None:
        head = verdict.head
        say(
            "{semester}, seal {number} of {sealed_at:%Y-%m-%d %H:%M} UTC by {who}, sha256 {sha256}",
            semester=head.semester,
            number=head.number,
            sealed_at=head.sealed_at,
            who=head.who,
            sha256=verdict.sha256,
        )
        if head.code_version != version("denyut"):
            say(
                "Sealed by Denyut {code_version}, verified by {version}.",
                code_version=head.code_version,
                version=version("denyut"),
            )
    for line in problems[:_SHOWN]:
        say(f"  {phrase(line)}")
    if len(problems) > _SHOWN:
        say("  and {count} more; --json gives them all", count=len(problems) - _SHOWN)
    if not problems and not compared:
        say(
            "{path} fits itself; who sealed it is not proven: compare its SHA-256 with the one made "
            "public, or give that one as --sha256.",
            path=path.name,
        )
    say(f"{path.name}: {phrase('not what was sealed') if problems else phrase('identical')}.")


def _say_evidence(found: Compared) -> None:
    say(
        "{posts} of {all_posts} posts name {named} pages: {held} are in the folder, as they were sealed; "
        "{missing} are not there.",
        posts=found.posts_with,
        all_posts=found.posts,
        named=found.named,
        held=found.held,
        missing=found.named - found.held,
    )


def _describe_evidence(found: Compared) -> dict[str, Any]:
    return {
        "posts": found.posts,
        "posts_with_pages": found.posts_with,
        "named": found.named,
        "held": found.held,
        "damaged": list(found.damaged),
    }


def _describe(path: Path, verdict: "SealVerdict", problems: list[str]) -> dict[str, Any]:
    head = verdict.head
    return {
        "archive": path.name,
        "identical": not problems,
        "problems": problems,
        "sha256": verdict.sha256,
        "semester": head.semester if head else None,
        "seal": head.number if head else None,
        "supersedes": head.supersedes if head else None,
        "sealed_at": head.sealed_at.isoformat() if head else None,
        "who": head.who if head else None,
        "reason": head.reason if head else None,
        "sealed_by_version": head.code_version if head else None,
        "verified_by_version": version("denyut"),
    }
