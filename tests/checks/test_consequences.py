"""One slip gives one problem: what seems wrong because of it waits until it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from tests.support.project import TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("data/situations.yml", "  areas: [prisons]", "   areas: [prisons]", "yaml-syntax"),
        ("data/recommendations/prisons.yml", "title: Plan for release", "title: Plan: for release", "yaml-syntax"),
        ("data/recommendations/prisons.yml", "- id: PRI-03", "- id: PRI-01", "duplicate-id"),
        ("data/actors.yml", "- id: ran", " - id: ran", "yaml-syntax"),
        ("data/sources.yml", "- id: guidelines", "- id guidelines", "yaml-syntax"),
    ],
)
def test_one_slip_one_problem(tiny: Path, file: str, old: str, new: str, kind: str) -> None:
    """It is the only one, in its file."""
    replace(tiny, file, old, new)
    found = [(problem.location.file, problem.kind) for problem in load_corpus(tiny, TODAY).problems]
    assert found == [(file, kind)]


def test_how_many_wait(tiny: Path) -> None:
    """Their number is told."""
    replace(tiny, "data/situations.yml", "  areas: [prisons]", "   areas: [prisons]")
    (problem,) = load_corpus(tiny, TODAY).problems
    assert problem.message.endswith("(1 more may follow from this)")
