"""One build of the site: what it is made of, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import Files, InclusionLevel

from handbook.checks import load_corpus
from handbook.model.offered import expected_downloads
from handbook.site.generated_pages import generated_files, rendered_pages
from handbook.site.macros import Macros
from handbook.site.mkdocs.prepared_page import WITHOUT_MACROS, PreparedPage, PromisedFile, SiteFile
from handbook.site.page_frame import add_page_frame
from handbook.site.rendering import Renderer
from handbook.site.scripts import packed_script
from handbook.site.structured_data import linked_data
from handbook.site.stylesheets import STYLES, stylesheets
from handbook.system.build_time import set_build_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

    from handbook.model.corpus import Corpus
    from handbook.problems import Problem

_LEFT_OUT = ("assets/", STYLES)
"""What is not sent as it is: what the theme brings and our frame does not use, and what style sheets are made of."""


@dataclass
class Build:
    """What one build knows.

    Attributes:
        corpus: the project as it was checked.
        renderer: of its templates.
        macros: that its pages call.
        repository: where readers may suggest a change, or empty.
        contact: the address of mail to which they may write, or empty.
        problems: shown to an editor in place of the site.
    """

    corpus: Corpus
    renderer: Renderer
    macros: Macros
    repository: str
    contact: str
    problems: tuple[Problem, ...] = ()

    @classmethod
    def load(cls, config: MkDocsConfig) -> Build:
        """Load and check the project that a configuration belongs to.

        Raises:
            WorkerError: if a process that reads a share of the pages is ended.
        """
        corpus = load_corpus(Path(config.config_file_path).parent, dt.datetime.now(tz=dt.UTC).date())
        set_build_time(corpus.newest_review)
        renderer = Renderer(corpus)
        return cls(
            corpus, renderer, Macros(renderer), config.extra.get("repository", ""), config.extra.get("contact", "")
        )

    def files(self, found: Files, config: MkDocsConfig) -> Files:
        """Return all files of the site: those that MkDocs found and the site uses, and those that are generated.

        Pages have the text that was checked, as its editor may have saved another since.

        Raises:
            WorkerError: if a process that makes some of them is ended.
        """
        return Files([*self._kept(found, config), *self._generated(config)])

    def _kept(self, found: Files, config: MkDocsConfig) -> Iterator[File]:
        for file in found:
            page = self.corpus.pages.by_uri.get(file.src_uri)
            if page:
                yield SiteFile.generated(config, file.src_uri, content=page.text, inclusion=file.inclusion)
            elif not file.is_documentation_page() and not file.src_uri.startswith(_LEFT_OUT):
                content = packed_script(file.src_uri, file.content_bytes)
                yield SiteFile.generated(config, file.src_uri, content=content, inclusion=file.inclusion)

    def _generated(self, config: MkDocsConfig) -> Iterator[File]:
        for src_uri, markdown in rendered_pages(self.renderer):
            yield SiteFile.generated(config, src_uri, content=markdown, inclusion=InclusionLevel.NOT_IN_NAV)
        for url in expected_downloads(self.corpus.registry, self.corpus.pages):
            yield PromisedFile.generated(config, url, content=b"")
        for url, content in (*generated_files(self.renderer), *stylesheets(Path(str(config.theme.custom_dir)))):
            yield SiteFile.generated(config, url, content=content)

    def source(self, page: PreparedPage) -> tuple[str, dict[str, Any]]:
        """Return the Markdown of a page and what the frame asks of its front matter.

        MkDocs would read the front matter by other rules than our check, and make numbers and dates of titles.
        """
        src_uri = page.file.src_uri
        found: dict[str, Any] = {"linked_data": linked_data(src_uri, self.corpus)}
        if written := self.corpus.pages.by_uri.get(src_uri):
            meta = written.meta
            found |= {"title": meta.title, "description": meta.summary, "kind": str(meta.kind), "roles": meta.roles}
            found["reviewed"] = meta.reviewed
            found["area"] = written.area if written.area in self.corpus.registry.areas else ""
            return written.body, found
        made = self.corpus.generated[src_uri]
        return page.file.content_string, found | {"title": made.title, "description": made.summary, **WITHOUT_MACROS}

    def finish(self, page: PreparedPage) -> None:
        """Put around a page's text what every written page has."""
        if written := self.corpus.pages.by_uri.get(page.file.src_uri):
            page.markdown = add_page_frame(written, page.markdown or "", self.renderer, self.repository, self.contact)

    def dependencies(self, page: PreparedPage) -> Iterator[str]:
        """Yield all that a page is made of: its text, what is put around it, and what each of its calls gives."""
        src_uri = page.file.src_uri
        yield page.file.content_string
        yield repr(self.source(page)[1])
        if written := self.corpus.pages.by_uri.get(src_uri):
            yield add_page_frame(written, "", self.renderer, self.repository, self.contact)
            yield from self.macros.results(src_uri)
