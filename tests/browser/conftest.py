"""A browser, and a server for the built site."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from handbook.headers import HEADERS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
"""Containers run tests as root, where Chromium's sandbox cannot start; and it shall not call home."""


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
def browser() -> Iterator[Browser]:
    """Give a browser, or fail with what is missing."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is missing; 'make setup' installs it, or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
