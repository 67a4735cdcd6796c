"""Pages ask nobody else for anything, keep nothing unasked, obey their own policy, and weigh little."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.browser.axe import urls
from tests.browser.conftest import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

FIRST_VIEW = 90_000
FIRST_REQUESTS = 10
NEXT_PAGE = 15_000
LISTS_OF_EVERYTHING = {"/recommendations/": 19_000, "/reference/sources/": 60_000}
"""What may be sent, in bytes as a server packs them; two pages that list everything may weigh more, each its own."""

WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.broken.push(`${event.violatedDirective}: ${event.blockedURI}`);
  document.documentElement.dataset.broken = new Set(window.broken).size;
});
"""


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Give a page of a browser that has never been here, and that notes what the policy forbids."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def test_nobody_else_is_asked_and_nothing_is_kept(stranger: Page, site: Path, address: str) -> None:
    """On a way through all pages: no request to others, no cookie, nothing stored, nothing that the policy forbids."""
    asked: list[str] = []
    stranger.on("request", lambda request: asked.append(request.url))
    broken = []
    for url in urls(site):
        stranger.goto(address + url)
        broken += [f"{url}: {what}" for what in stranger.evaluate("window.broken")]
    assert broken == []
    assert len(asked) > 300
    assert [url for url in asked if not url.startswith((f"{address}/", "data:"))] == []
    assert stranger.context.cookies() == []
    assert stranger.evaluate("localStorage.length + sessionStorage.length") == 0
    assert stranger.evaluate("indexedDB.databases()") == []
    assert stranger.evaluate("caches.keys()") == []
    assert stranger.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_policy_holds(stranger: Page, address: str) -> None:
    """A script or style that somebody put into a page does nothing; so the count of none above means something."""
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
    """Give the files that a browser fetches for a page: its HTML, styles and scripts."""
    file = site / f"{url[1:]}index.html" if url.endswith("/") else site / url[1:]
    names = html.parse(file).xpath("//link[@rel='stylesheet']/@href | //script/@src")
    return {file, *(site / urljoin(url, name)[1:] for name in names)}


def test_every_next_page_is_light(site: Path) -> None:
    """Who has seen the home page is sent little for whatever page comes next."""
    known = needed(site, "/")
    weights = {url: weight(file.read_bytes() for file in needed(site, url) - known) for url in urls(site)}
    assert weights.keys() > LISTS_OF_EVERYTHING.keys()
    assert {url: sent for url, sent in weights.items() if sent > LISTS_OF_EVERYTHING.get(url, NEXT_PAGE)} == {}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lost"])
def test_first_view_is_light(kind: str, stranger: Page, address: str) -> None:
    """Whatever page is the first, little is sent, in few requests; and less for the next page."""
    answers: list[Response] = []
    stranger.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright cannot mark a built-in method
    stranger.goto(address + KINDS[kind], wait_until="networkidle")
    assert len(answers) <= FIRST_REQUESTS
    assert weight(answer.body() for answer in answers) <= FIRST_VIEW
    known = {urlsplit(answer.url).path for answer in answers}
    answers.clear()
    stranger.goto(address + KINDS["guidance"], wait_until="networkidle")
    assert weight(answer.body() for answer in answers if urlsplit(answer.url).path not in known) <= NEXT_PAGE
