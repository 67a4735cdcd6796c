"""The command line, as an editor uses it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.support.pdfs import words
from tests.support.project import replace, run

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "docs/prisons/release.md"


def test_clean_project(tiny: Path) -> None:
    """Nothing on standard output, the counts beside it, exit code 0."""
    done = run("handbook", "check", folder=tiny)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "4 recommendations, 14 pages: no problems.\n"


def test_problems(tiny: Path) -> None:
    """A line for each problem, exit code 1."""
    replace(tiny, RELEASE, "kind: guidance", "kind: guidence")
    done = run("handbook", "check", folder=tiny)
    assert done.returncode == 1
    assert done.stdout.startswith("docs/prisons/release.md:4:7: error[wrong-value] 'guidence'")
    assert done.stderr == "4 recommendations, 13 pages: 1 error, 0 warnings.\n"


def test_warnings_alone_pass(tiny: Path) -> None:
    """A warning is printed and stops nothing."""
    replace(tiny, RELEASE, '{{ covers("PRI-01") }}', '{{ covers("PRI-01") }}\n\n{{ covers("PRI-01") }}')
    done = run("handbook", "check", folder=tiny)
    assert (done.returncode, "warning[covers-place]" in done.stdout) == (0, True)


def test_formats(tiny: Path) -> None:
    """The same problem for GitHub and for programs."""
    replace(tiny, RELEASE, '{{ actor("ran") }}', '{{ actor("rann") }}')
    assert run("handbook", "check", "--format", "github", folder=tiny).stdout.startswith("::error file=docs/prisons/")
    listed = json.loads(run("handbook", "check", "--format", "json", folder=tiny).stdout)["problems"]
    assert [problem["kind"] for problem in listed] == ["unknown-actor"]


def test_wrong_usage(tiny: Path, tmp_path: Path) -> None:
    """An unknown format, and a folder that is no project, are explained; exit code 2."""
    unknown = run("handbook", "check", "--format", "xml", folder=tiny)
    elsewhere = run("handbook", "check", folder=tmp_path)
    assert (unknown.returncode, elsewhere.returncode) == (2, 2)
    assert "'xml' is not one of 'github', 'json', 'text'" in unknown.stderr
    assert "has no mkdocs.yml; run this command in the project's folder" in elsewhere.stderr


def test_build(tiny: Path) -> None:
    """The site is where it was asked for, and nothing else is left behind."""
    before = {path.name for path in tiny.iterdir()}
    assert run("handbook", "build", "--site-dir", "public", folder=tiny).returncode == 0
    assert (tiny / "public/index.html").is_file()
    assert {path.name for path in tiny.iterdir()} - before - {"__pycache__"} == {"public"}


def test_build_writes_the_downloads(tiny: Path) -> None:
    """The PDFs are in the site, and each is named when it is written."""
    done = run("handbook", "build", folder=tiny)
    assert (tiny / "site/downloads/prisons.pdf").read_bytes().startswith(b"%PDF")
    assert "downloads/prisons.pdf: PDF, " in done.stderr
    assert "downloads/cards: 1 hand-over cards, prisons" in done.stderr


def test_failed_download_keeps_the_old_site(tiny: Path) -> None:
    """What cannot be written is named, and readers keep what they had."""
    (tiny / "overrides/images/icon.png").write_bytes(b"GIF89a")
    failed = run("handbook", "build", folder=tiny)
    assert failed.returncode == 1
    assert "downloads/handbook.zim: not written" in failed.stderr
    assert "the icon is no PNG of 48 by 48 pixels" in failed.stderr
    assert failed.stderr.endswith("The site was not built; 'site' is as it was.\n")
    assert not (tiny / "site").exists()


def test_pdf_of_a_selection(tiny: Path) -> None:
    """Any selection becomes a file where it was asked for, and no site is left behind."""
    before = {path.name for path in tiny.iterdir()}
    done = run("handbook", "pdf", "--area", "prisons", "--page", "index.md", "-o", "mine.pdf", folder=tiny)
    assert done.returncode == 0, done.stderr
    assert (tiny / "mine.pdf").read_bytes().startswith(b"%PDF")
    assert {path.name for path in tiny.iterdir()} - before - {"__pycache__"} == {"mine.pdf"}


def test_pdf_of_a_page(tiny: Path) -> None:
    """One page is called by its own name, and says its own title."""
    done = run("handbook", "pdf", "--page", "prisons/release.md", folder=tiny)
    assert done.returncode == 0, done.stderr
    said = words(tiny / "prisons-release.pdf")
    assert said.startswith("Preparing release")
    assert "Selected pages" not in said


def test_pdf_of_a_pack(tiny: Path) -> None:
    """A pack is named by its id, and so is its file."""
    assert run("handbook", "pdf", "--pack", "prisons", folder=tiny).returncode == 0
    assert (tiny / "prisons.pdf").is_file()


def test_pdf_of_nothing(tiny: Path) -> None:
    """What does not exist, or fits nothing, is answered with what does; exit code 2."""
    unknown = run("handbook", "pdf", "--role", "techer", folder=tiny)
    assert (unknown.returncode, "did you mean 'teacher'?" in unknown.stderr) == (2, True)
    empty = run("handbook", "pdf", "--area", "education", "--stage", "tertiary", folder=tiny)
    assert (empty.returncode, "instead of education: prisons" in empty.stderr) == (2, True)


def test_pdf_of_faulty_pages(tiny: Path) -> None:
    """Problems of the sources are named; exit code 1 and no file."""
    replace(tiny, RELEASE, "kind: guidance", "kind: guidence")
    faulty = run("handbook", "pdf", "--pack", "prisons", folder=tiny)
    assert (faulty.returncode, "error[wrong-value] 'guidence'" in faulty.stdout) == (1, True)
    assert not (tiny / "prisons.pdf").exists()


def test_export(tiny: Path) -> None:
    """All files are written into the folder; what else is there stays."""
    (tiny / "out").mkdir()
    (tiny / "out/notes.txt").write_text("mine", encoding="utf-8")
    done = run("handbook", "export", "out", folder=tiny)
    written = [path for path in (tiny / "out").rglob("*") if path.is_file() and path.name != "notes.txt"]
    assert (done.returncode, done.stderr) == (0, f"'out': {len(written)} files.\n")
    assert json.loads((tiny / "out/recommendations.json").read_text(encoding="utf-8"))["items"][0]["id"] == "EDU-01"
    assert (tiny / "out/notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list((tiny / "out").glob(".*"))


def test_export_of_evidence(tiny: Path) -> None:
    """The table goes to the screen, or into a file in the form that spreadsheet programs know."""
    shown = run("handbook", "export", "--evidence", folder=tiny)
    assert shown.stdout.startswith("recommendation,title,issuer,")
    assert run("handbook", "export", "--evidence", "-o", "table.csv", folder=tiny).returncode == 0
    assert (tiny / "table.csv").read_bytes() == b"\xef\xbb\xbf" + shown.stdout.encode()


def test_export_that_fails_keeps_the_old_files(tiny: Path) -> None:
    """Whether one file cannot be put in its place or the folder cannot be made, nothing has changed."""
    assert run("handbook", "export", "out", folder=tiny).returncode == 0
    old = (tiny / "out/recommendations.json").read_bytes()
    shutil.rmtree(tiny / "out/schemas")
    (tiny / "out/schemas").write_text("in the way", encoding="utf-8")
    replace(tiny, "data/recommendations/prisons.yml", "Know the people you guard", "Know everyone")
    failed = run("handbook", "export", "out", folder=tiny)
    assert failed.returncode == 1
    assert failed.stderr.startswith("'out' cannot be written (")
    assert failed.stderr.endswith("what was there is as it was.\n")
    assert (tiny / "out/recommendations.json").read_bytes() == old
    assert (tiny / "out/schemas").read_text(encoding="utf-8") == "in the way"
    assert not list((tiny / "out").glob(".*"))
    nowhere = run("handbook", "export", "--evidence", "-o", "out/schemas/table.csv", folder=tiny)
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr, "Traceback" in nowhere.stderr) == (
        1,
        True,
        False,
    )


def test_export_of_faulty_data(tiny: Path) -> None:
    """Nothing is given away that has a fault; and a command without a target is explained."""
    replace(tiny, "data/recommendations/prisons.yml", "attestation: read\n", "attestation: reed\n")
    faulty = run("handbook", "export", "out", folder=tiny)
    assert (faulty.returncode, "error[wrong-value] 'reed'" in faulty.stdout) == (1, True)
    assert not (tiny / "out").exists()
    for wrong in ((), ("out", "--evidence"), ("out", "-o", "table.csv")):
        done = run("handbook", "export", *wrong, folder=tiny)
        assert (done.returncode, "name a folder for all exports" in done.stderr) == (2, True)


def test_failed_build_keeps_the_old_site(tiny: Path) -> None:
    """Whether the sources or the built site are at fault, readers keep what they had."""
    assert run("handbook", "build", folder=tiny).returncode == 0
    old = (tiny / "site/index.html").read_bytes()
    replace(tiny, RELEASE, "Silence.", '<a href="nowhere/">Silence</a>')
    failed = run("handbook", "build", folder=tiny)
    assert failed.returncode == 1
    assert failed.stderr.endswith("The site was not built; 'site' is as it was.\n")
    assert (tiny / "site/index.html").read_bytes() == old
    assert not list(tiny.glob(".site-*"))


def test_build_replaces_only_sites(tiny: Path) -> None:
    """A folder with other things in it is not taken for an old site; exit code 2."""
    refused = run("handbook", "build", "--site-dir", "data", folder=tiny)
    assert (refused.returncode, "is there and is no site" in refused.stderr) == (2, True)
    assert (tiny / "data/roles.yml").is_file()
