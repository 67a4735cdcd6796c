"""Whatever an editor saves while the site is served: what is shown is what a clean build gives."""

from __future__ import annotations

import gzip
import random
import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.project import FILES, replace, run
from tests.support.server import PATIENCE, read, served, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[Path, random.Random], object]

EDITS_BETWEEN_COMPARISONS = 4

TEXTS = (
    "docs/prisons/release.md",
    "docs/education/ran.md",
    "docs/prisons/index.md",
    "docs/roles/teacher.md",
)
TITLES = ("docs/prisons/release.md", "docs/education/index.md", "docs/index.md", "docs/reference/glossary.md")
FACTS = {
    "data/areas.yml": "summary",
    "data/sources.yml": "publisher",
    "data/actors.yml": "definition",
    "data/glossary.yml": "definition",
    "data/timeline.yml": "event",
    "data/packs.yml": "title",
    "data/situations.yml": "words",
    "data/changes.yml": "change",
    "data/recommendations/prisons.yml": "title",
    "data/recommendations/education.yml": "title",
}
LATER = "docs/prisons/later.md"
LATE = "prisons/later.md"


def write_prose(project: Path, by: random.Random) -> None:
    """Add a sentence at the end of a page."""
    path = project / by.choice(TEXTS)
    path.write_text(f"{path.read_text(encoding='utf-8')}\nNumber {by.randrange(1000)} is a number.\n", encoding="utf-8")


def rename_page(project: Path, by: random.Random) -> None:
    """Set another title for a page, which its neighbours and all lists show."""
    change_values(project / by.choice(TITLES), "title", by, most=1)


def change_fact(project: Path, by: random.Random) -> None:
    """Change a fact that several pages show."""
    file = by.choice(sorted(FACTS))
    change_values(project / file, FACTS[file], by)


def change_values(path: Path, key: str, by: random.Random, most: int = 0) -> None:
    """Change the values of a key in a file, wherever it stands."""
    value = rf"\g<1>{key.title()} {by.randrange(1000)}."
    text = re.sub(rf"(?m)^(\W*{key}: ).*$", value, path.read_text(encoding="utf-8"), count=most)
    path.write_text(text, encoding="utf-8")


def rename_heading(project: Path, by: random.Random) -> None:
    """Change the heading of a section to which the page of a recommendation links."""
    path = project / "docs/prisons/release.md"
    heading = f"### 1. Talk {by.randrange(1000)} times"
    path.write_text(re.sub(r"(?m)^### 1\. .*$", heading, path.read_text(encoding="utf-8")), encoding="utf-8")


def add_or_delete_page(project: Path, _: random.Random) -> None:
    """Add a page, or take it away again."""
    if (project / LATER).exists():
        (project / LATER).unlink()
        replace(project, "data/ids.yml", f"  - {LATE}\n", "")
    else:
        text = FILES["docs/prisons/index.md"].replace("title: Prisons", "title: Later")
        (project / LATER).write_text(text, encoding="utf-8")
        ids = project / "data/ids.yml"
        ids.write_text(f"{ids.read_text(encoding='utf-8')}  - {LATE}\n", encoding="utf-8")


def change_configuration(project: Path, by: random.Random) -> None:
    """Name the site anew, which every page shows."""
    path = project / "mkdocs.yml"
    name = f"site_name: Tiny {by.randrange(1000)}"
    path.write_text(re.sub(r"(?m)^site_name: .*$", name, path.read_text(encoding="utf-8")), encoding="utf-8")


def change_frame(project: Path, by: random.Random) -> None:
    """Change what stands around every page, and a style; a page changes too, as MkDocs does not watch the frame."""
    for file in ("partials/footer.html", "stylesheets/print.css"):
        path = project / "overrides" / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n/* {by.randrange(1000)} */\n", encoding="utf-8")
    write_prose(project, by)


def make_and_mend_a_mistake(project: Path, by: random.Random) -> None:
    """Break a page and mend it, perhaps before anybody has looked."""
    path = project / by.choice(TEXTS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n{{ nothing() }}\n", encoding="utf-8")
    time.sleep(by.choice((0.05, 1.5)))
    path.write_text(text + "\nMended.\n", encoding="utf-8")


SORTS: tuple[Edit, ...] = (
    write_prose,
    write_prose,
    rename_page,
    change_fact,
    change_fact,
    rename_heading,
    add_or_delete_page,
    change_configuration,
    change_frame,
    make_and_mend_a_mistake,
)


def epoch(address: str) -> int:
    """Return the time of the build that is shown, as browsers learn it."""
    found = re.search(r"livereload\((\d+)", read(address))
    return int(found[1]) if found else 0


def wait_until_settled(address: str, shown: int) -> None:
    """Wait for a build after the one shown, and until no more follow it."""
    end = time.monotonic() + PATIENCE
    while (now := epoch(address)) <= shown:
        assert time.monotonic() < end, "nothing is built"
        time.sleep(0.1)
    while True:
        time.sleep(1)
        if (later := epoch(address)) == now:
            return
        now = later


def files(folder: Path) -> dict[str, bytes]:
    """Return each file's content; of an archive that of what is in it."""
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: gzip.decompress(content) if name.endswith(".gz") else content for name, content in contents.items()}


def clean_build(project: Path, address: str) -> dict[str, bytes]:
    """Build the project from nothing, as for this address, and take out what only readers get: the policy."""
    (project / "clean.yml").write_text(f"INHERIT: mkdocs.yml\nsite_url: {address}\n", encoding="utf-8")
    built = run("mkdocs", "build", "--no-strict", "-f", "clean.yml", "--site-dir", "clean", folder=project)
    assert built.returncode == 0, built.stderr
    policy = re.compile(rb'\n<meta http-equiv="Content-Security-Policy" content="[^"]*">')
    found = files(project / "clean")
    for name in ("_headers", "nginx-headers.conf"):
        del found[name]
    return {name: policy.sub(b"", content, count=1) for name, content in found.items()}


@pytest.mark.parametrize(("seed", "comparisons"), [(1, 1), pytest.param(2, 6, marks=pytest.mark.slow)])
def test_edits_show_as_in_a_clean_build(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, comparisons: int
) -> None:
    """After each few of a random series of edits, every file that is served is that of a clean build."""
    replace(tiny, "mkdocs.yml", "strict: true\n", "strict: true\nwatch: [data]\n")
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # where MkDocs makes the folder that it serves
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    by = random.Random(seed)  # noqa: S311 - nothing secret
    with served(tiny) as address:
        wait_for("livereload", address)
        (folder,) = tmp_path.glob("mkdocs_*")
        made: list[str] = []
        for _ in range(comparisons):
            for _ in range(EDITS_BETWEEN_COMPARISONS):
                edit = by.choice(SORTS)
                made.append(edit.__name__)
                shown = epoch(address)
                edit(tiny, by)
                wait_until_settled(address, shown)
            clean, shown_files = clean_build(tiny, address), files(folder)
            assert shown_files.keys() == clean.keys(), made
            assert [name for name, content in shown_files.items() if clean[name] != content] == [], made
