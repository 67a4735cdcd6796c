"""Every active recommendation of the real registry is put into practice: one test for each, which a failure names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.checks import load_corpus
from handbook.model.corpus import Corpus
from handbook.model.vocabulary import Attestation, Status
from handbook.urls import relative
from tests.support.project import REAL, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus

REGISTRY = load_corpus(REAL, TODAY).registry
ACTIVE = [r.id for r in REGISTRY.recommendations.values() if r.status is Status.ACTIVE]
AREAS = [area.id for area in REGISTRY.areas.values() if area.prefix != "COO"]


@pytest.mark.parametrize("id_", ACTIVE)
def test_sources_cover(id_: str, corpus: Corpus) -> None:
    """A section of a page is marked with the recommendation."""
    assert corpus.coverage.by_recommendation.get(id_), f"no section puts {id_} into practice"


@pytest.mark.parametrize("id_", ACTIVE)
def test_site_shows(id_: str, corpus: Corpus, site: Path) -> None:
    """The recommendation's page links to each section, which exists and shows the recommendation."""
    uri = f"recommendations/{id_.lower()}"
    page = html.parse(site / uri / "index.html")
    links = set(page.xpath("//ul[@class='coverings']//a/@href"))
    for covering in corpus.coverage.by_recommendation[id_]:
        assert relative(covering.url, f"{uri}/") in links
        built = html.parse(site / covering.page.url / "index.html")
        boxes = built.xpath(f"//*[@id='{covering.section.anchor}']/following::p[contains(@data-covers, '{id_}')]")
        assert boxes, f"{covering.url} does not show {id_}"
        heading = boxes[0].xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]/@id")
        assert heading == [covering.section.anchor]
        assert covering.degree in {box.get("data-degree") for box in boxes}


@pytest.mark.parametrize("id_", [r.id for r in REGISTRY.recommendations.values() if not r.is_public])
def test_unverified_is_never_shown(id_: str, site: Path) -> None:
    """What nobody has verified has no page, and is named only where editors look for it."""
    assert not (site / "recommendations" / id_.lower()).exists()
    pages = [path for path in site.rglob("*.html") if id_ in path.read_text(encoding="utf-8")]
    assert [path.relative_to(site).as_posix() for path in pages] == ["about/reviews/index.html"]


@pytest.mark.parametrize("area", AREAS)
def test_area_has_enough(area: str) -> None:
    """Each of the six areas has at least eight recommendations that somebody is known to have made."""
    known = [r for r in REGISTRY.recommendations_by_area[area] if r.attestation is not Attestation.UNVERIFIED]
    assert len(known) >= 8


def test_project_is_clean(corpus: Corpus) -> None:
    """The real project has no error of any kind."""
    assert [problem.line() for problem in corpus.errors] == []
