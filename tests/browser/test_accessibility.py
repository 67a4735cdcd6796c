"""Nothing that axe-core knows of keeps anyone out of what a reader asked for: a menu, results, a choice.

Pages as they come are in `test_every_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import STATES, open_all, show, violations
from tests.browser.conftest import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Page


def in_all_states(page: Page) -> list[str]:
    """Turn a loaded page to each state, with all that can be opened open, and give what is found."""
    found = []
    for state in STATES:
        show(page, state)
        open_all(page)
        found += [f"{page.url} {state}: {violation}" for violation in violations(page)]
    return found


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
    "finder": ("/finder/?role=teacher", "#situations li[hidden]"),
    "sorted table": ("/recommendations/?area=prisons&sort=-issued", "[aria-sort]"),
}
"""Addresses that hold a reader's choice, and what is there once the choice is shown."""


@pytest.mark.parametrize("opened", OPENED)
def test_what_a_reader_looked_for(opened: str, page: Page, address: str) -> None:
    """Results, a finder and a table after a choice."""
    url, shown = OPENED[opened]
    page.goto(address + url)
    page.locator(shown).first.wait_for(state="attached")
    assert in_all_states(page) == []
