"""What Lighthouse says of each kind of page on a phone; part of `make test-slow`, best on a machine at rest."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import KINDS

PROGRAM = Path(__file__).parent.parent / "audit" / "node_modules" / ".bin" / "lighthouse"

UNLISTED = ("search", "lost")
"""Pages that search engines are asked to leave out; the one audit that takes it for a fault is not asked."""

RUNS = 5
"""How often speed is measured; it varies, and the median counts."""

TRIES = 3
"""How often Lighthouse may lose its browser; that is no mark for the page."""

pytestmark = pytest.mark.slow


def scores(url: str, *categories: str, without: str = "") -> dict[str, float]:
    """Measure Lighthouse's marks of a page, of 100 each; one of its audits may be left out."""
    assert PROGRAM.exists(), "Lighthouse is missing; 'make test-slow' installs it, and needs Node.js and npm"
    command = (
        PROGRAM,
        url,
        f"--only-categories={','.join(categories)}",
        f"--skip-audits={without}",
        "--chrome-flags=--headless=new --no-sandbox",
        "--output=json",
        "--quiet",
    )
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not done.returncode:
            break
    assert not done.returncode, done.stderr
    said = json.loads(done.stdout)["categories"]
    return {name: round(100 * said[name]["score"]) for name in categories}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_better(kind: str, address: str) -> None:
    """Accessibility, good practice and what search engines ask for."""
    wanted = ("accessibility", "best-practices", "seo")
    without = "is-crawlable" if kind in UNLISTED else ""
    assert scores(address + KINDS[kind], *wanted, without=without) == dict.fromkeys(wanted, 100)


@pytest.mark.parametrize("kind", KINDS)
def test_speed_on_a_phone(kind: str, address: str) -> None:
    """The median of five runs."""
    runs = [scores(address + KINDS[kind], "performance")["performance"] for _ in range(RUNS)]
    assert statistics.median(runs) >= 98, runs
