"""Papers set as PDF: by the typst compiler, with its own fonts, the same bytes on every machine."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from activity.errors import ConfigError
from activity.result.paper import PaperKind
from denyut import compose_extra

if TYPE_CHECKING:
    import typst

__all__ = ["STANDARDS", "Typesetter", "open_typesetter"]

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
"""A PDF that lasts, and one that can be read aloud."""


class Typesetter:
    """Sets papers from their words.

    Args:
        templates: folder with `common.typ` and a template for each kind.
        moment: when each paper counts as made, aware; the clock of the machine is not asked.
    """

    def __init__(self, templates: Path, moment: datetime) -> None:
        import typst

        self._templates = templates
        self._moment = int(moment.timestamp())
        fonts = typst.Fonts(include_system_fonts=False)
        self._compiler = typst.Compiler(root=str(templates), font_paths=fonts, ignore_system_fonts=True)

    def set(self, kind: PaperKind, words: Mapping[str, Any]) -> bytes:
        """One paper as PDF/A-2a and PDF/UA-1.

        What stands in the words is shown as text, whatever it is: it reaches the template as data.
        """
        made = self._compiler.compile(
            input=str(self._templates / f"{kind.value}.typ"),
            format="pdf",
            sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=self._moment,
        )
        assert isinstance(made, bytes)
        return made


@contextmanager
def open_typesetter(moment: datetime) -> Iterator[Typesetter]:
    """A typesetter with the templates that ship with Denyut; raises ConfigError without the compiler."""
    try:
        import docx
        import typst
    except ImportError as error:
        raise ConfigError(
            "Papers need a package that is not installed: {error}.",
            "Run: {install}",
            install=compose_extra("papers"),
            error=error.name,
        ) from None
    del docx, typst
    with as_file(files("reports").joinpath("templates", "papers")) as templates:
        yield Typesetter(templates, moment)
