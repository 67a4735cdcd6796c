"""Whether the menu, `nav` in `mkdocs.yml`, names every page once, nothing else, and a page first in each section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.parsing.text_files import read_text
from handbook.parsing.yaml_values import read_yaml
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from handbook.parsing.yaml_values import Document, ValuePath
    from handbook.problems import Report

CONFIGURATION = "mkdocs.yml"

_NAV = re.compile(r"^nav:[^\S\n]*(?:#.*)?\n(?P<entries>(?:[ #-].*\n|\n)*)", re.MULTILINE)


def check_navigation(root: Path, pages: Collection[str], generated: Collection[str], report: Report) -> None:
    """Check the menu, if the project has one; MkDocs would name neither file nor line.

    Args:
        root: the project's folder.
        pages: `src_uri` of all written pages.
        generated: `src_uri` of the pages that the site makes itself, which the menu may name.
        report: called with each problem.
    """
    text = read_text(root / CONFIGURATION, CONFIGURATION, report)
    nav = _NAV.search(f"{text}\n") if text else None
    if nav is None:
        return
    first_line = nav.string.count("\n", 0, nav.start("entries")) + 1
    document = read_yaml(nav["entries"], CONFIGURATION, report, first_line)
    if document is None:
        return
    _check_names(document, pages, generated, report)
    for section, place in _leading_nowhere(document):
        message = (
            f"'{section}' begins with no page, so its name would lead nowhere; put first the page that it leads to"
        )
        report(Problem(place, ProblemKind.NAVIGATION, message))


def _check_names(document: Document, pages: Collection[str], generated: Collection[str], report: Report) -> None:
    seen: dict[str, int] = {}
    for name, place in _named(document):
        parts = name.split(" - ")
        if len(parts) > 1:
            message = (
                f"'{parts[0]}' and '{parts[1]}' are one text here; begin both lines with the same spaces and a dash"
            )
            report(Problem(place, ProblemKind.NAVIGATION, message))
        elif name in seen:
            message = f"'{name}' stands in the menu in line {seen[name]} already; delete one"
            report(Problem(place, ProblemKind.NAVIGATION, message))
        elif name not in pages and name not in generated:
            near = nearest(name, pages) or "; delete the line, or write the path of a page below docs/"
            report(Problem(place, ProblemKind.NAVIGATION, f"the menu names '{name}', which is no page{near}"))
        for part in parts:
            seen.setdefault(part, place.line)
    for src_uri in pages:
        if src_uri not in seen:
            message = f"the menu leaves out '{src_uri}'; add '- {src_uri}' to 'nav' in {CONFIGURATION}"
            report(Problem(Location(f"docs/{src_uri}"), ProblemKind.NAVIGATION, message))


def _leading_nowhere(document: Document) -> Iterator[tuple[str, Location]]:
    """Yield each section that does not begin with a page, with its place."""
    for path, place in document.keys.items():
        members = document.at(path)
        if isinstance(members, list) and members:
            first = next(iter(members[0].values())) if isinstance(members[0], dict) else members[0]
            if not str(first).endswith(".md"):
                yield str(path[-1]), place


def _named(document: Document) -> Iterator[tuple[str, Location]]:
    """Yield each page that is named, with its place."""

    def leaves(value: object, path: ValuePath) -> Iterator[tuple[str, Location]]:
        match value:
            case list():
                for position, member in enumerate(value):
                    yield from leaves(member, (*path, position))
            case dict():
                for key, member in value.items():
                    yield from leaves(member, (*path, key))
            case str() if value.endswith(".md"):
                yield value, document.places[path]

    yield from leaves(document.value, ())
