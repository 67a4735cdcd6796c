"""Links to other sites are asked for, and those that do not answer are named with their place."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from handbook.checks.external_links import ask
from tests.support.project import replace, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Host(BaseHTTPRequestHandler):
    """Answers by what the address says."""

    def do_HEAD(self) -> None:
        """Answer the short question."""
        self._answer({"/good": 200, "/moved": 301, "/picky": 405, "/shy": 403}.get(self.path, 404))

    def do_GET(self) -> None:
        """Answer the long question."""
        self._answer({"/good": 200, "/picky": 200, "/shy": 403}.get(self.path, 404))

    def _answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Location", "/good")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Give the address of a host on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/good", ""),
        ("/moved", ""),
        ("/picky", ""),
        ("/gone", "answers 404"),
        ("/shy", "answers 403, which may be meant for programs only; look"),
    ],
)
def test_answers(host: str, path: str, fault: str) -> None:
    """What moved is found, what asks for a browser is left to people, what is gone is gone."""
    assert list(ask([f"{host}{path}"], 0)) == [(f"{host}{path}", fault)]


def test_nobody_there() -> None:
    """A host that does not exist, or an address that is none, is a line and no traceback."""
    answers = list(ask(["http://127.0.0.1:9/", "http://[broken", "http://nowhere.invalid/"], 0))
    assert [answer.fault.partition(" (")[0] for answer in answers] == ["does not answer"] * 3


def test_command(tiny: Path, host: str) -> None:
    """Each address is asked for once, and named where it stands first."""
    replace(tiny, "data/sources.yml", "https://rm.coe.int/guidelines", f"{host}/gone")
    replace(tiny, "docs/prisons/release.md", "Silence.", f"[Good]({host}/good), [bad]({host}/missing) and {host}/gone.")
    done = run("handbook", "links", folder=tiny)
    assert done.stdout.splitlines() == [
        f"data/sources.yml:5:8: '{host}/gone' answers 404",
        f"docs/prisons/release.md:37:44: '{host}/missing' answers 404",
    ]
    assert (done.returncode, done.stderr) == (1, "3 addresses asked for, 2 to look at.\n")
