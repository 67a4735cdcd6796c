"""Journeys without a mouse: what has the focus can be seen, and everything can be reached, opened, left and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import DESK, EVERY_KIND, KINDS, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const clamped = (low, high, end) => (Math.max(low, 0) + Math.min(high, end)) / 2;
  const shows = (line) => {
    const top = document.elementFromPoint(
      clamped(line.left, line.right, innerWidth), clamped(line.top, line.bottom, innerHeight));
    return element.contains(top) || top?.contains(element);
  };
  return {
    name: element.tagName + '#' + element.id + ' ' + (element.textContent ?? '').trim().slice(0, 40),
    body: element === document.body,
    onScreen: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: ![...element.getClientRects()].some(shows),
  };
}"""


def pressed_tab(page: Page) -> dict[str, Any]:
    """Press Tab, and say what has the focus now and how it looks."""
    page.keyboard.press("Tab")
    focused: dict[str, Any] = page.evaluate(FOCUSED)
    return focused


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element that begins with some words has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        words = page.evaluate("(document.activeElement.textContent || document.activeElement.name || '').trim()")
        if words.startswith(name):
            return
    pytest.fail(f"no element that begins with {name!r} can be reached with Tab")


def heading(page: Page) -> str:
    """Return the title of the page."""
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_skip_link_comes_first(kind: str, page: Page, address: str) -> None:
    """On every kind of page, the first Tab offers to skip to the text, and Enter does; a search has begun by then."""
    page.goto(f"{address}{KINDS[kind]}?q=prison")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to content")
    assert link.evaluate("(link) => link === document.activeElement && link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "kind", ["home", "guidance", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("family", "coverage"))]
)
def test_focus_is_always_seen(kind: str, size: ViewportSize, page: Page, address: str) -> None:
    """Whatever Tab reaches is on the screen, outlined and not covered, from the top of the page to its end."""
    page.set_viewport_size(size)
    page.goto(address + KINDS[kind])
    unseen = []
    stops = 0
    while not (focused := pressed_tab(page))["body"]:
        stops += 1
        if not focused["onScreen"] or not focused["outlined"] or focused["covered"]:
            unseen.append(focused)
    assert unseen == []
    assert stops > 10


def test_menu_of_a_phone(page: Page, address: str) -> None:
    """A button opens the menu, its first link is the next stop, and Escape closes it and gives the focus back."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS["guidance"])
    menu, button = page.get_by_role("navigation", name="Main"), page.get_by_role("button", name="Menu")
    assert not menu.is_visible()
    tab_to(page, "Menu")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Find help"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("(button) => button === document.activeElement")
    assert not menu.is_visible()


def test_closed_menu_is_no_stop(page: Page, address: str) -> None:
    """From the menu's button, Tab leads into the page and not through what nobody sees."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS["guidance"])
    tab_to(page, "Menu")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_through_the_menu_to_another_section(page: Page, address: str) -> None:
    """The menu leads on, and says where the reader is."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS["guidance"])
    tab_to(page, "Menu")
    page.keyboard.press("Space")
    tab_to(page, "Education")
    page.keyboard.press("Enter")
    page.wait_for_url("**/education/")
    here = page.locator("#menu [aria-current='page']")
    assert here.text_content() == "Education"
    assert page.locator("#doors [aria-current]").text_content() == "Guidance"


def test_where_the_reader_is(page: Page, address: str) -> None:
    """On a desk the menu is open, marks the page, its section and its door, and shows no other section's pages."""
    page.goto(address + KINDS["guidance"])
    doors, menu = page.get_by_role("navigation", name="Main"), page.get_by_role("navigation", name="Guidance")
    assert doors.get_by_role("link").all_inner_texts() == [
        "Find help",
        "Guidance",
        "Training",
        "EU and evidence",
        "About",
    ]
    assert doors.locator("[aria-current='true']").inner_text() == "Guidance"
    assert menu.locator("[aria-current='page']").inner_text() == "Intake and the first conversation"
    assert menu.locator("[aria-current='true']").all_inner_texts() == ["Guidance", "Prisons"]
    assert menu.get_by_role("link", name="A worrying remark in class").count() == 0


def test_search_from_any_page(page: Page, address: str) -> None:
    """The field takes words, and Enter leads to the page with the results."""
    page.goto(address + KINDS["guidance"])
    page.get_by_label("Search this handbook").focus()
    page.keyboard.type("parole")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**parole")


def test_colours(page: Page, address: str) -> None:
    """Space on the switch changes the colours, says so, and the next page keeps them."""
    page.emulate_media(color_scheme="light")
    page.goto(address + KINDS["guidance"])
    tab_to(page, "Dark colours")
    switch = page.get_by_role("button", name="Dark colours")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert switch.get_attribute("aria-pressed") == "false"
    page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "true"
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    page.goto(address + KINDS["area"])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    page.evaluate("localStorage.clear()")


def test_from_a_worry_to_whom_to_tell(page: Page, address: str) -> None:
    """Who does not know whom to tell finds the answer from the first screen."""
    page.goto(address)
    tab_to(page, "A family member is worried")
    page.keyboard.press("Enter")
    page.wait_for_url("**/finder/relative-worried/")


def test_from_a_role_to_its_page(page: Page, address: str) -> None:
    """Each role is one step from the first page."""
    page.goto(address)
    tab_to(page, "Youth worker")
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/youth-worker/")
    assert heading(page) == "Youth worker"


def test_parts_of_a_page(page: Page, address: str) -> None:
    """On a phone the list of parts opens, and leads to the part."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS["guidance"])
    tab_to(page, "On this page")
    page.keyboard.press("Enter")
    tab_to(page, "Checklist")
    page.keyboard.press("Enter")
    top = page.locator("#checklist").evaluate("(heading) => heading.getBoundingClientRect().top")
    assert 0 <= top < PHONE["height"]


def test_checklist(page: Page, address: str) -> None:
    """A box is ticked by Space, named by its words, cleared by a button, and forgotten with the page."""
    page.goto(address + KINDS["guidance"])
    box = page.get_by_role("checkbox").first
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    tab_to(page, "Clear all ticks")
    page.keyboard.press("Enter")
    assert not box.is_checked()
    page.locator(".task-list label").first.click()
    assert box.is_checked()
    page.reload()
    assert not box.is_checked()


def test_citation_and_back(page: Page, address: str) -> None:
    """A citation leads to its source, and the browser's way back to the sentence."""
    page.goto(address + KINDS["guidance"])
    page.locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#source-1")
    page.go_back()
    assert page.url == address + KINDS["guidance"]


def test_next_page(page: Page, address: str) -> None:
    """From the end of a page one can go on reading."""
    page.goto(address + KINDS["guidance"])
    page.get_by_role("navigation", name="Next page").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/prisons/risk-and-needs-assessment/")


def test_leaving_in_a_hurry(page: Page, address: str) -> None:
    """The button leads elsewhere, the way back does not lead to the page that was left, and nothing is kept."""
    page.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    page.goto(address)
    page.goto(address + KINDS["family"])
    page.get_by_role("link", name="Leave this page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    assert page.url == f"{address}/"
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_no_shortcut_of_a_single_key(page: Page, address: str) -> None:
    """Letters and signs do nothing outside a field, so that dictating or a slip of the hand does no harm."""
    page.goto(address + KINDS["guidance"])
    before = page.content()
    for key in "abcdefghijklmnopqrstuvwxyz0123456789/.,?":
        page.keyboard.press(key)
    assert page.url == address + KINDS["guidance"]
    assert page.evaluate("document.activeElement === document.body")
    assert page.content() == before
