"""A synthetic project of any size that builds as a site, and the same pages as plain Markdown for other generators.

All have the same pages: ours writes those of the recommendations itself, the others find them ready made, with every
macro already replaced by what it gives.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import Environment

from benchmarks.corpus import AREAS, ROLES, note, write_corpus
from benchmarks.measure import ROOT
from handbook.checks import load_corpus
from handbook.parsing.dialect import EXTENSIONS
from handbook.parsing.macro_calls import MACROS
from handbook.site.generated_pages import rendered_pages
from handbook.site.macros import Macros
from handbook.site.page_frame import add_page_frame
from handbook.site.rendering import Renderer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.corpus import Corpus

RECOMMENDATIONS_PER_PAGE = 0.25
"""So that one page in six is that of a recommendation, as drafts have none."""

LISTS = ("recommendations/index.md", "guidance/index.md", "finder/index.md")
"""The pages that stand in the navigation by themselves."""

GROUP = 20
"""Pages that stand together in the navigation."""

OVERVIEW = """\
---
title: {title}
summary: {title}, all of it.
kind: overview
reviewed: {today}
review_months: 12
owner: Synthetic editors
---

## All of it

{call}
"""

REFERENCE = {
    "recommendations/index": "coverage_matrix()",
    "reference/glossary": "glossary()",
    "reference/sources": "bibliography()",
    "reference/timeline": "timeline()",
    "reference/actors": "actor_list()",
}


class _Configuration(yaml.SafeLoader):
    """Reads `mkdocs.yml`, whose tags mean nothing here."""


_Configuration.add_constructor("!ENV", lambda *_: "")


def read_configuration() -> dict[str, Any]:
    """Read the real `mkdocs.yml`."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    configuration: dict[str, Any] = yaml.load(text, Loader=_Configuration)  # noqa: S506 - it is a safe loader
    return configuration


def write_project(root: Path, pages: int, today: dt.date) -> None:
    """Write a project of ours into the folder `root`.

    Args:
        root: a new or empty folder.
        pages: how many of about 900 words, besides those of recommendations, areas and roles.
        today: the day on which all pages were reviewed.
    """
    write_corpus(root, max(round(pages * RECOMMENDATIONS_PER_PAGE), 10), pages, today)
    for page, title, call in _overviews():
        path = root / "docs" / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OVERVIEW.format(title=title, today=today, call=f"{{{{ {call} }}}}"), encoding="utf-8")
    note(root, today)
    shutil.copy(ROOT / "macros.py", root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    _write_configuration(root, read_configuration() | {"nav": _nav(root / "docs"), "watch": ["data"]})


def _overviews() -> Iterator[tuple[str, str, str]]:
    """Yield path, title and call of each page that lists others, and of those to which macros link."""
    yield "index", "Home", 'page_list(kind="overview")'
    for area in AREAS:
        yield f"{area}/index", area, f'page_list(area="{area}")'
    for role in ROLES:
        yield f"roles/{role}", role, f'page_list(role="{role}", kind="scenario")'
    for page, call in REFERENCE.items():
        yield page, page.rpartition("/")[2], call


def _nav(docs: Path) -> list[Any]:
    """Return a section for each folder, which begins with a page and has the others in groups."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(docs.rglob("*.md")):
        src_uri = path.relative_to(docs).as_posix()
        if "/" in src_uri and not src_uri.endswith("/index.md"):
            folders[src_uri.partition("/")[0]].append(src_uri)
    sections = {folder: list(_section(docs, folder, pages)) for folder, pages in folders.items()}
    return ["index.md", *({folder: section} for folder, section in sections.items()), *LISTS]


def _section(docs: Path, folder: str, pages: Sequence[str]) -> Iterator[Any]:
    if (docs / folder / "index.md").is_file():
        yield f"{folder}/index.md"
    else:
        first_page, *pages = pages
        yield first_page
    for first in range(0, len(pages), GROUP):
        yield {f"Part {first // GROUP + 1}": pages[first : first + GROUP]}


def write_plain(project: Path, root: Path, today: dt.date) -> None:
    """Write the pages of a project of ours for stock Material, with the text in place of each macro.

    Args:
        project: a folder written by `write_project`.
        root: a new folder.
        today: the day by which the project was written.
    """
    corpus = load_corpus(project, today)
    corpus.require_clean()
    for src_uri, markdown in _plain_pages(corpus):
        path = root / "docs" / src_uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown, encoding="utf-8")
    ours = yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))
    _write_configuration(
        root,
        {
            "site_name": "Synthetic",
            "theme": {"name": "material", "font": False},
            "plugins": ["search"],
            "markdown_extensions": [
                {name: dict(settings)} for name, settings in EXTENSIONS.items() if "handbook" not in name
            ],
            "nav": ours["nav"],
        },
    )


def _plain_pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    renderer = Renderer(corpus)
    macros = Macros(renderer)
    for page in corpus.pages:
        markdown = add_page_frame(page, _without_macros(macros, page.src_uri, page.body), renderer)
        yield page.src_uri, _with_title(page.meta.title, markdown)
    for src_uri, markdown in rendered_pages(renderer):
        yield src_uri, _with_title(corpus.generated[src_uri].title, markdown)


def _with_title(title: str, markdown: str) -> str:
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{markdown}"


def _without_macros(macros: Macros, src_uri: str, body: str) -> str:
    def macro(name: str) -> Any:  # noqa: ANN401 - each has parameters of its own
        return lambda *arguments, **options: getattr(macros, name)(src_uri, *arguments, **options)

    return Environment(autoescape=False).from_string(body).render({name: macro(name) for name in MACROS})  # noqa: S701 - as mkdocs-macros does


def write_hugo(plain: Path, root: Path) -> None:
    """Write the pages of `write_plain` for Hugo, with a theme of one template: the limit of what is possible."""
    for path in sorted((plain / "docs").rglob("*.md")):
        target = root / "content" / path.relative_to(plain / "docs")
        target = target.with_name("_index.md") if target.name == "index.md" else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    layouts = root / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text("<title>{{ .Title }}</title><main>{{ .Content }}</main>\n", "utf-8")
    settings = (
        'title = "Synthetic"\ndisableKinds = ["taxonomy", "term", "RSS"]\n[markup.goldmark.renderer]\nunsafe = true\n'
    )
    (root / "config.toml").write_text(settings, encoding="utf-8")


def _write_configuration(root: Path, configuration: dict[str, Any]) -> None:
    (root / "mkdocs.yml").write_text(yaml.safe_dump(configuration, sort_keys=False), encoding="utf-8")


def main() -> None:
    """Write a project into `ours`, and its pages for others into `plain` and `hugo`, below the folder named."""
    parser = argparse.ArgumentParser(description="Write a synthetic project, and the same pages for other generators.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=int)
    wanted = parser.parse_args()
    today = dt.datetime.now(tz=dt.UTC).date()
    write_project(wanted.folder / "ours", wanted.pages, today)
    write_plain(wanted.folder / "ours", wanted.folder / "plain", today)
    write_hugo(wanted.folder / "plain", wanted.folder / "hugo")


if __name__ == "__main__":
    main()
