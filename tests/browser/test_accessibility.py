"""Nothing that axe-core knows of keeps anyone out: on every page, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import STATES, show, urls, violations
from tests.browser.conftest import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_in_every_state(kind: str, page: Page, address: str) -> None:
    """One page of each kind, and what it hides until it is opened."""
    page.goto(address + KINDS[kind])
    found = []
    for state in STATES:
        show(page, state)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found += [f"{state}: {violation}" for violation in violations(page)]
    assert found == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_open_menu(colours: str, page: Page, address: str) -> None:
    """The menu of a phone, opened."""
    show(page, ("dark" if colours == "dark" else "light", 360))
    page.goto(address + KINDS["guidance"])
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Main").wait_for()
    assert violations(page) == []


OPENED = {
    "results": ("/search/?q=parole", "#search-results a"),
    "nothing found": ("/search/?q=xylophone", "[role=status]"),
    "finder": ("/finder/?role=teacher", "[role=status]"),
    "sorted table": ("/recommendations/?area=prisons&sort=-issued", "[aria-sort]"),
}
"""Addresses that hold a reader's choice, and what is there once the choice is shown."""


@pytest.mark.parametrize("opened", OPENED)
def test_what_a_reader_looked_for(opened: str, page: Page, address: str) -> None:
    """Results, a finder and a table after a choice."""
    url, shown = OPENED[opened]
    page.goto(address + url)
    page.locator(shown).first.wait_for(state="attached")
    found = []
    for state in STATES:
        show(page, state)
        found += [f"{state}: {violation}" for violation in violations(page)]
    assert found == []


def test_every_page(page: Page, site: Path, address: str) -> None:
    """Each page in one state, neighbours in different ones."""
    found = []
    for number, url in enumerate(urls(site)):
        show(page, STATES[number % len(STATES)])
        page.goto(address + url)
        found += [f"{url} {STATES[number % len(STATES)]}: {violation}" for violation in violations(page)]
    assert found == []


@pytest.mark.audit
@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_page_in_every_state(state: tuple[str, int], page: Page, site: Path, address: str) -> None:
    """The whole matrix, with all that can be opened open."""
    found = []
    for url in urls(site):
        show(page, ("dark" if state[0] == "dark" else "light", state[1]))
        page.goto(address + url)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found += [f"{url}: {violation}" for violation in violations(page)]
    assert found == []
