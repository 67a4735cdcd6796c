"""PDFs of selections of the handbook, set by typst from the articles of the built site."""

from __future__ import annotations

from handbook.downloads.pdf.book import Book, BookError, Layout
from handbook.downloads.pdf.engine import Printed, print_book

__all__ = ["Book", "BookError", "Layout", "Printed", "print_book"]
