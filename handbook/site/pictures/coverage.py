"""Which recommendations are put into practice, at a glance: a small square for each, the darker the more it has.

Only what asks for practice is filled. What asks for policy, or is a record, has a bare frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.vocabulary import Degree, Nature
from handbook.site.pictures.canvas import WIDTH, Picture, Shape, box, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.model.corpus import Corpus
    from handbook.model.records import ChallengeArea, Recommendation

LEVELS = ("No steps yet", "In part", "Steps in 1 section", "Steps in 2 or more", "Policy or record")
"""What a square may stand for: practice from light to dark, and the rest."""

_BESIDE = len(LEVELS) - 1
_DARKEST = _BESIDE - 1

_IN_A_ROW = 12
_STEP = WIDTH / _IN_A_ROW
_SQUARE = 24
_SIZE = 13
"""Of letters, since two of these pictures stand side by side on a larger screen."""


def level(recommendation: Recommendation, corpus: Corpus) -> int:
    """Return the place in `LEVELS` of a recommendation."""
    if recommendation.nature is not Nature.PRACTICE:
        return _BESIDE
    sections = len(corpus.coverage.with_steps.get(recommendation.id, ()))
    is_in_part = corpus.coverage.degree_of(recommendation) is Degree.IN_PART
    return min(sections + 1, _DARKEST) if sections else int(is_in_part)


def by_level(recommendations: Sequence[Recommendation], corpus: Corpus) -> Mapping[str, list[Recommendation]]:
    """Return the recommendations of each level."""
    return {name: [r for r in recommendations if level(r, corpus) == rank] for rank, name in enumerate(LEVELS)}


def coverage_picture(area: ChallengeArea, recommendations: Sequence[Recommendation], corpus: Corpus) -> Picture:
    """Draw the squares of an area."""
    found = by_level(recommendations, corpus)
    counts = "; ".join(f"{name.lower()}: {len(having)}" for name, having in found.items())
    shapes = [shape for place, r in enumerate(recommendations) for shape in _square(place, r, level(r, corpus))]
    rows = -(-len(recommendations) // _IN_A_ROW)
    title = f"{area.title} ({area.prefix})"
    heading = words(0, 13, title, "words-strong", size=_SIZE)
    return Picture(
        f"coverage-{area.id}",
        f"{title}: coverage of {len(recommendations)} recommendations",
        f"A square for each recommendation, numbered as its id. {counts}.",
        20 + rows * _STEP,
        [heading, *shapes],
    )


def legend() -> Picture:
    """Draw what the squares mean."""
    shapes: list[Shape] = []
    for rank, name in enumerate(LEVELS):
        x, y = (rank % 2) * WIDTH / 2, (rank // 2) * _STEP
        shapes.append(box(x + 0.5, y + 0.5, _SQUARE - 1, _SQUARE - 1, f"level-{rank}"))
        shapes.append(words(x + 32, y + 17, name, size=_SIZE))
    names = ", ".join(name.lower() for name in LEVELS)
    return Picture(
        "coverage-legend",
        "What the squares mean",
        f"From a dashed frame to the strongest colour, and a bare frame: {names}.",
        -(-len(LEVELS) // 2) * _STEP,
        shapes,
    )


def _square(place: int, recommendation: Recommendation, rank: int) -> list[Shape]:
    x, y = (place % _IN_A_ROW) * _STEP, 20 + (place // _IN_A_ROW) * _STEP
    look = "words-main" if rank == _DARKEST else "words"
    number = recommendation.id.partition("-")[2]
    return [
        box(x + 0.5, y + 0.5, _SQUARE - 1, _SQUARE - 1, f"level-{rank}"),
        words(x + _SQUARE / 2, y + 17, number, look, anchor="middle", size=_SIZE),
    ]
