"""A page begun from a document of a word processor: its words under the parts that a page of guidance has.

The only module that knows mammoth, which makes HTML of such a document by its styles.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ExpatError

import mammoth
from lxml import html

from handbook.limits import LARGEST_DOCUMENT
from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class DocumentError(HandbookError):
    """Raised for a file that is no such document."""


class Part(NamedTuple):
    """A heading of the document, empty before the first, and the Markdown below it."""

    title: str
    text: str


class WordDocument(NamedTuple):
    """What a document holds: its parts in their order, and how many pictures had to be left out."""

    parts: Sequence[Part]
    pictures: int


_HEADINGS = {f"h{level}" for level in range(1, 7)}
_MARKUP = re.compile(r"[\\`*_\[\]|~]")

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, ExpatError)
"""What comes of reading a file that is no document or a damaged one, or holds tables hundreds deep."""


def read_document(file: Path) -> WordDocument:
    """Read a document of Word (`.docx`, Office Open XML).

    Raises:
        DocumentError: if it is none, or has more than a page can hold.
        OSError: from the disk.
    """
    try:
        words = _without_pictures(file)
        made = mammoth.convert_to_html(words, convert_image=_NO_PICTURE, ignore_empty_paragraphs=True).value
    except _DAMAGES as error:
        message = f"'{file}' is no document of Word; save it as .docx, and then import that file"
        raise DocumentError(message) from error
    body = html.fragment_fromstring(made, create_parent="div")
    parts: list[tuple[str, list[str]]] = [("", [])]
    for element in body:
        if element.tag in _HEADINGS:
            parts.append((" ".join(str(element.text_content()).split()), []))
        else:
            parts[-1][1].extend(_blocks(element))
    found = [Part(title, "\n\n".join(filter(None, blocks))) for title, blocks in parts]
    return WordDocument([part for part in found if part.title or part.text], sum(1 for _ in body.iter("img")))


_NO_PICTURE = mammoth.images.img_element(lambda _: {"src": ""})


def _without_pictures(file: Path) -> BytesIO:
    """Return the document's parts of XML alone, once they are known to be no larger than what people write."""
    with zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        if sum(part.file_size for part in parts) > LARGEST_DOCUMENT:
            message = f"'{file}' holds more than {LARGEST_DOCUMENT // 1000} KB of text; make several documents of it"
            raise DocumentError(message)
        kept = BytesIO()
        with zipfile.ZipFile(kept, "w") as copy:
            for part in parts:
                copy.writestr(part, archive.read(part))
    return kept


def with_document(skeleton: str, document: WordDocument) -> str:
    """Return the text of a new page with what the document says, in place of what was to be written there.

    A part of the document that is called as one of the page goes there; others become sections at the end of *Steps*,
    so that no word is lost.
    """
    head, *sections = re.split(r"^(?=## )", skeleton, flags=re.MULTILINE)
    titles = [section.split("\n", 1)[0].removeprefix("## ") for section in sections]
    by_title = {title.casefold(): position for position, title in enumerate(titles)}
    steps = by_title.get("steps", len(sections) - 1)
    for part in document.parts:
        place = by_title.get(part.title.casefold()) if part.text else None
        if place is not None:
            sections[place] = f"## {titles[place]}\n\n{part.text}\n\n"
    for part in document.parts:
        if part.title.casefold() not in by_title and (part.title or part.text):
            title = part.title or "To be written: what the document begins with"
            sections[steps] += f"### {title}\n\n{part.text}\n\n"
    return head + "".join(sections).rstrip() + "\n"


def _blocks(element: html.HtmlElement) -> Iterator[str]:
    match element.tag:
        case "ul" | "ol":
            yield "\n".join(_items(element, 0))
        case "table":
            yield "\n".join(_rows(element))
        case _:
            yield _inline(element)


def _items(element: html.HtmlElement, depth: int) -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("li"), 1):
        mark = "-" if element.tag == "ul" else f"{number}."
        yield f"{'    ' * depth}{mark} {_inline(item)}"
        for inner in item.iterchildren("ul", "ol"):
            yield from _items(inner, depth + 1)


def _rows(element: html.HtmlElement) -> Iterator[str]:
    rows = [[_inline(cell) for cell in row.iterchildren("td", "th")] for row in element.iter("tr")]
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"
        if not number:
            yield f"|{' --- |' * width}"


def _inline(element: html.HtmlElement) -> str:
    """Return the words of an element on one line, with emphasis and links, and without the lists in it."""
    words = _escaped(element.text)
    for child in element:
        if child.tag in {"ul", "ol"}:
            continue
        inner, tail = _inline(child), _escaped(child.tail)
        match child.tag:
            case "strong" | "em" if inner.strip():
                mark = "**" if child.tag == "strong" else "*"
                inner = f"{mark}{inner.strip()}{mark}"
            case "a" if (address := str(child.get("href", ""))).startswith(("http://", "https://", "mailto:")):
                inner = f"[{inner.strip()}]({address.replace(')', '%29').replace(' ', '%20')})"
            case "p" | "br":
                inner = f" {inner} "
        words += inner + tail
    return re.sub(r"\s+", " ", words).strip(" ") if element.tag in {"p", "li", "td", "th"} else words


def _escaped(text: str | None) -> str:
    """Return text of the document as Markdown in which nothing has a meaning."""
    plain = _MARKUP.sub(r"\\\g<0>", text or "")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;").replace("}", "&#125;")
