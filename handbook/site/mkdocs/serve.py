"""What `mkdocs serve` does differently for our editors: from build to build it knows what its folder was made of.

Each change is a whole build, as MkDocs' quick builds must be here: everything is loaded and checked, and each page asks
for every fact that it shows. Only what would be made of the very same is neither rendered nor written again.
"""

from __future__ import annotations

import gc
import logging
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.utils import clean_directory

from handbook.site.mkdocs.renderings import Rendering, sum_of
from handbook.system.cache import forget_the_unused, start_remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_SERVING = Event()
"""Set for as long as `mkdocs serve` runs."""

_OFTEN = 0.2
"""Seconds between two looks for saved files; MkDocs looks half as often."""


def start_serving() -> None:
    """Keep from now on what builds have made."""
    _SERVING.set()
    start_remembering()
    gc.disable()  # among all that is kept, looking for rubbish takes a third of a build
    logging.getLogger("mkdocs.commands.build").addFilter(_is_true)


def is_serving() -> bool:
    """Tell whether an editor looks on, for whom problems become a page."""
    return _SERVING.is_set()


def _is_true(record: logging.LogRecord) -> bool:
    """Keep back what MkDocs says of every quick build: that it goes by the age of files. Ours do not."""
    return "'dirty' build" not in record.msg


def quick_server(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Give a server like that of MkDocs, which looks for saved files more often."""
    host, port = config.dev_addr
    mount_path = urlsplit(config.site_url or "/").path
    quick = LiveReloadServer(builder, host, port, config.site_dir, mount_path, polling_interval=_OFTEN)
    quick.error_handler = server.error_handler  # as MkDocs does
    quick.watch(config.docs_dir)
    quick.watch(config.config_file_path)
    server.server_close()
    return quick


class _ServedFile(File):
    """A file of the served folder. MkDocs would judge by its age whether it is to be written."""

    is_there = False

    def is_modified(self) -> bool:
        """Whether what is in the folder was made of something else."""
        return not self.is_there


def served(files: Files) -> Files:
    """Give files that know whether the served folder has them: see `LastBuild.find_unchanged`."""
    return Files([_served(file) for file in files])


def _served(file: File) -> _ServedFile:
    served = _ServedFile(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls, inclusion=file.inclusion)
    if file.src_dir is None:
        served.generated_by, served.content_bytes = file.generated_by, file.content_bytes
    return served


def surroundings(config: MkDocsConfig, files: Files) -> str:
    """Give the sum of what rendering looks at besides the page: all settings, and which files there are."""
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    return sum_of(repr({**config, "plugins": plugins}), *map(repr, files))


def _frame(config: MkDocsConfig) -> Iterator[str | bytes]:
    """Give names and bytes of what pages are framed with."""
    folder = Path(str(config.theme.custom_dir))
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix()
        yield path.read_bytes()


class LastBuild:
    """What the last build has made.

    Attributes:
        renderings: its pages by their `src_uri`.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.renderings: Mapping[str, Rendering] = {}
        self._folder: dict[str, str] = {}
        """The files in the folder, each with the sum of all that it was made of; empty when that is not known."""
        self._next: dict[str, str] = {}
        """What the folder will be once this build is done."""

    def empty(self, config: MkDocsConfig) -> None:
        """Let everything be written."""
        self._folder = {}
        clean_directory(config.site_dir)

    def find_unchanged(self, nav: Navigation, config: MkDocsConfig, files: Files, around: str) -> None:
        """Tell each file whether the folder has it as it would be written now; other files leave the folder.

        Of other pages the frame of a page shows titles and addresses, which stand in `nav`, and nothing else.

        Args:
            nav: of the site.
            config: of MkDocs.
            files: all files of the site, from `served`.
            around: what `surroundings` gave before anything was rendered.
        """
        around = sum_of(around, str(nav), *_frame(config))
        self._next = {file.dest_uri: self._made_of(file, around) for file in files}
        if self._next.keys() != self._folder.keys():
            self.empty(config)
        for file in cast("Iterable[_ServedFile]", files):
            file.is_there = self._folder.get(file.dest_uri) == self._next[file.dest_uri]
        self._folder = {}  # until all is written

    def _made_of(self, file: File, around: str) -> str:
        if file.page is None:
            return sum_of(file.content_bytes)
        rendering = self.renderings[file.src_uri]
        return sum_of(around, rendering.made_of, rendering.attributes["meta"]["linked_data"])

    def finish(self) -> None:
        """Know the folder as it is now, and forget what only the build before has used."""
        self._folder = self._next
        forget_the_unused()
        Timer(1, gc.collect).start()  # when the editor looks at the page
