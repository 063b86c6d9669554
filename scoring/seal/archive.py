"""An archive as bytes: laid down, opened, and its own sums checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from activity.errors import SealError
from scoring.seal.codec import decode, dump, encode, parse
from scoring.seal.container import around, compare_bytes, head_of, pack_files, plan_places
from scoring.seal.contents import FILES, FORMAT, Contents, SealHead, render_files

__all__ = ["MANIFEST", "Opened", "open_archive", "render_archive", "sum_of"]

MANIFEST = "manifest.json"
_MOST_MANIFEST = 2**20
_SIZE_AT = (22, 18)
"""Where a ZIP's header says the size, twice."""
_NO_ARCHIVE = "This is no archive of a sealed semester."


@dataclass(frozen=True, slots=True)
class Opened:
    """What an archive's bytes are found to hold.

    Attributes:
        head: None where the manifest cannot be read.
        files: every file besides the manifest.
        problems: what is not as it was sealed, a line each.
    """

    head: SealHead | None
    files: Mapping[str, bytes]
    problems: tuple[str, ...]


def sum_of(content: bytes) -> str:
    """SHA-256, hex."""
    return sha256(content).hexdigest()


def render_archive(contents: Contents) -> bytes:
    """The archive; the same contents give the same bytes on every machine."""
    files = render_files(contents)
    sums = {name: {"sha256": sum_of(content), "size": len(content)} for name, content in files.items()}
    manifest = dump(encode(contents.head) | {"files": sums}, indent=1)
    return pack_files({MANIFEST: f"{manifest}\n".encode(), **files})


def open_archive(archive: bytes) -> Opened:
    """Take an archive apart by its manifest's own account and compare every byte with what must stand there.

    Raises SealError for bytes that are nothing of Denyut's, or of a format that this Denyut does not know.
    """
    start = len(head_of(MANIFEST, b""))
    if archive[30:start] != MANIFEST.encode() and archive[:4] != b"PK\3\4":
        raise SealError(_NO_ARCHIVE, "Name the file that `denyut seal` wrote.")
    for manifest in _possible_manifests(archive, start):
        try:
            head, sums = _read_manifest(manifest)
        except ValueError:
            continue
        return _take_apart(archive, manifest, head, sums)
    return Opened(None, {}, (f"{MANIFEST} or the ZIP's header of it cannot be read",))


def _possible_manifests(archive: bytes, start: int) -> tuple[bytes, ...]:
    """The header says twice how long the manifest is; where one is wrong the other may be right."""
    sizes = dict.fromkeys(int.from_bytes(archive[at : at + 4], "little") for at in _SIZE_AT)
    return tuple(archive[start : start + size] for size in sizes if size <= _MOST_MANIFEST)


def _read_manifest(manifest: bytes) -> tuple[SealHead, Mapping[str, tuple[str, int]]]:
    """Raises ValueError for anything that is no manifest, SealError for one of another format."""
    plain = parse(manifest.decode())
    sums = plain.pop("files", None) if isinstance(plain, dict) else None
    if sums is not None and type(plain.get("format")) is int and plain["format"] != FORMAT:
        raise SealError(
            f"The archive is of format {plain['format']}; this Denyut reads {FORMAT}.",
            f"Verify it with Denyut {plain.get('code_version')}.",
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
    archive: bytes, manifest: bytes, head: SealHead, sums: Mapping[str, tuple[str, int]]
) -> Opened:
    places = plan_places([(MANIFEST, len(manifest)), *((name, size) for name, (_, size) in sums.items())])
    parts = {place.name: archive[place.start : place.end] for place in places if place.name in sums}
    changed = [name for name, content in parts.items() if sum_of(content) != sums[name][0]]
    problems = [f"{name} is not what {MANIFEST} says: its SHA-256 differs" for name in changed]
    expected = pack_files({MANIFEST: manifest, **parts})
    unlike = {p.name for p in places if archive[p.start : p.end] != expected[p.start : p.end]}
    if unlike.issuperset(around(MANIFEST)):
        changed.append(MANIFEST)
        problems.append(f"{MANIFEST} is not what the ZIP's checksums say")
    # A file that was changed fits its checksums no more; that is said already.
    said = {name for each in changed for name in around(each)}
    rest = [place for place in places if place.name not in said]
    return Opened(head, parts, (*problems, *compare_bytes(archive, expected, rest)))
