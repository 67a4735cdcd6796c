"""The accessibility statement has all parts of the EU's model, and does not grow old unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from handbook.wording import written_date

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus

STATEMENT = "about/accessibility.md"

PARTS = [
    "Our commitment",
    "What this statement is about",
    "Compliance status",
    "Non-accessible content",
    "How this statement was prepared",
    "Feedback and contact",
    "Enforcement procedure",
]
"""The mandatory content of Section 1 of the annex to Implementing Decision (EU) 2018/1523, in its order."""


def test_it_is_read_every_year(corpus: Corpus) -> None:
    """The check reports it as overdue after twelve months at the latest."""
    assert corpus.pages.by_uri[STATEMENT].meta.review_months <= 12


def test_parts(corpus: Corpus) -> None:
    """All parts are there, in the order of the model; what is not accessible has its three reasons."""
    sections = corpus.pages.by_uri[STATEMENT].outline.sections
    titles = [section.title for section in sections if section.level == 2]
    assert [title for title in titles if title in PARTS] == PARTS
    reasons = [section.title for section in sections if section.level == 3]
    assert {"What would be a disproportionate burden", "What is outside the scope"} < set(reasons)


def test_date_comes_from_the_front_matter(corpus: Corpus, site: Path) -> None:
    """Readers see the day of the review that the check knows, and no other place says another."""
    page = corpus.pages.by_uri[STATEMENT]
    shown = written_date(page.meta.reviewed.isoformat())
    document = html.document_fromstring((site / "about/accessibility/index.html").read_bytes())
    text = " ".join(document.xpath("//article")[0].text_content().split())
    assert f"It was last reviewed on {shown}." in text
    assert "last reviewed on {{ review_date() }}" in page.body


def test_every_page_leads_to_it(site: Path) -> None:
    """The statement is one link away, from pages that are not found too."""
    for name in ("index.html", "prisons/release/index.html", "recommendations/pri-11/index.html", "404.html"):
        assert "about/accessibility/" in (site / name).read_text(encoding="utf-8")
