"""Setting a book with typst."""

from __future__ import annotations

import datetime as dt
import functools
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pikepdf
import typst

from handbook.archives import written_whole
from handbook.pdf.book import Book, BookError
from handbook.pdf.manuscript import manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
"""Where `book.typ` is, which manuscripts import."""

_FONTS = HERE.parent / "fonts"


def write_pdf(book: Book, target: Path) -> int:
    """Print a book.

    Args:
        book: what to print.
        target: the PDF to write; its folder must exist. Only a finished PDF appears there.

    Returns:
        The number of its pages.

    Raises:
        BookError: if something in the book cannot be printed.
    """
    content, pages = _packed(_typeset(book))
    with written_whole(target) as draft:
        draft.write_bytes(content)
    return pages


@functools.cache
def _fonts() -> typst.Fonts:
    """Load our own fonts: those of a machine would change the PDFs from one to the next."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def _typeset(book: Book) -> bytes:
    try:
        return _compiled(book, manuscript(book))
    except typst.TypstError as error:
        places = list(_blamed(book)) or [book.id]
        raise BookError("\n".join(f"{place}: typst says: {error.message}" for place in places)) from error


def _compiled(book: Book, source: str) -> bytes:
    compiler = typst.Compiler(root=HERE, font_paths=_fonts(), ignore_system_fonts=True)
    midnight = dt.datetime.combine(book.date, dt.time(), tzinfo=dt.UTC)
    made, warnings = compiler.compile_with_warnings(
        source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=midnight
    )
    if warnings:
        raise BookError("\n".join(f"{book.id}: typst warns: {warning.message}" for warning in warnings))
    return cast("bytes", made)


def _blamed(book: Book) -> Iterator[str]:
    """Find the pages that cannot be set, by setting each alone, since typst knows places in our code only."""
    for article in book.chapters:
        alone = replace(book, chapters=[article])
        try:
            _compiled(alone, manuscript(alone))
        except typst.TypstError:
            yield article.file


def _packed(pdf: bytes) -> tuple[bytes, int]:
    """Make a PDF smaller, which typst leaves undone, and count its pages."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue(), pages
