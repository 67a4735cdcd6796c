"""A browser, and a server for the built site."""

from __future__ import annotations

import shutil
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from handbook.downloads.offline import write_offline
from handbook.publishing.headers import HEADERS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}

KINDS = {
    "home": "/",
    "area": "/prisons/",
    "guidance": "/prisons/first-conversation/",
    "scenario": "/education/scenario-back-on-monday/",
    "exercise": "/education/exercise-one-fair-page/",
    "quiz": "/education/quiz/",
    "family": "/returning-children/family-and-kin-carers/",
    "recommendation": "/recommendations/pri-11/",
    "area list": "/recommendations/prisons/",
    "index": "/recommendations/",
    "body": "/eu-cooperation/ran/",
    "role": "/roles/teacher/",
    "coverage": "/about/coverage/",
    "downloads": "/reference/downloads/",
    "glossary": "/reference/glossary/",
    "sources": "/reference/sources/",
    "sources of a kind": "/reference/sources/law/",
    "contributing": "/contributing/architecture/",
    "search": "/search/",
    "finder": "/finder/",
    "situation": "/finder/argument/",
    "stage": "/finder/stage-primary/",
    "guidance table": "/guidance/",
    "standing": "/where-we-stand/",
    "lost": "/404.html",
}
"""One page of each kind."""

FRAMES = ("home", "guidance", "recommendation", "sources", "finder", "lost")
"""Kinds whose pages are built most differently."""

EVERY_KIND = [kind if kind in FRAMES else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS]
"""All kinds; every day only the most different ones, where `test_every_page` looks at each of them in another way."""

WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.broken.push(`${event.violatedDirective}: ${event.blockedURI}`);
  document.documentElement.dataset.broken = new Set(window.broken).size;
});
"""
"""Notes what the policy of a page forbids."""

BROWSER = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Chromium, where it is there without windows: it makes the same of a page, in half the time."""

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
"""Containers run tests as root, where Chromium's sandbox cannot start; and it shall not call home."""

AS_WITH_WINDOWS = "--font-render-hinting=none"
"""Letters have the same width with windows and without."""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each, with the headers that the site itself asks for."""

    def end_headers(self) -> None:
        """Add the headers of the site's `_headers`."""
        asked = Path(self.directory, HEADERS_FILE)
        for line in asked.read_text(encoding="utf-8").splitlines()[1:] if asked.is_file() else ():
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def stick(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Unpack the offline copy as on a memory stick, in a folder as people name them, and give its address."""
    folder = tmp_path_factory.mktemp("stick") / "My stick (Präv)"
    write_offline(site, folder / "offline.zip")
    with zipfile.ZipFile(folder / "offline.zip") as archive:
        archive.extractall(folder)
    return (folder / "prevention-in-practice").as_uri()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser, or fail with what is missing."""
    if BROWSER is None:
        pytest.fail("chromium is missing; 'make setup' installs it, or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=[*QUIET, AS_WITH_WINDOWS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield what all pages of the tests share, so that each need not fetch everything anew."""
    context = browser.new_context(viewport=DESK)
    yield context
    context.close()


def note_errors(page: Page) -> list[str]:
    """Return a list to which a page adds each error in the browser's console, a broken policy among them."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page that fails the test on any error in the browser's console, a broken policy among them."""
    page = context.new_page()
    errors = note_errors(page)
    yield page
    page.close()
    context.clear_cookies()
    assert errors == []
