"""How the time to check and render a page grows with its length, for pages made to hold the machine.

Run as `python -m benchmarks.shapes` in the project's folder.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from markdown import Markdown

from benchmarks.measure import print_and_exit, progress, table
from handbook.model.pages import read_page
from handbook.parsing.dialect import EXTENSIONS
from handbook.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from multiprocessing.connection import Connection

    from benchmarks.measure import Verdict

SIZES = (12_000, 24_000, 48_000, 96_000)
"""In bytes; the last is about what a page may have."""

EXPONENT_LIMIT = 1.25
"""n log n has 1.09 from 12 to 96 thousand; the rest is for the clock."""

SECONDS_LIMIT = 10.0
"""Of the processor, for a page of the largest size."""

GIVE_UP = 30
"""Seconds of the processor for one page."""

GIVEN_UP, TOO_DEEP = "given up", "too deep to render"

NOTHING = 0.05
"""Seconds below which growth is noise."""

HEAD = """\
---
title: A page
summary: A page.
kind: guidance
roles: [teacher]
stage: [primary]
evidence: {level: limited, why: So.}
reviewed: 2026-11-01
review_months: 12
owner: Somebody
---

"""

PARAGRAPH = 9_000
"""Bytes of a paragraph; longer ones are refused."""


def _in_one(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _in_paragraphs(unit: str, size: int) -> str:
    paragraph = unit * (PARAGRAPH // len(unit))
    return f"{paragraph}\n\n" * (size // PARAGRAPH + 1)


def _few(unit: str, size: int) -> str:
    """Write as many of a mark as may be on a page, and words."""
    text = "word " * (PARAGRAPH // 5 - 200)
    marks = 400 // unit.count(unit[0]) // (size // PARAGRAPH + 1)
    return f"{unit * marks}{text}\n\n" * (size // PARAGRAPH + 1)


def _headings(unit: str, size: int) -> str:
    return "".join(f"## {unit}\n\n{'word ' * (size // 180 // 5)}\n\n" for _ in range(180))


def _nested(unit: str, size: int) -> str:
    levels = "".join(f"{'    ' * level}{unit}\n\n" for level in range(11))
    return levels * (size // len(levels))


def _table(unit: str, size: int) -> str:
    head = f"{'|a' * 20}|\n{'|-' * 20}|\n"
    paragraph = head + unit * ((PARAGRAPH - len(head)) // len(unit))
    return f"{paragraph}\n\n" * (size // PARAGRAPH + 1)


SHAPES: Mapping[str, Callable[[int], str]] = {
    "`[` alone": partial(_in_one, "["),
    "`![` alone": partial(_in_one, "!["),
    "`[^` alone": partial(_in_one, "[^"),
    "`[a][` alone": partial(_in_one, "[a]["),
    "`](` alone": partial(_in_one, "]("),
    "`<` alone": partial(_in_one, "<"),
    "empty headings": partial(_in_one, "## \n"),
    "headings, all the same": partial(_in_one, "# a\n"),
    "headings that end in `{`": partial(_in_one, "# {\n"),
    "items within items": partial(_in_one, "1. "),
    "`{{` alone": partial(_in_one, "{{"),
    "400 `[` and words": partial(_few, "["),
    "400 `![` and words": partial(_few, "!["),
    "400 `[^` and words": partial(_few, "[^"),
    "200 `[a][` and words": partial(_few, "[a]["),
    "180 headings, all the same": partial(_headings, "Same"),
    "lists in lists": partial(_nested, "- a"),
    "quotations in paragraphs": partial(_in_paragraphs, "> > > a\n"),
    "300 backticks and words": partial(_few, "` `` "),
    "`*` at words": partial(_in_paragraphs, "*a **b "),
    "`***` at words": partial(_in_paragraphs, "***a "),
    "`_` at words": partial(_in_paragraphs, "_a __b "),
    "`&`": partial(_in_paragraphs, "&a "),
    "`\\`": partial(_in_paragraphs, "\\a"),
    "spaces": partial(_in_paragraphs, "a" + " " * 50),
    "tables with empty rows": partial(_table, "|\n"),
    "lists": partial(_in_paragraphs, "- a\n"),
    "rules": partial(_in_paragraphs, "---\n"),
    "lines": partial(_in_paragraphs, "a: b\n"),
}
"""For each name, what writes a page's text of so many bytes."""


class Answer(NamedTuple):
    """Seconds of the processor, and what came of the page."""

    seconds: float
    outcome: str


def main() -> None:
    """Measure, print the table, and exit with 1 when a target is missed."""
    settings = {name: dict(options) for name, options in EXTENSIONS.items()}
    markdown = Markdown(extensions=list(settings), extension_configs=settings)
    markdown.convert("warm")
    read_page("prisons/warm.md", f"{HEAD}warm")
    found = {name: _all_sizes(markdown, name) for name in SHAPES}
    head = ("Page", *(f"{size // 1000} KB, s" for size in SIZES), "Exponent", "The largest is")
    print_and_exit(table(head, _rows(found)), _verdicts(found))


def _all_sizes(markdown: Markdown, name: str) -> list[Answer]:
    """Measure a page of each size; those that follow one that was given up would be too."""
    answers: list[Answer] = []
    for size in SIZES:
        answers.append(answers[-1] if answers and answers[-1].outcome == GIVEN_UP else _apart(markdown, name, size))
        progress(f"{name}, {size // 1000} KB: {answers[-1].seconds:.2f} s, {answers[-1].outcome}")
    return answers


def _apart(markdown: Markdown, name: str, size: int) -> Answer:
    """Measure in a process of its own, which the system ends when it takes too long."""
    forking = multiprocessing.get_context("fork")
    receiver, sender = forking.Pipe(duplex=False)
    process = forking.Process(target=_measure, args=(markdown, SHAPES[name](size), sender))
    process.start()
    sender.close()
    try:
        answer: Answer = receiver.recv()
    except EOFError:
        answer = Answer(GIVE_UP, GIVEN_UP)
    process.join()
    return answer


def _measure(markdown: Markdown, text: str, sender: Connection) -> None:
    """Check a page, and render it as the site's build does when the check finds no error."""
    resource.setrlimit(resource.RLIMIT_CPU, (GIVE_UP, GIVE_UP))
    start = time.process_time()
    _, problems = read_page("prisons/page.md", HEAD + text)
    kind = next((problem.kind for problem in problems if problem.severity is Severity.ERROR), None)
    outcome = f"refused: {kind}" if kind else "rendered"
    if not kind:
        try:
            markdown.reset().convert(text)
        except RecursionError:
            outcome = TOO_DEEP
    sender.send(Answer(time.process_time() - start, outcome))


def _exponent(answers: list[Answer]) -> float:
    """Return the power of the length with which the time grows; 0 when the largest page takes next to nothing."""
    first, last = answers[0].seconds, answers[-1].seconds
    return math.log(last / max(first, NOTHING / 10)) / math.log(SIZES[-1] / SIZES[0]) if last > NOTHING else 0.0


def _rows(found: Mapping[str, list[Answer]]) -> Iterator[tuple[str, ...]]:
    for name, answers in found.items():
        seconds = (f"{answer.seconds:.2f}" for answer in answers)
        yield name, *seconds, f"{_exponent(answers):.2f}", answers[-1].outcome


def _verdicts(found: Mapping[str, list[Answer]]) -> list[Verdict]:
    steepest = max(found, key=lambda name: _exponent(found[name]))
    longest = max(found, key=lambda name: found[name][-1].seconds)
    failed = [name for name, answers in found.items() if answers[-1].outcome in {GIVEN_UP, TOO_DEEP}]
    exponent, seconds = _exponent(found[steepest]), found[longest][-1].seconds
    return [
        (f"exponent at most {EXPONENT_LIMIT}", f"{exponent:.2f}, {steepest}", exponent <= EXPONENT_LIMIT),
        (f"at most {SECONDS_LIMIT:.0f} s", f"{seconds:.2f} s, {longest}", seconds <= SECONDS_LIMIT),
        ("every page refused or rendered", ", ".join(failed) or "all", not failed),
    ]


if __name__ == "__main__":
    main()
