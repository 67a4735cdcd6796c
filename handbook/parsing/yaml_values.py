"""YAML text as plain values that remember where they stand.

The only module that knows PyYAML. Scalars stay text until a model gives them a type, so `title: No` is the word "No",
and a version or a date never turns into something else on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from handbook.parsing.text_files import SourceError
from handbook.parsing.yaml_faults import find_slip
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it: an order of magnitude faster, with the same marks."""


_NOTHING = frozenset({"", "~", "null"})


_DEEPEST = 10
"""Levels of lists and mappings; a file made to exhaust the memory has thousands."""


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
        """Return the value at a path."""
        value = self.value
        for step in path:
            value = value[step]
        return value

    def entries(self) -> Iterator[Document]:
        """Yield the items of a list as documents of their own."""
        places: list[dict[ValuePath, Location]] = [{} for _ in self.value]
        keys: list[dict[ValuePath, Location]] = [{} for _ in self.value]
        for whole, parts in ((self.places, places), (self.keys, keys)):
            for path, location in whole.items():
                if path:
                    parts[int(path[0])][path[1:]] = location
        for item, item_places, item_keys in zip(self.value, places, keys, strict=True):
            yield Document(item, item_places, item_keys)


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
        slip = find_slip(text, mark.line) if mark else None
        if slip:
            location = Location(file, first_line + slip.line, slip.column + 1)
        else:
            location = reader.location(mark) if mark else Location(file, first_line)
        report(Problem(location, ProblemKind.YAML_SYNTAX, slip.message if slip else _explained(error)))
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


ValuePath = tuple[str | int, ...]
"""The way from an entry to a value in it: `("sources", 0)` is the first of its sources."""
