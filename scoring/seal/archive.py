"""An archive as bytes: laid down, opened, and its own sums checked."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from os import SEEK_END
from typing import Any, BinaryIO
from zlib import crc32

from activity.errors import SealError
from activity.message import Message
from scoring.seal.codec import decode, dump, encode, parse
from scoring.seal.container import (
    ArchivePlace,
    around,
    compare_part,
    head_of,
    plan_places,
    tail_of,
    write_files,
)
from scoring.seal.contents import FILES, Contents, SealHead, render_files
from scoring.seal.posts import FORMATS
from scoring.seal.section import Section, sum_up

__all__ = ["MANIFEST", "Opened", "open_archive", "render_archive", "sum_of", "write_archive"]

MANIFEST = "manifest.json"
_MOST_MANIFEST = 2**20
_SIZE_AT = (22, 18)
"""Where a ZIP's header says the size, twice."""
_NO_ARCHIVE = "This is no archive of a sealed semester."
_NO_MANIFEST = Message("{manifest} or the ZIP's header of it cannot be read", manifest=MANIFEST)


@dataclass(frozen=True, slots=True)
class Opened:
    """What an archive's bytes are found to hold.

    Attributes:
        head: None where the manifest cannot be read.
        files: every file besides the manifest, where it lies.
        problems: what is not as it was sealed, a line each.
        sha256: of the whole archive.
    """

    head: SealHead | None
    files: Mapping[str, Section]
    problems: tuple[str, ...]
    sha256: str


def sum_of(content: bytes) -> str:
    """SHA-256, hex."""
    return sha256(content).hexdigest()


def write_archive(contents: Contents, out: BinaryIO) -> None:
    """Write the archive; the same contents give the same bytes on every machine."""
    files = render_files(contents)
    sums = {name: sum_up(source) for name, source in files.items()}
    said = {name: {"sha256": each.sha256, "size": each.size} for name, each in sums.items()}
    manifest = dump(encode(contents.head) | {"files": said}, indent=1)
    first = f"{manifest}\n".encode()
    write_files(out, {MANIFEST: first, **files}, {MANIFEST: sum_up(first), **sums})


def render_archive(contents: Contents) -> bytes:
    """The same in memory, for an archive that is small."""
    out = io.BytesIO()
    write_archive(contents, out)
    return out.getvalue()


def open_archive(archive: BinaryIO) -> Opened:
    """Take an archive apart by its manifest's own account and compare every byte with what must stand there.

    Raises SealError for bytes that are nothing of Denyut's, or of a format that this Denyut does not know.
    """
    start = len(head_of(MANIFEST, 0, 0))
    length = archive.seek(0, SEEK_END)
    beginning = Section(archive, 0, start + _MOST_MANIFEST).read()
    if beginning[30:start] != MANIFEST.encode() and beginning[:4] != b"PK\3\4":
        raise SealError(_NO_ARCHIVE, "Name the file that `denyut seal` wrote.")
    digest = sum_up(Section(archive, 0, length)).sha256
    for manifest in _possible_manifests(beginning, start):
        try:
            head, sums = _read_manifest(manifest)
        except ValueError:
            continue
        files, problems = _take_apart(archive, length, manifest, sums)
        return Opened(head, files, problems, digest)
    return Opened(None, {}, (_NO_MANIFEST,), digest)


def _possible_manifests(archive: bytes, start: int) -> tuple[bytes, ...]:
    """The header says twice how long the manifest is; where one is wrong the other may be right."""
    sizes = dict.fromkeys(int.from_bytes(archive[at : at + 4], "little") for at in _SIZE_AT)
    return tuple(archive[start : start + size] for size in sizes if size <= _MOST_MANIFEST)


def _read_manifest(manifest: bytes) -> tuple[SealHead, Mapping[str, tuple[str, int]]]:
    """Raises ValueError for anything that is no manifest, SealError for one of another format."""
    plain = parse(manifest.decode())
    sums = plain.pop("files", None) if isinstance(plain, dict) else None
    if sums is not None and type(plain.get("format")) is int and plain["format"] not in FORMATS:
        raise SealError(
            "The archive is of format {format}; this Denyut reads {format_2}.",
            "Verify it with Denyut {plain}.",
            format=plain["format"],
            format_2=max(FORMATS),
            plain=plain.get("code_version"),
        )
    if not isinstance(sums, dict) or tuple(sorted(sums)) != FILES:
        raise ValueError("not the files of an archive")
    return decode(SealHead, plain), {name: _read_sum(sums[name]) for name in FILES}


def _read_sum(plain: Any) -> tuple[str, int]:
    if not isinstance(plain, dict) or plain.keys() != {"sha256", "size"}:
        raise ValueError("no sum")
    digest, size = plain["sha256"], plain["size"]
    if not isinstance(digest, str) or type(size) is not int or not 0 <= size < 2**32:
        raise ValueError("no sum")
    return digest, size


def _take_apart(
    archive: BinaryIO, length: int, manifest: bytes, said: Mapping[str, tuple[str, int]]
) -> tuple[Mapping[str, Section], tuple[str, ...]]:
    """Each file where it lies, and what is not as it must be."""
    places = plan_places([(MANIFEST, len(manifest)), *((name, size) for name, (_, size) in said.items())])
    files = {p.name: Section(archive, p.start, p.end - p.start) for p in places if p.name in said}
    found = {name: sum_up(section) for name, section in files.items()}
    changed = [name for name, sums in found.items() if sums.sha256 != said[name][0]]
    problems: list[str] = [
        Message("{name} is not what {manifest} says: its SHA-256 differs", name=name, manifest=MANIFEST)
        for name in changed
    ]
    known = [(MANIFEST, len(manifest), crc32(manifest))]
    known += [(name, size, found[name].crc32) for name, (_, size) in said.items()]
    unlike = _compare_form(archive, places, known)
    if set(around(MANIFEST)) <= unlike.keys():
        changed.append(MANIFEST)
        problems.append(Message("{manifest} is not what the ZIP's checksums say", manifest=MANIFEST))
    # A file that was changed fits its checksums no more; that is said already.
    told = {name for each in changed for name in around(each)}
    problems += [line for name, line in unlike.items() if name not in told]
    end = places[-1].end
    if length > end:
        problems.append(
            Message(
                "{count:d} bytes stand after the archive's end, from byte {end:d} on",
                count=length - end,
                end=end,
            )
        )
    return files, tuple(problems)


def _compare_form(
    archive: BinaryIO, places: Sequence[ArchivePlace], known: Sequence[tuple[str, int, int]]
) -> Mapping[str, str]:
    """What to say of each part of the ZIP's own that is not as it must be, by the part's name."""
    names = {name for name, _, _ in known}
    form = [place for place in places if place.name not in names]
    expected = (*(head_of(*each) for each in known), *tail_of(known))
    unlike = {}
    for place, belongs in zip(form, expected, strict=True):
        line = compare_part(place, Section(archive, place.start, place.end - place.start).read(), belongs)
        if line is not None:
            unlike[place.name] = line
    return unlike
