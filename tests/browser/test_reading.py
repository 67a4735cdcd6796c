"""Journeys of readers: from a worry to a page, from a recommendation to the section that does it, on a phone too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESK, EVERY_KIND, KINDS, PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize


FINGER = 48
BAR = 48
"""Least heights, in pixels."""

WATCHED = (
    *("finder", "decide", "contacts", "returning-children"),
    *("roles/family-support", "local-cooperation/exit-programmes", "prisons/families-and-visits"),
)
"""Where somebody may be watched."""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_nothing_runs_off_the_screen(kind: str, size: ViewportSize, page: Page, address: str) -> None:
    """No page scrolls sideways, and what to do in an emergency stands on the first screen."""
    page.set_viewport_size(size)
    page.goto(address + KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    box = page.get_by_role("link", name="112").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < size["height"]


def test_answer_on_the_first_screen_of_a_phone(page: Page, address: str) -> None:
    """Who opens a guidance page on a phone sees what to do without scrolling."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS["guidance"])
    box = page.get_by_role("heading", name="In short").bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"] - 100


def test_from_a_worry_to_the_page(page: Page, address: str) -> None:
    """The home page leads to the answer to a situation in one step, and to all situations by one button."""
    page.goto(address)
    page.get_by_role("link", name="A pupil said something").click()
    assert page.get_by_role("heading", level=1).inner_text() == "A pupil says something that shocks or frightens me"
    page.go_back()
    page.get_by_role("link", name=re.compile(r"All \d+ situations")).click()
    assert page.url == f"{address}/finder/"


def test_cards_of_the_first_page(page: Page, address: str) -> None:
    """On a phone nine cards stand in a column, each as high as a finger needs; whom to call comes before them."""
    page.set_viewport_size(PHONE)
    page.goto(address)
    cards = page.locator("#something-worries-me-now ~ ul").first.get_by_role("link")
    boxes = [card.bounding_box() for card in cards.all()]
    call = page.locator("article").get_by_role("link", name="Whom to call").bounding_box()
    assert call
    assert len({box["x"] for box in boxes if box}) == 1
    assert [box["height"] >= FINGER for box in boxes if box] == [True] * 9
    assert all(call["y"] < box["y"] < PHONE["height"] for box in boxes if box)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", ["finder", "situation", "family", "contacts"])
def test_leaving_fast(kind: str, size: ViewportSize, page: Page, address: str) -> None:
    """Where somebody may be watched a bar leads away; it hides nothing of the page, and is no alarm."""
    page.set_viewport_size(size)
    page.goto(address + ("/contacts/" if kind == "contacts" else KINDS[kind]))
    leave = page.get_by_role("link", name="Leave this page fast")
    box = leave.bounding_box()
    assert box
    assert box["height"] >= BAR
    assert box["y"] + box["height"] == pytest.approx(size["height"], abs=1)
    colour = "(element) => getComputedStyle(element).backgroundColor"
    assert page.locator(".leave").evaluate(colour) != page.locator(".emergency").evaluate(colour)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator("footer").bounding_box()
    assert last
    assert last["y"] + last["height"] <= box["y"] + 1
    page.get_by_role("link", name="What this does not hide").click()
    assert page.url == f"{address}/about/privacy/#if-someone-may-be-watching-you"


def test_pages_that_can_be_left_fast(site: Path) -> None:
    """All pages of four parts of the site, and those that speak to families or of leaving a group."""
    watched = {path for part in WATCHED for path in site.glob(f"{part}/**/index.html")}
    lacking = {path for path in watched if 'id="exit"' not in path.read_text(encoding="utf-8")}
    assert len(watched) > 100
    assert lacking == set()


@pytest.mark.parametrize("kind", ["guidance", "situation", "family", "body", "standing"])
def test_emergency_number_can_be_tapped(kind: str, page: Page, address: str) -> None:
    """The whole banner calls, and so does the first mention in the text."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS[kind])
    banner = page.locator("header a[href='tel:112']").bounding_box()
    assert banner
    assert banner["width"] == PHONE["width"]
    assert banner["height"] >= BAR
    assert page.locator("article a[href='tel:112']").count() == 1


@pytest.mark.parametrize(
    ("url", "above"),
    [
        ("/prisons/first-conversation/", ["Home", "Guidance", "Prisons", "Intake and the first conversation"]),
        ("/prisons/", ["Home", "Guidance", "Prisons, probation and rehabilitation"]),
        ("/recommendations/", ["Home", "EU and evidence", "Recommendations"]),
        ("/reference/sources/law/", ["Home", "EU and evidence", "Sources", "Sources: Law"]),
        ("/contacts/austria/", ["Home", "Find help", "Whom to call in your country", "Whom to call in Austria"]),
        ("/finder/threat/", ["Home", "Find help", "Somebody threatens violence, or I hear of a plan"]),
        ("/finder/", ["Home", "Find your situation"]),
        ("/search/", ["Home", "Search"]),
    ],
)
def test_way_from_home(url: str, above: list[str], page: Page, address: str) -> None:
    """The pages that lead to a page stand at its top, the page itself as the last."""
    page.goto(address + url)
    way = page.get_by_role("navigation", name="You are here")
    assert way.get_by_role("listitem").all_inner_texts() == above
    assert way.get_by_role("link").all_inner_texts() == above[:-1]


def test_from_recommendation_to_section(page: Page, address: str) -> None:
    """A recommendation's page leads to the very section, and its box leads back."""
    page.goto(address + KINDS["recommendation"])
    page.locator(".coverings a").first.click()
    box = page.locator(".covers", has_text="PRI-11").first
    box.wait_for()
    assert "#" in page.url
    place = box.bounding_box()
    assert place is not None
    assert place["y"] < DESK["height"]
    box.get_by_role("link", name="PRI-11").click()
    assert page.url == address + KINDS["recommendation"]


def test_citation_leads_to_its_source(page: Page, address: str) -> None:
    """A citation's number leads to the source at the page's end."""
    page.goto(address + KINDS["guidance"])
    page.locator("a.cite").first.click()
    assert page.url.endswith("#source-1")
    assert page.locator("#source-1").is_visible()
