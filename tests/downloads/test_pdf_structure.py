"""A real pack, set in several parts and bound; what the PDF holds is counted against the pages it was made from."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pytest

from handbook.downloads.build import read_site
from handbook.downloads.pdf import print_book
from handbook.downloads.pdf.manuscript import arrange
from tests.support.pdfs import bookmarks, count_tags, printed_before, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf import Book
    from handbook.model.corpus import Corpus

LISTS = ["List of recommendations", "List of sources", "Licence, and how to suggest a change"]


class Printed(NamedTuple):
    """A PDF, and the pages that it was made from, with the terms that it explains."""

    path: Path
    book: Book
    articles: Sequence[Article]

    def count(self, xpath: str) -> int:
        """Count elements of the pages, but those that an earlier page has too."""
        again = printed_before(self.articles)
        found = (element for article in self.articles for element in article.content.xpath(xpath))
        return sum(again.isdisjoint(element.iterancestors()) for element in found)


@pytest.fixture(scope="module")
def pack(site: Path, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Print the pack of a role."""
    target = tmp_path_factory.mktemp("pack") / "pack.pdf"
    builder = read_site(site, corpus)
    book = builder.book_of(corpus.registry.packs["prison-officer"])
    print_book(book).write(target)
    return Printed(target, book, [article for article, _ in arrange(book)])


def bare(words: str) -> str:
    """Leave out spaces and hyphens, with which lines may end."""
    return re.sub(r"[\s-]", "", words)


def shown(article: Article) -> Iterator[str]:
    """Yield an article's title and headings, each on one line."""
    yield article.title
    for heading in article.content.xpath("descendant::h2[@id != 'sources'] | descendant::h3 | descendant::h4"):
        yield " ".join(heading.text_content().split())


def added(book: Book) -> Iterator[str]:
    """Yield the headings behind the chapters."""
    yield LISTS[0]
    for area in dict.fromkeys(entry.area for entry in book.entries):
        yield area
        yield from (f"{entry.id} {entry.title}" for entry in book.entries if entry.area == area)
    yield from LISTS[1:]


def test_bookmarks_are_the_headings(pack: Printed) -> None:
    """Every heading has its bookmark, in the order of the pages."""
    assert bookmarks(pack.path) == [
        *(title for article in pack.articles for title in shown(article)),
        *added(pack.book),
    ]


def test_tags_are_those_of_the_pages(pack: Printed) -> None:
    """Tables, rows, header cells, notes and figures are as many as on the pages."""
    found = count_tags(pack.path)
    again = printed_before(pack.articles)
    cited = {
        (a.url, link.get("href"))
        for a in pack.articles
        for link in a.content.xpath("descendant::a[@class='cite']")
        if again.isdisjoint(link.iterancestors())
    }
    assert found["/Table"] == pack.count("descendant::table")
    assert found["/TR"] == pack.count("descendant::tr")
    assert found["/TH"] == pack.count("descendant::thead/tr/*")
    assert found["/Note"] == len(cited)
    assert found["/Figure"] == pack.count("descendant::figure/svg | descendant::img")
    assert found["/TOCI"] == len(pack.articles) + len(LISTS) + len({entry.area for entry in pack.book.entries})
    assert found["/Document"] == 1


def test_every_place_bears_its_heading(pack: Printed) -> None:
    """A named place is on the page where its heading stands, so links, contents and bookmarks lead there."""
    pages = subprocess.run(
        [shutil.which("pdftotext") or "pdftotext", pack.path, "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    said = [bare(page) for page in pages]
    missing = []
    with pikepdf.open(pack.path) as pdf:
        number = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        places = {name: number[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    for article in pack.articles:
        headings = {
            f"{article.url}#{h.get('id')}": h
            for h in article.content.xpath("descendant::h2[@id != 'sources'] | descendant::h3")
        }
        titles = {article.url: article.title} | {
            name: " ".join(h.text_content().split()) for name, h in headings.items()
        }
        missing += [name for name, title in titles.items() if bare(title) not in said[places[name]]]
    assert missing == []


def test_links_lead_somewhere(pack: Printed) -> None:
    """Each link within the book names a place that there is, and all say where they lead."""
    with pikepdf.open(pack.path) as pdf:
        places = set(pikepdf.NameTree(pdf.Root.Names.Dests))
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        named = [link for link in links if isinstance(link.get("/Dest"), pikepdf.String)]
        assert {str(link.Dest) for link in named} <= places
        assert all(str(link.Contents) for link in links)
        assert len(named) > pack.count("descendant::a[@class='term']")
        assert all(int(link.StructParent) in pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree) for link in links)


def test_ids_of_tags_are_unique(pack: Printed) -> None:
    """Cells name their headers by id, and no two have the same."""
    with pikepdf.open(pack.path) as pdf:
        ids = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        waiting, named, owned = [pdf.Root.StructTreeRoot.K], set(), []
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += list(element)
            elif isinstance(element, pikepdf.Dictionary):
                owned += [str(element.ID)] if "/ID" in element else []
                for attributes in element.get("/A", []):
                    named |= {str(header) for header in attributes.get("/Headers", [])}
                waiting += [element.K] if "/K" in element else []
        assert len(owned) == len(set(owned)) == len(set(ids))
        assert named <= set(owned)


def test_fonts_are_embedded(pack: Printed) -> None:
    """No reader needs a font of its own."""
    program = shutil.which("pdffonts") or "pdffonts"
    listed = subprocess.run([program, pack.path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    assert [line for line in listed if not re.search(r" yes yes yes ", line)] == []


def test_words_in_reading_order(pack: Printed) -> None:
    """Headings follow one another as on the pages, and nothing of the machinery is printed."""
    said = bare(words(pack.path))
    at = said.index("Contents")
    for article in pack.articles:
        for title in shown(article):
            at = said.find(bare(title), at)
            assert at >= 0, title
    assert not re.search("\N{PILCROW SIGN}|\\{\\{|\\{%", said)


def test_page_numbers(pack: Printed) -> None:
    """Each page behind the contents says its number and how many there are."""
    with pikepdf.open(pack.path) as pdf:
        total = len(pdf.pages)
    program = shutil.which("pdftotext") or "pdftotext"
    pages = subprocess.run([program, pack.path, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[
        :-1
    ]
    numbered = {n for n, page in enumerate(pages, 1) if re.search(rf"(^|\s){n}\s*/ {total}\b", page)}
    assert len(pages) == total
    assert numbered == set(range(min(numbered), total + 1))
    assert min(numbered) <= 5


def test_checkers_find_nothing(pack: Printed) -> None:
    """Neither qpdf, which checks the file, nor pdfua, which checks what PDF/UA asks, has anything to say."""
    for program, arguments in (("qpdf", ["--check"]), ("pdfua", ["check"])):
        path = shutil.which(program) or shutil.which(program, path=Path(sys.executable).parent)
        assert path, f"{program} is missing; 'make setup' installs it, or says how"
        done = subprocess.run([path, *arguments, pack.path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
