"""What is to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from handbook.wording import written_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from handbook.downloads.articles import Article


class Layout(StrEnum):
    """What a PDF is made up as."""

    BOOK = "book"
    """With a cover, contents, and at the end terms, recommendations, sources and the licence."""
    PAGE = "page"
    """One page of the site, with release and address at the foot, and at the end where to send what is wrong."""
    FORM = "form"
    """The chapters alone, with fields to fill in, and with release, address and the number of the page at the foot."""
    LEAFLET = "leaflet"
    """As a form, but in larger letters, as it has one page, and without its number."""
    SINGLE = "single"
    """The chapters alone, each on a new A4 with its own sources, and with release and address at the foot."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A recommendation as a book lists it.

    Attributes:
        id: its id, such as `PRI-01`.
        url: address of its page on the site, below the root.
        title: what it asks, in a few words.
        asks: what it asks, in sentences.
        issued: who issued it, and the year if that is known.
        area: title of its challenge area.
        remark: what keeps it from being in use, such as `Draft`; empty for one that is active.
    """

    id: str
    url: str
    title: str
    asks: str
    issued: str
    area: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Book:
    """A selection of articles with what stands on its cover.

    Attributes:
        id: name within the handbook, such as `prisons`.
        title: what the cover says.
        audience: for whom it is, in one sentence.
        release: version of the handbook.
        date: day of the release; the PDF bears this day and never the current time.
        address: where the site is published, with a slash at the end; empty while that is not known, and then links to
            pages outside the book are plain text.
        contact: the address of mail to which readers may write; empty if there is none.
        chapters: the articles, in order. A page below another page of the book comes after that one.
        site: every article of the site by URL, where definitions of terms and the list of sources come from.
        folder: of the built site, where pictures are.
        entries: the recommendations to list, in the order of areas.
        has_all_sources: whether the list of sources has those too that no chapter cites.
        runs_on: the addresses of pages that need no new sheet of paper where they come below another page of the book.
        layout: what the PDF is made up as.
        icon: what is drawn above the title on the cover, as SVG; nothing if empty.
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
    entries: Sequence[Entry] = ()
    has_all_sources: bool = False
    runs_on: Collection[str] = ()
    contact: str = ""
    layout: Layout = Layout.BOOK
    icon: str = ""

    @property
    def state(self) -> str:
        """What was read, for whoever is told of a mistake: the page if it is one, where it is published, and when."""
        place = f"{self.address}{self.chapters[0].url if self.layout is not Layout.BOOK else ''}"
        released = f"release {self.release} of {written_date(self.date.isoformat())}"
        return ", ".join(filter(None, (self.title, place, released)))
