"""What there is for a role or in an area, what is nearest to it first: there is more than anybody reads at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.records import Selection
from handbook.model.vocabulary import PageKind, Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Situation

MOST_SITUATIONS = 5
MOST_OF_A_NEED = 2
"""So many are shown before a reader asks for the rest."""

_EARLY, _LATE, _ALWAYS = NEEDS = (
    "Before there is a concern",
    "When there is a concern, and afterwards",
    "At any time",
)
"""What guidance is for, in the words of somebody who looks for it."""

TRAINING = (PageKind.SCENARIO, PageKind.CASE_STUDY, PageKind.EXERCISE)
"""What a group works with, in the order in which it is offered."""


def situations(corpus: Corpus, *, role: str = "", area: str = "") -> list[Situation]:
    """Return the situations of a role or of an area; all, where neither is named."""
    if role:
        own = (s for s in corpus.registry.situations.values() if role in s.roles)
        return sorted(own, key=lambda situation: _distance(role, situation.roles))
    found = (s for s in corpus.registry.situations.values() if not area or area in s.areas)
    return sorted(found, key=lambda situation: _distance(area, situation.areas))


def guidance_by_need(corpus: Corpus, role: str) -> Mapping[str, Sequence[Page]]:
    """Return the guidance for a role by what it is for."""
    selection = Selection(roles=(role,), kinds=(PageKind.GUIDANCE,))
    found = sorted(corpus.pages.select(selection), key=lambda page: _distance(role, page.meta.roles))
    return {need: [page for page in found if _need(page.meta.stage) == need] for need in NEEDS}


def guidance(corpus: Corpus, area: str) -> list[Page]:
    """Return the guidance of an area: first what most situations of it lead to."""
    wanted = Counter(name for situation in situations(corpus, area=area) for name in situation.pages)
    selection = Selection(areas=(area,), kinds=(PageKind.GUIDANCE,))
    return sorted(corpus.pages.select(selection), key=lambda page: -wanted[page.src_uri])


def training(corpus: Corpus, *, role: str = "", area: str = "") -> list[Page]:
    """Return what a role or those who work in an area can practise with, kind by kind."""
    selection = Selection(kinds=TRAINING, roles=(role,) if role else (), areas=(area,) if area else ())
    return sorted(
        corpus.pages.select(selection),
        key=lambda page: (TRAINING.index(page.meta.kind), _distance(role, page.meta.roles)),
    )


def _distance(name: str, named: Sequence[str]) -> tuple[int, int]:
    """Return how far something is from a role or area: it names those first to which it speaks first."""
    return named.index(name) if name in named else 0, len(named)


def _need(stages: Collection[Stage]) -> str:
    is_early, is_late = Stage.PRIMARY in stages, Stage.TERTIARY in stages
    return _ALWAYS if is_early and is_late else _EARLY if is_early else _LATE
