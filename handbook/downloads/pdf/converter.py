"""The HTML of an article, said again as calls of the functions in `book.typ`.

Only elements that have a rule here can be printed. Others are reported with their place, so that nothing is lost
silently when pages learn something new.
"""

from __future__ import annotations

import copy
import math
import re
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from handbook.downloads.drawings import as_svg
from handbook.downloads.errors import element_problem
from handbook.downloads.pdf import typst_code
from handbook.downloads.pdf.links import DeadLinkError, anchor_of, once_anchor
from handbook.parsing.dialect import ALIGNMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf.links import Links
    from handbook.problems import Problem

_SPACE = re.compile(r"[ \t\n\r\f]+")

_WORD_JOINER = "\N{WORD JOINER}"
"""Keeps the number of a citation on its line; footnotes stay there without it."""

_ENDLESS = re.compile(r"\S{40}(?=\S)")
"""A word this long needs places to be divided at, or it leaves the page."""

_BREAK = "\N{ZERO WIDTH SPACE}"

_CITED_PLACE = re.compile(r"\[(\d+)(?:, (.+))?\]")

_LETTERED = re.compile(r"\s*[a-z]\) ")
"""How an answer of a quiz begins, which needs no other mark."""

_LINE = 76
"""Characters on a line of a table, at 9.5 points on 143 mm."""

_PADDING = 3
"""Characters that the space between two columns takes."""

_LONG_WORD = 20
"""Characters that a table's column keeps together; longer words may be divided."""


class Piece(NamedTuple):
    """A part of a line: either words, or code."""

    words: str
    code: str = ""


class Covered(NamedTuple):
    """A section that does what a recommendation asks: the ids of both, and the word for the degree."""

    recommendation: str
    anchor: str
    degree: str


class Item(NamedTuple):
    """An item of a list, converted."""

    code: str
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Chapter:
    """An article, converted.

    Attributes:
        article: what was converted.
        code: what the chapter consists of, below its title.
        covers: which sections do what recommendations ask.
        problems: what cannot be printed.
    """

    article: Article
    code: str
    covers: Sequence[Covered]
    problems: Sequence[Problem]


def convert(article: Article, level: int, links: Links, *, has_sources: bool) -> Chapter:
    """Convert an article.

    Args:
        article: what to convert; it is not changed.
        level: rank of its title among the book's headings.
        links: the places of the book.
        has_sources: whether its list of sources is printed too; else a list at the end of the book has them.
    """
    converter = _Converter(article, level, links, has_sources=has_sources)
    body = typst_code.block(converter.blocks(article.content))
    return Chapter(article, body, tuple(converter.covers), tuple(converter.problems))


def convert_item(article: Article, item: HtmlElement, links: Links) -> Item:
    """Convert an item of one of an article's lists, to be printed elsewhere."""
    converter = _Converter(article, 1, links, has_sources=False)
    return Item(converter.words(item), tuple(converter.problems))


class _Converter:
    """Holds what has been met so far on one page; each rule is a method that returns an element's code."""

    def __init__(self, article: Article, level: int, links: Links, *, has_sources: bool) -> None:
        self.covers: list[Covered] = []
        self.problems: list[Problem] = []
        self._has_sources = has_sources
        self._article = article
        self._level = level
        self._links = links
        self._rank = 1
        self._section = anchor_of(article.url)
        self._noted: set[str] = set()
        self._explained: set[str] = set()
        self._sources: Mapping[str, HtmlElement] = {
            item.get("id", ""): item for item in article.content.xpath("descendant::ol[@class='sources']/li")
        }
        self._footnotes: Mapping[str, HtmlElement] = {
            item.get("id", ""): item for item in article.content.xpath("descendant::div[@class='footnote']/ol/li")
        }

    def blocks(self, element: HtmlElement) -> list[str]:
        """Return the paragraphs, lists and other blocks within an element; text between them becomes paragraphs."""
        if not any(_is_block(child) for child in element):
            return [typst_code.block(_encoded(self._pieces(element)))]
        made: list[str] = []
        line: list[Piece] = [Piece(_collapsed(element.text))]
        for child in element:
            if _is_block(child):
                made += _paragraph(line)
                if self._is_left_out(child):
                    made += self._marks(child)
                else:
                    made.append(self._anchored(child, _spoken(child, _BLOCKS[_tag(child)](self, child))))
                line = []
            else:
                line += self._inline(child)
            line.append(Piece(_collapsed(child.tail)))
        return made + _paragraph(line)

    def words(self, element: HtmlElement) -> str:
        """Return the content of an element that holds words only."""
        return typst_code.block(_encoded(self._pieces(element)))

    def _body(self, element: HtmlElement) -> str:
        return typst_code.block(self.blocks(element))

    def _pieces(self, element: HtmlElement) -> Iterator[Piece]:
        yield Piece(_collapsed(element.text))
        for child in element:
            yield from self._inline(child)
            yield Piece(_collapsed(child.tail))

    def _inline(self, element: HtmlElement) -> list[Piece]:
        if "data-name" in element.attrib:
            return [Piece("", _field(element))]
        if element.get("class") == "hint":
            return [Piece("", typst_code.call("hint", self.words(element)))]
        if element.tag == "span" and not _spoken(element, "") and not element.get("id"):
            return list(self._pieces(element))
        rule = _INLINE.get(_tag(element))
        if rule is None:
            self._fault(
                element,
                "is not known to the PDFs; use another, or give it a rule in handbook/downloads/pdf/converter.py",
            )
            return []
        return [Piece("", self._anchored(element, _spoken(element, rule(self, element))))]

    def _anchored(self, element: HtmlElement, made: str) -> str:
        anchor = anchor_of(self._article.url, element.get("id", ""))
        if anchor not in self._links.wanted or element.tag in _RANKS or not element.get("id"):
            return made
        is_in_line = element.tag == "dt" or element.tag in _INLINE
        return typst_code.call("anchored-words" if is_in_line else "anchored", typst_code.text(anchor), made)

    def _marks(self, element: HtmlElement) -> Iterator[str]:
        """Yield the places of what is left out, to which links may lead all the same."""
        for name in () if _is_footnotes(element) else element.xpath("descendant-or-self::*/@id"):
            if (anchor := anchor_of(self._article.url, name)) in self._links.wanted:
                yield typst_code.call("mark", typst_code.text(anchor))

    def _fault(self, element: HtmlElement, what: str) -> None:
        kind = f".{element.get('class')}" if element.get("class") else ""
        message = f"the element '{_tag(element)}{kind}' {what}"
        self.problems.append(element_problem(self._article.file, element, message))

    def heading(self, element: HtmlElement) -> str:
        if self._is_empty_part(element):
            anchor = anchor_of(self._article.url, element.get("id", ""))
            return typst_code.call("mark", typst_code.text(anchor)) if anchor in self._links.wanted else "[]"
        rank = _RANKS[_tag(element)]
        if rank > self._rank + 1:
            self._fault(element, f"skips a level after h{self._rank}; make it h{self._rank + 1}")
        self._rank = rank
        self._section = anchor_of(self._article.url, element.get("id", ""))
        level = str(self._level + rank - 1)
        made = typst_code.call("section", level, str(rank), typst_code.text(self._section), self.words(element))
        return typst_code.block(["new-sheet", made]) if element.get("class") == "new-sheet" else made

    def _is_empty_part(self, heading: HtmlElement) -> bool:
        """Tell whether a heading has something under it on the screen, but nothing on paper."""
        under = list(takewhile(lambda e: e.tag not in _RANKS, heading.itersiblings()))
        body = [element for element in under if element.get("class") not in _FOOT_OF_PAGE]
        return bool(body) and all(self._is_left_out(element) for element in body)

    def _is_left_out(self, element: HtmlElement) -> bool:
        kinds = set(element.get("class", "").split())
        is_gathered = element.tag == "ol" and "sources" in kinds and not self._has_sources
        return is_gathered or _is_footnotes(element) or not _ON_SCREEN_ONLY.isdisjoint(kinds)

    def paragraph(self, element: HtmlElement) -> str:
        kind = element.get("class", "")
        if kind == "covers":
            return self._covered(element)
        usual = "lead" if _is_lead(element) else "par"
        return typst_code.call(_PARAGRAPHS.get(kind, usual), self.words(element))

    def _covered(self, element: HtmlElement) -> str:
        names = element.get("data-covers", "").split()
        degree = element.get("data-degree", "")
        self.covers += (Covered(name, self._section, degree) for name in names)
        return typst_code.call("covers", typst_code.array(map(typst_code.text, names)), self.words(element))

    def unordered(self, element: HtmlElement) -> str:
        items = typst_code.array(self._items(element))
        if element.get("class") == "task-list":
            return typst_code.call("ticked", items)
        if all(_LETTERED.match(item.text_content()) for item in element):
            return typst_code.call("list", f"..{items}", marker="none")
        return typst_code.call("list", f"..{items}")

    def ordered(self, element: HtmlElement) -> str:
        items = typst_code.array(self._items(element))
        kind = element.get("class")
        if kind == "sources":
            return typst_code.call("sources", items)
        return typst_code.call("list" if kind == "timeline" else "enum", f"..{items}")

    def _items(self, element: HtmlElement) -> Iterator[str]:
        for item in element:
            if item.tag == "li":
                yield self._anchored(item, self._body(item))
            else:
                self._fault(item, "stands in a list without an 'li' around it")

    def definitions(self, element: HtmlElement) -> str:
        terms, meanings = list(element.iter("dt")), list(element.iter("dd"))
        if len(terms) != len(meanings):
            self._fault(element, "needs one 'dd' after each 'dt'")
        if element.get("class") == "form":
            pairs = zip(terms, meanings, strict=False)
            cells = (made for dt, dd in pairs for made in (self.words(dt), self._body(dd)))
            return typst_code.call("form-fields", typst_code.array(cells))
        items = (
            typst_code.call("terms.item", self._anchored(term, self.words(term)), self._body(meaning))
            for term, meaning in zip(terms, meanings, strict=False)
        )
        return typst_code.call("strip" if element.get("class") == "strip" else "definitions", typst_code.array(items))

    def division(self, element: HtmlElement) -> str:
        kinds = element.get("class", "").split()
        if not kinds or not _GROUPS.isdisjoint(kinds):
            return self._body(element)
        if "once" in kinds:
            return self._once(element)
        if "scan" in kinds:
            return typst_code.call("scan", *self.blocks(element))
        if "admonition" in kinds:
            return typst_code.call("callout", self._body(element))
        if "card" in kinds:
            return self._anchored(element, typst_code.call("card", self._body(element)))
        self._fault(
            element, "is not known to the PDFs; use another, or give it a rule in handbook/downloads/pdf/converter.py"
        )
        return "[]"

    def _once(self, element: HtmlElement) -> str:
        """Return what several pages embed where the book has it, and elsewhere its title and the page's number."""
        name = element.get("data-once", "")
        anchor = once_anchor(name)
        if self._links.once.get(name, self._article.url) != self._article.url or anchor in self._noted:
            title = typst_code.text(element.get("data-title", ""))
            return typst_code.call("elsewhere", title, typst_code.text(anchor))
        self._noted.add(anchor)
        return typst_code.call("anchored", typst_code.text(anchor), self._body(element))

    def card(self, element: HtmlElement) -> str:
        kind = element.get("class")
        if kind is None:
            return self._body(element)
        if kind != "card":
            self._fault(element, "is not known to the PDFs; the one kind of section that they have is 'card'")
        self._rank = 1
        return typst_code.call("card", self._body(element))

    def table(self, element: HtmlElement) -> str:
        for cell in element.xpath("descendant::*[@colspan or @rowspan]"):
            self._fault(cell, "spans several cells; give each row and column its own")
        head = element.xpath("thead/tr/*")
        rows = element.xpath("tbody/tr")
        if not head or any(len(row) != len(head) for row in rows):
            self._fault(element, "needs one header row and as many cells in each row as there")
            return "[]"
        caption = element.find("caption")
        columns = [_Column.of(cells) for cells in zip(head, *rows, strict=True)]
        if "form" in element.get("class", "").split() and caption is not None:
            is_empty = bool(element.xpath("descendant::*[@data-name]"))
            return typst_code.call(
                "form-table",
                typst_code.array(["1fr"] * len(head) if is_empty else _widths(columns)),
                typst_code.array(self._body(cell) for cell in head),
                typst_code.array(self._body(cell) for row in rows for cell in row),
                self.words(caption),
            )
        return typst_code.call(
            "grid-table",
            typst_code.array(_widths(columns)),
            typst_code.array(f"{ALIGNMENTS.get(cell.get('class', ''), 'left')} + top" for cell in head),
            typst_code.array(self._anchored(cell, self._body(cell)) for cell in head),
            typst_code.array(self._cell(cell, row) for row in rows for cell in row),
            "none" if caption is None else self.words(caption),
            crowded="true" if sum(column.word for column in columns) > _LINE else "false",
            repeats="false" if element.xpath("thead//a") else "true",
        )

    def _cell(self, cell: HtmlElement, row: HtmlElement) -> str:
        """Return the code of a cell; the first one has the place of its row, which is nothing by itself."""
        body = self._anchored(cell, self._body(cell))
        made = typst_code.call("strong", body) if cell.tag == "th" else body
        return self._anchored(row, made) if cell is row[0] else made

    def folded(self, element: HtmlElement) -> str:
        hidden = copy.deepcopy(element)
        summary = hidden.find("summary")
        if summary is None:
            self._fault(element, "has no 'summary'; say what it holds")
            return "[]"
        title = self._anchored(summary, self.words(summary))
        summary.drop_tree()
        return typst_code.call("folded", title, self._body(hidden))

    def figure(self, element: HtmlElement) -> str:
        """Return each drawing by itself, with its name and description to be read aloud, then the caption."""
        made = [self._drawing(drawing) for drawing in element.iterfind("svg")]
        made += [typst_code.call("caption", self.words(caption)) for caption in element.iterfind("figcaption")]
        return typst_code.block(made)

    def _drawing(self, element: HtmlElement) -> str:
        told = ". ".join(part.text or "" for part in element if part.tag in {"title", "desc"})
        if not told:
            self._fault(element, "has neither 'title' nor 'desc'; say what it shows")
        source = etree.tostring(as_svg(element), encoding="unicode")
        return typst_code.call("drawing", typst_code.text(source), alt=typst_code.text(told))

    def picture(self, element: HtmlElement) -> str:
        """Return a picture of a file; its bytes stand in the code, because typst may read no file of the site."""
        source, told = element.get("src", ""), element.get("alt", "")
        file = self._links.file(self._article.url, source)
        if not told:
            self._fault(element, f"'{source}' has no alternative text; say in a few words what it shows")
        if file.suffix not in _PICTURES or not file.is_file():
            kinds = ", ".join(_PICTURES)
            self._fault(element, f"shows '{source}', which is no picture of the site ({kinds}); correct its address")
            return "[]"
        data = typst_code.call("bytes", typst_code.array(map(str, file.read_bytes())))
        return typst_code.call("picture", data, typst_code.text(_PICTURES[file.suffix]), typst_code.text(told))

    def quotation(self, element: HtmlElement) -> str:
        return typst_code.call("quote", self._body(element), block="true")

    def rule(self, _: HtmlElement) -> str:
        return typst_code.call("line", length="100%")

    def listing(self, element: HtmlElement) -> str:
        return typst_code.call("listing", typst_code.text(element.text_content().rstrip("\n")))

    def emphasis(self, element: HtmlElement) -> str:
        if len(element) == 1 and _is_footnote(element[0]):
            return self.link(element[0])
        return typst_code.call(_EMPHASES[_tag(element)], self.words(element))

    def abbreviation(self, element: HtmlElement) -> str:
        """Return an abbreviation, with its long form behind it the first time; on paper nothing can be pointed at."""
        long = element.get("title", "")
        if not long or long in self._explained:
            return self.words(element)
        self._explained.add(long)
        return typst_code.block([self.words(element), typst_code.text(f" ({long})")])

    def fixed(self, element: HtmlElement) -> str:
        return typst_code.call("raw", typst_code.text(element.text_content()))

    def time(self, element: HtmlElement) -> str:
        return self.words(element)

    def title(self, element: HtmlElement) -> str:
        return typst_code.call("emph", self.words(element))

    def line_break(self, _: HtmlElement) -> str:
        return "linebreak()"

    def box(self, element: HtmlElement) -> str:
        if not element.xpath("(.. | ../parent::li)[@class='task-list-item']"):
            self._fault(element, "is not the box of a task list")
        return typst_code.text("\N{CHECK MARK}" if "checked" in element.attrib else "")

    def link(self, element: HtmlElement) -> str:
        if element.get("class") == "cite":
            return self._citation(element)
        if _is_footnote(element):
            return self._footnote(element)
        body, target = self.words(element), element.get("href")
        if target is None:
            return body
        try:
            return self._links.code(self._article.url, target, body)
        except DeadLinkError:
            self._fault(element, f"leads to '{target}', a place that its page does not have; correct the link")
            return body

    def _citation(self, element: HtmlElement) -> str:
        """Return a footnote at the first citation of a source, and its number at the others."""
        source = element.get("href", "").removeprefix("#")
        cited = _CITED_PLACE.fullmatch(element.text_content())
        if source not in self._sources or cited is None:
            self._fault(element, f"cites '{element.get('href')}', which is not in the page's list of sources")
            return "[]"
        number, pinpoint = cited.groups()
        anchor, shown = typst_code.text(anchor_of(self._article.url, f"note-{number}")), typst_code.text(number)
        if source in self._noted:
            made = typst_code.call("note-again", anchor, shown)
        else:
            self._noted.add(source)
            made = typst_code.call("note", anchor, shown, self._note(self._sources[source]))
        between = [typst_code.call("super", typst_code.text(", "))] if _follows_citation(element) else []
        exact = [typst_code.call("super", typst_code.text(f" ({pinpoint})"))] if pinpoint else []
        return typst_code.block([*between, made, *exact])

    def _footnote(self, element: HtmlElement) -> str:
        """Return a footnote of the page's own, with a letter, since citations have the numbers."""
        name, number = element.get("href", "").removeprefix("#"), int(element.text_content())
        anchor, shown = typst_code.text(anchor_of(self._article.url, name)), typst_code.text(_lettered(number))
        if name in self._noted:
            return typst_code.call("note-again", anchor, shown)
        self._noted.add(name)
        said = copy.deepcopy(self._footnotes[name])
        for way_back in said.xpath("descendant::a[@class='footnote-backref']"):
            way_back.drop_tree()
        first, *more = said
        noted = typst_code.block([self.words(first), *map(self._body, more)])
        return typst_code.call("note", anchor, shown, noted)

    def _note(self, source: HtmlElement) -> str:
        """Return a source's authors, title and publisher; the list of sources says more."""
        shown = copy.deepcopy(source)
        for remark in shown.xpath("span[@class='kind' or @class='note']"):
            remark.drop_tree()
        etree.strip_tags(shown, "a")
        return self.words(shown)


_RANKS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_PARAGRAPHS = {
    "about": "trail",
    "admonition-title": "box-title",
    "area": "trail",
    "invented": "callout",
    "notice": "callout",
    "origin": "trail",
    "review": "review",
    "summary": "summary",
}

_ON_SCREEN_ONLY = frozenset({"downloads", "screen-only", "sortable"})
"""Classes of what is of no use on paper: the offer of the page as a PDF, and tables of everything, to be sorted."""

_GROUPS = frozenset({"answer", "groups", "highlight", "situations"})
"""Classes of what stands together for the screen or for scripts."""

_FOOT_OF_PAGE = frozenset({"notice", "review"})
"""Classes of what stands at the end of a page, under no heading of its own."""

_PICTURES = {".gif": "gif", ".jpg": "jpg", ".png": "png", ".svg": "svg", ".webp": "webp"}

_EMPHASES = {"strong": "strong", "em": "emph", "sub": "sub", "sup": "super"}

_BLOCKS: Mapping[str, Callable[[_Converter, HtmlElement], str]] = {
    **dict.fromkeys(_RANKS, _Converter.heading),
    "blockquote": _Converter.quotation,
    "details": _Converter.folded,
    "div": _Converter.division,
    "figure": _Converter.figure,
    "dl": _Converter.definitions,
    "hr": _Converter.rule,
    "ol": _Converter.ordered,
    "p": _Converter.paragraph,
    "pre": _Converter.listing,
    "section": _Converter.card,
    "table": _Converter.table,
    "ul": _Converter.unordered,
}

_INLINE: Mapping[str, Callable[[_Converter, HtmlElement], str]] = {
    **dict.fromkeys(_EMPHASES, _Converter.emphasis),
    **dict.fromkeys(("dfn", "kbd", "mark", "small", "span"), _Converter.words),
    "a": _Converter.link,
    "abbr": _Converter.abbreviation,
    "br": _Converter.line_break,
    "cite": _Converter.title,
    "code": _Converter.fixed,
    "img": _Converter.picture,
    "input": _Converter.box,
    "time": _Converter.time,
}


def _field(element: HtmlElement) -> str:
    """Return the code of a field to fill in; what is written there already is a box that is ticked or not."""
    kind = element.get("data-kind", "tick")
    name, label = element.get("data-name", ""), element.get("data-label", "")
    return typst_code.call("field", *map(typst_code.text, (kind, name, label, element.text_content().strip())))


def _tag(element: HtmlElement) -> str:
    return str(element.tag)


def _is_block(element: HtmlElement) -> bool:
    return _tag(element) in _BLOCKS


def _is_footnote(element: HtmlElement) -> bool:
    return element.get("class") == "footnote-ref"


def _is_footnotes(element: HtmlElement) -> bool:
    """Tell whether an element is the list of all footnotes, each of which is printed where it is referred to."""
    return element.tag == "div" and element.get("class") == "footnote"


def _lettered(number: int) -> str:
    """Return a number as letters, as spreadsheets name columns.

    >>> _lettered(1), _lettered(26), _lettered(27)
    ('a', 'z', 'aa')
    """
    before, last = divmod(number - 1, len(ascii_lowercase))
    return (_lettered(before) if before else "") + ascii_lowercase[last]


def _spoken(element: HtmlElement, made: str) -> str:
    """Let an element's words be read aloud in its language, and run in its direction, where it names them."""
    language, _, region = element.get("lang", "").partition("-")
    options = {"lang": language, "region": region}
    named = {name: typst_code.text(value) for name, value in options.items() if value}
    if direction := element.get("dir"):
        named["dir"] = direction
    return typst_code.call("text", made, **named) if named else made


def _is_lead(element: HtmlElement) -> bool:
    """Tell whether a line right below a heading, such as "Who: case manager", would stand alone with it on a page."""
    before = element.getprevious()
    return before is not None and before.tag in _RANKS and len(element.text_content()) < _LINE


def _follows_citation(element: HtmlElement) -> bool:
    """Tell whether nothing stands between a citation and the one before, so that their numbers would be read as one."""
    before = element.getprevious()
    return (
        before is not None
        and before.get("class") == "cite"
        and not (before.tail or "").replace(_WORD_JOINER, "").strip()
    )


def _collapsed(words: str | None) -> str:
    if not words:
        return ""
    return _ENDLESS.sub(lambda found: found[0] + _BREAK, _SPACE.sub(" ", words).replace(_WORD_JOINER, ""))


def _paragraph(line: list[Piece]) -> list[str]:
    encoded = _encoded(iter(line))
    return [typst_code.call("par", typst_code.block(encoded))] if encoded else []


def _encoded(pieces: Iterator[Piece]) -> list[str]:
    """Return code for a line's pieces: without space at its ends, and with no space after another."""
    made: list[str] = []
    words = ""
    at_start = True
    for piece in pieces:
        if piece.code:
            if words:
                made.append(typst_code.text(words))
            made.append(piece.code)
            words, at_start = "", False
            continue
        is_spaced = words.endswith(" ") or (at_start and not words)
        words += piece.words.lstrip(" ") if is_spaced else piece.words
    if words.rstrip(" "):
        made.append(typst_code.text(words.rstrip(" ")))
    return made


class _Column(NamedTuple):
    """What the cells of a table's column need, in characters: for their longest word, and on one line."""

    word: int
    line: int

    @classmethod
    def of(cls, cells: Iterable[HtmlElement]) -> _Column:
        texts = [" ".join(cell.text_content().split()) for cell in cells]
        longest = max((len(word) for text in texts for word in text.split()), default=0)
        return cls(min(longest, _LONG_WORD) + _PADDING, max(map(len, texts), default=0) + _PADDING)


def _widths(columns: Sequence[_Column]) -> Iterator[str]:
    """Share a table's width: room for each longest word, and the rest by the root of what is lacking."""
    rest = max(_LINE - sum(column.word for column in columns), 0)
    lacks = [math.sqrt(max(column.line - column.word, 0)) for column in columns]
    for column, lack in zip(columns, lacks, strict=True):
        yield f"{column.word + rest * lack / (sum(lacks) or 1):.1f}fr"
