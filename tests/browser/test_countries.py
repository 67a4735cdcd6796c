"""The reader's own country: chosen by its page, carried in the address, kept only if the reader asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import note_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page that fails the test on any error in the browser's console."""
    context = browser.new_context()
    page = context.new_page()
    errors = note_errors(page)
    yield page
    context.close()
    assert errors == []


def test_choice_goes_along_in_the_address(page: Page, address: str) -> None:
    """From the page of a country on, other pages show its numbers; nothing is kept."""
    page.goto(f"{address}/contacts/finland/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Guidance").click()
    assert page.url == f"{address}/guidance/?country=finland"
    page.get_by_role("link", name="A worrying remark in class").first.click()
    line = page.locator(".whom")
    line.get_by_text("Finland").wait_for()
    assert line.locator("a[href='tel:116111']").inner_text() == "116 111"
    line.get_by_role("link", name="All contacts").click()
    page.wait_for_url(f"{address}/contacts/finland/**")
    assert page.evaluate("localStorage.length") == 0


def test_choice_is_kept_on_request_only(page: Page, address: str) -> None:
    """The button keeps one word, which other pages then use without an address; it takes it back as well."""
    page.goto(f"{address}/contacts/estonia/")
    page.get_by_role("button", name="Keep Estonia on this device").click()
    assert page.evaluate("({...localStorage})") == {"country": "estonia"}
    page.goto(f"{address}/roles/teacher/")
    page.locator(".whom").get_by_text("Estonia").wait_for()
    page.goto(f"{address}/contacts/estonia/")
    page.get_by_role("button", name="Keep no country on this device").click()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("asked", ["atlantis", "__proto__", "<img src=x onerror=alert(1)>"])
def test_no_such_country(asked: str, page: Page, address: str) -> None:
    """A country that there is not leaves the page as it is without a script."""
    page.goto(f"{address}/roles/teacher/?country={asked}")
    page.wait_for_load_state("networkidle")
    assert page.locator(".whom").inner_text() == "Whom to call in your country"


def test_works_without_a_script(browser: Browser, address: str) -> None:
    """Without a script the link leads to the list of countries, and from there to the numbers."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/roles/teacher/")
    page.get_by_role("link", name="Whom to call in your country").first.click()
    page.locator(".countries").get_by_role("link", name="Finland").click()
    page.wait_for_url(f"{address}/contacts/finland/")
    assert page.locator("a[href='tel:116111']").first.is_visible()
    assert not page.get_by_role("button", name="Keep Finland on this device").is_visible()
    context.close()
