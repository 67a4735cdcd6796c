"""The one file that knows MkDocs and mkdocs-macros; it translates and decides nothing.

MkDocs loads it as a hook (`on_…`) and mkdocs-macros as its module (`define_env`), each for itself. What `define_env`
has loaded reaches the hooks through the macros plugin, which both know.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import logging
from contextlib import contextmanager
from functools import partial, wraps
from importlib import metadata
from logging.handlers import QueueHandler
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

from handbook.archives import set_build_time
from handbook.calls import MACROS
from handbook.corpus import load_corpus
from handbook.errors import CheckFailedError
from handbook.finishing import finish_site
from handbook.generated import generated_files, is_left_out
from handbook.linked_data import linked_data
from handbook.memory import CompiledTemplates, forget_the_unused, start_remembering
from handbook.preview import show_problems
from handbook.rendering import Renderer
from handbook.workers import WorkerError, in_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.structure.nav import Navigation
    from mkdocs_macros.plugin import MacrosPlugin

    from handbook.errors import Problem


_SERVING = Event()
"""Set for as long as `mkdocs serve` runs."""


class _Rendering(NamedTuple):
    """A rendered page: the sum of all that it was made of, its attributes, and what there was to say about it."""

    made_of: str
    attributes: dict[str, Any]
    said: list[logging.LogRecord]


_FRAMES = CompiledTemplates()

_RENDERINGS: dict[str, _Rendering] = {}
"""The pages of the last build by their `src_uri`, while serving."""

_FOLDER: dict[str, str] = {}
"""The files in the served folder, each with the sum of all that it was made of; empty when that is not known."""


class _ServedFile(File):
    """A file of the served folder. MkDocs would judge by its age whether it is to be written."""

    is_there = False

    def is_modified(self) -> bool:
        """Whether what is in the folder was made of something else."""
        return not self.is_there


def define_env(env: MacrosPlugin) -> None:
    """Load and check the whole corpus before anything is rendered, and register its macros."""
    with _ending_cleanly():
        env.corpus = load_corpus(Path(env.conf["config_file_path"]).parent, dt.datetime.now(tz=dt.UTC).date())
    _keep_for_good()
    set_build_time(env.corpus)
    env.renderer = Renderer(env.corpus, env.conf["extra"].get("repository", ""))
    for name in MACROS:
        env.macro(_on_current_page(env, getattr(env.renderer, name)), name)


def _keep_for_good() -> None:
    """Spare the collector what there is by now: a build keeps it to its end, and looking at it took a tenth longer."""
    if not _SERVING.is_set():
        gc.freeze()


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """End the build with a line when the system ends one of our processes."""
    try:
        yield
    except WorkerError as error:
        raise PluginError(str(error)) from None


def _on_current_page(env: MacrosPlugin, render: Callable[..., str]) -> Callable[..., str]:
    @wraps(render)
    def macro(*arguments: str, **options: str) -> str:
        return render(env.page.file.src_uri, *arguments, **options)

    return macro


def on_startup(command: str, **_: Any) -> None:  # noqa: ANN401 - MkDocs' own signature
    """Note whether an editor looks on, for whom problems become a page."""
    if command == "serve":
        _SERVING.set()
        start_remembering()
        gc.disable()  # among all that is kept, looking for rubbish takes a third of a build
        logging.getLogger("mkdocs.commands.build").addFilter(_is_true)


def _is_true(record: logging.LogRecord) -> bool:
    """Keep back what MkDocs says of every quick build: that it goes by the age of files. Ours do not."""
    return "'dirty' build" not in record.msg


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Serve as MkDocs would, but look for saved files five times a second instead of twice."""
    host, port = config.dev_addr
    mount_path = urlsplit(config.site_url or "/").path
    quick = LiveReloadServer(builder, host, port, config.site_dir, mount_path, polling_interval=0.2)
    quick.error_handler = server.error_handler  # type: ignore[method-assign] # as MkDocs does
    quick.watch(config.docs_dir)
    quick.watch(config.config_file_path)
    server.server_close()
    return quick


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop before the old site is deleted when there are errors; an editor is shown them instead of the site."""
    macros = _macros(config)
    macros.problems, macros.rendered = (), {}
    try:
        macros.corpus.require_clean(for_editors=_SERVING.is_set())
    except CheckFailedError as error:
        macros.problems = _for_editors(error)
        config.nav, config.theme.static_templates = None, set()
        _FOLDER.clear()
        clean_directory(config.site_dir)


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
    with _ending_cleanly():
        for src_uri, content in generated_files(_macros(config).renderer):
            files.append(File.generated(config, src_uri, content=content))
    for file in [file for file in files if is_left_out(file.src_uri)]:
        files.remove(file)
    return Files([_served(file) for file in files]) if _SERVING.is_set() else files


def _served(file: File) -> _ServedFile:
    served = _ServedFile(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls, inclusion=file.inclusion)
    if file.src_dir is None:
        served.generated_by, served.content_bytes = file.generated_by, file.content_bytes
    return served


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give each page as it was checked, as its editor may have saved it since; and nothing of one that is rendered."""
    macros = _macros(config)
    if page.file.src_uri in macros.rendered:
        return ""
    checked = macros.corpus.pages.by_uri.get(page.file.src_uri)
    return checked.text if checked else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - MkDocs' own signature
    """Let the frame of the pages name the release, and be compiled once while it is the same."""
    env.globals["release"] = metadata.version("handbook")
    env.bytecode_cache = _FRAMES


_OF_A_RENDERED_PAGE = ("content", "meta", "toc", "present_anchor_ids")
"""The attributes of a page that reading and rendering give it, besides its links."""


class _Recorder(QueueHandler):
    """Keeps in its list what is logged."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.queue.append(record)  # type: ignore[attr-defined]


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Read and render all pages on all processors. When MkDocs comes to it, it is done: see `on_page_content`.

    While serving, a page that would be made of the same as in the last build is not rendered again.
    """
    if _macros(config).problems:
        return nav
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    seen = _sum(*map(repr, (_settings(config), *files))) if _SERVING.is_set() else ""
    with _ending_cleanly():
        rendered = in_shares(partial(_rendered, config, files, seen), pages)
    renderings = {
        page.file.src_uri: new or _RENDERINGS[page.file.src_uri] for page, new in zip(pages, rendered, strict=True)
    }
    for page in pages:
        _say(renderings[page.file.src_uri].said)
        _give(renderings[page.file.src_uri], page, files)
    _macros(config).rendered = dict(renderings)
    config.markdown_extensions = []  # there is nothing left to render
    _keep_for_good()
    if _SERVING.is_set():
        _RENDERINGS.clear()
        _RENDERINGS.update(renderings)
        _find_unchanged(nav, config, files, seen)
    return nav


def _rendered(config: MkDocsConfig, files: Files, seen: str, page: Page) -> _Rendering | None:
    """Read and render a page as MkDocs does, and give what can be sent; nothing when it is known already.

    Args:
        config: of MkDocs.
        files: all files of the site.
        seen: the sum of what rendering looks at besides the page; none when the rendering will not be kept.
        page: the page.
    """
    made_of = _sum(seen, *_made_of(page, config)) if seen else ""
    known = _RENDERINGS.get(page.file.src_uri)
    if (
        known
        and known.made_of == made_of
        and known.attributes["meta"]["linked_data"]
        == linked_data(page.file.src_uri, known.attributes["meta"], _macros(config).corpus)
    ):
        return None
    with _recorded() as said:
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    attributes = {name: getattr(page, name) for name in _OF_A_RENDERED_PAGE} | {"links_to_anchors": links}
    return _Rendering(made_of, attributes, said)


def _settings(config: MkDocsConfig) -> object:
    """Give all settings as values that are equal when they say the same."""
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    return {**config, "plugins": plugins}


def _made_of(page: Page, config: MkDocsConfig) -> Iterable[str]:
    macros = _macros(config)
    if page.file.src_uri in macros.corpus.pages.by_uri:
        return macros.renderer.made_of(page.file.src_uri)
    return [page.file.content_string]


def _sum(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _give(rendering: _Rendering, page: Page, files: Files) -> None:
    """Let a page be as it was rendered."""
    page.markdown = ""
    attributes = rendering.attributes
    links = {files.src_uris[src_uri]: anchors for src_uri, anchors in attributes["links_to_anchors"].items()}
    for name, value in (attributes | {"links_to_anchors": links}).items():
        setattr(page, name, value)


def _find_unchanged(nav: Navigation, config: MkDocsConfig, files: Files, seen: str) -> None:
    """Tell of each file whether the served folder has it as it would be written now; other files leave the folder.

    Of other pages the frame of a page shows titles and addresses, which stand in `nav`; `on_page_context` sees to it.
    """
    frame = [path for path in sorted(Path(config.theme.custom_dir).rglob("*")) if path.is_file()]
    around = _sum(seen, str(nav), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in frame))
    made_of = {file.dest_uri: _made_of_file(file, around) for file in files}
    if made_of.keys() != _FOLDER.keys():
        _FOLDER.clear()
        clean_directory(config.site_dir)
    for file in files:
        file.is_there = _FOLDER.get(file.dest_uri) == made_of[file.dest_uri]
    _FOLDER.clear()  # until all is written
    _macros(config).made_of = made_of


def _made_of_file(file: File, around: str) -> str:
    if file.page is None:
        return hashlib.sha256(file.content_bytes).hexdigest()
    rendering = _RENDERINGS[file.src_uri]
    return _sum(around, rendering.made_of, rendering.attributes["meta"]["linked_data"])


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
    """Hand a rendered page to MkDocs."""
    rendering = _macros(config).rendered.pop(page.file.src_uri, None)
    if rendering is None:
        return html
    _give(rendering, page, files)
    return str(page.content)


def on_page_context(context: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - MkDocs' own signature
    """Let the frame of a page know other pages from the navigation only; else it would have to be made for each."""
    del context["pages"]


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
    elif _SERVING.is_set():
        _FOLDER.update(macros.made_of)
        forget_the_unused()
        Timer(1, gc.collect).start()  # when the editor looks at the page


def _macros(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the attributes are those set in define_env
    return config.plugins["macros"]
