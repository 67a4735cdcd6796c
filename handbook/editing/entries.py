"""New entries for the files under `data/`, written as editors write them.

What stands in a file stays as it is, byte for byte, its comments too. The only module that knows ruamel.yaml.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from itertools import count
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

from handbook.model.confirmations import wording_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from handbook.model.coverage import Coverage
    from handbook.model.pages import Pages
    from handbook.model.registry import Registry

_IDS_HEAD = """\
# yaml-language-server: $schema=../schemas/ids.schema.json
# Every id and every page that there ever was; nothing here is ever deleted. '.venv/bin/handbook check --fix' adds what
# is new.
"""

_REVIEWS_HEAD = """\
# yaml-language-server: $schema=../schemas/reviews.schema.json
# For which wording of its recommendations each page is confirmed. '.venv/bin/handbook review --confirm PAGE' notes it.
"""

_WIDTH = 104
_LONG = 80
"""Letters from which a text stands on lines of its own."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def free_ids(prefix: str, registry: Registry) -> Iterator[str]:
    """Return the ids of an area that come after all that were ever used, one after the other.

    Args:
        prefix: the area's letters.
        registry: what there is, and what there was.
    """
    used = [*registry.names["recommendation"].known, *(registry.history.recommendations if registry.history else ())]
    numbers = [int(id_[4:]) for id_ in used if id_.startswith(f"{prefix}-") and id_[4:].isdecimal()]
    return (f"{prefix}-{number:02d}" for number in count(max(numbers, default=0) + 1))


def with_entries(text: str, entries: Iterable[Mapping[str, object]]) -> str:
    """Return the text of a file of entries with new ones at its end, a blank line before each.

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
    """Set long texts on lines of their own, lists of names one line, and days no quotes."""
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


def with_news(registry: Registry, pages: Pages) -> str:
    """Return the text of `data/ids.yml` with everything added that is not noted yet."""
    noted = registry.history
    ids = {*registry.recommendations, *(noted.recommendations if noted else ())}
    addresses = {*pages.by_uri, *(noted.pages if noted else ())}
    return f"{_IDS_HEAD}recommendations:\n{_listed(ids)}pages:\n{_listed(addresses)}"


def _listed(names: Iterable[str]) -> str:
    return "".join(f"  - {as_yaml(name)}\n" for name in sorted(names)) or "  []\n"


def as_yaml(text: str) -> str:
    """Write text so that YAML reads the same, plain where it can be.

    >>> as_yaml("prisons/release.md"), as_yaml("a: b")
    ('prisons/release.md', '"a: b"')
    """
    return text if re.fullmatch(r"[A-Za-z][\w./-]*", text, re.ASCII) else json.dumps(text)


def with_confirmed(registry: Registry, coverage: Coverage, confirmed: Collection[str]) -> str:
    """Return the text of `data/reviews.yml` in which these pages are confirmed as they are now.

    Args:
        registry: the confirmations until now.
        coverage: what the pages put into practice.
        confirmed: `src_uri` of each page.
    """
    wording = {page: dict(confirmation.wording) for page, confirmation in registry.confirmations.items()}
    wording |= {page: {} for page in confirmed}
    for covering in coverage.coverings:
        if covering.page.src_uri in confirmed:
            found = covering.recommendation
            wording[covering.page.src_uri][found.id] = wording_digest(found)
    return _REVIEWS_HEAD + "".join(_entries(wording))


def _entries(wording: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for page, marks in sorted(wording.items()):
        if marks:
            lines = "".join(f'    {id_}: "{mark}"\n' for id_, mark in sorted(marks.items()))
            yield f"- page: {as_yaml(page)}\n  wording:\n{lines}"
