"""What Lighthouse says of each kind of page on a phone."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import BROWSER, KINDS

PROGRAM = Path(__file__).parent.parent / "node" / "node_modules" / ".bin" / "lighthouse"

UNLISTED = ("search", "lost")
"""Pages that search engines are asked to leave out; the one audit that takes it for a fault is not asked."""

FAST = 95
"""The mark for speed that a page has to reach; Lighthouse calls 90 good."""

TRIES = 5
"""How often speed is measured at most, as other work of the machine takes from the mark and never adds to it; and how
often Lighthouse may lose its browser, which is no mark for the page."""

pytestmark = pytest.mark.slow


def scores(url: str, *categories: str, without: str = "") -> dict[str, float]:
    """Measure Lighthouse's marks of a page, of 100 each; one of its audits may be left out."""
    assert PROGRAM.exists(), "Lighthouse is missing; 'make test-slow' installs it, and needs Node.js and npm"
    command = (
        PROGRAM,
        url,
        f"--only-categories={','.join(categories)}",
        f"--skip-audits={without}",
        "--chrome-flags=--headless --no-sandbox",
        "--disable-full-page-screenshot",
        "--output=json",
        "--quiet",
    )
    environment = os.environ | {"CHROME_PATH": BROWSER or ""}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not done.returncode:
            break
    assert not done.returncode, done.stderr
    said = json.loads(done.stdout)["categories"]
    return {name: round(100 * said[name]["score"]) for name in categories}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_better(kind: str, address: str) -> None:
    """Accessibility, good practice, what search engines ask for, and speed."""
    wanted = ("accessibility", "best-practices", "seo")
    without = "is-crawlable" if kind in UNLISTED else ""
    marks = scores(address + KINDS[kind], *wanted, "performance", without=without)
    speeds = [marks.pop("performance")]
    assert marks == dict.fromkeys(wanted, 100)
    while max(speeds) < FAST and len(speeds) < TRIES:
        speeds.append(scores(address + KINDS[kind], "performance")["performance"])
    assert max(speeds) >= FAST, speeds
