"""`handbook move` and `handbook remove`: pages and all that names them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from tests.support.project import TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

NAV = "nav:\n  - index.md\n  - Prisons:\n      - prisons/index.md\n      - prisons/release.md # a comment\n"


@pytest.fixture
def committed(tiny: Path) -> Path:
    """Give the tiny project, published: in git, on a branch called main."""
    for words in (["init", "--quiet", "-b", "main"], ["add", "-A"], ["commit", "--quiet", "-m", "All"]):
        subprocess.run(
            ["git", "-c", "user.name=E", "-c", "user.email=e@example.org", *words],  # noqa: S607 - as in the tests of diff
            cwd=tiny,
            check=True,
        )
    return tiny


def contents(project: Path) -> dict[str, str]:
    """Give every text file of a project but git's."""
    files = [*(project / "docs").rglob("*.md"), *(project / "data").rglob("*.yml"), project / "mkdocs.yml"]
    return {path.relative_to(project).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.mark.parametrize("new", ["prisons/free-again.md", "education/free-again.md"])
def test_move(committed: Path, new: str) -> None:
    """The check is clean, the site has a way from the old place, and links lead where they did, anchors too."""
    replace(
        committed, "docs/index.md", "See {{", "[Free](prisons/release.md#steps) and [again](prisons/release.md). See {{"
    )
    replace(committed, "docs/prisons/release.md", "Silence.", "[Home](../index.md#start-here), [area](index.md).")
    done = run("handbook", "move", "docs/prisons/release.md", f"docs/{new}", folder=committed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [p.line() for p in load_corpus(committed, TODAY).problems] == []
    files = contents(committed)
    assert "docs/prisons/release.md" not in files
    assert f"[Free]({new}#steps) and [again]({new})" in files["docs/index.md"]
    assert f"- old: prisons/release.md\n  new: {new}\n" in files["data/redirects.yml"]
    assert f"- old: prisons/talk.md\n  new: {new}\n" in files["data/redirects.yml"]
    assert {"  - prisons/release.md", f"  - {new}"} <= set(files["data/ids.yml"].split("\n"))


def test_move_in_the_menu(committed: Path) -> None:
    """The line keeps its place and its comment."""
    configuration = committed / "mkdocs.yml"
    others = [f"  - {src_uri}\n" for src_uri in load_corpus(committed, TODAY).pages.by_uri if src_uri not in NAV]
    configuration.write_text(f"{configuration.read_text('utf-8')}{NAV}{''.join(others)}", encoding="utf-8")
    done = run("handbook", "move", "prisons/release.md", "prisons/free.md", folder=committed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "      - prisons/free.md # a comment\n" in configuration.read_text(encoding="utf-8")


def test_move_to_where_a_page_is(committed: Path) -> None:
    """Neither onto a page nor onto a former one, nor out of the folder; nothing changes."""
    before = contents(committed)
    for new in ("prisons/index.md", "prisons/talk.md", "prisons/free"):
        assert run("handbook", "move", "prisons/release.md", new, folder=committed).returncode == 2
    assert (
        "did you mean 'prisons/release.md'?"
        in run("handbook", "move", "prison/release.md", "x.md", folder=committed).stderr
    )
    assert contents(committed) == before


def test_page_that_nobody_saw(committed: Path) -> None:
    """It is begun, moved and removed without a trace."""
    before = contents(committed)
    for _ in range(1):
        run("handbook", "new", "scenario", "prisons", "A trial", folder=committed)
        assert contents(committed) != before
        moved = run("handbook", "move", "prisons/scenario-a-trial.md", "prisons/scenario-try.md", folder=committed)
        assert (moved.returncode, "never published" in moved.stderr) == (0, True), moved.stdout + moved.stderr
        assert "a-trial" not in "".join(contents(committed).values())
        done = run("handbook", "remove", "prisons/scenario-try.md", folder=committed)
        assert done.returncode == 0, done.stderr
    after = contents(committed)
    assert after.keys() == before.keys()
    assert {file for file in after if after[file] != before[file]} <= {"data/ids.yml"}
    assert load_corpus(committed, TODAY).problems == ()


def test_recommendation_that_nobody_saw(committed: Path) -> None:
    """The entry and its id are gone, and what stood before it is as it was."""
    file = committed / "data/recommendations/prisons.yml"
    before = file.read_text(encoding="utf-8")
    run("handbook", "new", "recommendation", "prisons", "A trial", folder=committed)
    done = run("handbook", "remove", "PRI-04", folder=committed)
    assert (done.returncode, file.read_text(encoding="utf-8")) == (0, before), done.stderr
    assert load_corpus(committed, TODAY).problems == ()


@pytest.mark.parametrize("name", ["prisons/release.md", "PRI-01"])
def test_what_was_published_stays(committed: Path, name: str) -> None:
    """It is said what to do instead, and nothing changes; the same where git does not know."""
    before = contents(committed)
    done = run("handbook", "remove", name, folder=committed)
    assert (done.returncode, f"'{name}' is published" in done.stderr) == (1, True)
    (committed / ".git").rename(committed / "away")
    done = run("handbook", "remove", name, folder=committed, GIT_CEILING_DIRECTORIES=str(committed.parent))
    assert (done.returncode, "is not known here" in done.stderr) == (1, True)
    assert contents(committed) == before
