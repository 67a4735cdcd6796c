"""The chart of a decision: its questions from top to bottom, and to the right of each where its answers lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.decisions import numbers
from handbook.site.pictures.canvas import LINE, WIDTH, Picture, Shape, box, lines, path, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.records import Decision

_LEFT = 186
"""Width of a question's box."""

_TRUNK = _LEFT + 12
"""From where the lines to the right part."""

_RIGHT = _LEFT + 30
"""Where the boxes at the right begin."""

_PADDING = 7
_GAP = 34
"""Between a question and the next, for the arrow and its answer."""

_HEAD = 7


@dataclass(frozen=True)
class _Exit:
    """An answer that leads to another place than the next question: its words, those of its box, and how that looks."""

    answer: Sequence[str]
    said: Sequence[str]
    is_outcome: bool

    @property
    def height(self) -> float:
        return (len(self.answer) + len(self.said)) * LINE + 2 * _PADDING + 4


def decision_picture(decision: Decision) -> Picture:
    """Draw a decision; its numbers are those of its steps."""
    number = numbers(decision)
    shapes: list[Shape] = []
    y = 1.0
    for rank, question in enumerate(decision.questions):
        following = decision.questions[rank + 1].id if rank + 1 < len(decision.questions) else ""
        said = wrapped(f"{number[question.id]}. {question.question}", _LEFT - 2 * _PADDING, is_strong=True)
        exits = list(_exits(decision, rank, following))
        height = len(said) * LINE + 2 * _PADDING
        shapes += [box(1, y, _LEFT - 2, height, "box"), *lines(_PADDING, y + _PADDING - 1, said, "words-strong")]
        below = y + max(height, sum(way.height + _PADDING for way in exits) - _PADDING)
        shapes += _rightwards(exits, y, y + height / 2)
        if onward := [answer.answer for answer in question.answers if answer.next == following]:
            shapes += _downwards(" or ".join(onward), y + height, below + _GAP)
            below += _GAP - _PADDING
        y = below + _PADDING
    described = " ".join(_told(decision))
    return Picture(f"decision-{decision.id}", f"{decision.title} The chart", described, y, shapes)


def _exits(decision: Decision, rank: int, following: str) -> Iterator[_Exit]:
    number, titles = numbers(decision), {outcome.id: outcome.title for outcome in decision.outcomes}
    room = WIDTH - _RIGHT - 2 * _PADDING
    for answer in decision.questions[rank].answers:
        if answer.next != following:
            step = number[answer.next]
            said = f"{step}. {titles[answer.next]}" if answer.next in titles else f"Go to {step}"
            yield _Exit(wrapped(answer.answer, room), wrapped(said, room), answer.next in titles)


def _rightwards(exits: Sequence[_Exit], top: float, start: float) -> Iterator[Shape]:
    for way in exits:
        upper = top + len(way.answer) * LINE
        height = way.height - len(way.answer) * LINE - 4
        middle = upper + 4 + height / 2
        yield path("edge", "M", _LEFT - 1, start, "H", _TRUNK, "V", middle, "H", _RIGHT - _HEAD + 1)
        yield path("head", "M", _RIGHT - _HEAD, middle - 4, "L", _RIGHT, middle, "L", _RIGHT - _HEAD, middle + 4, "Z")
        yield from lines(_RIGHT, top, way.answer, "words")
        yield box(_RIGHT, upper + 4, WIDTH - _RIGHT - 1, height, "box-main" if way.is_outcome else "box-ended")
        ink = "words-main" if way.is_outcome else "words"
        yield from lines(_RIGHT + _PADDING, upper + 3 + _PADDING, way.said, ink)
        top += way.height + _PADDING


def _downwards(answer: str, start: float, end: float) -> Iterator[Shape]:
    x = 24
    yield path("edge", "M", x, start, "V", end - _HEAD + 1)
    yield path("head", "M", x - 4, end - _HEAD, "L", x, end, "L", x + 4, end - _HEAD, "Z")
    yield words(x + 10, end - 12, answer)


def _told(decision: Decision) -> Iterator[str]:
    """Yield each question with where its answers lead, as it is read aloud."""
    number = numbers(decision)
    for question in decision.questions:
        ways = " ".join(f"{answer.answer}: go to {number[answer.next]}." for answer in question.answers)
        yield f"{number[question.id]}. {question.question} {ways}"
    yield from (f"{number[outcome.id]}. {outcome.title}." for outcome in decision.outcomes)
