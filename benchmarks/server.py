"""nginx on this machine, set up as the handbook recommends, for tests and measurements."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RECIPE = Path(__file__).parent.parent / "docs/contributing/publishing.md"

_AROUND = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {recipe}
}}
"""


def configuration(place: Path, folder: Path, port: int) -> str:
    """Return the recipe of the contributors' guide for a place of releases, in what is needed around it.

    Args:
        place: the folder of the releases.
        folder: for files of the server.
        port: on which it listens, on this machine only.
    """
    (recipe,) = re.findall(r"```nginx\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    recipe = recipe.replace("/etc/nginx/handbook-headers.conf", f"{place}/current/nginx-headers.conf")
    recipe = recipe.replace("/srv/handbook", str(place)).replace("listen 80;", f"listen 127.0.0.1:{port};")
    user = "user root;" if os.geteuid() == 0 else ""  # another could not read folders that tests make
    return _AROUND.format(user=user, folder=folder, recipe=recipe)


def nginx(*words: str) -> list[str]:
    """Return the command that runs nginx, which may lie where only administrators look."""
    return [shutil.which("nginx") or "/usr/sbin/nginx", *words]


@contextmanager
def serving(place: Path, folder: Path) -> Iterator[str]:
    """Serve a place of releases, and give the address.

    Args:
        place: the folder of the releases.
        folder: for files of the server.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(configuration(place, folder, port), encoding="utf-8")
    words = nginx("-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"))
    server = subprocess.Popen(words)  # noqa: S603 - our own words
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = f"nginx does not listen on port {port}"
    raise TimeoutError(message)
