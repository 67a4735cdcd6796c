"""Pages as MkDocs renders them, in a form that can be sent from process to process and kept from build to build."""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from logging.handlers import QueueHandler
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_OF_A_RENDERED_PAGE = ("content", "meta", "toc", "present_anchor_ids")
"""The attributes of a page that reading and rendering give it, besides its links."""


class Rendering(NamedTuple):
    """A rendered page.

    Attributes:
        made_of: the sum of all that it was made of; empty when it will not be kept.
        attributes: what MkDocs' page has once it is rendered, with the links by the `src_uri` of their files.
        said: what there was to say about the page.
    """

    made_of: str
    attributes: dict[str, Any]
    said: list[logging.LogRecord]

    def give_to(self, page: Page, files: Files) -> None:
        """Let a page be as it was rendered."""
        page.markdown = ""
        links = {files.src_uris[src_uri]: anchors for src_uri, anchors in self.attributes["links_to_anchors"].items()}
        for name, value in (self.attributes | {"links_to_anchors": links}).items():
            setattr(page, name, value)

    def say(self) -> None:
        """Log what there was to say, which counts under `strict`."""
        _say(self.said)


def render(page: Page, config: MkDocsConfig, files: Files, made_of: str) -> Rendering:
    """Read and render a page as MkDocs does."""
    with _recorded() as said:
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    attributes = {name: getattr(page, name) for name in _OF_A_RENDERED_PAGE}
    return Rendering(made_of, attributes | {"links_to_anchors": links}, said)


def sum_of(*parts: str | bytes) -> str:
    """Give a sum that is the same only for the same texts and bytes."""
    digests = (hashlib.sha256(part.encode() if isinstance(part, str) else part).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).hexdigest()


class _Recorder(QueueHandler):
    """Keeps in its list what is logged."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.queue.append(record)  # type: ignore[attr-defined]


@contextmanager
def _recorded() -> Iterator[list[logging.LogRecord]]:
    """Keep what MkDocs logs, unless something goes wrong; the process that asked will log it."""
    said: list[logging.LogRecord] = []
    logger = logging.getLogger("mkdocs")
    handlers, logger.handlers = logger.handlers, [_Recorder(said)]  # type: ignore[arg-type]
    try:
        yield said
    except BaseException:
        logger.handlers = handlers
        _say(said)
        raise
    finally:
        logger.handlers = handlers


def _say(said: list[logging.LogRecord]) -> None:
    for record in said:
        logging.getLogger(record.name).handle(record)
