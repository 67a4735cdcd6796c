"""Tables as spreadsheet programs save and read them.

Each cell that is read knows its row and column. A spreadsheet runs a cell that begins like a formula. So such a cell
gets an apostrophe before it, as a person would type it, and reading takes it away again. A list is one cell, with a
semicolon between its members.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.limits import LARGEST_TABLE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from handbook.parsing.text_files import read_text
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from handbook.problems import Report

_SEPARATORS = ",;\t"


_RUN = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""How a cell begins that a spreadsheet would run, some also the wide forms, or that looks like one made harmless."""


_NEEDS_QUOTES = re.compile(r'[;"\r\n]|^\s')


def harmless(text: str) -> str:
    """Make a cell one that a spreadsheet shows and does not run.

    >>> harmless("=1+1"), harmless(" -5"), harmless("'quoted'"), harmless("1-5")
    ("'=1+1", "' -5", "'quoted'", '1-5')
    """
    return f"'{text}" if _RUN.match(text) else text


def original(cell: str) -> str:
    """Restore what was made harmless.

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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table.

    Attributes:
        text: what it says, on one line.
        location: line of the file on which its row begins; at which character, the parser does not tell.
        place: its row and column, as a spreadsheet shows them.
    """

    text: str
    location: Location
    place: str

    def problem(self, kind: ProblemKind, message: str) -> Problem:
        """Say what is wrong with the cell."""
        return Problem(self.location, kind, f"{self.place}: {message}")

    def names(self) -> list[str]:
        """Return the members of the list that it holds."""
        return [name.strip() for name in split(self.text) if name.strip()]


Row = dict[str, Cell]


def read_rows(path: Path, columns: Collection[str], needed: Collection[str], report: Report) -> list[Row]:
    """Read a table as spreadsheet programs save it: commas, semicolons or tabs between cells, a header first.

    Args:
        path: a CSV file in UTF-8.
        columns: names that its columns can have.
        needed: those that it must have.
        report: called with each problem.

    Returns:
        The rows as far as they can be read, without those in which every cell is empty.
    """
    file = path.as_posix()
    text = read_text(path, file, report, most_bytes=LARGEST_TABLE, is_foreign=True)
    if text is None:
        return []
    lines = _lines(text, file, report)
    if not lines or not _is_small(lines, file, report):
        return []
    header = [name.strip().casefold() for name in lines[0][1]]
    _check_header(header, file, columns, needed, report)
    return list(_rows(header, lines[1:], file, report))


def _lines(text: str, file: str, report: Report) -> list[tuple[int, list[str]]]:
    """Cut the text into rows, each with the line on which it begins."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first.count), strict=True)
    lines: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"row {len(lines) + 1} cannot be read ({error}); check its quotes"
        report(Problem(Location(file, begins), ProblemKind.WRONG_VALUE, message))
    return lines


def _is_small(lines: list[tuple[int, list[str]]], file: str, report: Report) -> bool:
    """Tell whether a table is no larger than tables of recommendations are, or report what of it is."""
    faults = [
        *((1, f"row 1 has {n} columns, {MOST_COLUMNS} at most") for n in [len(lines[0][1])] if n > MOST_COLUMNS),
        *((line, f"the table has more than {MOST_ROWS} rows") for line, _ in lines[MOST_ROWS + 1 : MOST_ROWS + 2]),
        *(
            (line, f"row {row} has a cell with {n} characters, {LONGEST_CELL} at most")
            for row, (line, texts) in enumerate(lines, 1)
            for n in [max(map(len, texts), default=0)]
            if n > LONGEST_CELL
        ),
    ]
    for line, fault in faults[:1]:
        message = f"{fault}; is this the right table? Leave out what is not needed, or take it in by parts"
        report(Problem(Location(file, line), ProblemKind.TOO_LARGE, message))
    return not faults


def _check_header(
    header: Sequence[str], file: str, columns: Collection[str], needed: Collection[str], report: Report
) -> None:
    location = Location(file)
    for number, name in enumerate(header, 1):
        if name not in columns:
            advice = nearest(name, [column for column in columns if column not in header])
            message = f"row 1: there is no column '{name}'{advice or '; the columns are ' + ', '.join(columns)}"
            report(Problem(location, ProblemKind.UNKNOWN_KEY, message))
        elif name in header[: number - 1]:
            report(Problem(location, ProblemKind.DUPLICATE_KEY, f"row 1: the column '{name}' stands twice; keep one"))
    for name in needed:
        if name not in header:
            message = f"row 1: the column '{name}' is missing; add it"
            report(Problem(Location(file), ProblemKind.MISSING_KEY, message))


def _rows(header: Sequence[str], lines: list[tuple[int, list[str]]], file: str, report: Report) -> Iterator[Row]:
    for row, (line, texts) in enumerate(lines, 2):
        if not any(text.strip() for text in texts):
            continue
        if len(texts) != len(header):
            message = f"row {row} has {len(texts)} cells and the header {len(header)}; check its separators and quotes"
            report(Problem(Location(file, line), ProblemKind.WRONG_VALUE, message))
        yield {
            name: Cell(" ".join(text.split()), Location(file, line), f"row {row}, column '{name}'")
            for name, text in zip(header, texts, strict=False)
        }
