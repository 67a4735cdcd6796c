"""From bytes on disk to plain values that remember where they stand.

The only module that knows YAML. Scalars stay text until a model gives them a type, so `title: No` is the word "No",
and a version or a date never turns into something else on the way.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import yaml
from pydantic import ValidationError

from handbook.limits import LARGEST_DATA, LONGEST_FRONT_MATTER_LINE, MOST_FRONT_MATTER
from handbook.model.records import Record, Strict, ValuePath
from handbook.problems import HandbookError, Location, Problem, ProblemKind, Report, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it: an order of magnitude faster, with the same marks."""

_NOTHING = frozenset({"", "~", "null"})

_DEEPEST = 10
"""Levels of lists and mappings; a file made to exhaust the memory has thousands."""

R = TypeVar("R", bound=Record)


class SourceError(HandbookError):
    """Raised inside this module when a file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem for whoever reports it."""
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text says, and where.

    Attributes:
        value: text, None, lists and dictionaries with text keys.
        places: where each value stands; the empty path is the whole.
        keys: where each key of a mapping stands.
    """

    value: Any
    places: Mapping[ValuePath, Location]
    keys: Mapping[ValuePath, Location]

    def at(self, path: ValuePath) -> Any:  # noqa: ANN401 - YAML is of any shape until validated
        """Give the value at a path."""
        value = self.value
        for step in path:
            value = value[step]
        return value

    def entries(self) -> Iterator[Document]:
        """Give the items of a list as documents of their own."""
        places: list[dict[ValuePath, Location]] = [{} for _ in self.value]
        keys: list[dict[ValuePath, Location]] = [{} for _ in self.value]
        for whole, parts in ((self.places, places), (self.keys, keys)):
            for path, location in whole.items():
                if path:
                    parts[int(path[0])][path[1:]] = location
        for item, item_places, item_keys in zip(self.value, places, keys, strict=True):
            yield Document(item, item_places, item_keys)


_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    r"\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that show nothing
    r"\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff]"  # no characters, or whatever a font makes of them
    r"|(?<![\u0590-\u1aff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1aff])"  # joiners, which these scripts need
)
"""Controls, other ends of lines, and what shows nothing, or makes a text read otherwise than it is stored."""


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
        return _text(data.removeprefix(b"\xef\xbb\xbf") if is_foreign else data, file)
    except SourceError as error:
        report(error.problem)
        return None


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
    if found := _INVISIBLE.search(text):
        name = unicodedata.name(found[0], "")
        said = f"U+{ord(found[0]):04X} ({name})" if name else f"U+{ord(found[0]):04X}"
        message = f"the invisible character {said} stands here; delete it"
        raise SourceError(Problem(_place_in(text, found.start(), file), ProblemKind.ENCODING, message))
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


def read_yaml(text: str, file: str, report: Report, first_line: int = 1) -> Document | None:
    """Read one YAML document, or report why it cannot be read.

    Args:
        text: the YAML.
        file: the file's name in problems.
        report: called with each problem.
        first_line: line of the file on which the text begins.
    """
    reader = _YamlReader(file, first_line - 1, report)
    try:
        return reader.read(text)
    except SourceError as error:
        report(error.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        location = reader.location(mark) if mark else Location(file, first_line)
        report(Problem(location, ProblemKind.YAML_SYNTAX, _explained(error)))
    except yaml.YAMLError as error:  # a character that YAML does not allow; it has no mark
        message = f"the YAML cannot be read: {str(error).splitlines()[0]}"
        report(Problem(Location(file, first_line), ProblemKind.YAML_SYNTAX, message))
    return None


def _explained(error: yaml.MarkedYAMLError) -> str:
    said = str(error.problem)
    if r"\t" in said or "tab" in said:
        return "a tab stands where YAML allows only spaces; indent with two spaces"
    advice = "check the indentation, and put text with ': ' or a special first character in quotes"
    return f"the YAML cannot be read ({said}); {advice}"


class _YamlReader:
    """Builds values and places from the parser's events; aliases and tags are seen there and nowhere later."""

    def __init__(self, file: str, line_offset: int, report: Report) -> None:
        self._file = file
        self._line_offset = line_offset
        self._report = report
        self._places: dict[ValuePath, Location] = {}
        self._keys: dict[ValuePath, Location] = {}

    def location(self, mark: Any) -> Location:  # noqa: ANN401 - libyaml's marks have no type
        return Location(self._file, mark.line + 1 + self._line_offset, mark.column + 1)

    def read(self, text: str) -> Document:
        self._events = yaml.parse(text, Loader=_LOADER)
        next(self._events)  # the stream's start
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            message = "there is nothing but comments here"
            raise SourceError(Problem(self.location(start.start_mark), ProblemKind.EMPTY_FILE, message))
        value = self._value(next(self._events), ())
        next(self._events)  # the document's end
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            message = "a second document begins here; keep one document in a file"
            self._refuse(end, message)
        return Document(value, self._places, self._keys)

    def _refuse(self, event: yaml.Event, message: str) -> NoReturn:
        raise SourceError(Problem(self.location(event.start_mark), ProblemKind.YAML_FEATURE, message))

    def _value(self, event: Any, path: ValuePath) -> Any:  # noqa: ANN401 - YAML is of any shape until validated
        self._places[path] = self.location(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"'*{event.anchor}' is an alias; write the value out")
        if event.anchor:
            self._refuse(event, f"'&{event.anchor}' is an anchor; write the value out where it is needed, without '&'")
        if event.tag:
            self._refuse(event, f"'{event.tag}' is a tag; write a plain value")
        if len(path) > _DEEPEST:
            self._refuse(event, f"this is nested more than {_DEEPEST} levels deep; no entry needs that")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        is_plain = event.implicit[0]
        return None if is_plain and event.value in _NOTHING else event.value

    def _list(self, path: ValuePath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: ValuePath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                self._refuse(key_event, "a key must be plain text")
            key = key_event.value
            place = (*path, key)
            if key in entries:
                message = f"'{key}' stands twice in this entry; keep one"
                self._report(Problem(self.location(key_event.start_mark), ProblemKind.DUPLICATE_KEY, message))
            self._keys[place] = self.location(key_event.start_mark)
            entries[key] = self._value(next(self._events), place)
        return entries


class Head(NamedTuple):
    """The front matter of a page: what it says, the lines that it takes with its two fences, and its text."""

    document: Document
    lines: int
    text: str


def read_front_matter(text: str, file: str, report: Report) -> Head | None:
    """Read the YAML head of a page, or report that it is missing or bad."""
    head = re.match(r"---[ ]*\n(.*?\n)??---[ ]*(\n|$)", text, re.DOTALL)
    if head is None:
        message = "the page has no front matter; begin it with '---', the keys title, summary, kind …, and '---'"
        report(Problem(Location(file), ProblemKind.FRONT_MATTER, message))
        return None
    if not (head[1] or "").strip():
        message = "the front matter is empty; write title, summary, kind …"
        report(Problem(Location(file), ProblemKind.FRONT_MATTER, message))
        return None
    if problem := _odd_head(head[1], file):
        report(problem)
        return None
    document = read_yaml(head[1], file, report, first_line=2)
    return None if document is None else Head(document, head[0].rstrip("\n").count("\n") + 1, head[1])


def _odd_head(head: str, file: str) -> Problem | None:
    """Find what is too long, would end the head for MkDocs, or would be rendered if MkDocs took it for text."""
    if len(head) > MOST_FRONT_MATTER:
        message = f"the front matter has {len(head)} characters, {MOST_FRONT_MATTER} at most; shorten it"
        return Problem(Location(file), ProblemKind.TOO_LARGE, message)
    for number, line in enumerate(head.split("\n"), 2):
        if len(line) > LONGEST_FRONT_MATTER_LINE:
            message = f"this line has {len(line)} characters, {LONGEST_FRONT_MATTER_LINE} at most; shorten it"
            return Problem(Location(file, number, LONGEST_FRONT_MATTER_LINE + 1), ProblemKind.TOO_LARGE, message)
        if odd := re.search(r"^(?:---|\.\.\.)|\{[{%#]", line):
            message = f"'{odd[0]}' may not stand in front matter; delete it, or write it otherwise"
            return Problem(Location(file, number, odd.start() + 1), ProblemKind.FRONT_MATTER, message)
    return None


def is_read_by_others(head: Head, report: Report) -> bool:
    """Tell whether MkDocs can read a head that has passed our own checks, or report what it cannot.

    It makes dates and numbers of values, which can fail; then it would publish the head as text.
    """
    if _makes_sense(head.text):
        return True
    plain = ((path, place) for path, place in head.document.places.items() if isinstance(head.document.at(path), str))
    path, place = next((p for p in plain if not _makes_sense(head.document.at(p[0]))), ((), head.document.places[()]))
    message = f"'{head.document.at(path)}' looks like a date or a number, but is none; put it in quotes"
    report(Problem(place, ProblemKind.FRONT_MATTER, message))
    return False


def _makes_sense(text: str) -> bool:
    try:
        yaml.load(text, Loader=_LOADER)  # noqa: S506 - the loader is a safe one
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def validate(model: type[R], document: Document, name: str, report: Report) -> R | None:
    """Make a record of a document, or report each thing that keeps it from being one.

    Args:
        model: the shape to give it.
        document: the values read.
        name: what to call the entry in messages.
        report: called with each problem.
    """
    if not isinstance(document.value, dict):
        message = f"{name} is {_said(document.value)}; write an entry of the form 'key: value'"
        report(Problem(document.places[()], ProblemKind.WRONG_TYPE, message))
        return None
    try:
        return model.placed(document.value, document.places)  # type: ignore[no-any-return]
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for fault in faults:
            if not _follows(fault, faults):
                report(_problem(model, document, name, fault))
        return None


def _follows(fault: Any, faults: Any) -> bool:  # noqa: ANN401 - pydantic's dict
    """Tell whether a list is short only because pydantic has put aside the faulty entries in it."""
    depth = len(fault["loc"])
    return fault["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == fault["loc"] for other in faults
    )


def _problem(model: type[Strict], document: Document, name: str, fault: Any) -> Problem:  # noqa: ANN401 - pydantic's dict
    """Say in our words what pydantic found."""
    path: ValuePath = fault["loc"]
    place = _nearest_place(document, path)
    key, said = _key(path), _said(fault["input"])
    kind = ProblemKind.WRONG_VALUE
    match fault["type"]:
        case "extra_forbidden":
            kind, place = ProblemKind.UNKNOWN_KEY, document.keys.get(path, place)
            advice = nearest(str(path[-1]), _keys_of(model, path)) or "; delete it"
            message = f"{name} has the key '{path[-1]}', which is not defined{advice}"
        case "missing":
            kind, message = ProblemKind.MISSING_KEY, f"{name} lacks the key '{path[-1]}'; add it"
        case "enum":
            allowed = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            advice = nearest(str(fault["input"]), allowed.split(", "))
            message = f"{said} is not a value of '{key}'; write one of {allowed}{advice}"
        case "too_short":
            message = f"'{key}' has too few entries; write at least one"
        case "string_too_long":
            message = f"'{key}' has {len(fault['input'])} characters; shorten it to {fault['ctx']['max_length']}"
        case ours if ours in _OUR_KINDS:
            kind, message = _OUR_KINDS[ours], fault["msg"]
        case type_ if type_.endswith(("_type", "_parsing")):
            kind, message = ProblemKind.WRONG_TYPE, f"'{key}' is {said}; {_wanted(type_)}"
        case _:
            message = f"'{key}' is {said}: {fault['msg'][0].lower()}{fault['msg'][1:]}"
    return Problem(place, kind, message)


_OUR_KINDS = {str(kind): kind for kind in ProblemKind}
"""What `models.fault` can say."""


def _nearest_place(document: Document, path: ValuePath) -> Location:
    while path not in document.places:
        path = path[:-1]
    return document.places[path]


def _key(path: ValuePath) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _keys_of(model: type[Strict], path: ValuePath) -> list[str]:
    """Give the keys that are defined where the path's last key stands."""
    for step in path[:-1]:
        if isinstance(step, str):
            model = next(t for t in _types_in(model.model_fields[step].annotation) if issubclass(t, Strict))
    return list(model.model_fields)


def _types_in(annotation: Any) -> list[type]:  # noqa: ANN401 - any type form
    if isinstance(annotation, type):
        return [annotation]
    return [t for part in getattr(annotation, "__args__", ()) for t in _types_in(part)]


def _said(value: object) -> str:
    match value:
        case None:
            return "empty"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"'{value}'"


def _wanted(kind: str) -> str:
    wanted = {
        "string": "write text",
        "tuple": "write a list, as in [one, two]",
        "model": "write an entry of the form 'key: value'",
        "int": "write a whole number",
        "date": "write a date as YYYY-MM-DD",
    }
    return next((words for stem, words in wanted.items() if kind.startswith(stem)), "write a value of the right type")
