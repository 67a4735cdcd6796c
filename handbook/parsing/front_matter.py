"""The front matter of a page as values, refused where MkDocs would read it in another way."""

from __future__ import annotations

import re
from typing import NamedTuple

from handbook.limits import LONGEST_FRONT_MATTER_LINE, MOST_FRONT_MATTER
from handbook.parsing.yaml_values import Document, read_yaml
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report


class FrontMatter(NamedTuple):
    """The front matter of a page: what it says, the lines that it takes with its two fences, and its text."""

    document: Document
    lines: int
    text: str


def read_front_matter(text: str, file: str, report: Report) -> FrontMatter | None:
    """Read the YAML head of a page, or report that it is missing or bad."""
    head = re.match(r"---[ ]*\n(.*?\n)??---[ ]*(\n|$)", text, re.DOTALL)
    opened = re.match(r"---[ ]*\n((?:[\w-]+:.*\n|[ ]+.*\n)+)", text)
    if opened and (head is None or "\n## " in head[0]):
        message = "the front matter does not end here; write a line of three dashes, '---', before the text begins"
        report(Problem(Location(file, opened[0].count("\n") + 1), ProblemKind.FRONT_MATTER, message))
        return None
    if head is None:
        message = "the page has no front matter; begin it with '---', the keys title, summary, kind …, and '---'"
        report(Problem(Location(file), ProblemKind.FRONT_MATTER, message))
        return None
    if not (head[1] or "").strip():
        message = "the front matter is empty; write title, summary, kind …"
        report(Problem(Location(file), ProblemKind.FRONT_MATTER, message))
        return None
    if problem := _front_matter_problem(head[1], file):
        report(problem)
        return None
    document = read_yaml(head[1], file, report, first_line=2)
    return None if document is None else FrontMatter(document, head[0].rstrip("\n").count("\n") + 1, head[1])


def _front_matter_problem(head: str, file: str) -> Problem | None:
    """Find what is too long, would end the head for MkDocs, or would be rendered if MkDocs took it for text."""
    if len(head) > MOST_FRONT_MATTER:
        message = f"the front matter has {len(head)} characters, {MOST_FRONT_MATTER} at most; shorten it"
        return Problem(Location(file), ProblemKind.TOO_LARGE, message)
    for number, line in enumerate(head.split("\n"), 2):
        if len(line) > LONGEST_FRONT_MATTER_LINE:
            message = f"this line has {len(line)} characters, {LONGEST_FRONT_MATTER_LINE} at most; shorten it"
            return Problem(Location(file, number, LONGEST_FRONT_MATTER_LINE + 1), ProblemKind.TOO_LARGE, message)
        if odd := re.search(r"^(?:---|\.\.\.)|\{[{%#]", line):
            message = f"'{odd[0]}' may not stand in front matter; delete it, or write it otherwise"
            return Problem(Location(file, number, odd.start() + 1), ProblemKind.FRONT_MATTER, message)
    return None
