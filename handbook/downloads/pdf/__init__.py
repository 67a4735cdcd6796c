"""PDFs of the handbook: articles of the built site, set with typst in `book.typ`'s look."""

from handbook.downloads.pdf.book import Book, Entry, Layout
from handbook.downloads.pdf.engine import Printed, draw_cover, print_book

__all__ = ["Book", "Entry", "Layout", "Printed", "draw_cover", "print_book"]
