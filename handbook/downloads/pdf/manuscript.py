"""A whole book as typst's source: what stands before, between and after the chapters."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from lxml.html import builder

from handbook.downloads.pdf import typst_code
from handbook.downloads.pdf.book import Book, BookError, Layout
from handbook.downloads.pdf.converter import convert
from handbook.downloads.pdf.links import Links, anchor_of
from handbook.identity import LICENCE, LICENCE_NAME, LICENCE_URL, NAME
from handbook.model.addresses import CONTRIBUTING, GLOSSARY
from handbook.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf.converter import Chapter


_PART = 150_000
"""Letters of code after which a new part begins: about 40 pages. Typst needs memory for all that it sets at once."""

_PAGE = 3_400
"""Letters of code on a page, about."""


@dataclass(frozen=True)
class Manuscript:
    """A book in typst's code, to be set in parts.

    Attributes:
        book: what it is about.
        links: the places in it.
        parts: the chapters, in groups that can be set one after the other.
    """

    book: Book
    links: Links
    parts: Sequence[Sequence[tuple[Chapter, int]]]

    def front(self, pages: Mapping[str, int]) -> str:
        """Give the source of what stands before the chapters; its length does not depend on `pages`.

        Args:
            pages: for the anchor of each place, its page.
        """
        return self._source(_front(self.book, [pair for part in self.parts for pair in part], pages))

    def part(self, part: Sequence[tuple[Chapter, int]], first: int) -> str:
        """Give the source of some chapters, of which the first begins on the page `first`."""
        return self._source((_chapter(self.book, chapter, level) for chapter, level in part), first=str(first))

    def back(self, pages: Mapping[str, int], first: int) -> str:
        """Give the source of what stands behind the chapters."""
        chapters = [chapter for part in self.parts for chapter, _ in part]
        return self._source(_back(self.book, chapters, self.links, pages), first=str(first))

    def total(self, pages: int) -> str:
        """Give the source of the number of all pages, as it stands behind that of each."""
        return f"{_IMPORT}#{typst_code.call('total', str(pages))}\n"

    def _source(self, parts: Iterable[str], **options: str) -> str:
        day = written_date(self.book.date.isoformat())
        release = f"{NAME}, release {self.book.release}, {day}. Text under {LICENCE}."
        length = sum(len(chapter.code) for part in self.parts for chapter, _ in part)
        dressed = typst_code.call(
            "dressed",
            typst_code.block(parts),
            title=typst_code.text(self.book.title),
            description=typst_code.text(self.book.audience),
            layout=typst_code.text(self.book.layout),
            release=typst_code.text(release),
            digits=str(len(str(1 + length // _PAGE))),
            **options,
        )
        return f"{_IMPORT}#{dressed}\n"


_IMPORT = '#import "/book.typ": *\n'


def manuscript(book: Book) -> Manuscript:
    """Convert a book; what comes of it needs `book.typ` beside it.

    Raises:
        BookError: with one line for each thing that cannot be printed.
    """
    if not book.chapters:
        message = f"the book '{book.id}' has no chapters; select at least one page"
        raise BookError(message)
    placed = list(_placed([*book.chapters, *_terms_used(book)]))
    links = Links.of([article for article, _ in placed], book.address, book.folder)
    chapters = [(convert(article, level, links), level) for article, level in placed]
    if faults := [fault for chapter, _ in chapters for fault in chapter.faults]:
        raise BookError("\n".join(faults))
    return Manuscript(book, links, tuple(_parts(chapters)))


def _parts(chapters: Iterable[tuple[Chapter, int]]) -> Iterator[Sequence[tuple[Chapter, int]]]:
    """Divide chapters into parts; each begins with a title of the first rank, as a document must."""
    part: list[tuple[Chapter, int]] = []
    for chapter, level in chapters:
        if level == 1 and sum(len(before.code) for before, _ in part) > _PART:
            yield part
            part = []
        part.append((chapter, level))
    yield part


def _placed(articles: Sequence[Article]) -> Iterator[tuple[Article, int]]:
    """Give the articles with the rank of their titles; those below a page of the book come right after it."""
    parts = {article.url for article in articles if article.url.count("/") == 1}
    below: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        part = article.url.partition("/")[0] + "/"
        if part in parts and part != article.url:
            below[part].append(article)
    for article in articles:
        if article.url in parts or article not in below[article.url.partition("/")[0] + "/"]:
            yield article, 1
            yield from ((lower, 2) for lower in below.get(article.url, ()))


def _terms_used(book: Book) -> Iterator[Article]:
    """Give the part of the glossary that the chapters link to, unless they contain all of it."""
    glossary = book.site.get(GLOSSARY)
    if glossary is None or book.layout is not Layout.BOOK or glossary in book.chapters:
        return
    linked = {
        link.get("href", "").partition("#")[2]
        for article in book.chapters
        for link in article.content.xpath("descendant::a[@class='term']")
    }
    entries = glossary.content.xpath("descendant::dl[@class='glossary']/*")
    pairs = zip(entries[::2], entries[1::2], strict=True)
    used = [copy.deepcopy(entry) for pair in pairs if pair[0].get("id") in linked for entry in pair]
    if used:
        yield replace(glossary, title="Terms used", content=builder.E.article(builder.DL(*used)))


def _front(book: Book, chapters: Sequence[tuple[Chapter, int]], pages: Mapping[str, int]) -> Iterator[str]:
    facts = [f"Release {book.release}, {written_date(book.date.isoformat())}", book.address, f"Text under {LICENCE}"]
    yield typst_code.call(
        "cover",
        title=typst_code.text(book.title),
        audience=typst_code.text(book.audience),
        facts=typst_code.array(typst_code.text(fact) for fact in facts if fact),
    )
    if len(book.chapters) > 1:
        titles = [(chapter.article.title, anchor_of(chapter.article.url), level) for chapter, level in chapters]
        entries = [
            typst_code.array((str(level), typst_code.text(title), typst_code.text(anchor)))
            for title, anchor, level in (*titles, *_additions(chapter for chapter, _ in chapters))
        ]
        yield typst_code.call("contents", typst_code.array(entries), _pages(pages))


def _pages(pages: Mapping[str, int]) -> str:
    """Give a dictionary of pages by anchor."""
    entries = ", ".join(f"{typst_code.text(anchor)}: {page}" for anchor, page in sorted(pages.items()))
    return f"({entries or ':'})"


def _chapter(book: Book, chapter: Chapter, level: int) -> str:
    return _opened(book, chapter.article.title, anchor_of(chapter.article.url), level, chapter.code)


def _opened(book: Book, title: str, anchor: str, level: int, body: str) -> str:
    return typst_code.call(
        "chapter",
        body,
        book=typst_code.text(book.title),
        title=typst_code.text(title),
        anchor=typst_code.text(anchor),
        level=str(level),
        headed="true" if book.layout is Layout.BOOK else "false",
    )


_INDEX = ("Index of recommendations", "index-of-recommendations", 1)
_COLOPHON = ("Licence, and how to suggest a change", "colophon", 1)


def _additions(chapters: Iterable[Chapter]) -> Iterator[tuple[str, str, int]]:
    """Give title, anchor and rank of what stands behind the chapters."""
    if any(chapter.covers for chapter in chapters):
        yield _INDEX
    yield _COLOPHON


def _back(book: Book, chapters: Sequence[Chapter], links: Links, pages: Mapping[str, int]) -> Iterator[str]:
    bodies = {_INDEX: partial(_index, book, chapters, links, pages), _COLOPHON: partial(_colophon, links)}
    for title, anchor, level in _additions(chapters):
        yield _opened(book, title, anchor, level, bodies[title, anchor, level]())


def _index(book: Book, chapters: Iterable[Chapter], links: Links, pages: Mapping[str, int]) -> str:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for chapter in chapters:
        for recommendation, anchor in chapter.covers:
            places[recommendation].append(anchor)
    cells: list[str] = []
    for recommendation, anchors in sorted(places.items()):
        url = f"recommendations/{recommendation.lower()}/"
        cells += [
            links.code("", url, typst_code.text(book.site[url].title)),
            typst_code.call(
                "places",
                typst_code.array(map(typst_code.text, anchors)),
                _pages({anchor: pages[anchor] for anchor in anchors if anchor in pages}),
            ),
        ]
    head = typst_code.array(map(typst_code.text, ("Recommendation", "On page")))
    return typst_code.call("grid-table", typst_code.array(("1fr", "30mm")), head, typst_code.array(cells), "none")


def _colophon(links: Links) -> str:
    """Say what readers may do with the book, and where to send what is wrong in it."""
    licence = typst_code.call("link", typst_code.text(LICENCE_URL), typst_code.text(LICENCE_NAME))
    paragraphs = (
        [
            typst_code.text("The text is under the licence "),
            licence,
            typst_code.text(
                " (CC BY 4.0). You may copy, print, share, translate and change it, also in paid training, if you "
                "name the source, link to the licence and say if you changed something. The documents that are cited "
                "keep their own rights. "
            ),
            links.outside("about/licence/", "", typst_code.text("More on the licence")),
            typst_code.text("."),
        ],
        [
            typst_code.text(
                "Found a mistake? Say which page, which sentence and what is right; if you can, name the source. "
            ),
            links.outside(CONTRIBUTING, "", typst_code.text("How to suggest a change")),
            typst_code.text(" says where to. Nothing personal about anyone's case, please."),
        ],
        [typst_code.text("The typefaces are Noto Sans and Noto Sans Mono, under the SIL Open Font License 1.1.")],
    )
    return typst_code.block(typst_code.call("par", typst_code.block(paragraph)) for paragraph in paragraphs)
