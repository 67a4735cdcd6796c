"""How much of a phone's screen pages take, and what stays in hand on a long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import KINDS, PHONE
from tests.support.project import REAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROLES = sorted(f"/roles/{path.stem}/" for path in (REAL / "docs/roles").glob("*.md") if path.stem != "index")
AREAS = sorted(f"/{path.parent.name}/" for path in (REAL / "docs").glob("*/eu.md"))
LONG = "/education/worrying-remark/"


@pytest.mark.parametrize(("urls", "most"), [(ROLES, 5), (AREAS, 6)], ids=["roles", "areas"])
def test_ways_in_are_short(urls: list[str], most: int, page: Page, address: str) -> None:
    """The page of a role takes five screens of a phone at most, that of an area six."""
    page.set_viewport_size(PHONE)
    screens = {}
    for url in urls:
        page.goto(address + url)
        screens[url] = page.evaluate("document.documentElement.scrollHeight") / PHONE["height"]
    assert len(screens) > most
    assert {url: taken for url, taken in screens.items() if taken > most} == {}


def test_bar_stays_in_hand(page: Page, address: str) -> None:
    """In the middle of a page the parts of it are one tap away, with the step that is read; a choice closes them."""
    page.set_viewport_size(PHONE)
    page.goto(address + LONG)
    page.locator("h3", has_text="3. First day").evaluate("heading => heading.scrollIntoView()")
    line = page.get_by_text("On this page")
    page.locator("#step", has_text="of 7").wait_for()
    box = line.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < box["height"] <= PHONE["height"] / 10
    line.click()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Checklist").click()
    assert page.url.endswith("#checklist")
    assert page.locator("#contents[open]").count() == 0
    heading = page.locator("#checklist").bounding_box()
    assert heading is not None
    assert heading["y"] >= box["height"]


def test_sources_open_for_who_asks(page: Page, address: str) -> None:
    """On a phone the sources are closed, until a number leads to one of them."""
    page.set_viewport_size(PHONE)
    page.goto(address + LONG)
    assert not page.locator("#source-1").is_visible()
    page.locator("a.cite").first.click()
    page.locator("#source-1").wait_for()
    box = page.locator("#source-1").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE["height"]


def test_without_script_all_is_open(browser: Browser, address: str) -> None:
    """Without scripts sources are open, parts can be chosen, and no button does nothing."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address + LONG)
    assert page.locator("#source-1").is_visible()
    page.get_by_text("On this page").click()
    assert page.get_by_role("navigation", name="On this page").get_by_role("link", name="Checklist").is_visible()
    assert page.locator("article button, .stay button").filter(visible=True).count() == 0
    context.close()


def test_what_to_say_can_be_copied(browser: Browser, address: str) -> None:
    """A sentence to say goes to the clipboard as it is said, and so does how to cite the page."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + LONG)
    page.get_by_role("button", name="Copy: We don't talk about anyone in that way here.").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "We don't talk about anyone in that way here."
    page.get_by_text("Cite this page").click()
    page.get_by_role("button", name="Copy: @misc").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{education-worrying-remark,")
    context.close()


def test_kit_stands_under_the_title(page: Page, address: str) -> None:
    """Who opens a training plan on a phone sees on the first screen how to print it."""
    page.set_viewport_size(PHONE)
    page.goto(address + "/prisons/training-plan/")
    box = page.get_by_role("link", name="Print the kit").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"]


def test_answers_wait_for_a_choice(browser: Browser, address: str) -> None:
    """Answers of a quiz are closed, and open without a script."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address + KINDS["quiz"])
    answer = page.locator("#answers ~ ol details strong").first
    assert not answer.is_visible()
    page.get_by_text("Answer to question 1", exact=True).click()
    assert answer.is_visible()
    assert page.locator("#answers ~ ol details").count() == page.locator("#questions ~ ol > li:has(ul)").count() == 10
    context.close()


def test_area_leads_to_what_was_asked(page: Page, address: str) -> None:
    """From an area one link leads to the table of what was asked: five to eight rows, each with its section."""
    page.goto(address + KINDS["area"])
    page.get_by_role("link", name="What the EU asked, and what came of it").click()
    page.wait_for_url("**/prisons/eu/")
    rows = page.locator("article table").first.locator("tbody tr")
    assert 5 <= rows.count() <= 8
    for row in rows.all():
        target = row.locator("td a").first.get_attribute("href")
        assert target is not None
        assert page.locator(target).count() == 1
