"""Entries as JSON files, each with a JSON Schema beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from handbook.exports.shapes import SCHEMA_VERSION, DatasetFile, Exported
from handbook.identity import LICENCE_URL
from handbook.model.addresses import absolute_url

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T", bound=Exported)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_name(name: str) -> str:
    """Return the address of the schema of a file, as seen from the file."""
    return f"schemas/{name}.schema.json"


def write_dataset(model: type[T], name: str, title: str, items: Iterable[T]) -> str:
    """Write a whole file.

    Args:
        model: the shape of the entries.
        name: name of the file without its ending.
        title: what it holds.
        items: the entries, in the order of the file.
    """
    frame = {
        "$schema": schema_name(name),
        "schema_version": SCHEMA_VERSION,
        "title": title,
        "licence": LICENCE_URL,
        "site": absolute_url(""),
    }
    dataset = DatasetFile[model].model_validate(frame | {"items": tuple(items)})  # type: ignore[valid-type]  # known only now
    content = dataset.model_dump(mode="json", by_alias=True)
    lines = (f"{_dumped(key)}: {lined(v) if key == 'items' else _dumped(v)}" for key, v in sorted(content.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_schema(model: type[Exported], title: str) -> str:
    """Write the JSON Schema of a file with entries of a shape."""
    return write_shape(DatasetFile[model], title)  # type: ignore[valid-type]


def write_shape(model: type[Exported], title: str) -> str:
    """Write the JSON Schema of a file that is one object of a shape."""
    schema = model.model_json_schema(mode="serialization")
    return _dumped({"$schema": _DIALECT, **schema, "title": title}, indent=1) + "\n"


def lined(entries: Iterable[Any]) -> str:
    """Write a JSON list with a line for each entry, so that what changed can be seen, and files stay small."""
    return "[\n" + ",\n".join(_dumped(entry) for entry in entries) + "\n]"


def _dumped(content: Any, indent: int | None = None) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(content, ensure_ascii=False, indent=indent, sort_keys=True)
