"""PDFs of selections of the handbook, set by typst from the articles of the built site."""

from __future__ import annotations

from handbook.pdf.book import Book, BookError, Layout
from handbook.pdf.engine import count_pages, write_pdf

__all__ = ["Book", "BookError", "Layout", "count_pages", "write_pdf"]
