"""New entries for the files under `data/`, written as editors write them.

What stands in a file stays as it is, byte for byte, its comments too. The only module that knows ruamel.yaml.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import count
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.model.registry import Registry

_WIDTH = 104
_LONG = 80
"""Letters from which a text stands on lines of its own."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def free_ids(prefix: str, registry: Registry) -> Iterator[str]:
    """Give the ids of an area that come after all that were ever used, one after the other.

    Args:
        prefix: the area's letters.
        registry: what there is, and what there was.
    """
    used = [*registry.names["recommendation"], *(registry.history.recommendations if registry.history else ())]
    numbers = [int(id_[4:]) for id_ in used if id_.startswith(f"{prefix}-") and id_[4:].isdecimal()]
    return (f"{prefix}-{number:02d}" for number in count(max(numbers, default=0) + 1))


def with_entries(text: str, entries: Iterable[Mapping[str, object]]) -> str:
    """Give the text of a file of entries with new ones at its end, a blank line before each.

    Args:
        text: the file as it is.
        entries: keys, and values that are text, lists or mappings.
    """
    kept = text.rstrip().removesuffix("[]").rstrip()
    return "\n\n".join([*filter(None, [kept]), *map(_entry, entries)]) + "\n"


def _entry(values: Mapping[str, object]) -> str:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    target = io.StringIO()
    yaml.dump(_styled(values), target)
    first, *others = target.getvalue().rstrip("\n").split("\n")
    return "\n".join([f"- {first}", *(f"  {line}".rstrip() for line in others)])


def _styled(value: object) -> object:
    """Give long texts lines of their own, lists of names one line, and days no quotes."""
    match value:
        case str() if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
        case str() if len(value) > _LONG:
            return FoldedScalarString(value)
        case dict():
            return CommentedMap({key: _styled(part) for key, part in value.items()})
        case list():
            members = CommentedSeq(map(_styled, value))
            if not any(isinstance(member, dict) for member in value):
                members.fa.set_flow_style()
            return members
        case _:
            return value
