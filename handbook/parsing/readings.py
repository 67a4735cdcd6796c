"""Two readings of a page: what it is rendered to, and what a parser of GitHub's dialect of Markdown makes of it.

Editors learn Markdown elsewhere. Where the two differ, readers of the site would see something else than its editor
expects, so the first difference is a problem. Python-Markdown keeps no lines; the other parser's lines are used.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import html
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handbook.parsing.dialect import EXTENSIONS
from handbook.parsing.signs import find_signs
from handbook.problem_kinds import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement
    from markdown_it.token import Token

_LINE = "data-line"


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
    {"a", "abbr", "br", "cite", "code", "del", "dfn", "em", "img", "input", "kbd", "label", "mark", "note", "s", "small"}
    | {"span", "strong", "sub", "sup", "time"}
)

_LEFT_OUT = frozenset({"footnote-backref", "headerlink"})
_UNSEEN = frozenset({"footnote"})
"""Classes of what each parser adds in a way of its own: with all that it holds, or around what it holds."""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like2", {"linkify": False, "alerts": False})
    parser.disable(["linkify", "strikethrough"])  # such signs are told by name
    return parser.use(footnote_plugin, inline=False).use(admon_plugin)


@cache
def _renderer() -> Markdown:
    settings = {name: dict(options) for name, options in EXTENSIONS.items()}
    plain = {"pymdownx.highlight": {"use_pygments": False}}  # colours are not compared
    renderer = Markdown(extensions=[*EXTENSIONS, *plain], extension_configs=settings | plain)
    renderer.treeprocessors.register(_PlainWords(renderer), "plain-words", _BEFORE_INLINES)
    return renderer


_BEFORE_INLINES = 21
"""Priority just above that of Markdown's treatment of what stands in a line."""

_ACTIVE = re.compile(r"[\\`\[\]<>&*_!]|  \n")
"""What words must have for that treatment to change anything; it takes most of the time of all rendering."""


class _PlainWords(Treeprocessor):
    def run(self, root: Element) -> None:
        """Let words without a mark be as they are."""
        for element in root.iter():
            if element.text and not _ACTIVE.search(element.text):
                element.text = AtomicString(element.text)


_PLAIN_MARKS = re.compile(r"(?<![^\s(])(?:\*\*(\w[\w ,.:;'’-]*[\w.:])\*\*|\[(\w[\w ,.:;'’-]*[\w.:])\]\([\w./#-]+\))(?![^\s.,;:)])")
_HTML_BLOCK = re.compile(r"^ *</?[a-z]", re.MULTILINE)


def _without_plain_marks(text: str) -> str:
    """Return a body in which plain bold type and plain links, of which both parsers make the same, are plain words.

    Within HTML they do not; and where a paragraph has other marks, each of them counts.
    """
    if _HTML_BLOCK.search(text):
        return text
    return "".join(map(_paragraph_without_plain_marks, _BETWEEN_PARAGRAPHS.split(text)))


_BETWEEN_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")


def _paragraph_without_plain_marks(text: str) -> str:
    simple = _PLAIN_MARKS.sub("\ue000\\1\\2\ue001", text)
    return text if _ACTIVE.search(simple) else simple


def reading_faults(text: str, plain: str) -> Iterator[tuple[int, ProblemKind, str]]:
    """Yield where a body would be read in two ways, or shows readers a sign that means something elsewhere.

    Args:
        text: the body, with a sign in place of each macro call.
        plain: the same without lists of attributes, which the second parser does not know.

    Yields:
        The line, counted from 0, the kind and the message.
    """
    tokens = _parser().parse(_without_plain_marks(plain))
    other = _events(_parser().renderer.render(_numbered(tokens), _parser().options, {}))
    faults = [*_token_faults(tokens, plain.split("\n")), *_sign_faults(other), *_empty_parts(other)]
    yield from faults
    if not faults:  # what differs may follow from them
        yield from _difference(_events(_renderer().reset().convert(_without_plain_marks(text))), other, plain.split("\n"))


def _numbered(tokens: Sequence[Token]) -> Sequence[Token]:
    """Note at each block on which line it begins; HTML that the author wrote is noted by an element before it."""
    for token in tokens:
        if token.map and token.type == "html_block":
            token.content = f'<span {_LINE}="{token.map[0]}"></span>{token.content}'
        elif token.map and token.nesting >= 0:
            token.attrSet(_LINE, str(token.map[0]))
    return tokens


def _token_faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, ProblemKind, str]]:
    """Yield what both parsers take for something that no author means: code by indentation, rows of another length."""
    head = 0
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "code_block":
            yield line, ProblemKind.READ_OTHERWISE, _CODE_BY_INDENT
        elif token.type == "table_open":
            head = len(_cells(lines[line]))
            if not any(_cells(lines[line])):
                yield line, ProblemKind.READ_OTHERWISE, "the head of this table is empty; say what each column holds"
        elif token.type == "tr_open" and len(cells := _cells(lines[line])) != head:
            message = f"this row has {len(cells)} cells and the head {head}; write a '|' between two cells, and none more"
            yield line, ProblemKind.READ_OTHERWISE, message


_CODE_BY_INDENT = (
    "what is indented by four here is shown as code; begin at the start of the line, or put code between two lines of "
    "three backticks"
)


def _cells(line: str) -> list[str]:
    row = _BEFORE_ROW.sub("", line).strip()
    return [cell.strip() for cell in escapedSplit(row.removeprefix("|").removesuffix("|"))]


_BEFORE_ROW = re.compile(r"^[\s>]*(?:[-*+]|\d+[.)])?\s*(?=\|)")


def _sign_faults(events: Sequence[Event]) -> Iterator[tuple[int, ProblemKind, str]]:
    inside = 0
    for event in events:
        inside += (event.name == "a") - (event.name == "/a")
        if event.name or event.is_code:
            continue
        for offset, message in find_signs(event.words, is_first=event.is_first, is_link=inside > 0):
            yield event.line + event.words.count("\n", 0, offset), ProblemKind.FOREIGN_MARKUP, message


def _empty_parts(events: Sequence[Event]) -> Iterator[tuple[int, ProblemKind, str]]:
    """Yield each heading that has nothing below it before the next of its level or a higher one."""
    ends = [index for index, event in enumerate(events) if event.name in _HEADINGS_END]
    for end in ends:
        level = events[end].name[1:]
        after = events[end + 1].name if end + 1 < len(events) else "h1"
        if after in _HEADINGS and after <= level:
            message = "there is nothing below this heading; write the part, or delete the heading"
            yield events[end].line, ProblemKind.READ_OTHERWISE, message


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS_END = frozenset(f"/{name}" for name in _HEADINGS)


def _difference(
    ours: Sequence[Event], other: Sequence[Event], lines: Sequence[str]
) -> Iterator[tuple[int, ProblemKind, str]]:
    """Yield the first difference, if there is one."""
    end = Event("/html", "", is_first=True, is_code=False, line=other[-1].line if other else 0)
    pairs = zip_longest(ours, other, fillvalue=end)
    for index, (here, there) in enumerate(pairs):
        if here.compared != there.compared:
            line = _line_of(here, there, next(iter(other[index + 1 :]), end))
            yield line, ProblemKind.READ_OTHERWISE, _advice(lines, line, here, there)
            return


def _line_of(here: Event, there: Event, after: Event) -> int:
    """Return the line of the first word that only one of the readings has there."""
    if here.name or there.name:
        return there.line
    words = list(re.finditer(r"\S+", there.words))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1][0], zip(here.words.split(), words, strict=False)))
    return there.line + there.words.count("\n", 0, words[same].start()) if same < len(words) else after.line


_ITEM = re.compile(r"([ >]*)(?:[-*+]|\d+[.)])(?:\s|$)")


class _Line(NamedTuple):
    """A line of a page that is read in two ways, with the one above and what each reading has there."""

    text: str
    above: str
    here: Event
    there: Event

    @property
    def is_item(self) -> bool:
        return bool(_ITEM.match(self.text))

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))


_ADVICE: Sequence[tuple[Callable[[_Line], object], str]] = (
    (
        lambda line: line.here.name == line.there.name == "ol",
        "this list begins at 1 again, and not at {there.words}; indent what stands above it by four, so that it belongs "
        "to the item before it, or write '1.'",
    ),
    (lambda line: re.match(r"[ >]*\d+\)", line.text), "write '1.' in place of '1)' before the items of a list"),
    (
        lambda line: line.is_item and line.above.strip() and not _ITEM.match(line.above) and not line.indent,
        "a list needs an empty line above it; leave one",
    ),
    (
        lambda line: line.indent % 4,
        "this is indented by {line.indent}; indent what belongs to an item by four for each level",
    ),
    (lambda line: line.is_item, "this list goes on with the one above it; write a line of text between the two"),
    (
        lambda line: "|" in line.text,
        "a table needs an empty line above it, and below its head a line such as '| --- | --- |', with as many cells; a "
        "'|' within a cell is written '&#124;'",
    ),
    (lambda line: re.match(r" *\?\?\?", line.text), "'???' makes no box here; write '!!! notice' and indent its text by four"),
    (lambda line: line.text.endswith("\\"), "a '\\' ends no line here; write '<br>'"),
    (
        lambda line: line.above.strip() and not line.text[:1].isalnum(),
        "this is read in two ways, as {ours} here and as {others} in other programs; leave an empty line above it",
    ),
)
_READ_OTHERWISE = (
    "this is read in two ways, as {ours} here and as {others} in other programs; write it more simply, or put signs that "
    "are only to be seen in backticks"
)


def _advice(lines: Sequence[str], number: int, here: Event, there: Event) -> str:
    line = _Line(lines[number], lines[number - 1] if number else "", here, there)
    said = next((said for fits, said in _ADVICE if fits(line)), _READ_OTHERWISE)
    return said.format(line=line, there=there, ours=here.describe(), others=there.describe())


def _shortened(words: str) -> str:
    return textwrap.shorten(words, 40, placeholder=" …")


def _events(rendered: str) -> Sequence[Event]:
    walk = _Walk()
    walk.go_into(html.fragment_fromstring(rendered, create_parent="html"))
    return walk.events


def _compared(element: HtmlElement) -> str:
    """Return what an element says besides the words in it."""
    if element.tag == "ol":
        return element.get("start", "1")
    if element.tag == "input":
        return "ticked" if "checked" in element.attrib else ""
    return " ".join(unquote(element.get(name, "")) for name in ("href", "src", "alt", "title"))


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
        if isinstance(element.tag, str) and _LEFT_OUT.isdisjoint(kinds):
            self._line = int(element.get(_LINE, self._line))
            if "footnote-ref" in kinds:
                self._add("note", element.text_content().strip("[]").partition(":")[0])
            else:
                self._go_into(element, element.tag, kinds)
        self._say(element.tail)

    def _go_into(self, element: HtmlElement, name: str, kinds: list[str]) -> None:
        is_block = name not in _INLINE
        is_noted = name not in _TRANSPARENT and not _UNSEEN.intersection(kinds) and not _is_mark_of_note(element)
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
        if name == "input":
            self._is_first = False

    def _say(self, words: str | None, *, is_code: bool = False) -> None:
        if words:
            if not words.isspace():
                self._add("", words, is_code=is_code)
            self._line += words.count("\n")

    def _add(self, name: str, words: str = "", *, is_code: bool = False) -> None:
        self.events.append(Event(name, words, self._is_first, is_code, self._line))
        self._is_first = False
