"""The copies for machines without a network, in a real browser that has none."""

from __future__ import annotations

import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from libzim.reader import Archive

from tests.browser.conftest import QuietHandler, note_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


CUT_OFF = "net::ERR_ABORTED"
"""How the browser calls a request that it gave up as the test went to another page; a file that is missing fails by
another name."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page without a network; any error, and any request that leaves the machine, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors = note_errors(page)
    page.on("requestfailed", lambda request: errors.append(request.url) if request.failure != CUT_OFF else None)
    page.on("request", lambda request: errors.append(request.url) if not is_near(request.url) else None)
    yield page
    context.close()
    assert errors == []


def is_near(url: str) -> bool:
    """Whether an address stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in {"file", "data", "blob", "about"} or parts.hostname == "127.0.0.1"


def test_reading_from_a_stick(stick: str, page: Page) -> None:
    """Links lead on to the section, colours change, and a page can be printed."""
    page.context.set_offline(True)
    page.goto(f"{stick}/recommendations/pri-11/index.html")
    page.locator(".coverings a").first.click()
    page.locator(".covers", has_text="PRI-11").first.wait_for()
    assert page.url.startswith(f"{stick}/prisons/")
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert page.pdf().startswith(b"%PDF")


def test_search_from_a_stick(stick: str, page: Page) -> None:
    """The form at the top of a page searches without a server, and leads to a page by another name."""
    page.context.set_offline(True)
    page.goto(f"{stick}/index.html")
    page.get_by_label("Search this handbook").fill("reception interveiw")
    page.keyboard.press("Enter")
    found = page.locator("#search-results").get_by_role("link", name="Intake and the first conversation")
    found.wait_for()
    assert page.url == f"{stick}/search/index.html?q=reception+interveiw"
    found.click()
    page.get_by_role("heading", level=1, name="Intake and the first conversation").wait_for()


def test_finder_and_tables_from_a_stick(stick: str, page: Page) -> None:
    """What is chosen narrows and sorts without a server, and stays in the address."""
    page.context.set_offline(True)
    page.goto(f"{stick}/finder/index.html?role=prison-officer")
    page.get_by_role("link", name="Local cooperation", exact=True).click()
    assert page.url == f"{stick}/finder/index.html?role=prison-officer&area=local-cooperation"
    page.reload()
    found = page.locator("#situations li:visible > a").first
    situation = found.inner_text()
    page.wait_for_load_state("networkidle")
    found.click()
    page.get_by_role("heading", level=1, name=situation).wait_for()
    page.goto(f"{stick}/finder/for-teacher/index.html")
    page.locator(".choices").get_by_role("link", name="Education").click()
    assert page.url == f"{stick}/finder/about-education/index.html"
    page.goto(f"{stick}/guidance/index.html?area=prisons")
    page.get_by_role("button", name="Evidence").click()
    assert page.url == f"{stick}/guidance/index.html?area=prisons&sort=evidence"
    assert page.locator("#guidance tbody tr:visible td:nth-child(5)").first.inner_text() != "Consensus"


def test_former_address_of_a_source_from_a_stick(stick: str, page: Page) -> None:
    """An address that a source had before leads on to its file."""
    page.goto(f"{stick}/reference/sources/index.html#coe-2016-guidelines")
    page.wait_for_url(f"{stick}/reference/sources/standards/index.html#coe-2016-guidelines")
    assert page.locator("li:target").is_visible()


@pytest.fixture(scope="session")
def kiwix(zim: Path) -> Iterator[str]:
    """Serve the ZIM file as Kiwix does, each entry at its own path, and give the address."""
    archive = Archive(zim)

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name of the base class's hook
            path = unquote(urlsplit(self.path).path).removeprefix("/content/handbook/")
            found = archive.has_entry_by_path(path)
            self.send_response(200 if found else 404)
            if found:
                item = archive.get_entry_by_path(path).get_item()
                self.send_header("Content-Type", item.mimetype)
                self.end_headers()
                self.wfile.write(bytes(item.content))
            else:
                self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/content/handbook"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_reading_in_kiwix(kiwix: str, page: Page) -> None:
    """Pages look and lead as on the site, without a search field beside that of Kiwix."""
    page.goto(f"{kiwix}/index.html")
    page.get_by_role("link", name="A pupil said something").first.click()
    page.get_by_role("link", name="A worrying remark in class").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "A worrying remark in class"
    assert page.locator("input[type=search]").count() == 0
    page.locator("a.cite").first.click()
    assert page.locator("#source-1").is_visible()
