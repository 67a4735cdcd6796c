"""Setting a book with typst."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pikepdf
import typst

from handbook.downloads.pdf.binding import Binding
from handbook.downloads.pdf.book import Book, BookError, Layout
from handbook.downloads.pdf.manuscript import manuscript
from handbook.system.archives import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.downloads.pdf.manuscript import Manuscript

HERE = Path(__file__).parent
"""Where `book.typ` is, which manuscripts import."""

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')

_MEMORY = 12
"""How many compilations typst remembers, or a few more."""

_FONTS = HERE.parent / "fonts"


class Printed(NamedTuple):
    """A book that is set and bound, and in no file yet.

    Attributes:
        binding: the book.
        pages: the number of its pages.
    """

    binding: Binding
    pages: int

    def write(self, target: Path) -> int:
        """Write it as a PDF, which is there as a whole or not at all, and give the number of its pages."""
        with written_whole(target) as draft:
            draft.write_bytes(self.binding.finished())
        return self.pages


def print_book(book: Book) -> Printed:
    """Print a book.

    Raises:
        BookError: if something in the book cannot be printed.
    """
    text = manuscript(book)
    with _explained(book):
        return _bound(book, text)


@functools.cache
def _fonts() -> typst.Fonts:
    """Load our own fonts: those of a machine would change the PDFs from one to the next."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


@contextmanager
def _explained(book: Book) -> Iterator[None]:
    """Say of typst's errors on which pages they are."""
    try:
        yield
    except typst.TypstError as error:
        places = list(_blamed(book)) or [book.id]
        raise BookError("\n".join(f"{place}: {_in_our_words(error.message)}" for place in places)) from error


def _in_our_words(message: str) -> str:
    found = _NO_GLYPH.search(message)
    return f"no font has '{found[1]}'; write it in other letters or in words" if found else f"typst says: {message}"


def _bound(book: Book, text: Manuscript) -> Printed:
    """Set a book part by part and bind the parts; what stands before them is set twice, as it names pages."""
    is_book = book.layout is Layout.BOOK
    first = 1 + (_length(_compiled(book, text.front({}))) if is_book else 0)
    opening, *others = text.parts
    binding = Binding(_compiled(book, text.part(opening, first)), first)
    for part in others:
        _forget()
        binding.add(_compiled(book, text.part(part, binding.next_page)))
    if is_book:
        binding.add(_compiled(book, text.back(binding.pages, binding.next_page)))
        binding.add_in_front(_compiled(book, text.front(binding.pages)))
        binding.stamp(_compiled(book, text.total(binding.next_page - 1), is_tagged=False))
    return Printed(binding, binding.next_page - 1)


def _forget() -> None:
    """Let typst drop what it remembers of a part: it does so with what the last compilations had no use for."""
    compiler = typst.Compiler(root=HERE, font_paths=_fonts(), ignore_system_fonts=True)
    for _ in range(_MEMORY):
        compiler.compile(b" ", format="pdf", timestamp=0)


def _length(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _compiled(book: Book, source: str, *, is_tagged: bool = True) -> bytes:
    compiler = typst.Compiler(root=HERE, font_paths=_fonts(), ignore_system_fonts=True)
    midnight = dt.datetime.combine(book.date, dt.time(), tzinfo=dt.UTC)
    made, warnings = compiler.compile_with_warnings(
        source.encode(),
        format="pdf",
        pdf_standards=["ua-1"] if is_tagged else [],
        timestamp=midnight,
        pdf_tags=is_tagged,
    )
    if warnings:
        raise BookError("\n".join(f"{book.id}: typst warns: {warning.message}" for warning in warnings))
    return cast("bytes", made)


def _blamed(book: Book) -> Iterator[str]:
    """Find the pages that cannot be set, by setting each alone, since typst knows places in our code only."""
    for article in book.chapters:
        alone = replace(book, chapters=[article])
        try:
            _bound(alone, manuscript(alone))
        except typst.TypstError:
            yield article.file
