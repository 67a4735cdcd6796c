"""Recommendations and coverage as a spreadsheet with filters, for people who would rather not open a CSV file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import xlsxwriter

from handbook.exports.shapes import Exported
from handbook.exports.tables import columns, row
from handbook.identity import LICENCE_URL
from handbook.system.build_time import build_time

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NARROWEST, _WIDEST = 10, 60
"""Letters that a column has room for."""

_A4 = 9
"""Number of the paper in the format's own list."""

Worksheets = Mapping[str, tuple[type[Exported], Sequence[Exported]]]
"""For each sheet's name, the shape of its entries, and the entries."""


def write_workbook(sheets: Worksheets, title: str) -> bytes:
    """Write a workbook: a sheet with a filterable table for each list of entries.

    Args:
        sheets: what is on each sheet, in their order.
        title: title of the workbook.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title, "comments": f"Licence: {LICENCE_URL}", "created": build_time()})
        formats = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "bottom": 1})
        for name, (model, entries) in sheets.items():
            _fill(book.add_worksheet(name), columns(model), [row(entry) for entry in entries], *formats)
    return target.getvalue()


def _fill(
    sheet: Worksheet, names: Sequence[str], rows: Sequence[Sequence[str | int]], wrapped: Format, bold: Format
) -> None:
    table = {
        "name": sheet.get_name(),
        "style": "Table Style Light 1",
        "columns": [{"header": name, "format": wrapped, "header_format": bold} for name in names],
        "data": rows,
    }
    sheet.add_table(0, 0, max(len(rows), 1), len(names) - 1, table)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)  # one sheet wide, as many as it takes down
    sheet.repeat_rows(0)
    for number, cells in enumerate(zip(names, *rows, strict=True)):
        longest = max(len(str(cell)) for cell in cells)
        sheet.set_column(number, number, min(max(longest, _NARROWEST), _WIDEST))
