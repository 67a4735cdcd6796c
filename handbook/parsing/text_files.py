"""Files as text, or what keeps them from being text: links, devices, size, encoding, invisible characters."""

from __future__ import annotations

import re
import stat
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from handbook.limits import LARGEST_DATA
from handbook.parsing.glyphs import missing_glyphs
from handbook.problem_kinds import ProblemKind
from handbook.problems import HandbookError, Location, Problem, Report

if TYPE_CHECKING:
    from pathlib import Path


class SourceError(HandbookError):
    """Raised inside this module when a file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem for whoever reports it."""
        super().__init__(problem.message)
        self.problem = problem


_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    r"\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that show nothing
    r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff"  # no characters, or whatever a font makes of them
)
_JOINERS = r"(?<![\u0590-\u1aff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1aff])"  # which these scripts need
_INVISIBLE = re.compile(f"[{_UNSEEN}]|{_JOINERS}")
"""Controls, other ends of lines, and what shows nothing, or makes a text read otherwise than it is stored."""

_PERHAPS_INVISIBLE = re.compile(rf"[{_UNSEEN}\u200c\u200d]")
"""The same without looking around, which takes half the time; most texts have none."""


class Invisible(NamedTuple):
    """A character that nobody sees: what to call it, and the offset at which it stands."""

    name: str
    offset: int


def first_invisible(text: str) -> Invisible | None:
    """Return the first invisible character of a text, None if all can be seen; tabs and ends of lines can."""
    found = _INVISIBLE.search(text) if _PERHAPS_INVISIBLE.search(text) else None
    if found is None:
        return None
    name = unicodedata.name(found[0], "")
    return Invisible(f"U+{ord(found[0]):04X}{f' ({name})' if name else ''}", found.start())


def read_text(
    path: Path, file: str, report: Report, *, most_bytes: int = LARGEST_DATA, is_foreign: bool = False
) -> str | None:
    """Read a file as UTF-8 text, or report why that cannot be.

    Args:
        path: where the file is.
        file: its name in problems: for a file of the project, its path below the project's folder.
        report: called with each problem.
        most_bytes: how large it may be; no more is read, whatever the system says of its size.
        is_foreign: whether it is no file of the project; then it may be a link to another, and may begin with the mark
            by which spreadsheet programs know UTF-8.
    """
    try:
        if not is_foreign:
            _refuse_links(path, file)
        data = _bytes(path, file, most_bytes)
        text = _text(data.removeprefix(b"\xef\xbb\xbf") if is_foreign else data, file)
    except SourceError as error:
        report(error.problem)
        return None
    for problem in missing_glyphs(text, file):
        report(problem)
    return text


def link_problem(file: str) -> Problem:
    """Say that a file or folder is a link, through which anything could be published."""
    return Problem(Location(file), ProblemKind.SYMLINK, f"'{file}' is a link to another place; put a copy here instead")


def unreadable(file: str, error: OSError) -> Problem:
    """Say why the system does not let a file or folder be read."""
    message = f"'{file}' cannot be read ({error.strerror}); check that it exists and may be read"
    return Problem(Location(file), ProblemKind.UNREADABLE, message)


def _refuse_links(path: Path, file: str) -> None:
    inside = file.split("/")
    for depth, place in enumerate((path, *path.parents[: len(inside) - 1])):
        if place.is_symlink():
            raise SourceError(link_problem("/".join(inside[: len(inside) - depth])))


def _bytes(path: Path, file: str, most_bytes: int) -> bytes:
    try:
        state = path.stat()
        _refuse_devices(state.st_mode, file)
        if state.st_size <= most_bytes:
            with path.open("rb") as stream:
                data = stream.read(most_bytes + 1)
            if len(data) <= most_bytes:
                return data
    except OSError as error:
        raise SourceError(unreadable(file, error)) from error
    size = f"{state.st_size // 1000}" if state.st_size > most_bytes else f"more than {most_bytes // 1000}"
    message = f"the file has {size} KB, {most_bytes // 1000} KB at most; make two of it"
    raise SourceError(Problem(Location(file), ProblemKind.TOO_LARGE, message))


def _refuse_devices(mode: int, file: str) -> None:
    """Refuse what may have no end, or wait for ever: devices, pipes and sockets."""
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        message = f"'{file}' is a device or a pipe, not a file; put a file in its place"
        raise SourceError(Problem(Location(file), ProblemKind.UNREADABLE, message))


def _text(data: bytes, file: str) -> str:
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        message = "the file begins with a byte order mark; save it as 'UTF-8' without BOM"
        raise SourceError(Problem(Location(file), ProblemKind.ENCODING, message))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as 'UTF-8'"
        raise SourceError(Problem(_place_in(before, len(before), file), ProblemKind.ENCODING, message)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := first_invisible(text):
        message = f"the invisible character {found.name} stands here; delete it"
        raise SourceError(Problem(_place_in(text, found.offset, file), ProblemKind.ENCODING, message))
    if not text.strip():
        raise SourceError(
            Problem(Location(file), ProblemKind.EMPTY_FILE, "the file is empty; write its content or delete it")
        )
    if marker := re.search(r"^(<{7}|>{7})( |$)", text, re.MULTILINE):
        message = f"'{marker[1]}' is a conflict marker left by git; keep one version and delete the markers"
        raise SourceError(Problem(_place_in(text, marker.start(), file), ProblemKind.MERGE_CONFLICT, message))
    return text


def _place_in(text: str, offset: int, file: str) -> Location:
    return Location(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
