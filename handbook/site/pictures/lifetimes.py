"""Since when bodies exist, and what the timeline says of each: a bar for the years, a dot for each event."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

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
    from collections.abc import Iterator, Sequence

    from handbook.model.records import Actor, Event
    from handbook.model.registry import Registry

_BAR = 8
_NAMES = 260
"""Width of the names, of two lines at most, at the left of a wide picture; on a narrow one they stand above bars."""

_ROW = LINE + _BAR + 10
_TOP = 22
_YEARS_APART = 4
_MIDDLE_OF = {4: "-07-01", 7: "-15", 10: ""}
"""What to add to a date of so many letters to get a day."""


def bodies_with_dates(registry: Registry) -> list[Actor]:
    """Return the bodies whose start is known and of whom the timeline says something, the oldest first."""
    named = {name for event in registry.events for name in event.actors}
    return sorted((a for a in registry.actors.values() if a.since and a.id in named), key=lambda a: (a.since, a.id))


def events_of(actor: Actor, registry: Registry) -> list[Event]:
    """Return what the timeline says of a body, the oldest first."""
    return sorted((event for event in registry.events if actor.id in event.actors), key=lambda event: event.date)


def lifetimes_picture(registry: Registry, width: float = WIDTH) -> Picture:
    """Draw the bodies of the timeline."""
    actors = bodies_with_dates(registry)
    dates = [date for actor in actors for date in (actor.since, actor.until) if date] + [
        e.date for e in registry.events
    ]
    scale = _Scale(dates, _NAMES if width > WIDTH else 0, width)
    height = _TOP + len(actors) * _ROW
    shapes = list(_years(scale, height))
    for row, actor in enumerate(actors):
        shapes += _lifetime(actor, events_of(actor, registry), scale, _TOP + row * _ROW)
    told = "; ".join(
        f"{actor.name}, {since_until(actor)}, {len(events_of(actor, registry))} events" for actor in actors
    )
    description = f"A bar for each body, from its start on, with a dot for each event: {told}."
    return Picture("lifetimes", "Bodies and events over the years", description, height, shapes, width)


def since_until(actor: Actor) -> str:
    """Say from when to when a body existed, as far as it is known."""
    return (
        f"{str(actor.since)[:4]} to {actor.until[:4]}"
        if actor.until
        else f"since {str(actor.since)[:4]}, no end on record"
    )


class _Scale:
    """Where on the picture a date is, between the names at the left, if any, and the right edge."""

    def __init__(self, dates: Sequence[str], left: float, right: float) -> None:
        self.left, self.right = left, right
        self.first = min((int(date[:4]) for date in dates), default=0)
        self.last = max((int(date[:4]) for date in dates), default=0) + 1

    def at(self, date: str) -> float:
        """Return the place of a full or partial date; a partial one is in the middle of its time."""
        day = dt.date.fromisoformat(f"{date}{_MIDDLE_OF[len(date)]}")
        years = day.year - self.first + (day.timetuple().tm_yday - 1) / 366
        return self.left + 6 + years * (self.right - self.left - 12) / (self.last - self.first)


def _years(scale: _Scale, height: float) -> Iterator[Shape]:
    for year in range(scale.first, scale.last + 1, _YEARS_APART):
        x = scale.at(f"{year}-01-01")
        yield path("grid", "M", x, _TOP - 4, "V", height)
        anchor = "start" if year == scale.first else "end" if x > scale.right - LINE else "middle"
        yield words(
            x if anchor == "middle" else x - 4 if anchor == "start" else scale.right,
            13,
            str(year),
            "words-soft",
            anchor=anchor,
        )


def _lifetime(actor: Actor, events: Sequence[Event], scale: _Scale, y: float) -> Iterator[Shape]:
    """Draw the bar as far as something is known; from there on it is dotted if no end is on record."""
    start = scale.at(str(actor.since))
    dates = [event.date for event in events if not actor.until or event.date[:4] <= actor.until[:4]]
    known = max(map(scale.at, [*dates, actor.until or str(actor.since)]))
    middle = y + _ROW / 2 - 3 if scale.left else y + LINE + _BAR / 2 + 2
    if not actor.until:
        yield path("edge-dotted", "M", known, middle, "H", scale.right)
    yield box(start, middle - _BAR / 2, max(known - start, _BAR), _BAR, "level-2")
    for event in events:
        yield circle(scale.at(event.date), middle, 3, "dot")
    if scale.left:
        said = wrapped(f"{actor.name} ({actor.acronym})" if actor.acronym else actor.name, scale.left - 2 * _BAR)
        yield from lines(0, middle - len(said) * LINE / 2, said)
    else:
        name = actor.acronym or actor.name
        yield words(max(min(start, WIDTH - width_of(name)), 0), y + LINE - 2, name)
