"""What a recommendation is tied to: who asks, who is asked, which sections put it into practice, what is related."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.site.pictures.canvas import LINE, WIDTH, Picture, Shape, box, lines, path, width_of, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.corpus import Corpus
    from handbook.model.records import Recommendation

_TRUNK = 8
_INDENT = 26
_PADDING = 8
_GAP = 6


class _Drawing:
    """Grows downwards; `y` is where the next thing begins."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.y = 0.0
        self.trunk = 0.0

    def boxes(self, texts: Sequence[str], x: float, *, is_main: bool = False) -> None:
        """Put boxes side by side, as many as fit, and below each other."""
        left, bottom = x, self.y
        for text in texts:
            shown = wrapped(text, WIDTH - x - 2 * _PADDING, is_strong=is_main)
            widest = max(width_of(line, is_strong=is_main) for line in shown)
            width = min(widest + 2 * _PADDING, WIDTH - x)
            if left > x and left + width > WIDTH:
                left, self.y = x, bottom + _GAP
            height = len(shown) * LINE + _PADDING
            self.shapes.append(
                box(left + 0.75, self.y + 0.75, width - 1.5, height - 1.5, "box-main" if is_main else "box")
            )
            ink = "words-main-strong" if is_main else "words"
            self.shapes += lines(left + _PADDING, self.y + _PADDING / 2, shown, ink)
            left, bottom = left + width + _GAP, max(bottom, self.y + height)
        self.y = bottom

    def branch(self, title: str, texts: Sequence[str]) -> None:
        """Put a group of boxes on the trunk that comes from above."""
        self.y += _GAP + LINE
        middle = self.y - 4
        self.shapes.insert(0, path("edge", "M", _TRUNK, self.trunk, "V", middle, "H", _INDENT - 7))
        self.trunk = middle
        self.shapes.append(
            path("head", "M", _INDENT - 9, middle - 4, "L", _INDENT - 2, middle, "L", _INDENT - 9, middle + 4, "Z")
        )
        self.shapes.append(words(_INDENT + 2, self.y, title, "words-soft"))
        self.y += _GAP
        self.boxes(texts, _INDENT)


def neighbours_picture(recommendation: Recommendation, corpus: Corpus) -> Picture:
    """Draw a recommendation among what it is tied to."""
    registry = corpus.registry
    issuer = registry.actors[recommendation.issuer].name
    asked = [
        registry.roles[name].title if name in registry.roles else registry.actors[name].name
        for name in recommendation.addressees
    ]
    coverings = corpus.coverage.by_recommendation.get(recommendation.id, ())
    sections = [f"{covering.page.meta.title}: {covering.section.title}" for covering in coverings]
    related = [registry.recommendations[name] for name in recommendation.related]
    branches = {
        "is addressed to": asked,
        "is put into practice in": sections,
        "is related to": [f"{other.id} {other.title}" for other in related if other.public],
    }

    drawing = _Drawing()
    drawing.boxes([issuer], 0)
    top = drawing.y
    drawing.y += LINE + 2 * _GAP
    drawing.shapes.append(words(_TRUNK + 12, top + LINE + 1, "issued", "words-soft"))
    drawing.shapes += arrow_down(_TRUNK, top, drawing.y)
    drawing.boxes([f"{recommendation.id} {recommendation.title}"], 0, is_main=True)
    drawing.trunk = drawing.y
    for title, texts in branches.items():
        if texts:
            drawing.branch(title, texts)
    told = " ".join(f"It {title}: {'; '.join(texts)}." for title, texts in branches.items() if texts)
    return Picture(
        f"around-{recommendation.id.lower()}",
        f"{recommendation.id} and what it is tied to",
        f"{issuer} issued {recommendation.id}. {told}",
        drawing.y,
        drawing.shapes,
    )


def arrow_down(x: float, top: float, bottom: float) -> list[Shape]:
    """Draw an arrow between two heights."""
    return [
        path("edge", "M", x, top, "V", bottom - 5),
        path("head", "M", x - 4, bottom - 7, "L", x, bottom, "L", x + 4, bottom - 7, "Z"),
    ]
