"""Whatever the title of a page is, the check and MkDocs read it in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.project import replace, run

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "docs/prisons/release.md"

TITLES = (
    "112",
    "No",
    "1.10",
    "007",
    "12:30",
    "2026-11-23",
    "2026-02-31",
    "0b_",
    ".inf",
    "NULL",
    "Talk ✓ now",
    "Straße 1",
)
"""What YAML's own rules would take for numbers, truth values, dates and nothing, or fail to read."""


def test_title_is_shown_as_it_is_written(tiny: Path) -> None:
    """Each is on its page, in the menu of others and on the pages that are made of it."""
    text = (tiny / RELEASE).read_text(encoding="utf-8")
    names = [f"prisons/other-{number}.md" for number in range(len(TITLES))]
    for name, title in zip(names, TITLES, strict=True):
        page = text.replace("title: Preparing release", f"title: {title}").replace("owner: Editors", "owner: 112")
        (tiny / "docs" / name).write_text(page, encoding="utf-8")
    situations = tiny / "data/situations.yml"
    situation = situations.read_text(encoding="utf-8")
    others = [situation.replace("id: release", f"id: {name[8:-3]}").replace(RELEASE[5:], name) for name in names]
    situations.write_text("".join([situation, *others]), encoding="utf-8")
    replace(tiny, "data/recommendations/prisons.yml", "title: Know the people you guard", "title: Know ✓ them")
    run("handbook", "check", "--fix", folder=tiny)
    checked = run("handbook", "check", folder=tiny)
    assert checked.returncode == 0, checked.stdout
    built = run("mkdocs", "build", folder=tiny)
    assert built.returncode == 0, built.stderr
    for number, title in enumerate(TITLES):
        site = (tiny / f"site/prisons/other-{number}/index.html").read_text(encoding="utf-8")
        assert f"<title>{title} " in site, title
    assert "Know ✓ them" in (tiny / "site/recommendations/pri-01/index.html").read_text(encoding="utf-8")
