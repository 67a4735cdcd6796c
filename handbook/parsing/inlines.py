"""Links, images, raw HTML and attribute lists of a page, each with its place.

A check needs their places, which Python-Markdown does not keep, and rendering every page would take too long. So this
reads them itself, more narrowly than Markdown does: what could be read in two ways is a problem. A test compares with
Markdown what is found here, and the gate on the built site sees what came of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from handbook.limits import MOST_NESTED
from handbook.parsing.allowed_html import (
    ALLOWED_IN_MARKDOWN,
    class_faults,
    place_fault,
    written_address_fault,
    written_faults,
)
from handbook.parsing.macro_calls import CALL
from handbook.parsing.text_files import first_invisible
from handbook.problem_kinds import ProblemKind
from handbook.problems import LineIndex, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handbook.parsing.macro_calls import Template
    from handbook.parsing.outline import Outline
    from handbook.problems import Report

_CODE = "\1"
"""Stands for each character of code."""

_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_BETWEEN_PARAGRAPHS = re.compile(r"(\n\s*\n)")

_TOKEN = re.compile(
    rf"""
    (?P<escaped> \\[\\`*_{{}}\[\]()>\#+.!-] )
    | (?P<gap>   \n [ \t]* (?=\n) )                    # between paragraphs
    | (?P<open>  !?\[ )
    | (?P<close> \] )
    | (?P<tag>   < (?= [A-Za-z/!?{CALL}] ) )
    | (?P<brace> \{{ )
    | (?P<code>  {_CODE}+ )
    | (?P<box>   (?<!\w) !!! [ ]? (?= [\w-] ) )
    """,
    re.VERBOSE,
)

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?: +[A-Za-z-]+(?:=\"[^\"<>{}\n]*\")?)*) */?>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:=\"([^\"]*)\")?")
_COMMENT = "a comment would be published with the page; delete it"
_ODD_TAG = "'<' begins HTML that cannot be told; write '<name key=\"value\">', or '&lt;', or put code in backticks"
_CODE_IN_HTML = "backticks make no code within '<{}>'; write '<code>' and '</code>', and '&lt;' for '<'"
_VOID = frozenset({"br"})
_LISTS = frozenset({"ol", "ul"})
_END_OF_LINK = re.compile(r"</a", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary[ >]")
_INLINE = frozenset(
    {"a", "abbr", "cite", "code", "dfn", "em", "kbd", "mark", "small", "span", "strong", "sub", "sup", "time"}
)
"""Elements within which Markdown goes on reading; what stands in others is published as it is."""
_AUTOLINK = re.compile(r"<(https?://[^\s<>\[\]\\`]*|[\w.+-]+@[\w.-]+)>", re.ASCII)

_BOX = re.compile(r"!!! ?([\w-]+(?: +[\w-]+)*)")

_ATTRIBUTE_LIST = re.compile(r"\{:? *(?:[#.][A-Za-z][A-Za-z0-9-]* *)+\}")

_ADDRESS = r"<([^<>\s]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)"
_TITLE = r"\"[^\"()\[\]<>\\\n]*\"|'[^'\"()\[\]<>\\\n]*'"
"""What may follow an address; Markdown reads brackets and quotes within quotes in its own way."""
_TARGET = re.compile(rf"\( *(?:{_ADDRESS})(?: +(?:{_TITLE}))? *\)")
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_DEFINITION = re.compile(
    r"""
    ^ [ \t>*+:.\d)-]* (?: \[\^[^\[\]]*\]: [ \t>*+:.\d)-]* )?    # what items, quotations and a note begin with
    \[ (?P<label>[^\[\]]+) \]: [ \t]*
    (?: (?P<address>\S+) [ \t]* (?: $ | ["'(] .* $ ) | $ )
    """,
    re.VERBOSE | re.MULTILINE,
)
_SNIPPET = re.compile(r"(?<!-)-+8<-+")
_REFERENCE = re.compile(r"&#?\w+;?", re.ASCII)
_NOTE = re.compile(r"^[ \t>*+:.\d)-]*\[\^([^\[\]]*)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image.

    Attributes:
        text: what stands in its brackets, or the image's alternative text.
        address: where it leads, as written.
        location: where it begins.
        is_image: whether it shows what is there.
    """

    text: str
    address: str
    location: Location
    is_image: bool


@dataclass(frozen=True, slots=True)
class Inlines:
    """What was found on a page: its links in their order, and the anchors that it sets besides those of headings."""

    links: tuple[Link, ...]
    anchors: frozenset[str]


def find_inlines(template: Template, outline: Outline, lines: LineIndex, first_line: int, report: Report) -> Inlines:
    """Find the links of a page; report what is no link although it looks like one, and all that pages may not have.

    Args:
        template: the page's body, without what Jinja makes of it.
        outline: its code fences.
        lines: the places of the body's offsets.
        first_line: line of the file on which the body begins.
        report: called with each problem.
    """
    text = _without_code(template.text, outline.fenced, first_line)
    reader = _Reader(text, lambda offset: lines.at(template.origin(offset)), report)
    reader.read()
    for snippet in _SNIPPET.finditer(text):
        message = (
            f"'{snippet[0]}' takes in a file in other programs, not here; write the text itself, or put it in backticks"
        )
        report(Problem(lines.at(template.origin(snippet.start())), ProblemKind.FOREIGN_MARKUP, message))
    for reference in _REFERENCE.finditer(text):
        meant = unescape(reference[0])
        if not meant or first_invisible(meant):
            message = f"'{reference[0]}' stands for a character that nobody sees; delete it"
            report(Problem(lines.at(template.origin(reference.start())), ProblemKind.ENCODING, message))
    return Inlines(tuple(reader.links), frozenset(reader.anchors))


def without_attributes(template: Template, outline: Outline, first_line: int) -> str:
    """Return the text of a page without its lists of attributes; what is code stays as it is."""
    text, parts, done = template.text, [], 0
    for found in _ATTRIBUTE_LIST.finditer(_without_code(text, outline.fenced, first_line)):
        parts.append(text[done : found.start()])
        done = found.end()
    return "".join((*parts, text[done:]))


def _without_code(text: str, fenced: frozenset[int], first_line: int) -> str:
    """Blank out fences and spans of code."""
    if fenced:
        numbered = enumerate(text.split("\n"), first_line)
        text = "\n".join(_CODE * len(line) if number in fenced else line for number, line in numbered)
    return "".join(map(_without_spans, _BETWEEN_PARAGRAPHS.split(text)))


def _without_spans(text: str) -> str:
    """Blank out what is code both in its line and in its paragraph, whichever of the two Markdown will look at."""
    if "`" not in text:
        return text
    by_line = "\n".join(_SPAN.sub(_blank, line) for line in text.split("\n"))
    as_a_whole = _SPAN.sub(_blank, text)
    if by_line == as_a_whole:
        return by_line
    pairs = zip(text, by_line, as_a_whole, strict=True)
    return "".join(_CODE if line == whole == _CODE else character for character, line, whole in pairs)


def _blank(span: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _CODE, span[0])


class _Reader:
    """Reads a page from its beginning; holds what is open at the moment."""

    def __init__(self, text: str, place: Callable[[int], Location], report: Report) -> None:
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self._text = text
        self._place = place
        self._report = report
        self._brackets: list[int] = []
        self._elements: list[tuple[str, int]] = []
        self._behind_tag = 0
        self._defining: set[int] = set()
        self._addresses: dict[str, str] = {}
        self._define()
        self._notes = {note[1] for note in _NOTE.finditer(text)}
        self._done = 0

    def read(self) -> None:
        for token in _TOKEN.finditer(self._text):
            if token.start() >= self._done:
                self._take(token.lastgroup, token.start())
        for name, offset in self._elements:
            self._fault(offset, ProblemKind.FORBIDDEN_HTML, f"'<{name}>' is never closed; write '</{name}>' after it")

    def _take(self, kind: str | None, offset: int) -> None:
        match kind:
            case "open":
                self._open(offset)
            case "gap":
                self._gap(offset)
            case "close":
                self._close(offset)
            case "tag":
                self._tag(offset)
            case "brace":
                self._brace(offset)
            case "box":
                self._box(offset)
            case "code":
                self._code(offset)

    def _define(self) -> None:
        """Find the addresses of references, which may stand anywhere on the page."""
        for definition in _DEFINITION.finditer(self._text):
            label, address = _plain(definition["label"]), (definition["address"] or "").strip("<>")
            if label.startswith("^"):
                continue
            offset = definition.start("label") - 1
            self._defining.add(offset)
            if not address or label in self._addresses:
                fault = "stands there already; keep one" if address else "has no address in its line; write it there"
                self._fault(offset, ProblemKind.BROKEN_LINK, f"'[{label}]:' {fault}")
                continue
            self._addresses[label] = address
            self._check_address(offset, address, is_image=False)

    def _open(self, offset: int) -> None:
        self._brackets.append(offset)

    def _gap(self, _: int) -> None:
        self._brackets.clear()

    def _close(self, offset: int) -> None:
        """Look what the brackets that close here are: a link, a reference, a note, or only brackets."""
        if not self._brackets:
            return
        start = self._brackets.pop()
        is_image = self._text[start] == "!"
        words, after = self._text[start + 1 + is_image : offset], offset + 1
        if self._text.startswith("(", after):
            self._inline_link(start, words, after, is_image=is_image)
        elif words.startswith("^") and not is_image:
            self._note(start, words[1:], after)
        else:
            self._reference(start, words, after, is_image=is_image)

    def _inline_link(self, start: int, words: str, after: int, *, is_image: bool) -> None:
        if target := _TARGET.match(self._text, after):
            self._add(start, words, target[1] or target[2] or "", is_image=is_image)
            self._done = target.end()
        else:
            message = "the address of this link cannot be told; write '[text](address)', without spaces in the address"
            self._fault(start, ProblemKind.BROKEN_LINK, message)

    def _note(self, start: int, name: str, after: int) -> None:
        if name not in self._notes and not self._text.startswith(":", after):
            message = f"the footnote '{name}' is not on this page; write '[^{name}]: …' on a line of its own"
            self._fault(start, ProblemKind.UNDEFINED_REFERENCE, message)

    def _reference(self, start: int, words: str, after: int, *, is_image: bool) -> None:
        label = _LABEL.match(self._text, after)
        if label and not label[1].startswith("^") and not self._text.startswith("(", label.end()):
            name = _plain(label[1] or words)
            if name not in self._addresses:
                message = f"'[{name}]' is not defined on this page; write '[{name}]: address' on a line of its own"
                self._fault(start, ProblemKind.UNDEFINED_REFERENCE, message)
                return
            self._done = label.end()
        else:
            spaced = _LABEL.match(self._text, after + 1) if self._text[after : after + 1].isspace() else None
            name = _plain(spaced[1]) if spaced and _plain(spaced[1]) in self._addresses else _plain(words)
        if name in self._addresses and start not in self._defining:
            self._add(start, words, self._addresses[name], is_image=is_image)

    def _tag(self, offset: int) -> None:
        link = _AUTOLINK.match(self._text, offset)
        if link and not self._elements:  # within HTML it would be a tag
            self._add(offset, link[1], link[1] if "://" in link[1] else f"mailto:{link[1]}", is_image=False)
            self._done = link.end()
            return
        tag = _TAG.match(self._text, offset)
        if tag is None:
            is_comment = self._text.startswith("<!--", offset)
            self._fault(offset, ProblemKind.FORBIDDEN_HTML, _COMMENT if is_comment else _ODD_TAG)
            return
        self._require_items(offset)
        self._done = self._behind_tag = tag.end()
        name = tag["name"].lower()
        written = tag["attributes"].replace(_CODE, "`")
        attributes = {key.lower(): value for key, value in _ATTRIBUTE.findall(written)}
        for kind, message in written_faults(name, attributes):
            self._fault(offset, kind, message)
        if tag["end"]:
            self._close_element(name, offset)
        elif name in ALLOWED_IN_MARKDOWN:
            self._open_element(name, attributes, offset)

    def _require_items(self, offset: int) -> None:
        """Find the words right in a list before the tag at `offset`: they belong to no item."""
        words = self._text[self._behind_tag : offset]
        if self._elements and self._elements[-1][0] in _LISTS and words.strip():
            start = offset - len(words.lstrip())
            message = f"words stand right in '<{self._elements[-1][0]}>'; put them between '<li>' and '</li>'"
            self._fault(start, ProblemKind.FORBIDDEN_HTML, message)

    def _open_element(self, name: str, attributes: Mapping[str, str], offset: int) -> None:
        if fault := place_fault(name, self._elements[-1][0] if self._elements else ""):
            self._fault(offset, *fault)
        if name == "details" and not _SUMMARY.match(self._text, self._done):
            self._fault(
                offset, ProblemKind.FORBIDDEN_HTML, "'<details>' needs '<summary>words</summary>' right behind it"
            )
        if name not in _VOID:
            self._elements.append((name, offset))
            if len(self._elements) == MOST_NESTED + 1:
                message = f"elements are nested more than {MOST_NESTED} levels deep here; close one before '<{name}>'"
                self._fault(offset, ProblemKind.TOO_MUCH, message)
        if anchor := attributes.get("id"):
            self.anchors.add(anchor)
        if address := attributes.get("href"):
            end = _END_OF_LINK.search(self._text, self._done)
            words = self._text[self._done : end.start()] if end else ""
            self._add(offset, words, address, is_image=False)

    def _close_element(self, name: str, offset: int) -> None:
        if self._elements and self._elements[-1][0] == name:
            self._elements.pop()
        elif name in ALLOWED_IN_MARKDOWN:
            message = f"'</{name}>' closes nothing that is open here; open it first, or delete this"
            self._fault(offset, ProblemKind.FORBIDDEN_HTML, message)

    def _code(self, offset: int) -> None:
        if around := next((name for name, _ in self._elements if name not in _INLINE), None):
            self._fault(offset, ProblemKind.FORBIDDEN_HTML, _CODE_IN_HTML.format(around))

    def _brace(self, offset: int) -> None:
        if attributes := _ATTRIBUTE_LIST.match(self._text, offset):
            self._done = attributes.end()
            words = attributes[0].strip("{:} ").split()
            self.anchors.update(word[1:] for word in words if word.startswith("#"))
            self._check_classes(offset, (word[1:] for word in words if word.startswith(".")))
        else:
            message = "a brace can set attributes here; write '{ #anchor }' or '{ .class }', or put it in backticks"
            self._fault(offset, ProblemKind.FORBIDDEN_HTML, message)

    def _box(self, offset: int) -> None:
        """Look what kind of box begins here: its words become classes."""
        if box := _BOX.match(self._text, offset):
            self._check_classes(offset, box[1].split())

    def _check_classes(self, offset: int, names: Iterable[str]) -> None:
        for kind, message in class_faults(names):
            self._fault(offset, kind, message)

    def _add(self, offset: int, words: str, address: str, *, is_image: bool) -> None:
        if CALL in address or _CODE in address:
            message = "neither a macro call nor code can stand in an address; write the address itself"
            self._fault(offset, ProblemKind.UNSAFE_ADDRESS, message)
            return
        self.links.append(Link(words, address, self._place(offset), is_image))
        self._check_address(offset, address, is_image=is_image)

    def _check_address(self, offset: int, address: str, *, is_image: bool) -> None:
        if fault := written_address_fault(address, is_local=is_image):
            self._fault(offset, ProblemKind.UNSAFE_ADDRESS, fault)

    def _fault(self, offset: int, kind: ProblemKind, message: str) -> None:
        self._report(Problem(self._place(offset), kind, message))


def _plain(label: str) -> str:
    """Return a label as Markdown compares it."""
    return " ".join(label.split()).lower()
