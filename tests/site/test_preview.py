"""`mkdocs serve` as an editor uses it: problems become a page, and the page comes back when they are mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.project import replace, run
from tests.support.server import read, served, wait_for

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "docs/prisons/release.md"


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
        wait_for("talk early.", release)
        assert "to be mended" not in read(address)

        replace(tiny, RELEASE, "### 1. Talk every day\n", "<p>\n### 1. Talk every day\n</p>\n")
        assert "to be mended" in wait_for("the built page does not show", address)

        replace(tiny, RELEASE, "<p>\n### 1. Talk every day\n</p>\n", "### 1. Talk every day\n")
        wait_for("talk early.", release)


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
    replace(tiny, "mkdocs.yml", "plugins:\n", "hooks:\n  - hasty.py\nplugins:\n")
    built = run("mkdocs", "build", folder=tiny)
    assert built.returncode == 0, built.stderr
    assert 'cite("nothing")' in (tiny / RELEASE).read_text(encoding="utf-8")
    assert (tiny / "docs/prisons/late.md").exists()
    assert not (tiny / "site/prisons/late").exists()
    assert "error[unknown-source] 'nothing'" in run("mkdocs", "build", folder=tiny).stderr
