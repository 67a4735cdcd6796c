"""Whether the project is right; every check reports `Problem` values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks.addresses import check_addresses
from handbook.checks.advice import check_advice
from handbook.checks.best_bets import check_best_bets
from handbook.checks.consequences import without_consequences
from handbook.checks.contacts import check_contacts
from handbook.checks.conversations import check_conversations
from handbook.checks.data import check_data, check_unwritten
from handbook.checks.decisions import check_decisions
from handbook.checks.files import check_files
from handbook.checks.forms import check_forms
from handbook.checks.guidance import check_guidance
from handbook.checks.history import check_history
from handbook.checks.links import check_links
from handbook.checks.national_law import check_national_law
from handbook.checks.navigation import check_navigation
from handbook.checks.pages import check_pages
from handbook.checks.phrases import check_phrases
from handbook.checks.references import check_references
from handbook.checks.reviews import check_reviews
from handbook.checks.titles import check_titles
from handbook.model.anchors import generated_anchors, page_anchors
from handbook.model.confirmations import find_suspects
from handbook.model.corpus import Corpus
from handbook.model.coverage import find_coverage
from handbook.model.embedding import with_embedded
from handbook.model.generated_pages import generated_pages
from handbook.model.offered import expected_downloads
from handbook.model.pages import load_pages
from handbook.model.registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from handbook.problems import Problem


def load_corpus(root: Path, today: dt.date) -> Corpus:
    """Load and check a project; whatever is wrong is in the result's `problems`.

    Args:
        root: the project's folder.
        today: the day by which reviews are due or not.
    """
    problems: list[Problem] = []
    pages = load_pages(root, problems.append)  # first, as processes fork faster while there is little to share
    registry = Registry.load(root, problems.append)
    pages = with_embedded(pages, registry)
    made = list(generated_pages(registry, pages))
    generated = {page.src_uri: frozenset(generated_anchors(page)) for page in made}
    images = check_files(root, registry.names["area"], frozenset(generated), problems.append)
    check_addresses(registry, pages, made, problems.append)
    check_navigation(root, pages.names, generated, problems.append)
    check_pages(pages, today, problems.append)
    check_titles(pages, problems.append)
    check_guidance(registry, pages, problems.append)
    check_phrases(registry, pages, problems.append)
    check_best_bets(registry, pages, made, problems.append)
    check_references(registry, pages, problems.append)
    check_data(registry, pages, problems.append)
    check_contacts(registry, today, problems.append)
    check_national_law(registry, today, problems.append)
    check_unwritten(root, problems.append)
    places = {**dict.fromkeys(pages.names), **generated} if pages.names else {}
    check_advice(registry, pages, places, problems.append)
    check_decisions(registry, places, problems.append)
    check_forms(registry, pages, problems.append)
    check_conversations(registry, pages, problems.append)
    without = dict.fromkeys((*images, *expected_downloads(registry, pages)), frozenset[str]())
    written = {page.src_uri: frozenset(page_anchors(page, registry)) for page in pages}
    check_links(pages, {**dict.fromkeys(pages.broken), **without, **generated, **written}, problems.append)
    coverage = find_coverage(registry, pages, problems.append)
    check_history(registry, pages, problems.append)
    check_reviews(find_suspects(registry, coverage), problems.append)
    in_order = sorted(dict.fromkeys(problems), key=lambda problem: problem.location)
    return Corpus(registry, pages, coverage, without_consequences(in_order))
