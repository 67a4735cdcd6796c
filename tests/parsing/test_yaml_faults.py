"""Slips in YAML: the line that is named is the one on which to write, and the words say what."""

from __future__ import annotations

import pytest

from handbook.parsing.yaml_values import read_yaml
from tests.support.project import FILES

HEAD = FILES["docs/prisons/release.md"].split("---\n")[1]

SLIPS = {
    ("title: Preparing release", 'title: "Preparing release'): 'put " at its end',
    ("title: Preparing release", "title: 'Prison's release'"): 'write "double quotes" around the text',
    ("title: Preparing release", 'title: "Preparing" release'): "put the quotes around all of it",
    ("title: Preparing release", "title: @release"): "put the text in quotes",
    ("roles: [prison-officer]", "roles: [prison-officer"): "put ] at its end",
    ("owner: Editors", "owner: Editors: all"): 'put all of the text in "quotes"',
    ("owner: Editors", "owner Editors"): "begin it with a name and a colon",
    ("owner: Editors", "owner:Editors"): "no space stands behind 'owner:'; write one",
    ("owner: Editors", " owner: Editors"): "begin both alike",
    ("      level: consensus", "    level: consensus"): "begin it with 6",
    ("      level: consensus", "     level: consensus"): "begin it with 6",
    ("      level: consensus", "       level: consensus"): "begin both alike",
    ("      level: consensus", "\tlevel: consensus"): "a tab stands where",
    ("    - {outcome: wellbeing", "   - {outcome: wellbeing"): "begin it with 4",
    ("    - {outcome: wellbeing", "    {outcome: wellbeing"): "this line has no key",
    ("    - {outcome: wellbeing", "    -{outcome: wellbeing"): "no space stands behind the dash",
    ("  law: Staff", "   law: Staff"): "begin it with 2",
}


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_line_and_words(right: str, wrong: str) -> None:
    """One problem, on the line of the slip, wherever the parser gives up."""
    assert HEAD.count(right) == 1
    text = HEAD.replace(right, wrong)
    problems = [problem for problem in _problems(text) if problem[1] == "yaml-syntax"]
    assert [line for line, _, _ in problems] == [text[: text.index(wrong)].count("\n") + 2]
    assert SLIPS[right, wrong] in problems[0][2]


@pytest.mark.parametrize(
    "several", ['summary: "How to\n  prepare: release."', 'summary: >\n  How to: [\n  "release', "roles: [a,\n  b]"]
)
def test_right_lines_above_are_not_blamed(several: str) -> None:
    """A text of several lines is none of the slips."""
    text = f"{several}\nowner: Editors: all\n"
    assert [line for line, _, _ in _problems(text)] == [several.count("\n") + 3]


def _problems(text: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    read_yaml(text, "page.md", lambda problem: found.append((problem.location.line, problem.kind, problem.message)), 2)
    return found
