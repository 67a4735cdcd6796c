"""Entries as rows of cells, for CSV and spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeVar, get_origin

from handbook.exports.shapes import Exported, Placed
from handbook.parsing.csv_tables import harmless, joined, original, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T", bound=Exported)


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


def read_csv(model: type[T], text: str) -> tuple[T, ...]:
    """Read the entries of a table that was written from them.

    Raises:
        pydantic.ValidationError: if a row is not an entry of this shape.
    """
    return tuple(record(model, found) for found in csv.DictReader(io.StringIO(text, newline="")))


def record(model: type[T], cells: dict[str, str]) -> T:
    """Make an entry of the cells of a row, by column."""
    return model.model_validate({name: _value(model, name, original(cell)) for name, cell in cells.items()})


def _value(model: type[Exported], name: str, cell: str) -> str | list[str] | None:
    field = model.model_fields.get(name)
    if field and get_origin(field.annotation) is tuple:
        return split(cell)
    return cell or None
