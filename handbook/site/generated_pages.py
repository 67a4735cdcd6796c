"""What the site has besides the files that somebody wrote: pages and data made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.exports.catalogue import exported_files
from handbook.model.addresses import data_url
from handbook.site.feeds import feeds
from handbook.site.finder import finder_pages
from handbook.site.search_index import INDEX, entries, search_index
from handbook.system.processes import beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.site.macros import Renderer


_THEME_FILES = ("assets/javascripts/", "assets/stylesheets/")
"""What the theme brings and our frame of the page does not use; nobody shall download or copy it."""


def is_left_out(src_uri: str) -> bool:
    """Whether a file that the site generator would copy has no use on the site."""
    return src_uri.startswith(_THEME_FILES)


def generated_files(renderer: Renderer) -> Iterator[tuple[str, str | bytes]]:
    """Give the path below `docs/` that each generated file would have, and its content; Markdown becomes a page.

    Raises:
        WorkerError: if the process that writes the exports is ended.
    """
    with beside(lambda: list(exported_files(renderer.corpus)), "the exports") as exports:
        yield from renderer.generated_pages()
        yield from renderer.redirect_pages()
        yield from finder_pages(renderer)
        yield INDEX, search_index(entries(renderer.corpus))
        yield from feeds(renderer.corpus)
        yield from ((data_url(name), content) for name, content in exports())
