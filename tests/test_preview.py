"""`mkdocs serve` as an editor uses it: problems become a page, and the page comes back when they are mended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import run
from tests.tiny import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASE = "docs/prisons/release.md"
PATIENCE = 60
"""Seconds to wait for a page to change; it takes two on a machine that has nothing else to do."""


def read(address: str) -> str:
    """Give a page as the browser gets it, one that says that there is none too; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - on this machine
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def wait_for(text: str, address: str) -> str:
    """Give the page once it has the text."""
    page, end = "", time.monotonic() + PATIENCE
    while text not in page:
        assert time.monotonic() < end, f"{text!r} does not appear in {page}"
        time.sleep(0.2)
        page = read(address)
    return page


@contextmanager
def served(project: Path) -> Iterator[str]:
    """Serve a project on this machine for as long as it is needed, and give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [str(Path(sys.executable).with_name("mkdocs")), "serve", "--dirty", "--no-strict", "--dev-addr", place]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield f"http://{place}/"
        assert process.poll() is None, "it has ended"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_problems_become_a_page_and_go(tiny: Path) -> None:
    """From a broken start to a mistake in the sources, to one that only the built site shows, and back each time."""
    replace(tiny, RELEASE, "kind: guidance", "kind: guidence")
    with served(tiny) as address:
        release = f"{address}prisons/release/"
        page = wait_for("1 thing is to be mended", release)
        assert "<h2>docs/prisons/release.md</h2>" in page
        assert "Line 4, column 7: &#39;guidence&#39; is not a value of &#39;kind&#39;" in page
        assert "livereload" in page
        assert "1 thing is to be mended" in read(address)
        assert "1 thing is to be mended" in read(f"{address}nowhere/")

        replace(tiny, RELEASE, "kind: guidence", "kind: guidance")
        wait_for("Talk early.", release)
        assert "to be mended" not in read(address)

        replace(tiny, RELEASE, "### 1. Talk every day\n", "<div>\n### 1. Talk every day\n</div>\n")
        assert "to be mended" in wait_for("the built page does not show", address)

        replace(tiny, RELEASE, "<div>\n### 1. Talk every day\n</div>\n", "### 1. Talk every day\n")
        wait_for("Talk early.", release)


def test_unfinished_page_can_be_looked_at(tiny: Path) -> None:
    """What is still to be written does not hide the page from its editor; readers do not get it."""
    run("handbook", "new", "guidance", "prisons", "Night shifts", folder=tiny)
    with served(tiny) as address:
        assert "<h2 id=" in wait_for("To be written: the one thing to do.", f"{address}prisons/night-shifts/")
    built = run("mkdocs", "build", folder=tiny)
    assert (built.returncode, "error[to-be-written]" in built.stderr) == (1, True)


HASTY = """\
from pathlib import Path

def on_pre_build(config):
    page = Path(config.docs_dir, "prisons/release.md")
    page.write_text(page.read_text("utf-8").replace('cite("study")', 'cite("nothing")'), "utf-8")
    page.with_name("late.md").write_text("{{ 1 }}", "utf-8")
"""


def test_pages_saved_during_a_build(tiny: Path) -> None:
    """What is shown is what was checked, not what an editor has saved since: that comes with the next build."""
    (tiny / "hasty.py").write_text(HASTY, encoding="utf-8")
    replace(tiny, "mkdocs.yml", "hooks:\n", "hooks:\n  - hasty.py\n")
    built = run("mkdocs", "build", folder=tiny)
    assert built.returncode == 0, built.stderr
    assert 'cite("nothing")' in (tiny / RELEASE).read_text(encoding="utf-8")
    assert (tiny / "docs/prisons/late.md").exists()
    assert not (tiny / "site/prisons/late").exists()
    assert "error[unknown-source] 'nothing'" in run("mkdocs", "build", folder=tiny).stderr
