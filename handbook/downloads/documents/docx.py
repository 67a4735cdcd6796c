"""Empty forms as Office Open XML, which Word reads, by python-docx."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from handbook.downloads.documents.blank import Cell, Heading, Paragraph, Table, blank_blocks
from handbook.identity import LANGUAGE, LIGHT, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document
    from docx.table import _Row

    from handbook.model.records import FormTemplate

_WIDTH = 17.0
"""Centimetres between the margins of an A4."""

_FONT = "Arial"
_HINT = "Hint"


def docx_files(form: FormTemplate, foot: str, day: dt.date) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file in the document of a form.

    Args:
        form: what to ask.
        foot: what stands at the foot of each page.
        day: the day of the release.
    """
    document = docx.Document()
    _prepare(document, form, foot, day)
    document.add_heading(form.title, level=1)
    for block in blank_blocks(form):
        match block:
            case Heading():
                heading = document.add_heading(block.words, level=2)
                heading.paragraph_format.page_break_before = block.new_sheet
            case Paragraph():
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{block.about} " if block.about else "").bold = True
                paragraph.add_run(block.words)
                paragraph.paragraph_format.keep_with_next = block.leads
            case Table():
                _add_table(document, block)
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def _prepare(document: Document, form: FormTemplate, foot: str, day: dt.date) -> None:
    """Set what the file says of itself, its paper and its looks."""
    about = document.core_properties
    about.title, about.author, about.language, about.comments = form.title, NAME, LANGUAGE, ""
    about.created = about.modified = dt.datetime.combine(day, dt.time())
    about.last_modified_by = NAME
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.0)
    section.footer.paragraphs[0].text = foot
    styles = document.styles
    for style, size in (("Normal", 10), ("Heading 1", 18), ("Heading 2", 12), ("Footer", 8)):
        styles[style].font.name, styles[style].font.size = _FONT, Pt(size)
        fonts = styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)
    for style in ("Heading 1", "Heading 2"):
        styles[style].font.color.rgb = RGBColor.from_string(LIGHT["accent"].lstrip("#").upper())
    styles["Normal"].paragraph_format.space_after = Pt(4)
    hint = styles.add_style(_HINT, WD_STYLE_TYPE.PARAGRAPH)
    hint.base_style, hint.font.size = styles["Normal"], Pt(8.5)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _add_table(document: Document, table: Table) -> None:
    made = document.add_table(rows=0, cols=len(table.shares), style="Table Grid")
    made.autofit = False
    for column, share in zip(made.columns, table.shares, strict=True):
        column.width = Cm(_WIDTH * share / sum(table.shares))
    if table.head:
        row = made.add_row()
        _mark(row, "w:tblHeader")
        _fill_row(row, [Cell([title]) for title in table.head], bold=len(table.head))
    for cells in table.rows:
        _fill_row(made.add_row(), cells, bold=0 if table.head else 1)
    document.add_paragraph(style=_HINT)


def _mark(row: _Row, name: str) -> None:
    """Say of a row what python-docx has no word for."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[arg-type]  # noqa: SLF001 - its stubs know some names only


def _fill_row(row: _Row, cells: Sequence[Cell], bold: int) -> None:
    """Write a row's cells, of which the first few are titles."""
    _mark(row, "w:cantSplit")
    row.height = Cm(0.8)
    for rank, (target, cell) in enumerate(zip(row.cells, cells, strict=True)):
        first, *more = cell.lines
        target.paragraphs[0].add_run(first).bold = rank < bold
        for line in more:
            target.add_paragraph(line)
        if cell.hint:
            target.add_paragraph(cell.hint, style=_HINT)
