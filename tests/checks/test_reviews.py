"""Pages that must be read again: what editors are told, and what readers see."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.project import REAL, replace, run, write_project
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "docs/prisons/release.md"
PRISONS = "data/recommendations/prisons.yml"


def age(project: Path) -> None:
    """Let a page become overdue, and change what one of its recommendations asks."""
    replace(project, RELEASE, "reviewed: 2026-11-23", "reviewed: 2020-01-31")
    replace(project, PRISONS, "talk with people every day", "talk with everybody every day")


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with an overdue and suspect page, and its built site."""
    project = write_project(tmp_path_factory.mktemp("aged") / "tiny", REAL)
    age(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 23 November 2026
        done = run("mkdocs", "build", folder=project)
    assert done.returncode == 0, done.stderr
    return project


def test_list(tiny: Path) -> None:
    """Pages that are due and pages to be confirmed, a line each."""
    nothing = run("handbook", "review", folder=tiny)
    assert (nothing.stdout, nothing.stderr) == ("", "0 due for review, 0 to be confirmed.\n")
    age(tiny)
    assert run("handbook", "review", folder=tiny).stdout == (
        "docs/prisons/release.md: due since 2021-01, last reviewed 2020-01-31\n"
        "docs/prisons/release.md: to be confirmed for PRI-01\n"
        "  PRI-01 in '1. Talk every day', line 34\n"
        "    asks: Know the people you guard. Staff should talk with everybody every day.\n"
    )


def test_old_and_new_words(tiny: Path) -> None:
    """Where git knows what readers have, the old words stand below the new ones, before a page is confirmed too."""
    for said in (["init", "--quiet", "-b", "main"], ["add", "-A"], ["commit", "--quiet", "-m", "All"]):
        command = ["git", "-c", "user.name=E", "-c", "user.email=e@example.org", *said]
        subprocess.run(command, cwd=tiny, check=True)
    replace(tiny, PRISONS, "talk with people every day", "talk with everybody every day")
    for arguments in ([], ["--confirm", RELEASE]):
        assert (
            "    asks: Know the people you guard. Staff should talk with everybody every day.\n"
            "    asked: Know the people you guard. Staff should talk with people every day.\n"
        ) in run("handbook", "review", *arguments, folder=tiny).stdout


def test_confirm(tiny: Path) -> None:
    """A confirmed page is no longer suspect, until the wording changes again; other pages' records stay."""
    age(tiny)
    assert run("handbook", "review", "--confirm", RELEASE, folder=tiny).returncode == 0
    assert "warning[suspect]" not in run("handbook", "check", folder=tiny).stdout
    text = (tiny / "data/reviews.yml").read_text(encoding="utf-8")
    assert '- page: education/index.md\n  wording:\n    EDU-01: "5a7fc1d6e02e"\n' in text
    assert "3d71e5f66d11" not in text
    replace(tiny, PRISONS, "Know the people you guard", "Know the people in your care")
    assert f"{RELEASE}:1:1: warning[suspect]" in run("handbook", "check", folder=tiny).stdout


def test_first_confirmation(tiny: Path) -> None:
    """Without any record every page with a mark is suspect, and the first confirmation makes the file."""
    (tiny / "data/reviews.yml").unlink()
    assert run("handbook", "review", folder=tiny).stderr == "0 due for review, 2 to be confirmed.\n"
    run("handbook", "review", "--confirm", "prisons/release.md", "--confirm", "education/index.md", folder=tiny)
    assert run("handbook", "check", folder=tiny).stdout == ""


def test_confirm_refuses(tiny: Path) -> None:
    """A page that is not there is wrong usage; a record with errors is not written over."""
    unknown = run("handbook", "review", "--confirm", "prisons/releasing.md", folder=tiny)
    assert (unknown.returncode, "did you mean 'prisons/release.md'?" in unknown.stderr) == (2, True)
    replace(tiny, "data/reviews.yml", "wording:\n    EDU-01", "words:\n    EDU-01")
    broken = run("handbook", "review", "--confirm", "prisons/release.md", folder=tiny)
    assert (broken.returncode, "'data/reviews.yml' has errors" in broken.stderr) == (1, True)
    assert "words:" in (tiny / "data/reviews.yml").read_text(encoding="utf-8")


def test_readers_are_told(aged: Path) -> None:
    """An overdue page says so at its top, a suspect one at its foot, other pages nothing."""
    above, below = read(aged / "site", "prisons/release").xpath("//p[@class='notice']")
    assert words(above).startswith("This page was due for review in January 2021. Some of it may be out of date")
    assert above.getprevious().get("class") == "downloads"
    assert words(below).startswith("Since this page was confirmed, the wording has changed of PRI-01 Know the people")
    assert below.getnext().get("class") == "review"
    assert read(aged / "site", "education").xpath("//p[@class='notice']") == []


def test_list_of_reviews(aged: Path, tiny_site: Path) -> None:
    """The list for editors marks what is overdue and names what is to be confirmed, if anything is."""
    article = read(aged / "site", "recommendations")
    (row,) = article.xpath("//table[caption[starts-with(., 'Pages, the next')]]//tr[contains(., 'overdue')]")
    assert words(row) == "Preparing release January 2021 (overdue) 31 January 2020 Editors"
    (table,) = article.xpath("//table[caption[starts-with(., 'Pages to be confirmed')]]/tbody")
    assert words(table) == "Preparing release PRI-01"
    assert "Pages to be confirmed" not in words(read(tiny_site, "recommendations"))


def test_print_tells_too(aged: Path) -> None:
    """The PDF carries both notices."""
    done = run("handbook", "pdf", "--page", "prisons/release.md", "-o", "release.pdf", folder=aged)
    assert done.returncode == 0, done.stderr
    command = ["pdftotext", str(aged / "release.pdf"), "-"]
    text = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "This page was due for review in January 2021." in text
    assert "the wording has changed of PRI-01" in text
