"""Pages that are rendered before MkDocs comes to them, on all processors, or are known from the last build."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from logging.handlers import QueueHandler
from queue import SimpleQueue
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.toc import TableOfContents


WITHOUT_MACROS = MappingProxyType({"render_macros": False})
"""Front matter by which mkdocs-macros leaves a text alone; else it compiles a template of the text."""


class Rendering(NamedTuple):
    """What rendering has made of a page, in a form that can be sent from process to process.

    Attributes:
        meta: the front matter, and what else the frame of the page asks for.
        content: the HTML.
        toc: the headings.
        present_anchor_ids: the anchors.
        links_to_anchors: the links to anchors, by the `src_uri` of the files with these.
        log_records: what MkDocs and its plugins logged meanwhile.
    """

    meta: MutableMapping[str, Any]
    content: str
    toc: TableOfContents
    present_anchor_ids: set[str]
    links_to_anchors: Mapping[str, dict[str, str]]
    log_records: list[logging.LogRecord]

    def replay_log(self) -> None:
        """Log what there was to log, which counts under `strict`."""
        for record in self.log_records:
            logging.getLogger(record.name).handle(record)


class PreparedPage(Page):
    """A page that `prepare` has to make before MkDocs reads and renders it, which then changes nothing.

    Attributes:
        rendering: what `prepare` has returned, perhaps in another process.
    """

    rendering: Rendering

    def prepare(
        self,
        config: MkDocsConfig,
        files: Files,
        source: Callable[[PreparedPage], tuple[str, dict[str, Any]]],
        finish: Callable[[PreparedPage], None],
    ) -> Rendering:
        """Render the page as MkDocs does.

        Args:
            config: of MkDocs.
            files: all files of the site.
            source: returns the page's Markdown and front matter, which MkDocs does not read itself.
            finish: completes the page's front matter and Markdown, once every macro is replaced by what it gives.
        """
        with _recorded_log() as log_records:
            self.markdown, self.meta = source(self)
            self.markdown = config.plugins.on_page_markdown(self.markdown, page=self, config=config, files=files)
            finish(self)
            super().render(config, files)
        links = {file.src_uri: anchors for file, anchors in (self.links_to_anchors or {}).items()}
        return Rendering(self.meta, self.content or "", self.toc, self.present_anchor_ids or set(), links, log_records)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - the signature of the base class
        """Take the front matter as it was read; what plugins do with the text is done, too."""
        self.meta, self.markdown = {**self.rendering.meta, **WITHOUT_MACROS}, ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - the signature of the base class
        """Take what was rendered."""
        made = self.rendering
        self.content, self.toc, self.present_anchor_ids = made.content, made.toc, made.present_anchor_ids
        self.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in made.links_to_anchors.items()}


class SiteFile(File):
    """A file whose content is known before it is written.

    Attributes:
        is_there: whether the folder of the site has it just so, and it need not be written.
    """

    is_there = False

    def is_modified(self) -> bool:
        """Whether it is to be written; MkDocs would judge by the age of files."""
        return not self.is_there


class PromisedFile(SiteFile):
    """A file for download, to which pages link before it is written."""

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of the base class
        """Leave it to those who write it from the finished site."""


@contextmanager
def _recorded_log() -> Iterator[list[logging.LogRecord]]:
    """Keep what MkDocs logs, for the process that asked to log it; if something goes wrong, it is logged here."""
    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    records: list[logging.LogRecord] = []
    logger = logging.getLogger("mkdocs")
    handlers, logger.handlers = logger.handlers, [QueueHandler(queue)]
    try:
        yield records
    except BaseException:
        logger.handlers = handlers
        while not queue.empty():
            logger.handle(queue.get())
        raise
    finally:
        logger.handlers = handlers
        while not queue.empty():
            records.append(queue.get())
