"""Every fault in `cases/*.yml`: the lines that editors see, from the check and from the build."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.corpus import load_corpus
from handbook.errors import ProblemKind
from tests.conftest import TODAY, run
from tests.tiny import replace

CASES = {
    f"{path.stem}: {case['case']}": case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
}

SEEN_ON_THE_BUILT_SITE = {ProblemKind.BROKEN_LINK, ProblemKind.NOT_SHOWN, ProblemKind.BROKEN_PROMISE}


def apply(case: dict[str, Any], project: Path) -> None:
    """Make the change that the case describes."""
    path = project / case["file"]
    match case.get("how", "replace"):
        case "replace":
            replace(project, case["file"], case["replace"], case["by"])
        case "delete":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        case "whole":
            path.write_bytes(bytes.fromhex(case["bytes"]))
        case "append":
            path.write_bytes(path.read_bytes() + bytes.fromhex(case["bytes"]))
        case "prepend":
            path.write_bytes(bytes.fromhex(case["bytes"]) + path.read_bytes())


@pytest.mark.parametrize("name", CASES)
def test_problem_lines(name: str, tiny: Path) -> None:
    """The check reports exactly the lines of the case."""
    apply(CASES[name], tiny)
    assert [problem.line() for problem in load_corpus(tiny, TODAY).problems] == CASES[name]["problems"]


def test_tiny_project_is_clean(tiny: Path) -> None:
    """What the cases change has no problem of its own, so that each line comes from the change."""
    assert load_corpus(tiny, TODAY).problems == ()


@pytest.mark.parametrize("kind", set(ProblemKind) - SEEN_ON_THE_BUILT_SITE)
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
