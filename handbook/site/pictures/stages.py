"""The stages of prevention: each deals with fewer people than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.vocabulary import Stage
from handbook.site.pictures.canvas import LINE, WIDTH, Picture, Shape, box, lines, wrapped
from handbook.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

_GAP = 6
_STEP = 38
"""By how much a stage is narrower than the one before it, on each side."""

_PADDING = 7


def stages_picture(pages: Mapping[Stage, int]) -> Picture:
    """Draw the stages.

    Args:
        pages: how many guidance pages there are for each.
    """
    shapes: list[Shape] = []
    y = 0.0
    for rank, stage in enumerate(Stage):
        width = WIDTH - 2 * rank * _STEP
        meaning = wrapped(f"{stage.meaning[0].upper()}{stage.meaning[1:]}", width - 2 * _PADDING)
        shown = [*meaning, plural(pages[stage], "guidance page")]
        height = (len(shown) + 1) * LINE + 2 * _PADDING
        ink = "words-main" if rank == len(Stage) - 1 else "words"
        shapes.append(box((WIDTH - width) / 2 + 1, y + 1, width - 2, height - 2, f"level-{rank + 1}"))
        shapes += lines(WIDTH / 2, y + _PADDING, [stage.label], f"{ink}-strong", anchor="middle")
        shapes += lines(WIDTH / 2, y + _PADDING + LINE, shown, ink, anchor="middle")
        y += height + _GAP
    told = "; ".join(f"{stage.label.lower()}, {stage.meaning}, {pages[stage]} guidance pages" for stage in Stage)
    description = f"Three boxes, each narrower than the one above it: {told}."
    return Picture("stages", "The three stages of prevention", description, y - _GAP, shapes)
