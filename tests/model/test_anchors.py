"""The anchors that links may lead to are those that built pages have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.checks import load_corpus
from handbook.model.anchors import generated_anchors, page_anchors
from handbook.urls import file_of, url_of
from tests.support.project import TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path


def test_built_pages_have_them(tiny: Path, tiny_site: Path) -> None:
    """None is promised in vain: of what somebody wrote, of the lists of macros, of pages that the site makes."""
    corpus = load_corpus(tiny, TODAY)
    promised = {page.src_uri: set(page_anchors(page, corpus.registry)) for page in corpus.pages}
    promised |= {page.src_uri: set(generated_anchors(page)) for page in corpus.generated.values()}
    for src_uri, anchors in promised.items():
        there = html.parse(tiny_site / file_of(url_of(src_uri))).xpath("//@id")
        assert anchors <= {*there}, src_uri


@pytest.mark.parametrize(
    ("address", "is_there"),
    [
        ("../reference/glossary.md#dynamic-security", True),
        ("../reference/glossary.md#dynamic-securiti", False),
        ("../reference/actors.md#ran", True),
        ("../recommendations/pri-01.md#how-we-know", True),
        ("../recommendations/pri-01.md#how-we-no", False),
        ("../finder/index.md#situations", True),
        ("../finder/index.md#nothing", False),
        ("../downloads/prisons.pdf", True),
        ("../downloads/prison.pdf", False),
        ("#sources", True),
        ("#source-2", True),
        ("#source-9", False),
    ],
)
def test_links_to_them(address: str, is_there: bool, tiny: Path) -> None:  # noqa: FBT001 - told by the address beside it
    """The check knows the places of lists and of pages that nobody wrote, and the downloads."""
    replace(tiny, "docs/prisons/release.md", "Silence.", f"[What is there]({address})")
    assert [str(problem.kind) for problem in load_corpus(tiny, TODAY).errors] == ([] if is_there else ["broken-link"])
