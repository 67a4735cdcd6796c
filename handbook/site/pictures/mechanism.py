"""How bodies work together: boxes in rows, and an arrow with a number for each relation that the registry attests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.vocabulary import RelationKind
from handbook.site.pictures.canvas import (
    LINE,
    WIDTH,
    Picture,
    Shape,
    box,
    circle,
    lines,
    path,
    width_of,
    words,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.records import Actor, Relation
    from handbook.model.registry import Registry

_CHANNEL = 56
"""Between two rows, for the arrows."""

_GAP = 24
_WIDEST = 230
_PADDING = 6
_HEAD = 7

_LINES = {
    RelationKind.ADVISES: "edge",
    RelationKind.OBSERVES: "edge-dotted",
    RelationKind.FOLLOWS: "edge-dashed",
}
"""Other kinds are drawn as a line without a point, because neither side leads."""


@dataclass(frozen=True)
class Tie:
    """A relation between two bodies of the picture, with its number there."""

    number: int
    actor: Actor
    relation: Relation
    other: Actor


@dataclass(frozen=True)
class _Place:
    """A body's box."""

    row: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def ties(registry: Registry) -> list[Tie]:
    """Return the relations among the bodies of the picture, numbered from its top to its bottom."""
    shown = [registry.actors[name] for tier in registry.diagram_rows for name in tier.actors]
    names = {actor.id for actor in shown}
    found = [(actor, relation) for actor in shown for relation in actor.relations if relation.actor in names]
    return [Tie(number, a, relation, registry.actors[relation.actor]) for number, (a, relation) in enumerate(found, 1)]


def mechanism_picture(registry: Registry, width: float = WIDTH) -> Picture:
    """Draw the bodies of all tiers with their relations; where there is room, with their names in full."""
    places, shapes, titles, height = _boxes(registry, width)
    drawn = ties(registry)
    edges = [shape for tie in drawn for shape in _edge(tie, places, _ports(drawn, places))]
    told = " ".join(f"{tie.number}: {tie.relation.says}" for tie in drawn)
    rows = "; ".join(
        f"{tier.title}: {', '.join(registry.actors[a].name for a in tier.actors)}" for tier in registry.diagram_rows
    )
    description = f"Boxes in rows. {rows}. Numbered lines between them: {told}"
    title = "How EU bodies work together on prevention"
    return Picture("mechanism", title, description, height, [*shapes, *edges, *titles], width)


def _boxes(registry: Registry, room: float) -> tuple[Mapping[str, _Place], list[Shape], list[Shape], float]:
    """Place and draw the bodies, and the titles of their rows, which stand above them and in front of lines."""
    places: dict[str, _Place] = {}
    shapes: list[Shape] = []
    titles: list[Shape] = []
    y = 0.0
    for row, tier in enumerate(registry.diagram_rows):
        title = wrapped(tier.title, room - 2 * _PADDING)
        width = min((room - 2 * _PADDING - _GAP * (len(tier.actors) - 1)) / len(tier.actors), _WIDEST)
        texts = {name: _said(registry.actors[name], width - 2 * _PADDING, in_full=room > WIDTH) for name in tier.actors}
        height = max(map(len, texts.values())) * LINE + 2 * _PADDING
        top = y + len(title) * LINE + _PADDING + 4
        shapes.append(box(0, y, room, top - y + height + _PADDING, "band"))
        plate = max(map(width_of, title)) + 2
        titles.append(box(_PADDING - 1, y + 2, plate, len(title) * LINE, "plate"))
        titles += lines(_PADDING, y + 2, title, "words-soft")
        x = (room - width * len(tier.actors) - _GAP * (len(tier.actors) - 1)) / 2
        for name, said in texts.items():
            places[name] = _Place(row, x, top, width, height)
            shapes += _box(places[name], said, is_ended=registry.actors[name].until is not None)
            x += width + _GAP
        y = top + height + _PADDING + _CHANNEL
    return places, shapes, titles, y - _CHANNEL


def _said(actor: Actor, width: float, *, in_full: bool) -> list[str]:
    name = f"{actor.name} ({actor.acronym})" if in_full and actor.acronym else actor.acronym or actor.name
    years = "–".join(date[:4] for date in (actor.since, actor.until) if date)
    return [*wrapped(name, width), *([years if actor.until else f"since {years}"] if years else [])]


def _box(place: _Place, said: Sequence[str], *, is_ended: bool) -> Iterator[Shape]:
    yield box(place.x, place.y, place.width, place.height, "box-ended" if is_ended else "box")
    first = place.y + (place.height - len(said) * LINE) / 2
    yield from lines(place.middle, first, said, anchor="middle")


_Ports = dict[tuple[int, str], float]
"""Where the ends of ties are on their boxes, from left to right, by number of tie and name of body."""


def _ports(drawn: Sequence[Tie], places: Mapping[str, _Place]) -> _Ports:
    """Share the upper and the lower edge of each box among the lines that end there, so that they do not cross."""
    sides: defaultdict[tuple[str, bool], list[tuple[float, int]]] = defaultdict(list)
    for tie in drawn:
        for here, there in ((tie.actor.id, tie.other.id), (tie.other.id, tie.actor.id)):
            if places[here].row != places[there].row:
                sides[here, places[there].row > places[here].row].append((places[there].middle, tie.number))
    return {
        (number, name): places[name].x + places[name].width * (rank + 1) / (len(ends) + 1)
        for (name, _), ends in sides.items()
        for rank, (_, number) in enumerate(sorted(ends))
    }


def _edge(tie: Tie, places: Mapping[str, _Place], ports: _Ports) -> Iterator[Shape]:
    start, end = places[tie.actor.id], places[tie.other.id]
    look = _LINES.get(tie.relation.kind, "edge")
    has_point = tie.relation.kind in _LINES
    if start.row == end.row:
        yield from _beside(tie.number, start, end, look, has_point=has_point)
        return
    is_down = end.row > start.row
    x1, x2 = ports[tie.number, tie.actor.id], ports[tie.number, tie.other.id]
    y1, y2 = (start.y + start.height, end.y) if is_down else (start.y, end.y + end.height)
    sign = 1 if is_down else -1
    tip = y2 - sign * (_HEAD - 1) * has_point
    bend = (tip - y1) / 2
    yield path(look, "M", x1, y1, "C", x1, y1 + bend, x2, tip - bend, x2, tip)
    if has_point:
        yield path("head", "M", x2 - 4, y2 - sign * _HEAD, "L", x2, y2, "L", x2 + 4, y2 - sign * _HEAD, "Z")
    yield from _badge((x1 + x2) / 2, (y1 + y2) / 2, tie.number)


def _beside(number: int, start: _Place, end: _Place, look: str, *, has_point: bool) -> Iterator[Shape]:
    sign = 1 if end.x > start.x else -1
    x1, x2 = (start.x + start.width, end.x) if sign > 0 else (start.x, end.x + end.width)
    y = start.y + start.height / 2
    yield path(look, "M", x1, y, "H", x2)
    if has_point:
        yield path("head", "M", x2 - sign * _HEAD, y - 4, "L", x2, y, "L", x2 - sign * _HEAD, y + 4, "Z")
    yield from _badge((x1 + x2) / 2, y, number)


def _badge(x: float, y: float, number: int) -> Iterator[Shape]:
    yield circle(x, y, 9, "mark")
    yield words(x, y + 4, str(number), anchor="middle", size=11)
