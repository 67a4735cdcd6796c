"""Phrases that the pages do not use: calques, idioms and words that mean something else to a native reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import LineIndex, Problem, Severity

if TYPE_CHECKING:
    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_phrases(registry: Registry, pages: Pages, report: Report) -> None:
    """Warn of each phrase of `data/phrases.yml` that stands on a page, with the better words.

    Args:
        registry: the phrases.
        pages: those that could be read; what stands in code is not looked at.
        report: called with each problem.
    """
    if not registry.phrases:
        return
    better = [phrase.better for phrase in registry.phrases.values()]
    found = re.compile("|".join(rf"(\b{re.escape(phrase)}\b)" for phrase in registry.phrases), re.IGNORECASE)
    for page in pages:
        lines = LineIndex(page.body, page.file, page.first_line)
        for match in found.finditer(page.body):
            location = lines.at(match.start())
            if location.line not in page.outline.fenced:
                message = f"'{match[0]}' is not the handbook's English; write {better[int(match.lastindex or 1) - 1]}"
                report(Problem(location, ProblemKind.PHRASE, message, Severity.WARNING))
