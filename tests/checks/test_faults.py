"""Every fault in `faults/*.yml`: the lines that editors see, from the check and from the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from handbook.problem_kinds import ProblemKind
from tests.support.cases import apply, cases
from tests.support.project import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path

CASES = cases("faults")

SEEN_ON_THE_BUILT_SITE = {ProblemKind.NOT_SHOWN, ProblemKind.BROKEN_PROMISE, ProblemKind.NOT_PRINTABLE}


@pytest.mark.parametrize("name", CASES)
def test_problem_lines(name: str, tiny: Path) -> None:
    """The check reports exactly the lines of the case."""
    apply(CASES[name], tiny)
    assert [problem.line() for problem in load_corpus(tiny, TODAY).problems] == CASES[name]["problems"]


def test_tiny_project_is_clean(tiny: Path) -> None:
    """What the cases change has no problem of its own, so that each line comes from the change."""
    assert load_corpus(tiny, TODAY).problems == ()


@pytest.mark.parametrize("kind", sorted(set(ProblemKind) - SEEN_ON_THE_BUILT_SITE))
def test_every_kind_has_a_case(kind: ProblemKind) -> None:
    """No kind of problem exists that no case shows."""
    lines = [line for case in CASES.values() for line in case["problems"]]
    assert any(f"[{kind}]" in line for line in lines)


@pytest.mark.parametrize("name", ["macros: attribute access", "coverage: mark deleted", "files: not UTF-8"])
def test_build_fails_with_the_same_lines(name: str, tiny: Path) -> None:
    """`mkdocs build` stops with the lines of the check, without a traceback and without a site."""
    apply(CASES[name], tiny)
    checked, built = run("handbook", "check", folder=tiny), run("mkdocs", "build", folder=tiny)
    assert checked.stdout.splitlines() == CASES[name]["problems"]
    assert (checked.returncode, built.returncode) == (1, 1)
    assert all(line in built.stderr for line in CASES[name]["problems"])
    assert "Traceback" not in built.stderr + checked.stderr
    assert not (tiny / "site").exists()


def test_there_are_many() -> None:
    """No file of cases is lost."""
    assert len(CASES) >= 180
