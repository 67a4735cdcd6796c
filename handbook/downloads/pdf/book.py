"""What is to be printed, and what stops the printing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from handbook.problems import HandbookError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from handbook.downloads.articles import Article


class BookError(HandbookError):
    """Raised for a book that cannot be printed; the message holds one line per fault, with page, line and element."""


class Layout(StrEnum):
    """What a PDF is made up as."""

    BOOK = "book"
    """With a cover, contents, and at the end the terms used, an index of recommendations and the licence."""
    SHEET = "sheet"
    """The chapters alone, each on a new A4, with release and licence, and no number, at the foot."""


@dataclass(frozen=True, kw_only=True)
class Book:
    """A selection of articles with what stands on its cover.

    Attributes:
        id: name within the handbook, such as `prisons`.
        title: what the cover and the window of a PDF reader say.
        audience: for whom it is, in one sentence.
        release: version of the handbook.
        date: day of the release; the PDF bears this day and never the clock's.
        address: where the site is published, with a slash at the end; empty while that is not known, and then links to
            pages outside the book are plain text.
        chapters: the articles, in order. A page below another page of the book comes after that one.
        site: every article of the site by URL, where definitions of terms and titles of recommendations come from.
        folder: of the built site, where pictures are.
        layout: what the PDF is made up as.
    """

    id: str
    title: str
    audience: str
    release: str
    date: dt.date
    address: str
    chapters: Sequence[Article]
    site: Mapping[str, Article]
    folder: Path
    layout: Layout = Layout.BOOK
