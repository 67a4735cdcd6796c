"""What `mkdocs serve` does differently for our editors: from build to build it knows what its folder was made of.

Each change is a whole build, as MkDocs' quick builds must be here: everything is loaded and checked, and each page asks
for every fact that it shows. Only what would be made of the very same is neither rendered nor written again.
"""

from __future__ import annotations

import hashlib
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import clean_directory

from handbook.site.mkdocs.prepared_page import SiteFile

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from handbook.site.mkdocs.prepared_page import PreparedPage, Rendering

_POLLING_INTERVAL = 0.2
"""Seconds between two looks for saved files; MkDocs looks half as often."""


def is_told(record: logging.LogRecord) -> bool:
    """Keep back what MkDocs says of every quick build: that it goes by the age of files. Ours do not."""
    return "'dirty' build" not in record.msg


def require_free_port(config: MkDocsConfig) -> None:
    """Stop before anything is built when the site could not be served then.

    Raises:
        PluginError: naming a port that is free, if another program has this one.
    """
    host, port = config.dev_addr
    if not _is_free(host, port):
        free = next((other for other in range(port + 1, port + 100) if _is_free(host, other)), port + 1)
        message = (
            f"Another program uses port {port} of this computer: perhaps the site is served in another window already. "
            f"Close that one with Ctrl and C, or choose another port: make serve PORT={free}"
        )
        raise PluginError(message)


def _is_free(host: str, port: int) -> bool:
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
        return True


def quick_server(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Return a server like that of MkDocs, which looks for saved files more often."""
    host, port = config.dev_addr
    mount_path = urlsplit(config.site_url or "/").path
    quick = LiveReloadServer(builder, host, port, config.site_dir, mount_path, polling_interval=_POLLING_INTERVAL)
    quick.error_handler = server.error_handler  # as MkDocs does
    quick.watch(config.docs_dir)
    quick.watch(config.config_file_path)
    server.server_close()
    return quick


def environment_digest(config: MkDocsConfig, files: Files) -> str:
    """Return the digest of what rendering looks at besides the page: all settings, and which files there are."""
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    return _digest(repr({**config, "plugins": plugins}), *map(repr, files))


def _digest(*parts: str | bytes) -> str:
    """Return the SHA-256 hex digest of the parts, each hashed by itself."""
    digests = (hashlib.sha256(part.encode() if isinstance(part, str) else part).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _frame(config: MkDocsConfig) -> Iterator[str | bytes]:
    """Yield names and bytes of what pages are framed with."""
    folder = Path(str(config.theme.custom_dir))
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix()
        yield path.read_bytes()


class _Known(NamedTuple):
    """A rendering, and the digest of all that it was made of."""

    digest: str
    rendering: Rendering


class LastBuild:
    """What the last build has made."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pages: dict[str, _Known] = {}
        """By `src_uri`."""
        self._folder: dict[str, str] = {}
        """The files in the folder, each with the digest of all that it was made of; empty when that is not known."""
        self._next: dict[str, str] = {}
        """What the folder will be once this build is done."""

    def rendering(
        self,
        page: PreparedPage,
        dependencies: Iterable[str],
        environment: str,
        render: Callable[[PreparedPage], Rendering],
    ) -> Rendering:
        """Return what a page becomes, which is rendered only if it is made of something else than last time."""
        digest = _digest(environment, *dependencies)
        known = self._pages.get(page.file.src_uri)
        if known is None or known.digest != digest:
            known = self._pages[page.file.src_uri] = _Known(digest, render(page))
        return known.rendering

    def empty(self, config: MkDocsConfig) -> None:
        """Let everything be written."""
        self._folder = {}
        clean_directory(config.site_dir)

    def find_unchanged(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Tell each file whether the folder has it as it would be written now; other files leave the folder.

        Of other pages the frame of a page shows titles and addresses, which stand in `nav`, and nothing else.
        """
        frame = _digest(str(nav), *_frame(config))
        ours = [file for file in files if isinstance(file, SiteFile)]
        self._next = {file.dest_uri: self._digest_of(file, frame) for file in ours}
        if self._next.keys() != self._folder.keys():
            self.empty(config)
        for file in ours:
            file.is_there = self._folder.get(file.dest_uri) == self._next[file.dest_uri]
        self._folder = {}  # until all is written

    def _digest_of(self, file: SiteFile, frame: str) -> str:
        return _digest(file.content_bytes) if file.page is None else _digest(frame, self._pages[file.src_uri].digest)

    def finish(self) -> None:
        """Know the folder as it is now."""
        self._folder = self._next
