"""The site as `mkdocs serve` shows it to an editor."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60
"""Seconds to wait for a page to change; it takes two on a machine that has nothing else to do."""


def read(address: str) -> str:
    """Return a page as the browser gets it, one that says that there is none too; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - on this machine
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def wait_for(text: str, address: str) -> str:
    """Return the page once it has the text."""
    page, end = "", time.monotonic() + PATIENCE
    while text not in page:
        assert time.monotonic() < end, f"{text!r} does not appear in {page}"
        time.sleep(0.2)
        page = read(address)
    return page


@contextmanager
def served(project: Path) -> Iterator[str]:
    """Serve a project on this machine for as long as it is needed, and give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [str(Path(sys.executable).with_name("mkdocs")), "serve", "--dirty", "--no-strict", "--dev-addr", place]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield f"http://{place}/"
        assert process.poll() is None, "it has ended"
    finally:
        process.terminate()
        process.wait(PATIENCE)
