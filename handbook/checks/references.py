"""Whether there is everything that entries, front matter and macro calls name."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from handbook.limits import MOST_UNKNOWN
from handbook.model.references import Names, references, unknown_name
from handbook.model.vocabulary import DEGREES, PageKind, PictureName, Stage
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.parsing.macro_calls import Call
    from handbook.problems import Report


def check_references(registry: Registry, pages: Pages, report: Report) -> None:
    """Report each name that leads nowhere, and each unverified recommendation that a page names.

    Args:
        registry: the entries.
        pages: the pages, which name others and are named.
        report: called with each problem.
    """
    for problem in islice(_problems(registry, pages), MOST_UNKNOWN):
        report(problem)


def _problems(registry: Registry, pages: Pages) -> Iterator[Problem]:
    names = {**registry.names, "page": _page_names(pages), **_CHOICES}
    for record in chain(registry.records(), (page.meta for page in pages)):
        for _, path, sorts, name in references(record):
            if problem := unknown_name(name, record.at(*path), *(names[sort] for sort in sorts)):
                yield problem
    for page in pages:
        for call in page.calls:
            for sort, name in call.references():
                if problem := unknown_name(name, call.location, names[sort]) or _unverified(call, name, registry):
                    yield problem


def _page_names(pages: Pages) -> Names:
    """Return the paths of all pages; while there is none, something else is wrong."""
    advice = "write its path below docs/"
    known = frozenset(pages.names)
    return Names(known, ProblemKind.UNKNOWN_PAGE, "is not a page under docs/", advice, are_all=bool(known))


def _choices(sort: str, values: Iterable[str]) -> Names:
    advice = f"write one of {', '.join(values)}"
    return Names(frozenset(values), ProblemKind.MACRO_ARGUMENTS, f"is not a {sort}", advice)


_CHOICES = {
    "stage": _choices("stage", tuple(map(str, Stage))),
    "kind": _choices("kind", tuple(map(str, PageKind))),
    "degree": _choices("degree", tuple(DEGREES)),
    "picture": _choices("picture", tuple(map(str, PictureName))),
}


def _unverified(call: Call, name: str, registry: Registry) -> Problem | None:
    found = registry.recommendations.get(name) if call.macro == "rec" else None
    if found is None or found.is_public:
        return None
    message = f"'{name}' is unverified, so no page may name it; find a source for it first"
    return Problem(call.location, ProblemKind.UNVERIFIED, message)
