"""The one file that knows MkDocs and mkdocs-macros; it translates and decides nothing.

MkDocs loads it as a hook (`on_…`) and mkdocs-macros as its module (`define_env`), each for itself. What `define_env`
has loaded reaches the hooks through the macros plugin, which both know.
"""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import contextmanager
from functools import partial, wraps
from importlib import metadata
from logging.handlers import QueueHandler
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.archives import set_build_time
from handbook.calls import MACROS
from handbook.corpus import load_corpus
from handbook.errors import CheckFailedError
from handbook.finishing import finish_site
from handbook.generated import generated_files, is_left_out
from handbook.linked_data import linked_data
from handbook.preview import show_problems
from handbook.rendering import Renderer
from handbook.workers import WorkerError, in_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from mkdocs.structure.nav import Navigation
    from mkdocs_macros.plugin import MacrosPlugin

    from handbook.errors import Problem


_SERVING = Event()
"""Set for as long as `mkdocs serve` runs."""


def define_env(env: MacrosPlugin) -> None:
    """Load and check the whole corpus before anything is rendered, and register its macros."""
    env.corpus = load_corpus(Path(env.conf["config_file_path"]).parent, dt.datetime.now(tz=dt.UTC).date())
    set_build_time(env.corpus)
    env.renderer = Renderer(env.corpus, env.conf["extra"].get("repository", ""))
    for name in MACROS:
        env.macro(_on_current_page(env, getattr(env.renderer, name)), name)


def _on_current_page(env: MacrosPlugin, render: Callable[..., str]) -> Callable[..., str]:
    @wraps(render)
    def macro(*arguments: str, **options: str) -> str:
        return render(env.page.file.src_uri, *arguments, **options)

    return macro


def on_startup(command: str, **_: Any) -> None:  # noqa: ANN401 - MkDocs' own signature
    """Note whether an editor looks on, for whom problems become a page."""
    if command == "serve":
        _SERVING.set()


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop before the old site is deleted when there are errors; an editor is shown them instead of the site."""
    macros = _macros(config)
    macros.problems, macros.rendered = (), {}
    try:
        macros.corpus.require_clean(for_editors=_SERVING.is_set())
    except CheckFailedError as error:
        macros.problems = _for_editors(error)
        config.nav, config.theme.static_templates = None, set()


def _for_editors(error: CheckFailedError) -> tuple[Problem, ...]:
    if not _SERVING.is_set():
        raise PluginError(str(error)) from None
    return error.problems


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made from the registry, and take out what the site does not use."""
    if _macros(config).problems:
        return Files([])
    for file in [
        file for file in files.documentation_pages() if file.src_uri not in _macros(config).corpus.pages.by_uri
    ]:
        files.remove(file)  # written since
    for src_uri, content in generated_files(_macros(config).renderer):
        files.append(File.generated(config, src_uri, content=content))
    for file in [file for file in files if is_left_out(file.src_uri)]:
        files.remove(file)
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give each page as it was checked, as its editor may have saved it since; and nothing of one that is rendered."""
    macros = _macros(config)
    if page.file.src_uri in macros.rendered:
        return ""
    checked = macros.corpus.pages.by_uri.get(page.file.src_uri)
    return checked.text if checked else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - MkDocs' own signature
    """Let the frame of the pages name the release."""
    env.globals["release"] = metadata.version("handbook")


_OF_A_RENDERED_PAGE = ("content", "meta", "toc", "present_anchor_ids")
"""The attributes of a page that reading and rendering give it, besides its links."""


class _Recorder(QueueHandler):
    """Keeps in its list what is logged."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.queue.append(record)  # type: ignore[attr-defined]


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Read and render all pages on all processors. When MkDocs comes to it, it is done: see `on_page_content`."""
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    try:
        rendered = in_shares(partial(_rendered, config, files), pages)
    except WorkerError as error:
        raise PluginError(str(error)) from None
    _macros(config).rendered = {page.file.src_uri: done for page, done in zip(pages, rendered, strict=True)}
    config.markdown_extensions = []  # there is nothing left to render
    return nav


def _rendered(config: MkDocsConfig, files: Files, page: Page) -> tuple[dict[str, Any], list[logging.LogRecord]]:
    """Read and render a page as MkDocs does; give its attributes in a form that can be sent, and what was said."""
    with _recorded() as said:
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return {name: getattr(page, name) for name in _OF_A_RENDERED_PAGE} | {"links_to_anchors": links}, said


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


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:  # noqa: ANN401 - MkDocs' own signature
    """Put around a page's text what every page has."""
    macros = _macros(config)
    if page.file.src_uri in macros.rendered:
        return ""
    page.meta.setdefault("description", page.meta.get("summary"))
    page.meta["linked_data"] = linked_data(page.file.src_uri, page.meta, macros.corpus)
    return macros.renderer.furnish(page.file.src_uri, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hand a rendered page to MkDocs, with what there was to say about it, which counts under `strict`."""
    if page.file.src_uri not in _macros(config).rendered:
        return html
    attributes, said = _macros(config).rendered.pop(page.file.src_uri)
    _say(said)
    links = {files.src_uris[src_uri]: anchors for src_uri, anchors in attributes["links_to_anchors"].items()}
    for name, value in (attributes | {"links_to_anchors": links}).items():
        setattr(page, name, value)
    return str(page.content)


def on_post_build(config: MkDocsConfig) -> None:
    """Finish and check the built site. The macros plugin calls this too, with itself; that call is not meant for us."""
    if not isinstance(config, MkDocsConfig):
        return
    macros, site = _macros(config), Path(config.site_dir)
    try:
        if not macros.problems:
            finish_site(site, macros.corpus, live=_SERVING.is_set())
    except CheckFailedError as error:
        macros.problems = _for_editors(error)
    if macros.problems:
        show_problems(site, macros.corpus, macros.problems)


def _macros(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the attributes are those set in define_env
    return config.plugins["macros"]
