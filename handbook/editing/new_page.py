"""What a new page or recommendation begins with: complete in form, and saying what is still to be written."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown.extensions.toc import slugify

from handbook.editing.entries import free_ids
from handbook.model.front_matter import NEEDED
from handbook.model.vocabulary import PageKind
from handbook.problems import HandbookError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from handbook.model.records import ChallengeArea
    from handbook.model.registry import Registry

KINDS = (
    PageKind.GUIDANCE,
    PageKind.SCENARIO,
    PageKind.EXERCISE,
    PageKind.TRAINING_PLAN,
    PageKind.QUIZ,
    PageKind.ACTOR,
)
"""Kinds of page for which there is a skeleton; pages of the others have no fixed parts."""

_NAMED_BY_TITLE_ALONE = frozenset({PageKind.GUIDANCE, PageKind.ACTOR})

_LAST_NUMBER = 99
_LONGEST_NAME = 60


class SkeletonError(HandbookError):
    """Raised for a new page or recommendation that cannot have a name or number of its own."""


def path_of(kind: PageKind, area: ChallengeArea, title: str) -> str:
    """Return the `src_uri` of a new page, made of its title.

    Raises:
        SkeletonError: if the title has nothing of which a name can be made.
    """
    stem = slugify(title, "-").replace("_", "-")[:_LONGEST_NAME].strip("-")
    if not stem:
        message = f"no file name can be made of the title '{title}'; use at least one letter from a to z"
        raise SkeletonError(message)
    return f"{area.id}/{stem}.md" if kind in _NAMED_BY_TITLE_ALONE else f"{area.id}/{kind}-{stem}.md"


def new_page(registry: Registry, kind: PageKind, area: ChallengeArea, title: str, today: dt.date) -> str:
    """Build the text of a new page, all parts of its kind in their order."""
    head = _rendered(
        "head",
        title=_quoted(title),
        kind=kind,
        needs_audience="roles" in NEEDED.get(kind, ()),
        needs_evidence="evidence" in NEEDED.get(kind, ()),
        role=next(iter(registry.roles), "teacher"),
        today=today,
        owner=_quoted(f"{area.title} editors"),
    )
    body = resources.files("handbook.editing").joinpath("templates", f"{kind}.md").read_text(encoding="utf-8")
    return head + body


def next_id(registry: Registry, area: ChallengeArea) -> str:
    """Return the first id of an area after all that it ever had.

    Raises:
        SkeletonError: if the area has no number left.
    """
    id_ = next(free_ids(area.prefix, registry))
    if int(id_.removeprefix(f"{area.prefix}-")) > _LAST_NUMBER:
        message = f"'{area.id}' has used all its numbers up to {area.prefix}-{_LAST_NUMBER}; ask for a new area"
        raise SkeletonError(message)
    return id_


def new_recommendation(registry: Registry, id_: str, title: str, today: dt.date) -> str:
    """Build a new entry for the data file of an area: a draft that nobody has verified, so that no reader sees it."""
    return _rendered(
        "recommendation",
        id=id_,
        title=_quoted(title),
        actor=next(iter(registry.actors), "commission"),
        role=next(iter(registry.roles), "teacher"),
        today=today,
    )


def with_recommendation(text: str, entry: str) -> str:
    """Return the text of a data file with an entry at its end, in the file's own manner."""
    gap = "\n" if "\n\n- " in text else ""
    return f"{text.rstrip()}\n{gap}{entry}"


def _rendered(template: str, **values: object) -> str:
    environment = Environment(
        loader=PackageLoader("handbook.editing"),
        autoescape=False,  # noqa: S701 - it makes YAML, in which every value is quoted
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(f"{template}.jinja").render(values)


def _quoted(text: str) -> str:
    """Write text as YAML: as it is when it is some words and nothing else, in quotes otherwise."""
    is_plain = " " in text and all(word.isalpha() for word in text.split(" "))
    return text if is_plain else json.dumps(text, ensure_ascii=False)


_ENTRY = re.compile(r"(?P<indent> +- )(?P<page>[\w./-]+\.md)\s*(#.*)?")


def with_entry(configuration: str, page: str, neighbours: Collection[str]) -> str | None:
    """Return `mkdocs.yml` with a page added below the last of its neighbours; None when it names none of them.

    Args:
        configuration: the text of the file.
        page: `src_uri` of the new page.
        neighbours: `src_uri` of the pages beside which it belongs.
    """
    lines = configuration.split("\n")
    found = [(number, entry) for number, line in enumerate(lines) if (entry := _ENTRY.fullmatch(line))]
    beside = [(number, entry["indent"]) for number, entry in found if entry["page"] in neighbours]
    if not beside:
        return None
    number, indent = beside[-1]
    return "\n".join([*lines[: number + 1], f"{indent}{page}", *lines[number + 1 :]])
