"""Where pages stand in the menu that it does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from tests.support.project import replace, run

if TYPE_CHECKING:
    from pathlib import Path

NAV = """\
nav:
  - index.md
  - Help:
      - finder/index.md
      - prisons/index.md
      - prisons/release.md
      - prisons/form-wing-note.md
      - education/index.md
      - education/ran.md
  - Facts:
      - about/changes.md
      - Lists:
          - recommendations/index.md
          - reference/sources.md
          - reference/actors.md
          - reference/glossary.md
          - reference/timeline.md
          - roles/prison-officer.md
          - roles/teacher.md
strict: true
"""


def way(site: Path, url: str) -> list[str]:
    """Return the pages that lead to one."""
    steps = html.parse(site / url / "index.html").xpath("//nav[@class='path']//li")
    return [" ".join(step.text_content().split()) for step in steps]


def marked(site: Path, url: str, menu: str) -> list[str]:
    """Return the entries of a menu that are, or hold, the page."""
    links = html.parse(site / url / "index.html").xpath(f"//nav[@id='{menu}']//a[@aria-current]")
    return [" ".join(link.text_content().split()) for link in links]


def test_generated_pages_have_a_place(tiny: Path) -> None:
    """Each stands below the page with the longest address that begins its own, in that page's section."""
    replace(tiny, "mkdocs.yml", "strict: true\n", NAV)
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    site = tiny / "site"
    assert way(site, "finder/stage-primary")[:-1] == ["Home", "Help"]
    assert way(site, "recommendations/pri-01")[:-1] == ["Home", "Facts", "Lists"]
    assert way(site, "reference/sources/standards")[:-1] == ["Home", "Facts", "Lists", "Sources"]
    assert way(site, "search") == ["Home", "Search"]
    assert marked(site, "recommendations/pri-01", "doors") == ["Facts"]
    assert marked(site, "recommendations/pri-01", "menu") == ["Facts", "Lists"]
    assert marked(site, "search", "doors") == []
