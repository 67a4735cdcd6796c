"""A rendered page as a sequence of steps, of which two can be compared: elements that begin and end, and words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

LINE = "data-line"
"""The attribute that tells an element's line in the body, counted from 0."""

MARKED = "\ue000"
"""Stands in words where a mark was that need not be compared; pages may not have it."""


class Event(NamedTuple):
    """A step through a rendered page.

    Attributes:
        name: of the element that begins, or of the one that ends with a slash before it; empty for words.
        words: the words, or what else there is to compare: where a link leads, the number at which a list begins.
        is_first: whether a paragraph, an item or the like begins here.
        is_code: whether the words are code.
        line: line of the body on which it stands, counted from 0; only the second reading knows it.
    """

    name: str
    words: str
    is_first: bool
    is_code: bool
    line: int

    @property
    def compared(self) -> tuple[object, ...]:
        """What two readings must share, whatever white space they have."""
        return self.name, self.words.split(), self.is_first, self.is_code

    def describe(self) -> str:
        """Say in a few words what a reader sees here."""
        if not self.name:
            return f"the words '{_shortened(self.words)}'"
        name = self.name.removeprefix("/")
        return f"{'the end of ' if name != self.name else ''}{_NAMES.get(name, f'a <{name}>')}"


_NAMES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "a heading"),
    "a": "a link",
    "blockquote": "a quotation",
    "br": "a new line",
    "code": "code",
    "div": "a box",
    "em": "stress by '*'",
    "hr": "a rule",
    "img": "an image",
    "input": "a box to tick",
    "li": "an item of a list",
    "note": "the mark of a footnote",
    "ol": "a list with numbers",
    "pre": "code on lines of its own",
    "strong": "bold type",
    "table": "a table",
    "td": "a cell",
    "th": "a cell of a table's head",
    "tr": "a row of a table",
    "ul": "a list",
}

_TRANSPARENT = frozenset({"html", "label", "p", "section", "span", "tbody", "thead"})
"""Elements that one parser makes and the other does not, or that readers do not see."""

_INLINE = frozenset(
    {
        "a",
        "abbr",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "img",
        "input",
        "kbd",
        "label",
        "mark",
        "note",
        "s",
        "small",
    }
    | {"span", "strong", "sub", "sup", "time"}
)

_LEFT_OUT = frozenset({"footnote-backref", "headerlink"})
_UNSEEN = frozenset({"footnote", "highlight"})
"""Classes of what each parser adds in a way of its own: with all that it holds, or around what it holds."""


def _shortened(words: str) -> str:
    return textwrap.shorten(words.replace(MARKED, ""), 40, placeholder=" …")


def find_events(rendered: str) -> Sequence[Event]:
    """Return the steps through the HTML of a page."""
    walk = _Walk()
    whole = html.fragment_fromstring(rendered, create_parent="html")
    _nest_alike(whole)
    walk.go_into(whole)
    return walk.events


def _nest_alike(whole: HtmlElement) -> None:
    """Let `em` stand around `strong` where both have the same words, as readers see no difference."""
    for inner in whole.xpath("descendant::strong/em[not(preceding-sibling::*|following-sibling::*)]"):
        outer = inner.getparent()
        if not (outer.text or inner.tail):
            outer.tag, inner.tag = inner.tag, outer.tag


def _compared(element: HtmlElement) -> str:
    """Return what an element says besides the words in it."""
    if element.tag == "ol":
        return element.get("start", "1")
    if element.tag == "input":
        return "ticked" if "checked" in element.attrib else ""
    said = [element.get(name, "") for name in ("href", "src", "alt", "title")]
    return " ".join(map(unquote, said)) if any(said) else ""


def _is_mark_of_note(element: HtmlElement) -> bool:
    return element.tag == "sup" and any("footnote-ref" in child.get("class", "") for child in element)


class _Walk:
    """Goes through a rendered page; holds what has been met so far."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._is_first = True
        self._line = 0

    def go_into(self, element: HtmlElement) -> None:
        """Note an element, all in it and the words behind it."""
        kinds = element.get("class", "").split()
        name = element.tag
        if isinstance(name, str) and _LEFT_OUT.isdisjoint(kinds):
            self._line = int(element.get(LINE, self._line))
            if "footnote-ref" in kinds:
                self._add("note", element.text_content().strip("[]").partition(":")[0])
            else:
                self._go_into(element, name, kinds)
        self._say(element.tail)

    def _go_into(self, element: HtmlElement, name: str, kinds: list[str]) -> None:
        is_block = name not in _INLINE and not (self.events and self.events[-1].name == "/input")
        is_noted = (
            name not in _TRANSPARENT and (name != "div" or _UNSEEN.isdisjoint(kinds)) and not _is_mark_of_note(element)
        )
        self._is_first |= is_block
        if is_noted:
            self._add(name, _compared(element))
        self._is_first |= is_block
        if name == "pre":
            self._add("", element.text_content().strip("\n"), is_code=True)
        else:
            self._say(element.text, is_code=name == "code")
            for child in element:
                self.go_into(child)
        self._is_first |= is_block
        if is_noted:
            self._add(f"/{name}")
        self._is_first = is_block or (self._is_first and name != "input")

    def _say(self, words: str | None, *, is_code: bool = False) -> None:
        if words and not words.isspace():
            self._add("", words, is_code=is_code)
            self._line += words.count("\n")

    def _add(self, name: str, words: str = "", *, is_code: bool = False) -> None:
        self.events.append(Event(name, words, self._is_first, is_code, self._line))
        self._is_first = False
