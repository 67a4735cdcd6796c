"""What stands around a page does not grow with the number of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.support.project import run

if TYPE_CHECKING:
    from pathlib import Path

MANY = 70
"""More pages than a section shows all of."""

PAGE = """\
---
title: Page {number}
summary: One of many.
kind: reference
reviewed: 2026-11-23
review_months: 12
owner: Editors
---

One of many.
"""


@pytest.fixture
def long_section(tiny: Path) -> Path:
    """Return the built site of a project with a long section."""
    (tiny / "docs/about").mkdir(exist_ok=True)
    for number in range(MANY):
        path = tiny / f"docs/about/page-{number:02}.md"
        path.write_text(PAGE.format(number=number), encoding="utf-8")
    assert run("handbook", "check", "--fix", folder=tiny).returncode == 0
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    return tiny / "site"


def links(site: Path, url: str) -> list[str]:
    """Return the words of the links of a page's menu."""
    menu = html.parse(site / url / "index.html").xpath("//nav[@id='menu']//a")
    return [" ".join(link.text_content().split()) for link in menu]


def test_long_section_shows_neighbours(long_section: Path) -> None:
    """A page of a long section shows those next to it; a page of another section none of them."""
    assert [name for name in links(long_section, "about/page-35") if name.startswith("Page")] == [
        f"Page {number}" for number in range(27, 44)
    ]
    assert [name for name in links(long_section, "prisons/release") if name.startswith("Page")] == []
