"""What each field of the exports means, in the words of the models, so that the guide to the data cannot drift."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from handbook.exports.shapes import Exported
from handbook.exports.tables import columns
from handbook.model.vocabulary import LabelledEnum

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field as readers of the data need to know it.

    Attributes:
        name: its name; that of a field inside another has a dot in it.
        shape: what its value is, in words.
        meaning: what it says.
        values: the values that it can have, where they are few.
    """

    name: str
    shape: str
    meaning: str
    values: tuple[LabelledEnum, ...]


_WORDS = {str: "text", bool: "true or false", int: "whole number", dt.date: "date"}


def meanings(model: type[Exported], within: str = "") -> Iterator[Meaning]:
    """Yield the fields of a shape in the order of a table's columns, each followed by those inside it."""
    for name in columns(model):
        field = model.model_fields[name]
        shown = f"{within}{field.alias or name}"
        kind, shape = _shape(field.annotation)
        values = tuple(kind) if issubclass(kind, LabelledEnum) else ()
        yield Meaning(shown, shape, field.description or "", values)
        if issubclass(kind, Exported):
            yield from meanings(kind, f"{shown}.")


def _shape(annotation: Any) -> tuple[type, str]:  # noqa: ANN401 - any type form
    """Return the type at the heart of an annotation, and the whole in words."""
    if get_origin(annotation) is tuple:
        kind, shape = _shape(get_args(annotation)[0])
        return kind, f"list: {shape}"
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not NoneType]
    optional = NoneType in get_args(annotation)
    word = "one of" if issubclass(kinds[0], LabelledEnum) else _WORDS.get(kinds[0], "object")
    return kinds[0], f"{word}, or empty" if optional else word
