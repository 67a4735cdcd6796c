"""What a new page or recommendation begins with: complete in form, and saying what is still to be written."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown.extensions.toc import slugify

from handbook.editing.entries import free_ids
from handbook.model.front_matter import NEEDED
from handbook.model.records import Selection
from handbook.model.vocabulary import PageKind, Stage
from handbook.problems import HandbookError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from handbook.model.corpus import Corpus
    from handbook.model.records import ChallengeArea
    from handbook.model.registry import Registry

KINDS = (
    PageKind.GUIDANCE,
    PageKind.SCENARIO,
    PageKind.CASE_STUDY,
    PageKind.EXERCISE,
    PageKind.TRAINING_PLAN,
    PageKind.QUIZ,
    PageKind.ACTOR,
)
"""Kinds of page for which there is a skeleton; a form begins with its data, and the others have no fixed parts."""

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


def new_page(corpus: Corpus, kind: PageKind, area: ChallengeArea, title: str, today: dt.date) -> str:
    """Return the text of a new page, all parts of its kind in their order, for the readers that its area mostly has."""
    alike = list(corpus.pages.select(Selection(areas=(area.id,), kinds=(PageKind.GUIDANCE,))))
    head = _rendered(
        "head",
        title=_quoted(title),
        kind=kind,
        needs_audience="roles" in NEEDED.get(kind, ()),
        needs_evidence="evidence" in NEEDED.get(kind, ()),
        role=_usual((role for page in alike for role in page.meta.roles), corpus.registry.roles),
        stage=_usual((str(stage) for page in alike for stage in page.meta.stage), [str(Stage.SECONDARY)]),
        today=today,
        owner=_quoted(f"{area.title} editors"),
    )
    body = resources.files("handbook.editing").joinpath("templates", f"{kind}.md").read_text(encoding="utf-8")
    return head + body


def _usual(found: Iterable[str], others: Iterable[str]) -> str:
    """Return what is found most often; the first of the others where nothing is found."""
    return next((value for value, _ in Counter(found).most_common(1)), None) or next(iter(others), "")


def with_note(text: str, src_uri: str, today: dt.date) -> str:
    """Return the text of `data/changes.yml`, the newest first, with an entry for a new page whose words are missing."""
    note = _rendered("change", page=src_uri, today=today)
    first = re.search("^- ", text, re.MULTILINE)
    kept = text.rstrip().removesuffix("[]").rstrip()
    return f"{text[: first.start()]}{note}{text[first.start() :]}" if first else f"{kept}\n{note}".lstrip("\n")


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


def new_recommendation(registry: Registry, area: ChallengeArea, id_: str, title: str, today: dt.date) -> str:
    """Give a new entry for the data file of an area: a draft that nobody has verified, so that no reader sees it."""
    alike = registry.recommendations_by_area.get(area.id, ())
    return _rendered(
        "recommendation",
        id=id_,
        title=_quoted(title),
        actor=_usual((other.issuer for other in alike), registry.actors),
        role=_usual((name for other in alike for name in other.addressees), registry.roles),
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
