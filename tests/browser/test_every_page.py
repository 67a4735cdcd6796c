"""One way through the site, as somebody goes who has never been here; what it showed is looked at from all sides.

Every day it leads to one page of each kind, each in one state; in the slow tests to every page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.axe import STATES, open_all, show, urls, violations
from tests.browser.conftest import KINDS, WATCH, note_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.axe import State

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


def all_kinds() -> Iterator[tuple[str, Sequence[State]]]:
    """Yield a page of each kind, neighbours in different states."""
    for number, url in enumerate(KINDS.values()):
        yield url, STATES[number % len(STATES) :][:1]


def all_pages(site: Path) -> Iterator[tuple[str, Sequence[State]]]:
    """Yield each page of a site in both widths, as its words differ, and in either colours, as many share its parts.

    Those of the kinds are in all states.
    """
    for number, url in enumerate(urls(site)):
        yield url, STATES if url in KINDS.values() else (STATES[::3], STATES[1:3])[number % 2]


@pytest.fixture(scope="module", params=["kinds", pytest.param("pages", marks=pytest.mark.slow)])
def walk(request: pytest.FixtureRequest, browser: Browser, site: Path, address: str) -> Walk:
    """Go through one page of each kind, or through all pages, with all opened that they hide."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    broken = note_errors(page)
    page.on("request", lambda request: asked.append(request.url))
    found = []
    way = dict(all_pages(site) if request.param == "pages" else all_kinds())
    for url, states in way.items():
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
