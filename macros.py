"""Where MkDocs and mkdocs-macros meet the handbook; it translates and decides nothing.

MkDocs loads it as a hook (`on_…`) and mkdocs-macros as its module (`define_env`), each for itself. What `define_env`
has loaded reaches the hooks through the macros plugin, which both know.
"""

from __future__ import annotations

import sys
from pathlib import Path

# While MkDocs loads a hook, the hook's folder is before all others. There, a file could be named like a dependency.
sys.path[:] = [folder for folder in sys.path if folder != str(Path(__file__).parent)]

import datetime as dt
import gc
from contextlib import contextmanager
from functools import partial, wraps
from importlib import metadata
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.checks import load_corpus
from handbook.parsing.macro_calls import MACROS
from handbook.problems import CheckFailedError
from handbook.site.finishing import finish_site
from handbook.site.generated_pages import generated_files, is_left_out
from handbook.site.macros import Renderer
from handbook.site.mkdocs.renderings import Rendering, render, sum_of
from handbook.site.mkdocs.serve import LastBuild, is_serving, quick_server, served, start_serving, surroundings
from handbook.site.preview import show_problems
from handbook.site.structured_data import linked_data
from handbook.system.archives import set_build_time
from handbook.system.cache import CompiledTemplates
from handbook.system.processes import WorkerError, in_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs_macros.plugin import MacrosPlugin

    from handbook.problems import Problem


_FRAMES = CompiledTemplates()

_LAST = LastBuild()
"""What is kept while an editor looks on."""


def define_env(env: MacrosPlugin) -> None:
    """Load and check the whole corpus before anything is rendered, and register its macros."""
    with _ending_cleanly():
        env.corpus = load_corpus(Path(env.conf["config_file_path"]).parent, dt.datetime.now(tz=dt.UTC).date())
    _keep_for_good()
    set_build_time(env.corpus.newest_review)
    env.renderer = Renderer(env.corpus, env.conf["extra"].get("repository", ""))
    for name in MACROS:
        env.macro(_on_current_page(env, getattr(env.renderer, name)), name)


def _keep_for_good() -> None:
    """Spare the collector what there is by now: a build keeps it to its end, and looking at it took a tenth longer."""
    if not is_serving():
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
        start_serving()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """See sooner than MkDocs that a file was saved."""
    return quick_server(server, config, builder)


def on_pre_build(config: MkDocsConfig) -> None:
    """Stop before the old site is deleted when there are errors; an editor is shown them instead of the site."""
    macros = _macros(config)
    macros.problems, macros.rendered = (), {}
    try:
        macros.corpus.require_clean(for_editors=is_serving())
    except CheckFailedError as error:
        macros.problems = _for_editors(error)
        config.nav, config.theme.static_templates = None, set()
        _LAST.empty(config)


def _for_editors(error: CheckFailedError) -> tuple[Problem, ...]:
    if not is_serving():
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
    return served(files) if is_serving() else files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give each page as it was checked, as its editor may have saved it since; and nothing of one that is rendered."""
    macros = _macros(config)
    if page.file.src_uri in macros.rendered:
        return ""
    checked = macros.corpus.pages.by_uri.get(page.file.src_uri)
    return checked.text if checked else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - MkDocs' own signature
    """Let the frame of the pages name the release, have no lines left of code alone, and be compiled once for all.

    What its templates print is text and is escaped; the few things that are HTML already say `safe` where they stand.
    """
    env.globals["release"] = metadata.version("handbook")
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = _FRAMES


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Read and render all pages on all processors. When MkDocs comes to it, it is done: see `on_page_content`.

    While serving, a page that would be made of the same as in the last build is not rendered again.
    """
    if _macros(config).problems:
        return nav
    pages = [file.page or Page(None, file, config) for file in files.documentation_pages()]
    around = surroundings(config, files) if is_serving() else ""
    with _ending_cleanly():
        new = in_shares(partial(_rendered, config, files, around), pages)
    renderings = {
        page.file.src_uri: made or _LAST.renderings[page.file.src_uri] for page, made in zip(pages, new, strict=True)
    }
    for page in pages:
        renderings[page.file.src_uri].say()
        renderings[page.file.src_uri].give_to(page, files)
    _macros(config).rendered = dict(renderings)
    config.markdown_extensions = []  # there is nothing left to render
    _keep_for_good()
    if is_serving():
        _LAST.renderings = renderings
        _LAST.find_unchanged(nav, config, files, around)
    return nav


def _rendered(config: MkDocsConfig, files: Files, around: str, page: Page) -> Rendering | None:
    """Render a page, unless it would be made of the same as in the last build.

    Args:
        config: of MkDocs.
        files: all files of the site.
        around: the sum of what rendering looks at besides the page; empty when the rendering will not be kept.
        page: the page.
    """
    made_of = sum_of(around, *_made_of(page, config)) if around else ""
    known = _LAST.renderings.get(page.file.src_uri)
    if known and known.made_of == made_of and _links_the_same_data(known.attributes["meta"], page, config):
        return None
    return render(page, config, files, made_of)


def _links_the_same_data(meta: Mapping[str, Any], page: Page, config: MkDocsConfig) -> bool:
    return meta["linked_data"] == linked_data(page.file.src_uri, meta, _macros(config).corpus)


def _made_of(page: Page, config: MkDocsConfig) -> Iterable[str]:
    macros = _macros(config)
    if page.file.src_uri in macros.corpus.pages.by_uri:
        return macros.renderer.made_of(page.file.src_uri)
    return [page.file.content_string]


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
    rendering.give_to(page, files)
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
            finish_site(site, macros.corpus, live=is_serving())
    except CheckFailedError as error:
        macros.problems = _for_editors(error)
    if macros.problems:
        show_problems(site, macros.corpus, macros.problems)
    elif is_serving():
        _LAST.finish()


def _macros(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the attributes are those set in define_env
    return config.plugins["macros"]
