"""Where something on a built page comes from: the line of the source to put right."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.problems import Location
from handbook.urls import file_of

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.pages import Page, Pages
    from handbook.problems import Problem

_HEADING = re.compile(r'<h[2-6] id="([^"]+)"')
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w{3,}")


def with_origin(problem: Problem, site: Path, pages: Pages) -> Problem:
    """Return a problem that names the line of the source too, if its place is on a page that somebody wrote.

    Args:
        problem: what is wrong, with its place.
        site: the folder of the built site, whose name places on built pages begin with.
        pages: the sources.
    """
    file = problem.location.file.removeprefix(f"{site.name}/")
    page = next((page for page in pages if file_of(page.url) == file), None)
    if page is None or not (site / file).is_file():
        return problem
    built = (site / file).read_text(encoding="utf-8").split("\n")[: problem.location.line]
    origin = Location(page.file, _line(page, built))
    return replace(problem, message=f"{problem.message} (this page is made of {origin.file}:{origin.line})")


def _line(page: Page, built: list[str]) -> int:
    """Return the line that has the most words of the last built one, in the section that this is in."""
    sections = {section.anchor: section for section in page.outline.sections}
    anchors = [anchor for anchor in _HEADING.findall("\n".join(built)) if anchor in sections]
    first = sections[anchors[-1]].line if anchors else page.first_line
    lines = page.text.split("\n")
    last = next((section.line - 1 for section in page.outline.sections if section.line > first), len(lines))
    words = set(_WORD.findall(_TAG.sub(" ", built[-1])))
    return max(range(first, last + 1), key=lambda line: len(words.intersection(_WORD.findall(lines[line - 1]))))
