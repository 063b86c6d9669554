"""The minutes as a DOCX, for the secretary who must change a word."""

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

__all__ = ["MARK", "render_document"]

MARK = b"Denyut: unchanged"
"""Comment at the end of the file by which one is known that no person has saved anew."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE_MM = 166
_PROPERTY = 255
"""Letters that a property of such a file may have."""
_DOTS = "...................................................."


def render_document(words: dict[str, Any], moment: datetime) -> bytes:
    """Write what `tell_minutes` gives; the same words and moment give the same bytes.

    Args:
        moment: when it counts as made, aware.
    """
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    properties = document.core_properties
    properties.title, properties.author = words["title"][:_PROPERTY], words["city"][:_PROPERTY]
    properties.language = words["lang"]
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "Denyut", ""
    _write_head(document, words)
    number = 0
    for block in words["blocks"]:
        number += block["kind"] == "heading"
        _write_block(document, block, number)
    document.add_paragraph(words["closing"])
    _write_signers(document, words)
    section.footer.paragraphs[0].text = words["foot"]
    return _pack(document)


def _write_head(document: Document, words: dict[str, Any]) -> None:
    if words["draft"]:
        warning = document.add_paragraph()
        warning.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = warning.add_run(words["draft"].upper())
        run.bold, run.font.size = True, Pt(24)
        document.add_paragraph(words["draft_note"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(words["heading"], level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in (words["award"], f"{words['city']}, {words['semester']}", words["number"]):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(words["opening"])


def _write_block(document: Document, block: dict[str, Any], number: int) -> None:
    if block["kind"] == "heading":
        document.add_heading(f"{number}. {block['text']}", level=2)
    elif block["kind"] == "table":
        _write_table(document, block)
    else:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block["text"])
        if block["kind"] == "digest":
            run.bold, run.font.name = True, "Courier New"


def _write_table(document: Document, block: dict[str, Any]) -> None:
    table = document.add_table(rows=0, cols=len(block["head"]), style="Table Grid")
    table.autofit = False
    whole = sum(block["widths"])
    for number, row in enumerate([block["head"], *block["rows"]]):
        for column, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.width = Mm(_LINE_MM * block["widths"][column] / whole)
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(9)
            if column in block["right"]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write_signers(document: Document, words: dict[str, Any]) -> None:
    document.add_paragraph().add_run(words["team"]).bold = True
    table = document.add_table(rows=0, cols=3)
    for signer in words["signers"]:
        cells = table.add_row().cells
        for cell, text in zip(cells, (signer["role"], signer["name"] or _DOTS, _DOTS), strict=True):
            cell.text = f"\n{text}"


def _pack(document: Document) -> bytes:
    """The file with one date for all parts; uncompressed, as builds of zlib do not pack alike."""
    draft, packed = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name))
        target.comment = MARK
    return packed.getvalue()
