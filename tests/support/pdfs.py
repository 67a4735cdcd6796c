"""What PDFs hold, read back by programs that did not write them."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pikepdf
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel."""


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of the structure tree, in reading order."""
    waiting: list[pikepdf.Object] = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += reversed(list(element))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            waiting += [element["/K"]] if "/K" in element else []


def count_tags(path: Path) -> Counter[str]:
    """Count a PDF's tags by kind."""
    with pikepdf.open(path) as pdf:
        return Counter(str(tag["/S"]) for tag in tags(pdf))


def addresses(path: Path) -> set[str]:
    """Return the addresses that a PDF links to."""
    with pikepdf.open(path) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}


def inner_links(path: Path) -> list[tuple[int, int]]:
    """Return pairs of the page that has a link and the page that it leads to, in the same PDF."""
    with pikepdf.open(path) as pdf:
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        number = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [
            (number[page.obj.objgen], number[_place(note.Dest, named).objgen])
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/Dest" in note
        ]


def _place(destination: pikepdf.Object, named: pikepdf.NameTree) -> pikepdf.Object:
    return destination[0] if isinstance(destination, pikepdf.Array) else named[str(destination)][0]


def bookmarks(path: Path) -> list[str]:
    """Yield the titles of a PDF's bookmarks, in order."""

    def titles(items: Sequence[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from titles(item.children)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return list(titles(outline.root))


def words(path: Path) -> str:
    """Return what a PDF says, on one line."""
    return " ".join(_text(path).split())


def sheets(path: Path) -> list[str]:
    """Return what each page of a PDF says, on one line."""
    return [" ".join(sheet.split()) for sheet in _text(path).split("\f")[:-1]]


def _text(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.fail("pdftotext is missing; 'make setup' installs poppler-utils, or says how")
    done = subprocess.run([program, path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def printed_before(chapters: Sequence[Article]) -> set[HtmlElement]:
    """Return the tables and decisions that an earlier page has too, which a book prints once."""
    embedded = [element for page in chapters for element in page.content.xpath("descendant::div[@data-once]")]
    names = [element.get("data-once") for element in embedded]
    return {element for number, element in enumerate(embedded) if names.index(names[number]) < number}
