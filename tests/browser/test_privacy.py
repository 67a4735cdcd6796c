"""The policy of a page holds, nothing is kept but what a reader chose, and pages weigh little."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.browser.axe import urls
from tests.browser.conftest import EVERY_KIND, KINDS, WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

FIRST_VIEW = 40_000
FIRST_SEARCH = 90_000
FIRST_REQUESTS = 13
NEXT_PAGE = 17_200
RARER_LETTERS = 15_000
"""What may be sent, in bytes as a server packs them; the last for letters that only some names have."""

HEAVIER = {
    "/where-we-stand/": 11_000,
    "/local-cooperation/information-sharing/": 6_000,
    "/local-cooperation/what-should-worry-me/": 2_200,
    "/local-cooperation/threat-assessment/": 1_200,
    "/local-cooperation/referral-and-thresholds/": 1_200,
    "/local-cooperation/mental-health/": 600,
}
"""What some pages may have more: a list of all recommendations to be marked, a whole decision, long tables of signs."""


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Yield a page of a browser that has never been here, and that notes what the policy forbids."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def test_policy_holds(stranger: Page, address: str) -> None:
    """What somebody put into a page does nothing and is noted; so none noted in `test_every_page` means something."""
    stranger.goto(address + KINDS["guidance"])
    stranger.evaluate(
        """() => {
          document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }));
          document.body.setAttribute('style', 'display: none');
          document.body.append(Object.assign(new Image(), { src: 'https://example.org/pixel.png' }));
        }"""
    )
    stranger.locator("html[data-broken='3']").wait_for()
    assert stranger.evaluate("window.ran") is None
    assert stranger.locator("h1").is_visible()


def test_only_the_choice_of_colours_is_kept(stranger: Page, address: str) -> None:
    """One word, and only after the reader chose."""
    stranger.goto(address)
    assert stranger.evaluate("Object.entries(localStorage)") == []
    stranger.get_by_role("button", name="Dark colours").click()
    assert stranger.evaluate("Object.entries(localStorage)") == [["colours", "dark"]]


def weight(bodies: Iterable[bytes]) -> int:
    """Count the bytes of answers as a server that packs texts sends them."""
    return sum(len(gzip.compress(body, 9)) for body in bodies)


def needed(site: Path, url: str) -> set[Path]:
    """Return the files that a browser fetches for a page: its HTML, styles, scripts and typeface."""
    file = site / f"{url[1:]}index.html" if url.endswith("/") else site / url[1:]
    names = html.parse(file).xpath("//link[@rel='stylesheet' or @rel='preload']/@href | //script/@src")
    return {file, *(site / urljoin(url, name)[1:] for name in names)}


@pytest.mark.slow
def test_every_page_is_light(site: Path) -> None:
    """No page is heavy as the first that a reader sees, and who has seen the home page is sent little for the next."""
    known = needed(site, "/")
    weights = {url: weight(file.read_bytes() for file in needed(site, url) - known) for url in urls(site)}
    assert len(weights) > 300
    assert {url: sent for url, sent in weights.items() if sent > NEXT_PAGE + HEAVIER.get(url, 0)} == {}
    firsts = {url: weight(file.read_bytes() for file in needed(site, url)) for url in urls(site)}
    assert {url: sent for url, sent in firsts.items() if sent > FIRST_VIEW + HEAVIER.get(url, 0)} == {}


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind != "lost"])
def test_first_view_is_light(kind: str, stranger: Page, address: str) -> None:
    """Whatever page is the first, little is sent, in few requests; and less for the next page."""
    answers: list[Response] = []
    stranger.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright cannot mark a built-in method
    stranger.goto(address + KINDS[kind], wait_until="networkidle")
    assert len(answers) <= FIRST_REQUESTS
    most = FIRST_SEARCH if kind == "search" else FIRST_VIEW + RARER_LETTERS
    assert weight(answer.body() for answer in answers) <= most
    known = {urlsplit(answer.url).path for answer in answers}
    answers.clear()
    stranger.goto(address + KINDS["guidance"], wait_until="networkidle")
    assert weight(answer.body() for answer in answers if urlsplit(answer.url).path not in known) <= NEXT_PAGE
