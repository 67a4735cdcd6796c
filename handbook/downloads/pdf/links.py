"""Where a link of a printed page leads: to a place in the book, to the published site, or nowhere on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.downloads.pdf import typst_code
from handbook.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.downloads.articles import Article


def anchor_of(url: str, fragment: str = "") -> str:
    """Return the name of a place in the book, which is its label in typst and its destination in the PDF.

    >>> anchor_of("prisons/release/", "steps"), anchor_of("")
    ('prisons/release/#steps', 'index')
    """
    page = url or "index"
    return f"{page}#{fragment}" if fragment else page


def once_anchor(name: str) -> str:
    """Return the name of the place in the book where something is printed that several pages embed."""
    return anchor_of("once", name)


class DeadLinkError(Exception):
    """Raised for a link to a place that its page, which is in the book, does not have."""


@dataclass(frozen=True)
class Links:
    """Resolves the links of one book.

    Attributes:
        address: of the published site, with a slash at the end, or empty.
        anchors: for the URL of each page in the book, the `id`s that it has.
        listed: places in the lists at the end, as `anchor_of` names them: what stands there for a page of the site.
        wanted: the places that links lead to.
        once: by the name of what several pages embed the page that prints it; others have the number of that page.
        folder: of the built site, where pictures are.
    """

    address: str
    anchors: Mapping[str, frozenset[str]]
    listed: frozenset[str]
    wanted: frozenset[str]
    once: Mapping[str, str]
    folder: Path

    @classmethod
    def of(cls, articles: Sequence[Article], listed: Iterable[str], address: str, folder: Path) -> Links:
        """Collect the places that a book has, and which of them are linked to."""
        found = {article.url: frozenset(article.content.xpath("descendant::*/@id")) for article in articles}
        return cls(address, found, frozenset(listed), frozenset(_targets(articles)), _once(articles), folder)

    def code(self, url: str, target: str, body: str) -> str:
        """Return the code of a link.

        Args:
            url: the page that has the link.
            target: where it leads, as written there.
            body: code of what it shows.

        Raises:
            DeadLinkError: if it leads to a place that a page of the book does not have.
        """
        found = resolve(target, url)
        if found is None:
            return typst_code.call("link", typst_code.text(target), body)
        fragment = unquote(found.fragment)
        if found.url in self.anchors:
            if fragment and fragment not in self.anchors[found.url]:
                raise DeadLinkError
            return self.inside(anchor_of(found.url, fragment), body)
        for anchor in (anchor_of(found.url, fragment), anchor_of(found.url)):
            if anchor in self.listed:
                return self.inside(anchor, body)
        return self.outside(found.url, found.fragment, body)

    def file(self, url: str, target: str) -> Path:
        """Return the file of the site that a page shows, which need not be there."""
        found = resolve(target, url)
        return self.folder / (found.url if found else target)

    @staticmethod
    def inside(anchor: str, body: str) -> str:
        """Return the code of a link to a place in the book."""
        return typst_code.call("to", typst_code.text(anchor), body)

    def outside(self, page: str, fragment: str, body: str) -> str:
        """Return the code of a link to the published site: what it shows alone while there is no such address."""
        if not self.address:
            return body
        return typst_code.call(
            "link", typst_code.text(f"{self.address}{page}{'#' if fragment else ''}{fragment}"), body
        )


def _targets(articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        for target in article.content.xpath("descendant::a[not(@class='cite')]/@href"):
            found = resolve(target, article.url)
            if found and found.fragment:
                yield anchor_of(found.url, unquote(found.fragment))


def _once(articles: Sequence[Article]) -> Mapping[str, str]:
    """Return by its name, for each table or decision that pages embed, the first page that has it."""
    found: dict[str, str] = {}
    for article in articles:
        for name in article.content.xpath("descendant::div/@data-once"):
            found.setdefault(str(name), article.url)
    return found
