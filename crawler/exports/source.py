"""A file or folder that was handed in, named and measured once."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from activity.errors import ExportError
from activity.speech.reason import tell_reason

__all__ = ["ExportSource", "find_source"]

_BLOCK = 1 << 20
_MOST_BYTES = 60_000_000_000


@dataclass(frozen=True, slots=True)
class ExportSource:
    """Where to read.

    Attributes:
        digest: SHA-256 of the bytes, hex; of a folder, of the names and bytes of its documents.
    """

    path: Path
    name: str
    digest: str
    size: int

    @property
    def label(self) -> str:
        """How evidence names it: by name and content, never by a path of one machine."""
        return f"file:{self.name}#sha256={self.digest}"


def find_source(path: Path) -> ExportSource:
    """Look at a file or folder; raises ExportError where it cannot be read."""
    name = path.name or path.resolve().name
    try:
        if path.is_dir():
            return _measure(
                path, name, sorted(f for f in path.rglob("*") if f.suffix.lower() == ".json" and f.is_file())
            )
        if path.stat().st_size > _MOST_BYTES:
            raise ExportError(
                "{name} is larger than any export.", "Ask Meta for JSON of a shorter period.", name=name
            )
        return _measure(path, name, [path])
    except FileNotFoundError:
        raise ExportError("{path} does not exist.", "Check the path.", path=path) from None
    except OSError as error:
        raise ExportError(
            "{path} cannot be read: {strerror}.",
            "Check its permissions.",
            path=path,
            strerror=tell_reason(error),
        ) from None


def _measure(path: Path, name: str, files: Iterable[Path]) -> ExportSource:
    digest, size = sha256(), 0
    for file in files:
        if file != path:
            digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        with file.open("rb") as content:
            while block := content.read(_BLOCK):
                digest.update(block)
                size += len(block)
    if size == 0:
        raise ExportError("{name} is empty.", "Export it again.", name=name)
    return ExportSource(path, name, digest.hexdigest(), size)
