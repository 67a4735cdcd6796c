"""What stands behind the chapters of a book: its recommendations, its sources, and the terms of its use."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from handbook.downloads.pdf import typst_code
from handbook.downloads.pdf.converter import convert_item
from handbook.downloads.pdf.links import anchor_of
from handbook.identity import LICENCE, LICENCE_NAME, LICENCE_URL, NAME
from handbook.model.addresses import CONTRIBUTING
from handbook.model.vocabulary import DEGREES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.downloads.pdf.book import Book, Entry
    from handbook.downloads.pdf.converter import Chapter
    from handbook.downloads.pdf.links import Links
    from handbook.downloads.pdf.sources import Source
    from handbook.problems import Problem

INDEPENDENT = "Independent; not an official publication of the European Union."

Places = dict[str, list[str]]
"""Anchors of sections by the name of the degree in which they do what is asked."""


class Appendix(NamedTuple):
    """A part behind the chapters; the anchor is that of its title."""

    title: str
    anchor: str
    code: str
    problems: Sequence[Problem] = ()


def appendices(book: Book, chapters: Sequence[Chapter], sources: Sequence[Source], links: Links) -> list[Appendix]:
    """Return the parts behind the chapters, of which lists without an entry are left out."""
    found = []
    if book.entries:
        code = _recommendations(book.entries, _places(chapters))
        found.append(Appendix("List of recommendations", "list-of-recommendations", code))
    if sources:
        items = [convert_item(source.origin, source.item, links) for source in sources]
        listed = zip(sources, items, strict=True)
        code = typst_code.call("bibliography", typst_code.array(_source(s, item.code) for s, item in listed))
        problems = [problem for item in items for problem in item.problems]
        found.append(Appendix("List of sources", "list-of-sources", code, problems))
    found.append(Appendix("Licence, and how to suggest a change", "colophon", _colophon(book, links)))
    return found


def _places(chapters: Iterable[Chapter]) -> Mapping[str, Places]:
    """Return by the id of a recommendation where the chapters do what it asks."""
    found: defaultdict[str, Places] = defaultdict(dict)
    for chapter in chapters:
        for covering in chapter.covers:
            found[covering.recommendation].setdefault(covering.degree, []).append(covering.anchor)
    return found


def _recommendations(entries: Sequence[Entry], places: Mapping[str, Places]) -> str:
    return typst_code.block(
        part
        for area, of_area in groupby(entries, lambda entry: entry.area)
        for part in (_area(area), *(_entry(entry, places.get(entry.id, {})) for entry in of_area))
    )


def _area(title: str) -> str:
    return typst_code.call("area", typst_code.text(title))


def _entry(entry: Entry, places: Places) -> str:
    degrees = [
        typst_code.array((typst_code.text(degree.label), typst_code.array(map(typst_code.text, places[name]))))
        for name, degree in DEGREES.items()
        if name in places
    ]
    facts = ". ".join(filter(None, (entry.issued, entry.remark)))
    return typst_code.call(
        "recommendation",
        *map(typst_code.text, (entry.id, entry.title, anchor_of(entry.url), entry.asks, facts)),
        typst_code.array(degrees),
    )


def _source(source: Source, code: str) -> str:
    return typst_code.array((typst_code.text(source.anchor), code))


def _colophon(book: Book, links: Links) -> str:
    """Say who does not stand behind the book, what readers may do with it, and where to send what is wrong in it."""
    return typst_code.block(
        typst_code.call("par", typst_code.block(paragraph)) for paragraph in _paragraphs(book, links)
    )


def _paragraphs(book: Book, links: Links) -> Iterator[list[str]]:
    text = typst_code.text
    yield [text(f"{NAME} is independent. It is not an official publication of the European Union.")]
    if book.address:
        published = typst_code.call("link", text(book.address), text(book.address))
        yield [text("It is published at "), published, text(", where you find its newest release.")]
    licence = typst_code.call("link", text(LICENCE_URL), text(LICENCE_NAME))
    yield [
        text("The text is under the licence "),
        licence,
        text(
            f" ({LICENCE}). You may copy, print, share, translate and change it, also in paid training, if you "
            "name the source, link to the licence and say if you changed something. The documents that are cited "
            "keep their own rights."
        ),
        *_more(links, " More: ", "about/licence/", "the page on the licence"),
    ]
    yield suggestion(book, links)
    yield [text("The typefaces are Noto Sans and Noto Sans Mono, under the SIL Open Font License 1.1.")]


def suggestion(book: Book, links: Links) -> list[str]:
    """Say where to send what is wrong, and what to say of the copy in which it stands."""
    return [
        typst_code.text(
            "Found a mistake? Say which page, which sentence and what is right; if you can, name the source."
        ),
        *_mail(book),
        *_more(links, " Where to: ", CONTRIBUTING, "how to suggest a change"),
        typst_code.text(" Nothing personal about anyone's case, please."),
    ]


def _mail(book: Book) -> Iterator[str]:
    if book.contact:
        subject = urlencode({"subject": f"Suggestion: {book.state}"}, quote_via=quote)
        yield typst_code.text(" Write to ")
        yield typst_code.call(
            "link", typst_code.text(f"mailto:{book.contact}?{subject}"), typst_code.text(book.contact)
        )
        yield typst_code.text(f", with these words, by which we know what you have read: {book.state}.")


def _more(links: Links, before: str, url: str, words: str) -> Iterator[str]:
    """Yield a short sentence that leads to a page; nothing while the site has no address to print."""
    if links.address:
        yield typst_code.text(before)
        yield links.outside(url, "", typst_code.text(words))
        yield typst_code.text(f" ({links.address}{url}).")
