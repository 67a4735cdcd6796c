"""Nothing that axe-core knows of keeps anyone out of what a reader asked for: a menu, results, a choice.

Pages as they come are in `test_every_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import STATES, open_all, show, violations
from tests.browser.conftest import EVERY_KIND, KINDS, PHONE

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


CROWDED = """() => {
  const finger = 44;
  const isShown = (element) => element.getClientRects().length > 0
    && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !element.closest(".unseen, .skip");
  const isInSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, th, td, dt, dd, div").cloneNode(true);
    for (const link of around.querySelectorAll("a, button")) link.remove();
    return /[\\p{L}\\p{N}]{2}|[,;]/u.test(around.textContent);
  };
  const roomOf = (element) => {
    const tapped = element.matches("[type=checkbox], [type=radio]") ? element.labels[0] : element;
    const box = tapped.getBoundingClientRect();
    const [x, y] = [box.width, box.height].map((size) => Math.max(0, finger - size) / 2);
    const [left, right, top, bottom] = [box.left - x, box.right + x, box.top - y, box.bottom + y];
    return { element, left, right, top, bottom, isSmall: x > 0.5 || y > 0.5 };
  };
  const overlap = (one, other) => one !== other && one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const rooms = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => isShown(element) && !isInSentence(element)).map(roomOf);
  return [rooms.length, rooms.filter((room) => room.isSmall && rooms.some((other) => overlap(room, other)))
    .map(({ element }) => element.outerHTML)];
}"""
"""How many things there are to tap beside links in sentences, and those that a finger cannot tell from others.

Each has 44 by 44 pixels in which there is no other, as WCAG's rule on spacing has it for 24.
"""


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_room_for_a_finger(kind: str, page: Page, address: str) -> None:
    """On a phone, with menu and details open, a finger taps what it means to tap."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS[kind])
    page.locator("#menu-button").click()
    open_all(page)
    number, crowded = page.evaluate(CROWDED)
    assert number >= 10
    assert crowded == []
