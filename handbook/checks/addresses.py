"""That no two pages of the site have one address: of what is written, made by the site, or was there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.values import Record
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem
from handbook.urls import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_addresses(registry: Registry, pages: Pages, generated: Sequence[GeneratedPage], report: Report) -> None:
    """Report each page that would take the place of another.

    Args:
        registry: the redirects.
        pages: the written pages; one that is the very file of another page is reported with all files.
        generated: the pages that the site makes itself.
        report: called with each problem.
    """
    taken = {url_of(name): Location(f"docs/{name}") for name in pages.names}
    for src_uri, record in _others(registry, generated):
        if src_uri in pages.names:
            continue
        url = url_of(src_uri)
        place = record.at(record.key) if record else taken.get(url, Location(f"docs/{src_uri}"))
        if url in taken:
            message = f"the address '{url}' is that of another page of the site; choose another"
            report(Problem(place, ProblemKind.NAME_CLASH, message))
        taken[url] = place


def _others(registry: Registry, generated: Sequence[GeneratedPage]) -> Iterator[tuple[str, Record | None]]:
    """Yield the file that each page would have, and the entry by which it is called: those without one first."""
    made = [
        (page.src_uri, next((value for value in page.values.values() if isinstance(value, Record)), None))
        for page in generated
    ]
    yield from sorted(made, key=lambda entry: entry[1] is not None)
    yield from ((redirect.old, redirect) for redirect in registry.redirects.values())
