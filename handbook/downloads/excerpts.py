"""New articles put together from parts of others, for sheets that no page of the site is.

No words are added but headings; what is taken keeps its links and its sources.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import html
from lxml.html import builder

from handbook.downloads.articles import Article
from handbook.urls import relative, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_PART = "h2"
_SOURCE = "#source-"


def part(article: Article, title: str) -> list[HtmlElement]:
    """Return what stands under the heading of a part, up to the next part; nothing if the article has no such part."""
    found: list[HtmlElement] = []
    inside = False
    for element in article.content:
        if element.tag == _PART:
            inside = " ".join(element.text_content().split()) == title
        elif inside:
            found.append(element)
    return found


def only(article: Article, title: str, *, url: str, name: str) -> Article:
    """Return one part of an article as an article of its own, with the sources that it cites.

    Args:
        article: where the part is.
        title: heading of the part.
        url: address of the new article.
        name: title of the new article.
    """
    sheet = ArticleBuilder(url, name, article.file)
    sheet.add_heading(title)
    sheet.add(article, part(article, title))
    return sheet.article()


class ArticleBuilder:
    """An article in the making."""

    def __init__(self, url: str, title: str, file: str) -> None:
        """Begin an empty article.

        Args:
            url: an address below the site's root; what is taken from there links to itself, all else to it.
            title: its title.
            file: the file to name in problems.
        """
        self._url = url
        self._title = title
        self._file = file
        self._content = builder.E.article()
        self._target = self._content
        self._sources: dict[bytes, HtmlElement] = {}

    def add_heading(self, title: str, *, origin: Article | None = None) -> None:
        """Begin a part; one that is about an article has the name of that as its anchor."""
        anchor = _name(origin) if origin else re.sub(r"\W+", "-", title.casefold()).strip("-")
        self._target.append(builder.H2(title, id=anchor))

    def add_facts(self, origin: Article, titles: Iterable[str]) -> None:
        """Add short parts of an article as a strip: their titles, each with its words on one line."""
        strip = builder.DL(builder.CLASS("strip"))
        for title in titles:
            words = builder.DD()
            for element in part(origin, title):
                _join(words, element.findall("li") or [element])
            strip.append(builder.E.div(builder.DT(title), words))
        self.add(origin, [strip])

    def begin_card(self) -> None:
        """Put all that follows, up to the next card, on a card of its own."""
        self._target = builder.E.section(builder.CLASS("card"))
        self._content.append(self._target)

    def end_card(self) -> None:
        """Put what follows on no card."""
        self._target = self._content

    def add(self, origin: Article, elements: Iterable[HtmlElement]) -> None:
        """Copy elements of an article; their links lead where they led, their citations to this article's sources."""
        sources = {item.get("id"): item for item in origin.content.iterfind(".//ol[@class='sources']/li")}
        for element in elements:
            taken = copy.deepcopy(element)
            taken.tail = None
            for link in taken.iter("a"):
                self._lead(link, origin, sources)
            if origin.url != self._url:
                _rename(taken, origin)
            self._target.append(taken)

    def add_link(self, before: str, origin: Article) -> None:
        """Add a paragraph that leads to an article."""
        link = builder.A(origin.title, href=relative(origin.url, self._url))
        self._target.append(builder.P(before, link, "."))

    def add_sources(self, origin: Article) -> None:
        """Add all sources of an article."""
        for item in origin.content.iterfind(".//ol[@class='sources']/li"):
            self._number(item)

    def article(self) -> Article:
        """Return the finished article, with the sources that it cites at its end."""
        content = copy.deepcopy(self._content)
        if self._sources:
            listed = builder.OL(builder.CLASS("sources"))
            for number, item in enumerate(self._sources.values(), 1):
                source = copy.deepcopy(item)
                source.set("id", f"source-{number}")
                source.tail = None
                listed.append(source)
            content.extend([builder.H2("Sources", id="sources"), listed])
        return Article(self._url, self._title, self._file, content)

    def _lead(self, link: HtmlElement, origin: Article, sources: dict[str | None, HtmlElement]) -> None:
        href = link.get("href", "")
        if link.get("class") == "cite" and href.removeprefix("#") in sources:
            number = self._number(sources[href.removeprefix("#")])
            link.set("href", f"{_SOURCE}{number}")
            link.text = re.sub(r"^\[\d+", f"[{number}", link.text or "")
        elif target := resolve(href, origin.url):
            fragment = f"#{target.fragment}" if target.fragment else ""
            link.set("href", relative(f"{target.url}{fragment}", self._url))

    def _number(self, item: HtmlElement) -> int:
        """Return the number that a source has in this article; the same words are the same source."""
        words = html.tostring(item).partition(b">")[2].strip()
        self._sources.setdefault(words, item)
        return list(self._sources).index(words) + 1


def _join(line: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Put copies of what some elements hold on one line, with commas between."""
    for element in elements:
        if len(line) or line.text:
            line.append(builder.SPAN(", "))
        words = copy.deepcopy(element)
        words.tag, words.tail = "span", None
        words.attrib.pop("id", None)
        line.append(words)


def _rename(element: HtmlElement, origin: Article) -> None:
    """Prefix anchors with the name of where they come from, so that two pages can be on one sheet."""
    for holder in element.xpath("descendant-or-self::*[@id]"):
        holder.set("id", f"{_name(origin)}--{holder.get('id')}")


def _name(article: Article) -> str:
    return article.url.strip("/").replace("/", "-")
