"""Browsers of other engines than Chromium's: Firefox, and WebKit, which Safari is made of.

Both know the commands of WebDriver <https://www.w3.org/TR/webdriver2/>; only the ways that these are sent on differ.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTER = "\ue007"
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key of an element's name, the same in each browser."""

_PATIENCE = 60
"""Seconds; no test needs an idle machine."""


class Send(Protocol):
    """Sends a command with what it needs and returns its value."""

    def __call__(self, command: str, /, **values: object) -> Any: ...  # noqa: ANN401, D102 - whatever JSON can hold


@dataclass(frozen=True)
class Engine:
    """A browser's window."""

    send: Send

    def open(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.send("Navigate", url=url)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Return what a script returns."""
        return self.send("ExecuteScript", script=script, args=[])

    def wait(self, condition: str) -> None:
        """Wait until an expression is true on the page, which may be another one by then."""
        ends = time.monotonic() + _PATIENCE
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < ends, f"{condition} on {self.run('return location.href')}"
            time.sleep(0.1)

    def click(self, selector: str) -> None:
        """Click what a selector finds first."""
        self.send("ElementClick", id=self._element(selector))

    def type(self, selector: str, text: str) -> None:
        """Type into what a selector finds first."""
        self.send("ElementSendKeys", id=self._element(selector), text=text)

    def resize(self, width: int, height: int) -> None:
        """Make the window this large; only of the height its own bars take a part."""
        self.send("SetWindowRect", width=width, height=height)
        self.wait(f"innerWidth === {width}")

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return base64.b64decode(self.send("TakeScreenshot", full=False))

    def printed(self) -> bytes:
        """Return the page on A4 as PDF, which WebKit's driver cannot make."""
        return base64.b64decode(self.send("Print", page={"width": 21, "height": 29.7}))

    def _element(self, selector: str) -> str:
        found: dict[str, str] = self.send("FindElement", using="css selector", value=selector)
        return found[_ELEMENT]


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is missing; 'make test-slow' installs it, or says how")
    return path


@contextmanager
def _running(*command: str, **options: Any) -> Iterator[None]:  # noqa: ANN401 - as subprocess has them
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options) as process:
        try:
            yield
        finally:
            process.terminate()


_PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("toolkit.legacyUserProfileCustomizations.stylesheets", true);
"""
"""Firefox takes any free port, and the style for its own bars."""

_NARROW_FIREFOX = ":root { min-width: 0 !important; }"
_NARROW_WEBKIT = "* { min-width: 0; padding: 0; }"
"""Styles for the bars of windows, which otherwise cannot be as narrow as a phone."""


@contextmanager
def firefox() -> Iterator[Engine]:
    """Start Firefox without a window; its protocol is Marionette, messages of JSON behind their length."""
    program = _program("firefox")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(_PREFERENCES, encoding="utf-8")
        (Path(profile) / "chrome").mkdir()
        (Path(profile) / "chrome/userChrome.css").write_text(_NARROW_FIREFOX, encoding="utf-8")
        running = _running(program, "--headless", "--marionette", "--profile", profile)
        with running, _connected(Path(profile) / "MarionetteActivePort") as stream:
            _next_message(stream)  # the greeting

            def send(command: str, /, **values: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
                message = json.dumps([0, 1, f"WebDriver:{command}", values])
                stream.write(f"{len(message)}:{message}".encode())
                stream.flush()
                _, _, error, result = _next_message(stream)
                assert error is None, error
                return result.get("value") if "value" in result else result

            send("NewSession")
            yield Engine(send)
            send("DeleteSession")


@contextmanager
def _connected(port_file: Path) -> Iterator[Any]:
    ends = time.monotonic() + _PATIENCE
    while not (port_file.is_file() and port_file.read_text(encoding="utf-8")):
        assert time.monotonic() < ends, "Firefox does not start"
        time.sleep(0.1)
    address = ("127.0.0.1", int(port_file.read_text(encoding="utf-8")))
    with socket.create_connection(address) as connection, connection.makefile("rwb") as stream:
        yield stream


def _next_message(stream: Any) -> Any:  # noqa: ANN401 - a stream for bytes; whatever JSON can hold
    length = b""
    while (byte := stream.read(1)) != b":":
        length += byte
    return json.loads(stream.read(int(length)))


_PATHS = {
    "Navigate": ("POST", "/url"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "FindElement": ("POST", "/element"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "SetWindowRect": ("POST", "/window/rect"),
    "TakeScreenshot": ("GET", "/screenshot"),
    "DeleteSession": ("DELETE", ""),
}
"""Where WebDriver's commands are sent to over HTTP, below a session."""


@contextmanager
def webkit() -> Iterator[Engine]:
    """Start WebKitGTK's own small browser on a screen that nobody sees."""
    screen, driver = _program("Xvfb"), _program("WebKitWebDriver")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{free.getsockname()[1]}"
    reading, writing = os.pipe()
    size = ("-screen", "0", "1600x1200x24")
    on_screen = _running(screen, "-displayfd", str(writing), *size, "-nolisten", "tcp", pass_fds=[writing])
    with tempfile.TemporaryDirectory() as settings, on_screen:
        (Path(settings) / "gtk-3.0").mkdir()
        (Path(settings) / "gtk-3.0/gtk.css").write_text(_NARROW_WEBKIT, encoding="utf-8")
        display = f":{os.read(reading, 20).decode().strip()}"
        environment = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": settings}
        with _running(driver, f"--port={root.rpartition(':')[2]}", env=environment):
            session = _ask("POST", f"{root}/session", {"capabilities": {"alwaysMatch": {}}})["sessionId"]

            def send(command: str, /, **values: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
                method, path = _PATHS[command]
                return _ask(method, f"{root}/session/{session}{path.format(**values)}", values)

            yield Engine(send)
            send("DeleteSession")


def _ask(method: str, url: str, values: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    data = json.dumps(values).encode() if method == "POST" else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - our own driver
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        with suppress(ConnectionError, urllib.error.URLError), urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.load(answer)["value"]
        time.sleep(0.1)
    return pytest.fail(f"{url} does not answer")
