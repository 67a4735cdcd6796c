"""Where the slip is for which a YAML text cannot be read, and what to write there.

A parser says where it gave up, which is often lines below: a quote that is never closed ends with the file. So the
lines are looked at one by one, as their writer would, for the slips that people make.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Slip(NamedTuple):
    """A place in a text, counted from 0, and what to do there."""

    line: int
    column: int
    message: str


class _Line(NamedTuple):
    """A line that is neither empty nor a comment nor within a text of several lines.

    Attributes:
        number: in the text, from 0.
        text: as it stands.
        indent: spaces before it.
        dashes: the marks of entries of lists before its key, `- ` each.
        key: up to its colon; empty if it has none.
        value: what stands behind, without a comment.
        is_open: whether the value goes on below, to where its quote or bracket ends.
    """

    number: int
    text: str
    indent: int
    dashes: str
    key: str
    value: str
    is_open: bool

    @property
    def start(self) -> int:
        """The column at which its key stands, behind its dashes."""
        return self.indent + len(self.dashes)

    @property
    def value_column(self) -> int:
        return self.text.index(self.value, self.start + len(self.key)) if self.value else len(self.text)


_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>\w[\w.-]*:(?=\s|$))?\s*(?P<value>.*)")
_BLOCK = re.compile(r"[|>][+-]?\d?")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_MOST_LINES = 50
"""Of one value, so that a file made to take long does not."""

_QUOTES = ('"', "'")
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}
_SPECIAL = "@`%&*!|>"


def find_slip(text: str, last: int) -> Slip | None:
    """Find the first slip in a YAML text that no parser can read; None if it is of a sort that is not known here.

    Args:
        text: the YAML.
        last: the line, from 0, on which the parser gave up; the slip is there or above.
    """
    lines = list(_lines(text))
    open_columns: list[tuple[int, bool]] = []
    for position, line in enumerate(lines):
        if line.number > last:
            break
        before = lines[position - 1] if position else None
        slip = _in_indent(line, before, open_columns) or _in_value(line) or _without_key(line, before)
        if slip:
            return slip
    return None


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that say something, without the second and later lines of texts."""
    block: int | None = None
    closing = ""
    all_lines = text.split("\n")
    for number, line in enumerate(all_lines):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if block is not None and indent > block:
            continue
        block = None
        if closing:
            closing = "" if _closes(line, closing) else closing
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        indent, dashes, value = len(match["indent"]), match["dashes"], match["value"].strip()
        if value[:1] not in _QUOTES:
            value = _COMMENT.sub("", value).strip()
        if value[:1] in _CLOSING and not _is_closed(value):
            below = all_lines[number + 1 : number + _MOST_LINES]
            closing = _CLOSING[value[0]] if _closes_below(below, value[0], indent + len(dashes)) else ""
        found = _Line(number, line, indent, dashes, match["key"] or "", value, is_open=bool(closing))
        if _BLOCK.fullmatch(value):
            block = found.indent if not found.dashes else found.start - 1
        yield found


def _is_closed(value: str) -> bool:
    quote = value[0]
    if quote not in _QUOTES:
        return value.endswith(_CLOSING[quote])
    inner = value[1:].replace("\\\\", "").replace('\\"', "") if quote == '"' else value[1:].replace("''", "")
    return quote in inner


def _closes(line: str, closing: str) -> bool:
    return _COMMENT.sub("", line).rstrip().endswith(closing)


def _closes_below(lines: Sequence[str], opening: str, start: int) -> bool:
    """Whether a text that begins behind a key at a column ends below, on a line that goes on with it."""
    for line in lines:
        if len(line) - len(line.lstrip(" ")) <= start:
            return False
        if _closes(line, _CLOSING[opening]):
            return True
    return False


def _in_indent(line: _Line, before: _Line | None, columns: list[tuple[int, bool]]) -> Slip | None:
    """Compare where a line begins with those above that are still open; note where it may go on."""
    if line.text.lstrip(" ").startswith("\t"):
        return Slip(line.number, line.indent, "a tab stands where YAML allows only spaces; indent with two spaces")
    if not line.key and not line.dashes:
        return None
    deeper = not columns or line.indent > columns[-1][0]
    if deeper and before and before.key and before.value and not _BLOCK.fullmatch(before.value):
        message = (
            f"this line begins with {plural(line.indent, 'space')}, and the one above it with {before.start}; "
            "begin both alike"
        )
        return Slip(line.number, line.indent, message)
    alike = [column for column, is_list in columns if is_list == bool(line.dashes)]
    wanted = min(alike, key=lambda column: abs(column - line.indent), default=0)
    while columns and columns[-1][0] > line.indent:
        columns.pop()
    here = columns[-1] if columns else None
    if not deeper and (here is None or here[0] != line.indent):
        message = (
            f"this line begins with {plural(line.indent, 'space')}, and no line to which it could belong does; "
            f"begin it with {wanted}"
        )
        return Slip(line.number, line.indent, message)
    if not deeper and here and here[1] and not line.dashes and before:
        message = (
            f"this line begins with {plural(line.indent, 'space')}, as the dashes above it do; begin it with "
            f"{before.start}, or with a dash if it is an entry of its own"
        )
        return Slip(line.number, line.indent, message)
    if deeper:
        columns.append((line.indent, bool(line.dashes)))
    columns.extend(
        (line.indent + at.end(), line.dashes.count("-") > number)
        for number, at in enumerate(re.finditer("- +", line.dashes), 1)
    )
    return None


def _in_value(line: _Line) -> Slip | None:
    value = line.value
    if not value or line.is_open:
        return None
    column = line.value_column
    match value[0]:
        case ('"' | "'") as quote:
            message = _in_quotation(value, quote)
        case ("[" | "{") as bracket if not _is_closed(value):
            closing = _CLOSING[bracket]
            message = f"the list that begins with {bracket} does not end with {closing}; put {closing} at its end"
        case sign if sign in _SPECIAL and not _BLOCK.fullmatch(value):
            message = f"'{sign}' begins the text, and YAML takes it for a sign of its own; put the text in quotes"
        case _ if line.key and (colon := re.search(r":(\s|$)", value)):
            column += colon.start()
            message = 'a colon within the text; put all of the text in "quotes"'
        case _:
            return None
    return Slip(line.number, column, message) if message else None


def _in_quotation(value: str, quote: str) -> str:
    if not _is_closed(value):
        return f"the text begins with {quote} and does not end with it; put {quote} at its end"
    rest = re.sub(r'^"(?:[^"\\]|\\.)*"' if quote == '"' else r"^'(?:[^']|'')*'", "", value)
    if rest == value or not _COMMENT.sub("", rest).strip():
        return ""
    if quote == "'":
        return 'the quote \' stands within the text that it begins; write "double quotes" around the text'
    return f"the text goes on behind its closing {quote}; put the quotes around all of it, or single ones within it"


def _without_key(line: _Line, before: _Line | None) -> Slip | None:
    if line.key or line.dashes:
        return None
    if glued := re.match(r"([\w.-]+):(?=\S)", line.value):
        message = f"no space stands behind '{glued[0]}'; write one"
        return Slip(line.number, line.indent + glued.end(), message)
    if re.match(r"-\S", line.value):
        return Slip(line.number, line.indent, "no space stands behind the dash; write one")
    if before is None or line.indent <= before.indent:
        message = "this line has no key; begin it with a name and a colon, as in 'summary: …'"
        return Slip(line.number, line.indent, message)
    return None
