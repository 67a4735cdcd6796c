"""The sources of a book, each once, however many chapters cite it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

from handbook.downloads.pdf.links import anchor_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf.book import Book

_BIBLIOGRAPHY = "reference/sources/"

_CITED = "descendant::ol[@class='sources']/li"
_LISTED = "descendant::ul[@class='sources']/li[@id]"


class Source(NamedTuple):
    """A source as a list has it.

    Attributes:
        origin: the page that it was taken from.
        item: its words there.
        anchor: the place where the site's bibliography has it; of the page that cites it, where that has none.
    """

    origin: Article
    item: HtmlElement
    anchor: str


def find_sources(book: Book) -> Sequence[Source]:
    """Return the sources that a book's chapters and recommendations rest on, in the order of their words."""
    recommendations = (book.site[entry.url] for entry in book.entries if entry.url in book.site)
    found: dict[str, Source] = {}
    for article in (*book.chapters, *recommendations):
        for item in article.content.xpath(_CITED):
            found.setdefault(_words(item), Source(article, item, anchor_of(article.url, item.get("id", ""))))
    known = {_words(source.item): source for source in _bibliography(book)}
    kept = known if book.has_all_sources else {words: known[words] for words in found if words in known}
    return [source for _, source in sorted({**found, **kept}.items(), key=lambda entry: entry[0].casefold())]


def _bibliography(book: Book) -> Iterator[Source]:
    for url, article in book.site.items():
        if url.startswith(_BIBLIOGRAPHY):
            for item in article.content.xpath(_LISTED):
                listed = copy.deepcopy(item)
                for use in listed.find_class("used"):
                    use.drop_tree()
                yield Source(article, listed, anchor_of(url, item.get("id")))


def _words(item: HtmlElement) -> str:
    return " ".join(item.text_content().split())
