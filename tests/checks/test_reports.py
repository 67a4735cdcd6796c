"""Problems in each format."""

from __future__ import annotations

import json

from handbook.checks.reports import as_github, as_json, as_text
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity, nearest

PROBLEMS = [
    Problem(Location("docs/a,b.md", 14, 4), ProblemKind.UNKNOWN_ROLE, "100 % wrong\nand more"),
    Problem(Location("data/x.yml"), ProblemKind.COVERS_PLACE, "twice", Severity.WARNING),
]


def test_text() -> None:
    """One line each, which editors turn into links."""
    assert as_text(PROBLEMS[1:]) == "data/x.yml:1:1: warning[covers-place] twice\n"


def test_a_quotation_forges_no_line() -> None:
    """What is quoted from a file cannot end the line, move the cursor or be impossible to print."""
    problem = Problem(Location("docs/a\n.md"), ProblemKind.UNKNOWN_ROLE, "'\x1b[2J\n::error::\ud800\u202e'")
    assert as_text([problem]) == (r"docs/a\n.md:1:1: error[unknown-role] '\x1b[2J\n::error::\ud800\u202e'" + "\n")


def test_github() -> None:
    """Workflow commands with all that could break them escaped."""
    assert as_github(PROBLEMS).splitlines() == [
        "::error file=docs/a%2Cb.md,line=14,col=4,title=unknown-role::100 %25 wrong\\nand more",
        "::warning file=data/x.yml,line=1,col=1,title=covers-place::twice",
    ]


def test_json() -> None:
    """All parts by name."""
    assert json.loads(as_json(PROBLEMS))["problems"][0] == {
        "file": "docs/a,b.md",
        "line": 14,
        "column": 4,
        "severity": "error",
        "kind": "unknown-role",
        "message": r"100 % wrong\nand more",
    }


def test_nearest_sees_through_look_alikes() -> None:
    """An O for a zero is the commonest slip in an id; case does not count either."""
    known = ["PRI-01", "PRI-03", "ONL-03"]
    assert nearest("PRI-O3", known) == "; did you mean 'PRI-03'?"
    assert nearest("pri-03", known) == "; did you mean 'PRI-03'?"
    assert nearest("something else", known) == ""


def test_every_kind_is_explained() -> None:
    """Each kind has its meaning and what to do in the editors' guide, in sentences."""
    assert all(kind.meaning.endswith(".") and kind.repair.endswith(".") for kind in ProblemKind)
    assert len({kind.meaning for kind in ProblemKind}) == len(ProblemKind)
