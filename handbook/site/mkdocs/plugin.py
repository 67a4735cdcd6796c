"""The plugin `handbook`: all that MkDocs is told. Its pages are checked, rendered and finished by other rooms."""

from __future__ import annotations

import gc
import logging
from contextlib import contextmanager
from functools import partial, wraps
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from handbook.parsing.dialect import EXTENSIONS
from handbook.parsing.macro_calls import MACROS
from handbook.problems import CheckFailedError
from handbook.site.finishing import finish_site
from handbook.site.mkdocs.build import Build
from handbook.site.mkdocs.menu import place_in_menu
from handbook.site.mkdocs.prepared_page import PreparedPage
from handbook.site.mkdocs.serve import LastBuild, environment_digest, is_told, quick_server, require_free_port
from handbook.site.preview import show_problems
from handbook.system.processes import WorkerError, map_chunked
from handbook.system.settings import SettingsError, require_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation

    from handbook.problems import Problem
    from handbook.site.mkdocs.prepared_page import Rendering

_log = logging.getLogger("mkdocs.plugins.handbook")


class _Options(Config):  # type: ignore[no-untyped-call]  # as MkDocs leaves it
    """The plugin has none, so a key under its name in mkdocs.yml is unknown."""


class HandbookPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]  # as MkDocs leaves it
    """Builds the site from what was checked, or shows an editor what is wrong.

    MkDocs keeps it from build to build, as it has `on_startup`.
    """

    def __init__(self) -> None:
        """Begin before the first build."""
        self._build: Build
        self._last: LastBuild | None = None
        self._is_first = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Remember what builds have made, if an editor looks on."""
        if command == "serve":
            self._last = LastBuild()
            self._is_first = True
            logging.getLogger("mkdocs.commands.build").addFilter(is_told)
            logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)  # it lists its files each time
        else:
            gc.disable()  # what is loaded lives to the end of the build; looking for garbage among it takes long

    def on_shutdown(self) -> None:
        """Leave the collector as it was found."""
        gc.unfreeze()
        gc.enable()

    def on_config(self, config: MkDocsConfig) -> None:
        """Load and check the whole corpus before anything is rendered, and say how it will be."""
        try:
            require_settings()
        except SettingsError as error:
            raise PluginError(str(error)) from None
        config.site_url = "".join((config.site_url or "").split())
        if self._is_first:
            require_free_port(config)
            self._is_first = False
        config.markdown_extensions = [*config.markdown_extensions, *EXTENSIONS]
        config.mdx_configs |= {name: dict(settings) for name, settings in EXTENSIONS.items()}
        with _ending_cleanly():
            self._build = Build.load(config)

    def macros(self, current: Callable[[], str]) -> Mapping[str, Callable[..., str]]:
        """Return the macros that pages call, by name.

        Args:
            current: returns the `src_uri` of the page that is being rendered.
        """
        return {name: _for_page(current, getattr(self._build.macros, name)) for name in MACROS}

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Stop before the old site is deleted when there are errors; an editor is shown them instead of the site."""
        try:
            self._build.corpus.require_clean(for_editors=self._last is not None)
        except CheckFailedError as error:
            self._build.problems = self._for_editors(error)
            config.nav, config.theme.static_templates = None, set()
            if self._last:
                self._last.empty(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what is made from the registry, and take out what the site does not use."""
        if self._build.problems:
            return Files([])
        with _ending_cleanly():
            files = self._build.files(files, config)
        for file in files.documentation_pages():
            PreparedPage(None, file, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Render all pages, so that it is done when MkDocs comes to it, and find the place of each in the menu."""
        pages = [page for file in files.documentation_pages() if isinstance(page := file.page, PreparedPage)]
        render = partial(
            PreparedPage.prepare, config=config, files=files, source=self._build.source, finish=self._build.finish
        )
        with _ending_cleanly():
            renderings = self._renderings(pages, render, environment_digest(config, files))
        for page, rendering in zip(pages, renderings, strict=True):
            page.rendering = rendering
            page.read_source(config)  # the navigation needs its title
            rendering.replay_log()
        place_in_menu(nav, pages)
        if self._last and pages:
            self._last.find_unchanged(nav, config, files)
        return nav

    def _renderings(
        self, pages: list[PreparedPage], render: Callable[[PreparedPage], Rendering], environment: str
    ) -> list[Rendering]:
        """Return what each page becomes; to one that was made of the same before, it is known."""
        if self._last is None:
            gc.freeze()
            gc.enable()  # rendering leaves garbage, and must not need more memory for more pages
            return map_chunked(render, pages)
        return [self._last.rendering(page, self._build.dependencies(page), environment, render) for page in pages]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Let the frame of the pages name the release, and escape what it prints but for what it calls safe."""
        env.globals["release"] = metadata.version("handbook")
        env.autoescape = env.trim_blocks = env.lstrip_blocks = True

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish and check the built site."""
        build, site = self._build, Path(config.site_dir)
        try:
            if not build.problems:
                finish_site(site, build.corpus, live=self._last is not None)
        except CheckFailedError as error:
            build.problems = self._for_editors(error)
        if build.problems:
            show_problems(site, build.corpus, build.problems)
        elif self._last:
            self._last.finish()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """See sooner than MkDocs that a file was saved."""
        return quick_server(server, config, builder)

    def _for_editors(self, error: CheckFailedError) -> tuple[Problem, ...]:
        if self._last is None:
            raise PluginError(str(error)) from None
        return error.problems


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """End the build with a line when the system ends one of our processes."""
    try:
        yield
    except WorkerError as error:
        raise PluginError(str(error)) from None


def _for_page(current: Callable[[], str], render: Callable[..., str]) -> Callable[..., str]:
    @wraps(render)
    def macro(*arguments: str, **options: str) -> str:
        return render(current(), *arguments, **options)

    return macro
