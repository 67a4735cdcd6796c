"""A whole book as typst's source: what stands before, between and after the chapters."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.html import builder

from handbook.downloads.errors import DownloadError
from handbook.downloads.pdf import typst_code
from handbook.downloads.pdf.appendices import INDEPENDENT, appendices, suggestion
from handbook.downloads.pdf.book import Book, Layout
from handbook.downloads.pdf.converter import convert
from handbook.downloads.pdf.links import Links, anchor_of
from handbook.downloads.pdf.sources import find_sources
from handbook.identity import LICENCE, NAME
from handbook.model.addresses import GLOSSARY
from handbook.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf.converter import Chapter


def manuscript(book: Book) -> str:
    """Return a book in typst's code, which needs `book.typ` beside it.

    Raises:
        DownloadError: with a problem for each thing that cannot be printed.
    """
    if not book.chapters:
        raise DownloadError.at(book.id, f"the book '{book.id}' has no chapters; select at least one page")
    is_book = book.layout is Layout.BOOK
    arranged = list(arrange(book))
    sources = find_sources(book) if is_book else []
    listed = [source.anchor for source in sources] + [anchor_of(entry.url) for entry in book.entries]
    links = Links.of([article for article, _ in arranged], listed, book.address, book.folder)
    chapters = [
        (convert(article, level, links, has_sources=book.layout is Layout.SINGLE), level) for article, level in arranged
    ]
    added = appendices(book, [chapter for chapter, _ in chapters], sources, links) if is_book else []
    problems = [problem for chapter, _ in chapters for problem in chapter.problems]
    problems += [problem for part in added for problem in part.problems]
    if problems:
        raise DownloadError(problems)
    parts = [
        *(_front(book) if is_book else ()),
        *(_sheet(book, sheet, links) for sheet in _sheets(book, chapters)),
        *(_opened(book, part.title, [_titled(part.title, part.anchor, 1, part.code)]) for part in added),
    ]
    return _source(book, parts)


def cover_sheet(book: Book) -> str:
    """Return the cover of a book by itself, in typst's code as `manuscript` returns the book."""
    return _source(book, [_cover(book)])


def _source(book: Book, parts: Sequence[str]) -> str:
    return f'#import "/book.typ": *\n#{_dressed(book, parts)}\n'


def _body(book: Book, chapter: Chapter, links: Links) -> str:
    if book.layout is not Layout.PAGE:
        return chapter.code
    return typst_code.block([chapter.code, typst_code.call("review", typst_code.block(suggestion(book, links)))])


def arrange(book: Book) -> Iterator[tuple[Article, int]]:
    """Yield the chapters, then the terms that they use, each with the rank of its title: 1, or 2 below another page."""
    return _placed([*book.chapters, *_terms_used(book)])


def _dressed(book: Book, parts: Sequence[str]) -> str:
    return typst_code.call(
        "dressed",
        typst_code.block(parts),
        title=typst_code.text(f"{book.title} \N{EN DASH} {NAME}"),
        description=typst_code.text(book.audience),
        layout=typst_code.text(book.layout),
    )


def _placed(articles: Sequence[Article]) -> Iterator[tuple[Article, int]]:
    """Yield the articles with the rank of their titles; those below a page of the book come right after it."""
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
    """Yield the part of the glossary that the chapters link to, unless they contain all of it."""
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


def _front(book: Book) -> Iterator[str]:
    """Yield the cover, and the contents of a book of several chapters."""
    yield _cover(book)
    if len(book.chapters) > 1:
        yield "contents()"


def _cover(book: Book) -> str:
    released = f"Release {book.release}, {written_date(book.date.isoformat())}"
    facts = [released, book.address, f"Text under {LICENCE}", INDEPENDENT]
    return typst_code.call(
        "cover",
        title=typst_code.text(book.title),
        audience=typst_code.text(book.audience),
        facts=typst_code.array(typst_code.text(fact) for fact in facts if fact),
        icon=typst_code.text(book.icon),
    )


def _sheets(book: Book, chapters: Sequence[tuple[Chapter, int]]) -> Iterator[list[tuple[Chapter, int]]]:
    """Yield the chapters that begin on a new page, each with those below the same part that run on behind it."""
    sheet: list[tuple[Chapter, int]] = []
    for chapter, level in chapters:
        if sheet and (level == 1 or chapter.article.url not in book.runs_on):
            yield sheet
            sheet = []
        sheet.append((chapter, level))
    yield sheet


def _sheet(book: Book, sheet: Sequence[tuple[Chapter, int]], links: Links) -> str:
    made = [_titled(c.article.title, anchor_of(c.article.url), level, _body(book, c, links)) for c, level in sheet]
    return _opened(book, sheet[0][0].article.title, made)


def _titled(title: str, anchor: str, level: int, body: str) -> str:
    return typst_code.call("chapter", typst_code.text(title), typst_code.text(anchor), str(level), body)


def _opened(book: Book, title: str, chapters: Sequence[str]) -> str:
    foot = map(typst_code.text, (book.layout, *_foot(book, title)))
    return typst_code.call("sheet", typst_code.call("footer", *foot), typst_code.block(chapters))


def _foot(book: Book, title: str) -> Iterator[str]:
    """Yield the lines at the foot of a chapter's pages, by which a copied page tells where it is from."""
    day = written_date(book.date.isoformat())
    if book.layout is Layout.BOOK:
        yield f"{book.title}: {title}" if len(book.chapters) > 1 else title
    else:
        yield " ".join(filter(None, (INDEPENDENT, book.address)))
    yield f"{NAME}, release {book.release}, {day}. Text under {LICENCE}."
