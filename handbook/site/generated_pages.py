"""What the site has besides the files that somebody wrote: pages, redirects and data made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.exports.catalogue import exported_files
from handbook.model.addresses import CONTACT_LINES, data_url
from handbook.site.contact_lines import contact_lines
from handbook.site.feeds import feeds
from handbook.site.search_index import search_files
from handbook.system.processes import run_in_background
from handbook.urls import file_of, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.corpus import Corpus
    from handbook.site.rendering import Renderer


def rendered_pages(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield `src_uri` and Markdown of each page that nobody wrote, without front matter."""
    for page in renderer.corpus.generated.values():
        yield page.src_uri, renderer.text(page.template, page.src_uri, **page.values)


def generated_files(renderer: Renderer) -> Iterator[tuple[str, str | bytes]]:
    """Yield path below the site's root and content of each file that is no page to read.

    Raises:
        WorkerError: if the process that writes the exports is ended.
    """
    corpus = renderer.corpus
    with run_in_background(lambda: list(exported_files(corpus)), "the exports") as exports:
        yield from _redirects(corpus, renderer)
        yield from search_files(corpus)
        if corpus.registry.contacts:
            yield CONTACT_LINES, contact_lines(corpus.registry)
        yield from feeds(corpus)
        yield from ((data_url(name), content) for name, content in exports())


def _redirects(corpus: Corpus, renderer: Renderer) -> Iterator[tuple[str, str | bytes]]:
    """Yield a page at each former address that leads on without a script."""
    for redirect in corpus.registry.redirects.values():
        text = renderer.text("redirect", redirect.old, page=corpus.pages.by_uri[redirect.new])
        yield file_of(url_of(redirect.old)), text
