"""JSON documents of an export, refused where reading them would fill a machine's memory."""

import json
from typing import Any, Final

from activity.errors import ExportError

__all__ = ["check_document", "load_document"]

# Ten years of an office that posts ten times a day are 36,500 posts, some 30 MB of text.
_MOST_BYTES: Final = 64_000_000
# A value takes up to a hundred bytes, also where its text takes two.
_MOST_VALUES: Final = 3_000_000


def load_document(body: bytes, name: str, source: str) -> Any:
    """Read one document; raises ExportError for one that is cut short, none, or too large to be posts."""
    check_document(body, f"{source}: {name}")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        said = "nested without end" if isinstance(error, RecursionError) else error
        raise ExportError(
            "{source}: {name} is cut short or no JSON ({said}).",
            "Download it again.",
            source=source,
            name=name,
            said=said,
        ) from None


def check_document(body: bytes, name: str) -> None:
    """Count what a document would become; raises ExportError beyond what an export of posts holds."""
    values = sum(map(body.count, (b",", b"[", b"{")))
    if len(body) > _MOST_BYTES or values > _MOST_VALUES:
        size = f"{len(body) / 1e6:.0f} MB and {values:,} values"
        raise ExportError(
            "{name} is larger than any list of posts ({size}).",
            "Download a shorter period.",
            name=name,
            size=size,
        )
