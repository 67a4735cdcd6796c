"""Which pages were confirmed for which wording of their recommendations.

An editor's confirmation of a page is kept in `data/reviews.yml`: a digest of each recommendation that the page puts
into practice, as it was worded then. While one differs or is missing, the page is suspect.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.coverage import Coverage
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry


def wording_digest(recommendation: Recommendation) -> str:
    """Compute a short mark of a recommendation's wording; how its lines are broken makes no difference."""
    words = " ".join(f"{recommendation.title}\n{recommendation.asks}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def find_suspects(registry: Registry, coverage: Coverage) -> Mapping[str, tuple[Recommendation, ...]]:
    """Find, by `src_uri` of each suspect page, the recommendations for whose wording it is not confirmed."""
    suspects: defaultdict[str, dict[str, Recommendation]] = defaultdict(dict)
    for covering in coverage.coverings:
        found, page = covering.recommendation, covering.page.src_uri
        confirmed = registry.confirmations.get(page)
        if confirmed is None or confirmed.wording.get(found.id) != wording_digest(found):
            suspects[page][found.id] = found
    return {page: tuple(found.values()) for page, found in suspects.items()}
