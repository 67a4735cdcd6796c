"""Empty forms as OpenDocument text, which LibreOffice reads, by odfdo."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import odfdo
from markupsafe import escape

from handbook.downloads.documents.blank import Cell, Heading, Paragraph, Table, blank_blocks
from handbook.identity import LANGUAGE, LIGHT, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.records import FormTemplate

_WIDTH = 17.0
"""Centimetres between the margins of an A4."""

_FONT = 'style:font-name="Liberation Sans"'
_ACCENT = LIGHT["accent"]
_RULE = LIGHT["line"]

_KEPT = '<style:paragraph-properties fo:keep-with-next="always"/>'

_STYLES = {
    "Words": f'<style:text-properties {_FONT} fo:font-size="10pt"/>',
    "Lead": f'{_KEPT}<style:text-properties {_FONT} fo:font-size="10pt"/>',
    "Hint": f'<style:text-properties {_FONT} fo:font-size="8.5pt"/>',
    "Asked": f'<style:text-properties {_FONT} fo:font-size="10pt" fo:font-weight="bold"/>',
    "Foot": f'<style:text-properties {_FONT} fo:font-size="8pt"/>',
}
"""Styles of paragraphs."""

_HEADINGS = {1: ("FormTitle", 18), 2: ("FormPart", 12)}
"""Style and size in points of the headings of each level."""

_NEW_SHEET = "FormSheet"
"""Style of a heading that begins a page."""


def odt_files(form: FormTemplate, foot: str, day: dt.date) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file in the document of a form.

    Args:
        form: what to ask.
        foot: what stands at the foot of each page.
        day: the day of the release.
    """
    document = odfdo.Document("text")
    _prepare(document, form, foot, day)
    body = document.body
    body.clear()
    body.append(_heading(1, form.title))
    number = 0
    for block in blank_blocks(form):
        match block:
            case Heading():
                body.append(_heading(2, block.words, new_sheet=block.new_sheet))
            case Paragraph():
                body.append(_paragraph(block))
            case Table():
                number += 1
                body.append(_table(block, f"Table{number}", document))
                body.append(odfdo.Paragraph("", style="Hint"))
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist() if not name.endswith("/"))


def _prepare(document: odfdo.Document, form: FormTemplate, foot: str, day: dt.date) -> None:
    """Set what the file says of itself, its looks and the foot of its pages."""
    about = document.meta
    about.title, about.language, about.generator = form.title, LANGUAGE, NAME
    about.initial_creator = about.creator = NAME
    about.creation_date = about.date = dt.datetime.combine(day, dt.time())
    for name, properties in _STYLES.items():
        document.insert_style(_style("paragraph", name, properties))
    for level, (name, size) in _HEADINGS.items():
        look = (
            f'<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
            f'<style:text-properties {_FONT} fo:font-size="{size}pt" fo:font-weight="bold" fo:color="{_ACCENT}"/>'
        )
        document.insert_style(_style("paragraph", name, look, f'style:default-outline-level="{level}"'))
    parent = f'style:parent-style-name="{_HEADINGS[2][0]}"'
    document.insert_style(
        _style("paragraph", _NEW_SHEET, '<style:paragraph-properties fo:break-before="page"/>', parent)
    )
    document.insert_style(_style("text", "Bold", '<style:text-properties fo:font-weight="bold"/>'))
    cell = f'<style:table-cell-properties fo:padding="0.12cm" fo:border="0.5pt solid {_RULE}"/>'
    document.insert_style(_style("table-cell", "FormCell", cell), automatic=True)
    table = f'<style:table-properties style:width="{_WIDTH}cm" table:align="left"/>'
    document.insert_style(_style("table", "FormTable", table), automatic=True)
    row = '<style:table-row-properties fo:keep-together="always" style:min-row-height="0.7cm"/>'
    document.insert_style(_style("table-row", "FormRow", row), automatic=True)
    language, _, region = LANGUAGE.partition("-")
    for spoken in document.styles.get_elements("//style:default-style/style:text-properties"):
        spoken.set_attribute("fo:language", language)
        spoken.set_attribute("fo:country", region)
    room = '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.4cm"/>'
    for below in document.styles.get_elements("//style:footer-style"):
        below.append(odfdo.Element.from_tag(room))
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    words = f'<style:footer><text:p text:style-name="Foot">{escape(foot)} {number}</text:p></style:footer>'
    for master in document.styles.get_elements("//style:master-page"):
        master.append(odfdo.Element.from_tag(words))


def _style(family: str, name: str, properties: str, more: str = "") -> str:
    return f'<style:style style:family="{family}" style:name="{name}" {more}>{properties}</style:style>'


def _heading(level: int, words: str, *, new_sheet: bool = False) -> odfdo.Element:
    """Return a heading, which keeps the number that it has in its words and gets no other."""
    made = odfdo.Header(level, words)
    made.set_attribute("text:style-name", _NEW_SHEET if new_sheet else _HEADINGS[level][0])
    made.set_attribute("text:is-list-header", "true")
    return made


def _paragraph(block: Paragraph) -> odfdo.Element:
    made = odfdo.Paragraph("", style="Lead" if block.leads else "Words")
    if block.about:
        made.append(odfdo.Span(block.about, style="Bold"))
        made.append(" ")
    made.append(block.words)
    return made


def _table(table: Table, name: str, document: odfdo.Document) -> odfdo.Element:
    """Return a table, after giving the document a style for the width of each column."""
    made = odfdo.Element.from_tag(f'<table:table table:name="{name}" table:style-name="FormTable"/>')
    for rank, share in enumerate(table.shares):
        width = _WIDTH * share / sum(table.shares)
        column = f'<style:table-column-properties style:column-width="{width:.2f}cm"/>'
        document.insert_style(_style("table-column", f"{name}.{rank}", column), automatic=True)
        made.append(odfdo.Element.from_tag(f'<table:table-column table:style-name="{name}.{rank}"/>'))
    if table.head:
        head = odfdo.Element.from_tag("<table:table-header-rows/>")
        head.append(_row([Cell([title]) for title in table.head], titles=len(table.head)))
        made.append(head)
    for cells in table.rows:
        made.append(_row(cells, titles=0 if table.head else 1))
    return made


def _row(cells: Sequence[Cell], titles: int) -> odfdo.Element:
    """Return a row of cells, of which the first few are titles."""
    row = odfdo.Element.from_tag('<table:table-row table:style-name="FormRow"/>')
    for rank, cell in enumerate(cells):
        made = odfdo.Element.from_tag('<table:table-cell table:style-name="FormCell" office:value-type="string"/>')
        for line in cell.lines:
            made.append(odfdo.Paragraph(line, style="Asked" if rank < titles else "Words"))
        if cell.hint:
            made.append(odfdo.Paragraph(cell.hint, style="Hint"))
        row.append(made)
    return row
