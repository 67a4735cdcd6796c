"""The articles of the built site, in the order in which readers turn its pages.

Everything that is made from the site after it is built (PDF, EPUB) starts here, so that a pack shows what the site
shows and nothing is rendered twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import html

from handbook.downloads.errors import DownloadError, element_problem
from handbook.urls import NOT_FOUND_PAGE, page_url, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FIRST = "index.html"

_FURNITURE = "descendant::a[@class='headerlink'] | descendant::comment() | " + " | ".join(
    f"descendant::{tag}" for tag in ("script", "style", "form")
)
"""What serves on the screen only."""


@dataclass(frozen=True)
class Article:
    """What one page has to say, without the site around it.

    Attributes:
        url: address below the site's root, such as `prisons/release/`; empty for the front page.
        title: text of its `h1`.
        file: built file with forward slashes, such as `site/prisons/release/index.html`, to name in problems.
        content: the article without its `h1`, links to headings, labels, forms, scripts and comments. To be copied
            before changing.
    """

    url: str
    title: str
    file: str
    content: html.HtmlElement


def read_articles(site: Path) -> Mapping[str, Article]:
    """Return each page's article by its URL.

    Args:
        site: the folder that holds the built site.

    Returns:
        The articles in the order in which pages name the next; then those that are not among these, by address.

    Raises:
        DownloadError: if there is no site, or a page without an article or without a title.
    """
    if not (site / _FIRST).is_file():
        raise DownloadError.at(str(site), "there is no built site here; make it with 'make site'")
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    nexts: dict[str, str] = {}
    articles: dict[str, Article] = {}
    for name in names:
        if name != NOT_FOUND_PAGE and not is_redirect(site / name):
            document = _parse(site / name)
            nexts[name] = _next(name, document)
            articles[name] = _article(name, f"{site.name}/{name}", document)
    turned = dict.fromkeys(_turned_pages(nexts))
    others = [name for name in articles if name not in turned]
    return MappingProxyType({articles[name].url: articles[name] for name in (*turned, *others)})


def is_redirect(path: Path) -> bool:
    """Tell whether a built page has no article and only leads to where it is now."""
    return b'<meta http-equiv="refresh"' in path.read_bytes()


def _parse(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _turned_pages(nexts: Mapping[str, str]) -> Iterator[str]:
    """Follow the names of the next page from the front page on, as far as they lead to pages not yet seen."""
    seen: set[str] = set()
    name = _FIRST
    while name in nexts and name not in seen:
        seen.add(name)
        yield name
        name = nexts[name]


def _next(name: str, document: html.HtmlElement) -> str:
    target = resolve(document.xpath("string(body/@data-next)"), name)
    return target.file if target else name


def _article(name: str, file: str, document: html.HtmlElement) -> Article:
    content = document.find(".//article")
    if content is None:
        raise DownloadError.at(file, "the page has no <article>; check what the theme makes of it")
    for element in content.xpath(_FURNITURE):
        element.drop_tree()
    for label in list(content.iter("label")):
        label.drop_tag()
    heading = content.find(".//h1")
    title = "" if heading is None else " ".join(heading.text_content().split())
    if heading is None or not title:
        message = "the article has no <h1> with text; give the page a title"
        raise DownloadError([element_problem(file, content, message)])
    heading.drop_tree()
    html.Element("body").append(content)  # away from its page, which can be forgotten then: most of it is menu
    return Article(page_url(name), title, file, content)
