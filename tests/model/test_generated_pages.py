"""The pages that the site makes itself stand in one list, which serves all that has to know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook import checks
from handbook.checks import load_corpus
from handbook.checks.links import check_links
from handbook.model import corpus as model_corpus
from handbook.model.generated_pages import GeneratedPage, generated_pages
from handbook.site.generated_pages import rendered_pages
from handbook.site.rendering import Renderer
from handbook.site.search_index import entries
from handbook.site.structured_data import linked_data
from tests.support.project import TODAY, replace, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.problems import Problem

KINDS = {
    "recommendation": "recommendations/pri-01.md",
    "area_coverage": "recommendations/prisons.md",
    "bibliography_page": "reference/sources/standards.md",
    "search": "search.md",
    "guidance": "guidance/index.md",
    "what_works": "evidence/index.md",
    "finder": "finder/index.md",
    "situation": "finder/release.md",
    "stage": "finder/stage-tertiary.md",
    "contacts": "contacts/index.md",
    "country": "contacts/france.md",
    "contact_list": "contacts/all.md",
    "decisions": "decide/index.md",
    "decision": "decide/may-i-tell/teacher.md",
    "standing": "where-we-stand/index.md",
    "national_law": "law/index.md",
}
"""One page of each kind in the tiny project, by the name of its template."""


def test_every_kind_is_tried(tiny: Path) -> None:
    """There is no kind that the next test does not link to."""
    generated = load_corpus(tiny, TODAY).generated
    assert {page.template for page in generated.values()} == set(KINDS)
    assert {kind: generated[src_uri].template for kind, src_uri in KINDS.items()} == {kind: kind for kind in KINDS}


def test_links_to_every_kind(tiny: Path) -> None:
    """A page may link to each kind of page that nobody wrote, and the built link leads to it."""
    links = "\n".join(f"- [The page about {kind}](../{src_uri})" for kind, src_uri in KINDS.items())
    replace(tiny, "docs/prisons/release.md", "Silence.", f"Silence.\n\n{links}")
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    page = html.parse(tiny / "site/prisons/release/index.html")
    for kind in KINDS:
        (address,) = page.xpath(f"//a[text()='The page about {kind}']/@href")
        assert (tiny / "site/prisons/release" / address / "index.html").is_file(), kind


@pytest.mark.parametrize("src_uri", [uri for uri in KINDS.values() if uri.startswith(("recommendations/", "search"))])
def test_none_can_be_written(src_uri: str, tiny: Path) -> None:
    """A written page in the place of one that the site makes is a problem."""
    (tiny / "docs" / src_uri).write_text((tiny / "docs/index.md").read_text(encoding="utf-8"), encoding="utf-8")
    lines = [problem.line() for problem in load_corpus(tiny, TODAY).problems]
    assert f"docs/{src_uri}:1:1: error[name-clash] the site makes the page '{src_uri.rpartition('/')[2]}' itself; " in (
        "\n".join(lines)
    )


def test_new_kind_is_one_edit(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one line adds to the list is linked to, rendered, found, described and kept from being written."""
    new = GeneratedPage("finder/new.md", "New", "What is new.", "search", in_search=True)

    def with_one_more(registry: Registry, pages: Pages) -> Iterator[GeneratedPage]:
        yield from generated_pages(registry, pages)
        yield new

    for asker in (checks, model_corpus):
        monkeypatch.setattr(asker, "generated_pages", with_one_more)
    replace(tiny, "docs/prisons/release.md", "Silence.", "Silence. [What is new here](../finder/new.md)")
    corpus = load_corpus(tiny, TODAY)
    assert corpus.errors == ()
    assert "finder/new.md" in dict(rendered_pages(Renderer(corpus)))
    assert "finder/new/" in {entry.url for entry in entries(corpus)}
    assert '"name":"New"' in linked_data("finder/new.md", corpus)


def test_link_to_no_page_is_refused(tiny: Path) -> None:
    """A kind of page does not make every address below it one."""
    replace(tiny, "docs/prisons/release.md", "Silence.", "Silence. [Something else](../finder/stage-quaternary.md)")
    corpus = load_corpus(tiny, TODAY)
    problems: list[Problem] = []
    check_links(corpus.pages, dict.fromkeys([*corpus.generated, *corpus.pages.names]), problems.append)
    assert [problem.kind for problem in problems] == ["broken-link"]
