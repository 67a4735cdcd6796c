"""Setting a book with typst, in one piece."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pikepdf
import typst

from handbook.downloads.errors import DownloadError
from handbook.downloads.pdf.book import Layout
from handbook.downloads.pdf.fillable import make_fillable
from handbook.downloads.pdf.manuscript import cover_sheet, manuscript
from handbook.downloads.pdf.places import lead_to_places
from handbook.identity import LANGUAGE, LIGHT, NAME
from handbook.parsing.glyphs import FONTS
from handbook.system.atomic import atomic_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.downloads.pdf.book import Book

HERE = Path(__file__).parent
"""Where `book.typ` is, which manuscripts import."""

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')

_LANGUAGE, _, _REGION = LANGUAGE.partition("-")

_IDENTITY = {
    "name": NAME,
    "language": _LANGUAGE,
    "region": _REGION,
    **{name: LIGHT[name] for name in ("accent", "soft", "line", "quiet")},
}
"""What `book.typ` asks for."""


class Printed(NamedTuple):
    """A book that is set, and in no file yet.

    Attributes:
        id: what the book is called in problems.
        pdf: the PDF as typst has made it.
    """

    id: str
    pdf: pikepdf.Pdf

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return len(self.pdf.pages)

    def write(self, target: Path) -> int:
        """Write it as a PDF, which is there as a whole or not at all, and return the number of its pages.

        Raises:
            DownloadError: if a link leads to what is not printed.
        """
        make_fillable(self.pdf)
        if missing := lead_to_places(self.pdf):
            said = "a link leads to '{}', which is not printed; lead it to a heading, or to nothing"
            raise DownloadError(p for name in missing for p in DownloadError.at(self.id, said.format(name)).problems)
        packed = io.BytesIO()  # its objects in streams: it is a third as large then
        self.pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        with atomic_file(target) as draft:
            draft.write_bytes(packed.getvalue())
        return self.pages


_COVER_PPI = 100
"""Pixels to the inch of a cover as a picture: 827 by 1,170 on an A4."""


def draw_cover(book: Book) -> bytes:
    """Return the cover of a book as a PNG, as shelves of e-books show it."""
    source = cover_sheet(book).encode()
    return cast("bytes", _compiler(HERE).compile(source, format="png", sys_inputs=_inputs(book), ppi=_COVER_PPI))


def print_book(book: Book) -> Printed:
    """Set a book.

    Raises:
        DownloadError: with a problem for each thing in the book that cannot be printed.
    """
    try:
        content = _compiled(book)
    except typst.TypstError as error:
        files = list(_blamed(book)) or [book.id]
        problems = [problem for file in files for problem in DownloadError.at(file, _explained(error.message)).problems]
        raise DownloadError(problems) from error
    return Printed(book.id, pikepdf.open(io.BytesIO(content)))


@functools.cache
def _compiler(root: Path) -> typst.Compiler:
    """Start typst, once for all books of a process, with our own fonts: those of a machine would change the PDFs."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True)


def _inputs(book: Book) -> dict[str, str]:
    return _IDENTITY | {"fields": "yes" if book.layout in {Layout.FORM, Layout.LEAFLET} else "no"}


def _explained(message: str) -> str:
    found = _NO_GLYPH.search(message)
    return f"no font has '{found[1]}'; write it in other letters or in words" if found else f"typst says: {message}"


def _compiled(book: Book) -> bytes:
    midnight = dt.datetime.combine(book.date, dt.time(), tzinfo=dt.UTC)
    made, warnings = _compiler(HERE).compile_with_warnings(
        manuscript(book).encode(),
        format="pdf",
        sys_inputs=_inputs(book),
        pdf_standards=["ua-1"],
        timestamp=midnight,
    )
    if warnings:
        raise DownloadError(
            problem
            for warning in warnings
            for problem in DownloadError.at(book.id, f"typst warns: {warning.message}").problems
        )
    return cast("bytes", made)


def _blamed(book: Book) -> Iterator[str]:
    """Find the pages that cannot be set, by setting each alone, since typst knows places in our code only."""
    for article in book.chapters:
        try:
            _compiled(replace(book, chapters=[article], entries=(), has_all_sources=False))
        except typst.TypstError:
            yield article.file
