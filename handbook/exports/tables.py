"""Entries as rows of cells, for CSV and spreadsheets, and back.

A spreadsheet runs a cell that begins like a formula. So such a cell gets an apostrophe before it, as a person would
type it, and reading takes it away again. A list is one cell, with a semicolon between its members.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, TypeVar, get_origin

from handbook.exports.shapes import Exported, Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T", bound=Exported)

_RUN = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would run, some also the wide forms, or that looks like one made harmless."""

_NEEDS_QUOTES = re.compile(r'[;"\r\n]|^\s')


def harmless(text: str) -> str:
    """Make a cell one that a spreadsheet shows and does not run.

    >>> harmless("=1+1"), harmless("-5"), harmless("'quoted'"), harmless("1-5")
    ("'=1+1", "'-5", "'quoted'", '1-5')
    """
    return f"'{text}" if _RUN.match(text) else text


def original(cell: str) -> str:
    """Give back what was made harmless.

    >>> original("'=1+1"), original("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell


def joined(members: Iterable[str]) -> str:
    r"""Write a list as one cell; a member with a semicolon or a quote in it stands in quotes.

    >>> joined(["ran", "a; b"])
    'ran; "a; b"'
    """
    quoted = (m if m and not _NEEDS_QUOTES.search(m) else '"' + m.replace('"', '""') + '"' for m in members)
    return "; ".join(quoted)


def split(cell: str) -> list[str]:
    """Read a list from one cell.

    >>> split('ran; "a; b"'), split("")
    (['ran', 'a; b'], [])
    """
    rows = csv.reader(io.StringIO(cell, newline=""), delimiter=";", skipinitialspace=True)
    return next(rows, [])


def columns(model: type[Exported]) -> list[str]:
    """Name the columns for entries of a shape: its fields, with the addresses last."""
    return sorted(model.model_fields, key=lambda name: name in Placed.model_fields)


def row(record: Exported) -> list[str | int]:
    """Give the cells of an entry in the order of the columns, harmless to spreadsheets."""
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
