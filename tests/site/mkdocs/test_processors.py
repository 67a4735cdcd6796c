"""Pages are rendered on all processors; nobody can tell from the site."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.project import FILES, replace, run, run_anew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = 70
"""Enough for two processes."""


@pytest.fixture
def large(tiny: Path) -> Path:
    """Return a project with many pages, each with a link to a place on another."""
    ids = tiny / "data/ids.yml"
    for number in range(PAGES):
        page = f"prisons/page-{number:02}.md"
        text = FILES["docs/prisons/index.md"].replace("title: Prisons", f"title: Page {number}")
        link = f"[Next](page-{(number + 1) % PAGES:02}.md#guidance)"
        (tiny / "docs" / page).write_text(f"{text}\n{link} {{{{ rec('PRI-01') }}}}\n", encoding="utf-8")
        ids.write_text(f"{ids.read_text(encoding='utf-8')}  - {page}\n", encoding="utf-8")
    return tiny


@contextmanager
def one_processor() -> Iterator[None]:
    """Let what is run here have one processor."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(mine)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def files(site: Path) -> dict[str, bytes]:
    """Return the content of each file."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_same_bytes_on_one_processor(large: Path) -> None:
    """A site built by one process is the one built by several."""
    shared = run("mkdocs", "build", "--site-dir", "shared", folder=large)
    with one_processor():
        alone = run("mkdocs", "build", "--site-dir", "alone", folder=large)
    assert (shared.returncode, alone.returncode) == (0, 0), shared.stderr + alone.stderr
    built = files(large / "shared")
    assert f"prisons/page-{PAGES - 1}/index.html" in built
    assert built == files(large / "alone")


def add_hook(project: Path, lines: str) -> None:
    """Let MkDocs do something more with the text of each page."""
    imports = "import logging\nfrom mkdocs.exceptions import PluginError\n"
    text = f"{imports}\ndef on_page_markdown(markdown, page, **_):\n{lines}"
    (project / "more.py").write_text(text, encoding="utf-8")
    replace(project, "mkdocs.yml", "plugins:\n", "hooks:\n  - more.py\nplugins:\n")


def test_warnings_count(large: Path) -> None:
    """What MkDocs warns of is said once and stops the build, in whichever process it was found."""
    warn = "logging.getLogger('mkdocs.hooks.more').warning('%s is read', page.file.src_uri)"
    add_hook(large, f"    if markdown and 'page-' in page.file.src_uri:\n        {warn}\n")
    done = run("mkdocs", "build", folder=large)
    assert done.returncode == 1
    assert f"Aborted with {PAGES} warnings in strict mode!" in done.stdout
    said = [line for line in done.stderr.splitlines() if "is read" in line]
    assert said == [f"WARNING -  prisons/page-{number:02}.md is read" for number in range(PAGES)]


def test_failure_in_a_process_is_told(large: Path) -> None:
    """What goes wrong in a process ends the build as it would have here."""
    add_hook(large, f"    if 'page-{PAGES - 9}' in page.file.src_uri:\n        raise PluginError('this page is bad')\n")
    done = run("mkdocs", "build", folder=large)
    assert done.returncode == 1
    assert "this page is bad" in done.stderr
    assert "Traceback" not in done.stderr


def test_same_problems_on_one_processor(large: Path) -> None:
    """A check by several processes says what one would say, in the same order."""
    for number in (3, 4, PAGES - 1):
        replace(large, f"docs/prisons/page-{number:02}.md", "rec('PRI-01')", "rec('PRI-99')")
    replace(large, "docs/prisons/page-50.md", "kind: overview", "kind: overseen")
    shared = run("handbook", "check", folder=large)
    with one_processor():
        alone = run("handbook", "check", folder=large)
    assert [line.partition(":")[0] for line in shared.stdout.splitlines()] == [
        f"docs/prisons/page-{number:02}.md" for number in (3, 4, 50, PAGES - 1)
    ]
    assert (shared.returncode, shared.stdout, shared.stderr) == (1, alone.stdout, alone.stderr)


KILLER = "import os, signal\nos.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))\n"


@pytest.mark.parametrize("command", [("handbook", "check"), ("mkdocs", "build")], ids=" ".join)
def test_killed_process_is_told(large: Path, command: tuple[str, ...]) -> None:
    """A system without memory that ends one of the processes leaves a line and no traceback."""
    (large / "sitecustomize.py").write_text(KILLER, encoding="utf-8")
    done = run_anew(*command, folder=large, PYTHONPATH=str(large))
    assert done.returncode == 1
    assert "was ended (-9) before it was done; was there too little memory?" in done.stderr
    assert "Traceback" not in done.stderr
