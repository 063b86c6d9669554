"""What the program says to people, gathered from its code, and the catalogues that say it in other languages.

`python -m testkit.messages` (`make messages`) brings the catalogue to the code's state and compiles it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from reports.messages import MESSAGES, WORDS

__all__ = ["CATALOGUE", "COMPILED", "compile_catalogue", "gather_messages", "read_catalogue"]

_ROOT = Path(__file__).parents[3]
CATALOGUE = _ROOT / "reports" / "locale" / "id" / "LC_MESSAGES" / "denyut.po"
COMPILED = CATALOGUE.with_suffix(".mo")
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""What the header says in place of the moment: what did not change is the same to the byte."""
Entry = tuple[str | None, str]
"""Context and English."""


def gather_messages() -> set[Entry]:
    """Everything that a person may read."""
    return {*_keyed()}


def _keyed() -> Iterator[Entry]:
    for key, english in MESSAGES.items():
        kind, dot, name = key.partition(".")
        yield (kind, name) if dot and kind in WORDS else (None, english)


def read_catalogue() -> Catalog:
    """The catalogue as it stands in the project."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="id", domain="denyut")


def compile_catalogue(catalogue: Catalog) -> bytes:
    """What the program reads of it."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def renew_catalogue() -> None:
    known = {(m.context, m.id): m.string for m in read_catalogue()} if CATALOGUE.exists() else {}
    catalogue = Catalog(
        locale="id",
        domain="denyut",
        project="Denyut",
        version="1",
        creation_date=_DAY,
        revision_date=_DAY,
        fuzzy=False,
    )
    for context, english in sorted(gather_messages(), key=lambda each: (each[0] or "", each[1])):
        catalogue.add(english, known.get((context, english), ""), context=context)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=110, omit_header=False)
    COMPILED.write_bytes(compile_catalogue(catalogue))


if __name__ == "__main__":
    renew_catalogue()
