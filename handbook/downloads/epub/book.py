"""Articles as an e-book: EPUB 3, for phones, e-readers and learning platforms.

The package is written here and not by a library. EbookLib was weighed: it puts the clock into the archive, so that all
it writes would have to be written again, and parses each page once more; what it would save is the few small templates
in `templates/`. EPUBCheck judges the result in the tests.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from handbook import identity
from handbook.downloads.drawings import as_svg
from handbook.downloads.errors import DownloadError, element_problem
from handbook.parsing.allowed_html import require_inert
from handbook.system.archives import write_zip
from handbook.system.build_time import build_time
from handbook.urls import relative, resolve
from handbook.wording import written_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article

_BOOK = "book"
"""The folder in the archive that holds all but what says that it is an e-book."""

_COVER = "cover.png"
_PICTURES = {".gif": "image/gif", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "div", "figure", "figcaption", "hr", "img", "p", "pre", "section"}
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"dd", "dl", "dt", "li", "ol", "ul"})
_TABLES = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_WORDS = frozenset(
    {"a", "abbr", "br", "cite", "code", "del", "dfn", "em", "kbd", "mark", "q", "small", "span", "strong"}
)
_MORE_WORDS = frozenset({"sub", "sup", "time"})
_ELEMENTS = _BLOCKS | _HEADINGS | _LISTS | _TABLES | _WORDS | _MORE_WORDS
_READERS_LACK = {"details": "div", "summary": "p"}
"""What many e-readers show closed and cannot open, and what stands for it."""

_ATTRIBUTES = frozenset(
    {"alt", "checked", "class", "colspan", "datetime", "dir", "href", "id", "lang", "rowspan", "scope", "src", "start"}
)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DRAWING = "<svg "
"""How a drawing begins in a chapter; the package has to say which chapters have any."""

_ON_SCREEN_ONLY = " | ".join(
    f"descendant::*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in ("downloads", "screen-only")
)
"""What is of no use in a book: the offer of the page as a PDF, forms, and pictures that repeat a list."""

_UNTICKED, _TICKED = "\N{BALLOT BOX} ", "\N{BALLOT BOX WITH CHECK} "


@dataclass(frozen=True)
class _Chapter:
    """One article in its place in the book.

    Attributes:
        article: what it shows.
        href: its file, relative to the folder of the book.
        parts: the chapters whose pages are below its page.
    """

    article: Article
    href: str
    parts: tuple[_Chapter, ...]

    def reading(self) -> Iterator[_Chapter]:
        """Yield the chapter, then what is below it."""
        yield self
        for part in self.parts:
            yield from part.reading()


@dataclass(frozen=True)
class _Surroundings:
    """What a chapter's links and pictures lead to.

    Attributes:
        site: the folder that holds the built site.
        address: where the site is on the internet, ending in a slash; empty if that is not known.
        files: the chapters' files by the URLs of their articles.
    """

    site: Path
    address: str
    files: Mapping[str, str]


def write_epub(  # noqa: PLR0913 - a book has a name, a content and a place, and all are needed
    title: str, identifier: str, articles: Sequence[Article], target: Path, /, *, site: Path, address: str, cover: bytes
) -> None:
    """Write an e-book.

    Args:
        title: the title of the book.
        identifier: what libraries tell the book by; the same for each release of it.
        articles: its chapters; those of pages below another's are put behind that one.
        target: the file.
        site: the folder that holds the built site, for pictures.
        address: where the site is on the internet, for links out of the book; empty if that is not known.
        cover: the picture that shelves show of it, a PNG.

    Raises:
        DownloadError: for an element that e-books are not known to show, or a picture without text or file.
        CheckFailedError: if anything could run in a chapter.
    """
    chapters = _arranged(articles)
    reading = [chapter for first in chapters for chapter in first.reading()]
    address = f"{address.rstrip('/')}/" if address else ""
    around = _Surroundings(site, address, {chapter.article.url: chapter.href for chapter in reading})
    pictures: dict[str, bytes] = {}
    texts = [(chapter, _text(chapter.article, around, pictures)) for chapter in reading]

    templates = Environment(
        loader=PackageLoader("handbook.downloads.epub"), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )
    templates.filters["written_date"] = written_date
    templates.globals.update(
        title=title,
        identifier=identifier,
        address=address,
        identity=identity,
        time=build_time(),
        chapters=chapters,
        reading=reading,
        drawn={chapter.href for chapter, text in texts if _DRAWING in text},
        pictures={name: _PICTURES[posixpath.splitext(name)[1]] for name in pictures},
    )
    write_zip(_files(templates, texts, {_COVER: cover, **pictures}), target)


def _arranged(articles: Sequence[Article]) -> tuple[_Chapter, ...]:
    """Put each article below the nearest one in the book whose address begins its own; none is below the front page."""
    known = {article.url for article in articles}
    below: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        above = _folder(article.url)
        while above and above not in known:
            above = _folder(above)
        below[above].append(article)

    def chapters(url: str) -> tuple[_Chapter, ...]:
        return tuple(_Chapter(a, _chapter_file(a.url), chapters(a.url) if a.url else ()) for a in below[url])

    return chapters("")


def _folder(url: str) -> str:
    """Return the URL above another.

    >>> _folder("prisons/release/"), _folder("prisons/")
    ('prisons/', '')
    """
    above = posixpath.dirname(url.rstrip("/"))
    return above and f"{above}/"


def _chapter_file(url: str) -> str:
    return f"pages/{url.rstrip('/') or 'index'}.xhtml"


def _files(
    templates: Environment, texts: Sequence[tuple[_Chapter, str]], pictures: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield everything in the archive; what it is comes first."""

    def made(template: str, **values: object) -> bytes:
        return templates.get_template(f"{template}.jinja").render(values).encode()

    yield "mimetype", b"application/epub+zip"
    for name, template in (
        ("META-INF/container.xml", "container"),
        (f"{_BOOK}/package.opf", "package"),
        (f"{_BOOK}/book.css", "style"),
        (f"{_BOOK}/title.xhtml", "title"),
        (f"{_BOOK}/nav.xhtml", "nav"),
    ):
        yield name, made(template)
    for chapter, text in texts:
        root = posixpath.relpath(".", posixpath.dirname(chapter.href))
        content = made("chapter", heading=chapter.article.title, root=root, text=Markup(text))  # noqa: S704 - made by lxml
        require_inert(etree.fromstring(content), chapter.href)
        yield f"{_BOOK}/{chapter.href}", content
    for name, content in pictures.items():
        yield f"{_BOOK}/{name}", content


def _text(article: Article, around: _Surroundings, pictures: dict[str, bytes]) -> str:
    """Convert an article to XHTML, and put the pictures that it shows among `pictures`."""
    content = deepcopy(article.content)
    content.tag = "section"
    for element in content.xpath(_ON_SCREEN_ONLY):
        _drop(element)
    drawings = list(content.iter("svg"))
    kept = {part for drawing in drawings for part in drawing.iter()}
    for element in list(content.iter()):
        if element not in kept:
            _simplify(element, article)
    for box in list(content.iter("input")):
        box.tail = f"{_TICKED if 'checked' in box.attrib else _UNTICKED}{(box.tail or '').lstrip()}"
        box.drop_tree()
    for link in list(content.iter("a")):
        _redirect(link, article, around)
    for picture in content.iter("img"):
        _take_in(picture, article, around, pictures)
    for drawing in drawings:
        drawing.addprevious(as_svg(drawing))  # type: ignore[arg-type]  # lxml takes any kind of element
        drawing.drop_tree()
    return etree.tostring(content, encoding="unicode")


def _drop(element: HtmlElement) -> None:
    """Drop an element, and its heading where nothing else stands under that."""
    heading, following = element.getprevious(), element.getnext()
    if heading is not None and heading.tag in _HEADINGS and (following is None or following.tag in _HEADINGS):
        heading.drop_tree()
    element.drop_tree()


def _simplify(element: HtmlElement, article: Article) -> None:
    """Keep of an element what e-books have a use for."""
    tag = _READERS_LACK.get(str(element.tag), str(element.tag))
    is_box = tag == "input" and element.get("type") == "checkbox"
    if not is_box and tag not in _ELEMENTS:
        message = (
            f"e-books are not known to show <{tag}>; write it otherwise, or teach 'handbook/downloads/epub/book.py'"
        )
        raise DownloadError([element_problem(article.file, element, message)])
    element.tag = tag
    for name in element.keys():  # noqa: SIM118 - an element iterates over its children
        if name not in _ATTRIBUTES:
            del element.attrib[name]
    if language := element.get("lang"):
        element.set(_XML_LANG, language)


def _redirect(link: HtmlElement, article: Article, around: _Surroundings) -> None:
    """Lead a link to the chapter in the book, else to the site, else leave only its text."""
    href = link.get("href")
    if href is None:
        link.drop_tag()
        return
    target = resolve(href, article.url)
    if target is None:
        return
    fragment = f"#{target.fragment}" if target.fragment else ""
    if target.url in around.files:
        link.set("href", f"{_way(article, around.files[target.url])}{fragment}")
    elif around.address:
        link.set("href", f"{around.address}{target.url}{fragment}")
    else:
        link.drop_tag()


def _take_in(picture: HtmlElement, article: Article, around: _Surroundings, pictures: dict[str, bytes]) -> None:
    """Put a picture's file into the book and lead to it there."""
    source = picture.get("src", "")
    if not picture.get("alt"):
        message = f"the picture '{source}' has no alternative text; say in a few words what it shows"
        raise DownloadError([element_problem(article.file, picture, message)])
    found = resolve(source, article.url)
    if not found or posixpath.splitext(found.url)[1] not in _PICTURES or not (around.site / found.url).is_file():
        kinds = ", ".join(_PICTURES)
        message = f"the picture '{source}' is no file of the site that e-books can show ({kinds}); correct its address"
        raise DownloadError([element_problem(article.file, picture, message)])
    name = f"pictures/{found.url}"
    pictures[name] = (around.site / found.url).read_bytes()
    picture.set("src", _way(article, name))


def _way(article: Article, name: str) -> str:
    return relative(name, _chapter_file(article.url))
