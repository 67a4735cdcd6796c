"""The port on which the site is shown to an editor: asked for before anything is built."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

from tests.support.project import run

if TYPE_CHECKING:
    from pathlib import Path


def test_port_in_use(tiny: Path) -> None:
    """One sentence at once, no traceback, and the command it names has a port that is free."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", folder=tiny)
        assert done.returncode == 1
        assert f"Another program uses port {port} of this computer" in done.stderr
        assert "Traceback" not in done.stderr
        offered = re.search(r"make serve PORT=(\d+)", done.stderr)
        assert offered is not None
        with socket.socket() as free:
            free.bind(("127.0.0.1", int(offered[1])))
