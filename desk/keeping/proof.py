"""The pages that a seal names, held against an evidence folder; it needs no database."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from activity.errors import ConfigError, EvidenceError, SealError
from activity.result.sealed import ProvenPost

__all__ = ["Compared", "compare_evidence"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found of the pages that a seal names.

    Attributes:
        posts, posts_with: of the seal, and those of them that name a page; none do in an archive of format 1.
        named, held: pages, each once, and those of them that the folder has as they were sealed; another was
            removed, is kept elsewhere, or was changed as a whole.
        damaged: what cannot be read in the folder, a line each.
    """

    posts: int
    posts_with: int
    named: int
    held: int
    damaged: tuple[str, ...]


def compare_evidence(archive: BinaryIO, folder: Path) -> Compared:
    """Compare the SHA-256 of every page in a folder with those that an archive's posts name.

    An archive whose posts cannot be read names none. Raises ConfigError where there is no such folder.
    """
    from db.evidence.warc import Archive

    if not folder.is_dir():
        raise ConfigError("--evidence: {folder} is no folder.", folder=folder)
    named: set[str] = set()
    posts = posts_with = 0
    for records in _read_named(archive):
        posts, posts_with = posts + 1, posts_with + bool(records)
        named.update(records)
    held: set[str] = set()
    damaged = []
    for found in Archive(folder).scan():
        if isinstance(found, EvidenceError):
            damaged.append(found.message)
        elif found.digest in named:
            held.add(found.digest)
    return Compared(posts, posts_with, len(named), len(held), tuple(damaged))


def _read_named(archive: BinaryIO) -> list[tuple[str, ...]]:
    from scoring.seal.archive import open_archive
    from scoring.seal.contents import read_contents

    opened = open_archive(archive)
    if opened.head is None:
        return []
    try:
        posts = read_contents(opened.head, opened.files).posts
        return [post.records if isinstance(post, ProvenPost) else () for post in posts]
    except SealError:
        return []
