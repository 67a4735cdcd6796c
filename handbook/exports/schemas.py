"""The shapes of the data files and of front matter as JSON Schemas, for editors' tools; and those of the exports.

They are made from the models and committed under `schemas/`, so that an editor's program can help without this package,
and so that a change of what others are promised is seen in review; `handbook schema --check` tells when they no longer
agree.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from handbook.exports.catalogue import CATALOGUE
from handbook.model.front_matter import PageMeta
from handbook.model.registry import Form, Registry

if TYPE_CHECKING:
    from collections.abc import Mapping


FOLDER = "schemas"


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out the titles that would only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's own signature
        return False


def schema_files() -> Mapping[str, str]:
    """Return the text of each schema by its path in the project."""
    shapes: dict[str, Any] = {"front-matter": PageMeta}
    for _, file, model in Registry.data_files():
        shapes[file.name] = list[model] if file.form in {Form.LIST, Form.LISTS} else model  # type: ignore[valid-type]
    for_editors = {f"{FOLDER}/{name}.schema.json": _text(name, shape) for name, shape in sorted(shapes.items())}
    return for_editors | {f"{FOLDER}/export-{d.name}.schema.json": d.write_schema() for d in CATALOGUE}


def _text(name: str, shape: Any) -> str:  # noqa: ANN401 - any type form
    where = "the front matter of a page" if name == "front-matter" else f"data/{name}"
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": f"Shape of {where}. {_ORIGIN}"}
    schema = head | TypeAdapter(shape).json_schema(schema_generator=_WithoutTitles)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


_ORIGIN = "Made by '.venv/bin/handbook schema' from handbook/model/; do not edit."
