"""Entries as rows of cells, for CSV and spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handbook.exports.shapes import Placed
from handbook.parsing.csv_tables import harmless, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.exports.shapes import Exported


def columns(model: type[Exported]) -> list[str]:
    """Name the columns for entries of a shape: its fields, with the addresses last."""
    return sorted(model.model_fields, key=lambda name: name in Placed.model_fields)


def row(record: Exported) -> list[str | int]:
    """Return the cells of an entry in the order of the columns, harmless to spreadsheets."""
    return [_cell(getattr(record, name)) for name in columns(type(record))]


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    return harmless(joined(map(str, value)) if isinstance(value, tuple) else str(value))


def write_csv(names: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Write a table as RFC 4180 has it, but with the line ends of the other files."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()
