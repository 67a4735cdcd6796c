"""An empty form as headings, paragraphs and tables, of which each kind of document has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.vocabulary import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.records import FormField, FormTemplate

_BOX = "\N{BALLOT BOX}"

_EMPTY_LINES = {FieldKind.LINES: 4}
"""Lines left free for an answer; one where nothing is said."""


class Heading(NamedTuple):
    """The title of a part."""

    words: str
    new_sheet: bool


class Paragraph(NamedTuple):
    """Some sentences, after words in bold type that say what they are about; one that leads a table stays with it."""

    words: str
    about: str = ""
    leads: bool = False


class Cell(NamedTuple):
    """A cell of a table: its paragraphs, the last of which can be a hint; empty ones are to be filled in."""

    lines: Sequence[str]
    hint: str = ""


class Table(NamedTuple):
    """Rows of cells below a row of titles, or beside a column of titles where `head` is empty."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    shares: Sequence[int]


Block = Heading | Paragraph | Table


def blank_blocks(form: FormTemplate) -> Iterator[Block]:
    """Yield what an empty form consists of, below its title."""
    for number, part in enumerate(form.parts, 1):
        yield Heading(f"{number}. {part.title}", part.new_sheet)
        yield from map(Paragraph, part.text)
        for fields in part.groups:
            if fields[0].kind is FieldKind.TABLE:
                yield from _table(fields[0])
            else:
                rows = [(Cell([field.label], field.hint or ""), Cell(_answer(field))) for field in fields]
                yield Table((), rows, (1, 2))
    yield Paragraph(form.filled_in_by, "Filled in by:")
    yield Paragraph(form.keep, "Kept and deleted:")


def _table(field: FormField) -> Iterator[Block]:
    yield Paragraph(field.hint or "", f"{field.label}:" if field.hint else field.label, leads=True)
    rows = [[Cell([words]) for words in row] for row in field.empty_rows]
    yield Table(field.columns, rows, (1,) * len(field.columns))


def _answer(field: FormField) -> list[str]:
    if field.kind is FieldKind.TICKS:
        return [f"{_BOX} {option}" for option in field.options]
    return [""] * _EMPTY_LINES.get(field.kind, 1)
