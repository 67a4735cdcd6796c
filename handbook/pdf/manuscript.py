"""A whole book as typst's source: what stands before, between and after the chapters."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.html import builder

from handbook.pdf import code
from handbook.pdf.book import Book, BookError, Layout
from handbook.pdf.converter import convert
from handbook.pdf.links import Links, anchor_of
from handbook.rendering import written_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.articles import Article
    from handbook.pdf.converter import Chapter

_GLOSSARY = "reference/glossary/"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def manuscript(book: Book) -> str:
    """Give a book's source, which needs `book.typ` beside it.

    Raises:
        BookError: with one line for each thing that cannot be printed.
    """
    if not book.chapters:
        message = f"the book '{book.id}' has no chapters; select at least one page"
        raise BookError(message)
    placed = list(_placed([*book.chapters, *_terms_used(book)]))
    links = Links.of((article for article, _ in placed), book.address)
    chapters = [(convert(article, level, links), level) for article, level in placed]
    if faults := [fault for chapter, _ in chapters for fault in chapter.faults]:
        raise BookError("\n".join(faults))
    is_book = book.layout is Layout.BOOK
    parts = [
        *(_front(book) if is_book else ()),
        *(_chapter(book, chapter, level) for chapter, level in chapters),
        *(_back(book, [chapter for chapter, _ in chapters], links) if is_book else ()),
    ]
    dressed = code.call(
        "dressed",
        code.block(parts),
        title=code.text(book.title),
        description=code.text(book.audience),
        layout=code.text(book.layout),
    )
    return f'#import "/book.typ": *\n#{dressed}\n'


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
    glossary = book.site.get(_GLOSSARY)
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
    facts = [f"Release {book.release}, {written_date(book.date.isoformat())}", book.address, "Text under CC BY 4.0"]
    yield code.call(
        "cover",
        title=code.text(book.title),
        audience=code.text(book.audience),
        facts=code.array(code.text(fact) for fact in facts if fact),
    )
    if len(book.chapters) > 1:
        yield "contents()"


def _chapter(book: Book, chapter: Chapter, level: int) -> str:
    return _opened(book, chapter.article.title, anchor_of(chapter.article.url), level, chapter.code)


def _opened(book: Book, title: str, anchor: str, level: int, body: str) -> str:
    day = written_date(book.date.isoformat())
    foot = f"Prevention in Practice, release {book.release}, {day}. Text under CC BY 4.0."
    return code.call(
        "chapter",
        body,
        book=code.text(book.title),
        foot=code.text(foot),
        title=code.text(title),
        anchor=code.text(anchor),
        level=str(level),
        headed="true" if book.layout is Layout.BOOK else "false",
    )


def _back(book: Book, chapters: Iterable[Chapter], links: Links) -> Iterator[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for chapter in chapters:
        for recommendation, anchor in chapter.covers:
            places[recommendation].append(anchor)
    if places:
        yield _opened(book, "Index of recommendations", "index-of-recommendations", 1, _index(book, places, links))
    yield _opened(book, "Licence, and how to suggest a change", "colophon", 1, _colophon(links))


def _index(book: Book, places: Mapping[str, Sequence[str]], links: Links) -> str:
    cells: list[str] = []
    for recommendation, anchors in sorted(places.items()):
        url = f"recommendations/{recommendation.lower()}/"
        cells += [
            links.code("", url, code.text(book.site[url].title)),
            code.call("places", code.array(map(code.text, anchors))),
        ]
    head = code.array(map(code.text, ("Recommendation", "On page")))
    return code.call("grid-table", code.array(("1fr", "30mm")), head, code.array(cells), "none")


def _colophon(links: Links) -> str:
    """Say what readers may do with the book, and where to send what is wrong in it."""
    licence = code.call("link", code.text(_LICENCE), code.text("Creative Commons Attribution 4.0 International"))
    paragraphs = (
        [
            code.text("The text is under the licence "),
            licence,
            code.text(
                " (CC BY 4.0). You may copy, print, share, translate and change it, also in paid training, if you "
                "name the source, link to the licence and say if you changed something. The documents that are cited "
                "keep their own rights. "
            ),
            links.outside("about/licence/", "", code.text("More on the licence")),
            code.text("."),
        ],
        [
            code.text(
                "Found a mistake? Say which page, which sentence and what is right; if you can, name the source. "
            ),
            links.outside("contributing/", "", code.text("How to suggest a change")),
            code.text(" says where to. Nothing personal about anyone's case, please."),
        ],
        [code.text("The typefaces are Noto Sans and Noto Sans Mono, under the SIL Open Font License 1.1.")],
    )
    return code.block(code.call("par", code.block(paragraph)) for paragraph in paragraphs)
