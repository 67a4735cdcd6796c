"""Two readings of a page: what it is rendered to, and what a parser of GitHub's dialect of Markdown makes of it.

Editors learn Markdown elsewhere. Where the two differ, readers of the site would see something else than its editor
expects, so the first difference is a problem. Python-Markdown keeps no lines; the other parser's lines are used.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handbook.parsing.dialect import ACTIVE, EXTENSIONS
from handbook.parsing.events import LINE, MARKED, Event, find_events
from handbook.parsing.signs import find_signs
from handbook.problem_kinds import ProblemKind
from handbook.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token


class Fault(NamedTuple):
    """What readers would see otherwise than its author: the line, counted from 0, the message, the sign if any."""

    line: int
    message: str
    sign: str = ""

    @property
    def kind(self) -> ProblemKind:
        """The kind of problem that it is."""
        return ProblemKind.FOREIGN_MARKUP if self.sign else ProblemKind.READ_OTHERWISE


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like2", {"linkify": False, "alerts": False})
    parser.disable(["linkify", "strikethrough"])  # such signs are told by name
    return parser.use(footnote_plugin, inline=False).use(admon_plugin)


@cache
def _renderer() -> Markdown:
    settings = {name: dict(options) for name, options in EXTENSIONS.items()}
    settings["pymdownx.highlight"] = {"use_pygments": False}  # colours are not compared
    return Markdown(extensions=list(settings), extension_configs=settings)


_PLAIN_MARKS = re.compile(
    r"(?<![^\s(])(?:\*\*(\w[\w ,.:;'’-]*[\w.:])\*\*|\[(\w[\w ,.:;'’-]*[\w.:])\]\([\w./#-]+\))(?![^\s.,;:)])"
)
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
    simple = _PLAIN_MARKS.sub(rf"{MARKED}\1\2{MARKED}", text)
    return text if ACTIVE.search(simple) else simple


def reading_faults(text: str, plain: str) -> Iterator[Fault]:
    """Yield where a body would be read in two ways, or shows readers a sign that means something elsewhere.

    Args:
        text: the body, with a sign in place of each macro call.
        plain: the same without lists of attributes, which the second parser does not know.
    """
    simple = _without_plain_marks(plain)
    tokens = _parser().parse(simple)
    other = find_events(_parser().renderer.render(_numbered(tokens), _parser().options, {}))
    faults = [*_token_faults(tokens, plain.split("\n")), *_sign_faults(other), *_empty_parts(other)]
    yield from faults
    if not faults:  # what differs may follow from them
        ours = _renderer().reset().convert(simple if text == plain else _without_plain_marks(text))
        yield from _difference(find_events(ours), other, text.split("\n"))


def _numbered(tokens: Sequence[Token]) -> Sequence[Token]:
    """Note at each block on which line it begins; HTML that the author wrote is noted by an element before it."""
    for token in tokens:
        if token.map and token.type == "html_block":
            token.content = f'<span {LINE}="{token.map[0]}"></span>{token.content}'
        elif token.map and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0]))
    return tokens


def _token_faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Fault]:
    """Yield what both parsers take for something that no author means: code by indentation, rows of another length."""
    head = line = 0
    for index, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        if token.type == "code_block":
            yield Fault(line, _CODE_BY_INDENT)
        elif token.type in _BOXES and tokens[index + 1].type == "admonition_close":
            yield Fault(line, "this box is empty; indent its text by four, with no line before it")
        elif token.type == "table_open":
            head = len(_cells(lines[line]))
            if not any(_cells(lines[line])):
                yield Fault(line, "the head of this table is empty; say what each column holds")
        elif token.type == "tr_open" and len(cells := _cells(lines[line])) != head:
            message = f"this row has {plural(len(cells), 'cell')} and the head {head}; {_WRITE_AS_MANY}"
            yield Fault(line, message)


_WRITE_AS_MANY = "write as many, and a '|' that is to be read as '\\|'"
_BOXES = frozenset({"admonition_open", "admonition_title_close"})
_CODE_BY_INDENT = (
    "what is indented by four here is shown as code; begin at the start of the line, or put code between two lines of "
    "three backticks"
)


def _cells(line: str) -> list[str]:
    row = _BEFORE_ROW.sub("", line).strip()
    return [cell.strip() for cell in escapedSplit(row.removeprefix("|").removesuffix("|"))]


_BEFORE_ROW = re.compile(r"^[\s>]*(?:[-*+]|\d+[.)])?\s*(?=\|)")


def _sign_faults(events: Sequence[Event]) -> Iterator[Fault]:
    inside = 0
    for event in events:
        inside += (event.name == "a") - (event.name == "/a")
        if event.name or event.is_code:
            continue
        for offset, sign, message in find_signs(event.words, is_first=event.is_first, is_link=inside > 0):
            yield Fault(event.line + event.words.count("\n", 0, offset), message, sign)


def _empty_parts(events: Sequence[Event]) -> Iterator[Fault]:
    """Yield each heading that has nothing below it before the next of its level or a higher one."""
    ends = [index for index, event in enumerate(events) if event.name in _HEADINGS_END]
    for end in ends:
        level = events[end].name[1:]
        after = events[end + 1].name if end + 1 < len(events) else "h1"
        if after in _HEADINGS and after <= level:
            message = "there is nothing below this heading; write the part, or delete the heading"
            yield Fault(events[end].line, message)


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS_END = frozenset(f"/{name}" for name in _HEADINGS)


def _difference(ours: Sequence[Event], other: Sequence[Event], lines: Sequence[str]) -> Iterator[Fault]:
    """Yield the first difference, if there is one."""
    end = Event("/html", "", is_first=True, is_code=False, line=other[-1].line if other else 0)
    pairs = zip_longest(ours, other, fillvalue=end)
    for index, (here, there) in enumerate(pairs):
        if here.compared != there.compared:
            if shown := _ATTRIBUTES.search(here.words):
                line = next(number for number, line in enumerate(lines) if shown[0] in line)
                yield Fault(line, f"'{shown[0]}' is shown to readers here; {_ATTRIBUTES_ADVICE}")
                return
            after = next((event for event in other[index + 1 :] if not event.name.startswith("/")), end)
            line = min(_line_of(here, there, after, lines), len(lines) - 1)
            yield Fault(line, _advice(lines, line, here, there))
            return


_ATTRIBUTES = re.compile(r"\{:? *[#.][^{}\n]*\}")
_ATTRIBUTES_ADVICE = "write it behind a heading, or as '{: .note }' on a line of its own right below a paragraph"


def _line_of(here: Event, there: Event, after: Event, lines: Sequence[str]) -> int:
    """Return the line of the first word that only one of the readings has there."""
    if here.name or there.name:
        return after.line if there.name.startswith("/") else there.line
    ours, words = here.words.split(), list(re.finditer(r"\S+", there.words))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1][0], zip(ours, words, strict=False)))
    last = there.line + there.words.count("\n", 0, words[min(same, len(words) - 1)].start())
    goes_on_below = len(words) == same < len(ours) and ours[same] not in lines[last]
    return after.line if goes_on_below else last


_ITEM = re.compile(r"([ >]*)(?:[-*+]|\d+[.)])(?:\s|$)")


class _Line(NamedTuple):
    """A line of a page that is read in two ways, with the one above and what each reading has there."""

    text: str
    above: str
    is_in_html: bool
    here: Event
    there: Event

    @property
    def is_item(self) -> bool:
        """Whether an item of a list would begin here."""
        return bool(_ITEM.match(self.text))

    @property
    def indent(self) -> int:
        """How many blanks stand before it."""
        return len(self.text) - len(self.text.lstrip(" "))


_ADVICE: Sequence[tuple[Callable[[_Line], object], str]] = (
    (
        lambda line: line.here.name == line.there.name == "ol",
        "this list begins at 1 again, and not at {there.words}; indent by four what stands above it, or write '1.'",
    ),
    (
        lambda line: line.is_in_html and not line.here.name,
        "signs of Markdown mean nothing within HTML; write elements there too, as in '<strong>words</strong>'",
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
    (
        lambda line: line.is_item and not line.here.name and not line.above.strip(),
        "this begins a list in other programs; write it so that the number or the sign does not come first",
    ),
    (lambda line: line.is_item, "this list goes on with the one above it; write a line of text between the two"),
    (
        lambda line: "|" in line.text,
        "a table needs an empty line above it, and a line such as '| --- | --- |' below its head, with as many cells",
    ),
    (
        lambda line: re.match(r" *\?\?\?", line.text),
        "'???' makes no box here; write '!!! notice' and indent its text by four",
    ),
    (lambda line: line.text.endswith("\\"), "a '\\' ends no line here; write '<br>'"),
    (
        lambda line: line.here.name == line.there.name != "",
        "the address, title or text of {ours} is read in two ways; write it without quotes, brackets and backslashes",
    ),
    (
        lambda line: line.above.strip() and (line.here.words == line.there.words or not line.text[:1].isalnum()),
        "this is read in two ways, as {ours} here and as {others} in other programs; leave an empty line above it",
    ),
)
_READ_OTHERWISE = (
    "this is read in two ways, as {ours} here and as {others} in other programs; write it more simply, or put signs "
    "that are only to be seen in backticks"
)


def _advice(lines: Sequence[str], number: int, here: Event, there: Event) -> str:
    is_in_html = any(map(_HTML_BLOCK.match, lines[: number + 1]))
    line = _Line(lines[number], lines[number - 1] if number else "", is_in_html, here, there)
    said = next((said for fits, said in _ADVICE if fits(line)), _READ_OTHERWISE)
    return said.format(line=line, there=there, ours=here.describe(), others=there.describe())
