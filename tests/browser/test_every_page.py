"""One way through the site, as somebody goes who has never been here; what it showed is looked at from all sides.

Every day it leads to one page of each kind, each in one state; in the slow tests to every page in every state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.axe import STATES, open_all, show, urls, violations
from tests.browser.conftest import KINDS, WATCH, note_errors

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

KEPT = """async () => [
  localStorage.length,
  sessionStorage.length,
  (await indexedDB.databases()).length,
  (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
]"""


class Walk(NamedTuple):
    """What a way through all pages showed.

    Attributes:
        pages: how many there were.
        asked: addresses that the browser asked for.
        broken: what the pages' own policy forbade and what the browser called an error.
        violations: what axe-core found, with the page and its state.
        kept: numbers of cookies and of entries in each kind of storage, at the end.
    """

    pages: int
    asked: list[str]
    broken: list[str]
    violations: list[str]
    kept: list[int]


@pytest.fixture(scope="module", params=["kinds", pytest.param("pages", marks=pytest.mark.slow)])
def walk(request: pytest.FixtureRequest, browser: Browser, site: Path, address: str) -> Walk:
    """Go through one page of each kind, opened, neighbours in different states; or through all pages, each in all."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    broken = note_errors(page)
    page.on("request", lambda request: asked.append(request.url))
    found = []
    is_whole = request.param == "pages"
    way = list(urls(site) if is_whole else KINDS.values())
    for number, url in enumerate(way):
        states = STATES if is_whole else STATES[number % len(STATES) :][:1]
        show(page, states[0])
        page.goto(address + url)
        for state in states:
            show(page, state)
            open_all(page)
            found += [f"{url} {state}: {violation}" for violation in violations(page)]
        broken += [f"{url}: {what}" for what in page.evaluate("window.broken")]
    kept = [len(context.cookies()), *page.evaluate(KEPT)]
    context.close()
    return Walk(len(way), asked, broken, found, kept)


def test_nothing_keeps_anyone_out(walk: Walk) -> None:
    """Nothing that axe-core knows of."""
    assert walk.violations == []


def test_nobody_else_is_asked(walk: Walk, address: str) -> None:
    """No request leads to another place."""
    assert len(walk.asked) > walk.pages
    assert [url for url in walk.asked if not url.startswith((f"{address}/", "data:"))] == []


def test_nothing_is_kept(walk: Walk) -> None:
    """No cookie, nothing stored."""
    assert walk.kept == [0, 0, 0, 0, 0, 0]


def test_nothing_is_broken(walk: Walk) -> None:
    """No page has or asks for what its policy forbids, and no script fails."""
    assert walk.broken == []
