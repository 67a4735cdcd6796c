"""Which values name something else, and whether there is such a thing.

A field says so in its type, `Annotated[Slug, RefersTo("actor")]`. Whatever follows references, the checks, the importer
of tables, the search for unused sources, reads it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Self, get_args

from pydantic import BaseModel

from handbook.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.values import Record
    from handbook.parsing.yaml_values import ValuePath
    from handbook.problem_kinds import ProblemKind
    from handbook.problems import Location


class RefersTo(tuple[str, ...]):
    """Marks the type of a value that is the name of something else, by the sorts of thing that it may be.

    These are keys of `Registry.names`, or "page".
    """

    __slots__ = ()

    def __new__(cls, *sorts: str) -> Self:
        """Take the sorts one by one."""
        return super().__new__(cls, sorts)


class Reference(NamedTuple):
    """A value that names something else.

    Attributes:
        record: in which it stands.
        path: where in the record.
        sorts: what it may be the name of.
        name: the value.
    """

    record: Record
    path: ValuePath
    sorts: tuple[str, ...]
    name: str


def references(record: Record) -> Iterator[Reference]:
    """Yield everything that a record names, in the order of its fields."""
    for path, sorts, name in _in_model(record, ()):
        yield Reference(record, path, sorts, name)


@cache
def sorts_of(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """Return what the value of a key, or each member of it, is the name of; nothing if it is no name."""
    field = model.model_fields[key]
    return next((mark for mark in (*field.metadata, *_marks(field.annotation)) if isinstance(mark, RefersTo)), ())


def _marks(annotation: object) -> Iterator[object]:
    """Yield what is annotated to a type or to the types of which it is made."""
    for part in get_args(annotation):
        yield part
        yield from _marks(part)


def _in_model(model: BaseModel, path: ValuePath) -> Iterator[tuple[ValuePath, tuple[str, ...], str]]:
    for key in type(model).model_fields:
        yield from _in_value(getattr(model, key), sorts_of(type(model), key), (*path, key))


def _in_value(
    value: object, sorts: tuple[str, ...], path: ValuePath
) -> Iterator[tuple[ValuePath, tuple[str, ...], str]]:
    match value:
        case BaseModel():
            yield from _in_model(value, path)
        case tuple():
            for position, member in enumerate(value):
                yield from _in_value(member, sorts, (*path, position))
        case str() if sorts:
            yield path, sorts, value


@dataclass(frozen=True)
class Names:
    """All names of one sort of thing, and what to say of another name.

    Attributes:
        known: the names, in lower case if case makes no difference. Those of entries with a fault are among them: a
            reference to one is not a second fault.
        kind: of the problem when there is no such thing.
        words: what such a name is not: "is not an actor".
        advice: what to do when no known name is near.
        are_all: False when some names cannot be read; then nothing is known to be unknown.
        is_caseless: whether case makes no difference.
    """

    known: frozenset[str]
    kind: ProblemKind
    words: str
    advice: str
    are_all: bool = True
    is_caseless: bool = False

    def has(self, name: str) -> bool:
        """Return whether something has this name."""
        return (name.casefold() if self.is_caseless else name) in self.known


def unknown_name(name: str, location: Location, *sorts: Names) -> Problem | None:
    """Return the problem of a name that is none of any of these sorts; None if it is one, or may be one."""
    if not all(names.are_all for names in sorts) or any(names.has(name) for names in sorts):
        return None
    first, *others = sorts
    words = first.words
    if others:
        words = "is neither " + " nor ".join(names.words.removeprefix("is not ") for names in sorts)
    near = nearest(name, frozenset[str]().union(*(names.known for names in sorts)))
    return Problem(location, first.kind, f"'{name}' {words}{near or f'; {first.advice}'}")
