"""What pure functions gave, kept from one build to the next while an editor looks on.

A result is known by everything that its function was given, so it can be nothing but what the function would give
again. Whoever decorates a function promises that it looks at nothing else and that nobody changes the result.
"""

from __future__ import annotations

from functools import wraps
from threading import Event
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Result = TypeVar("Result")

_ON = Event()
_ROUNDS: list[tuple[dict[object, object], dict[object, object]]] = []
"""For each function, what it gave in the last round and in this one."""


def start_remembering() -> None:
    """Keep results from now on; a process that builds only once has no use for them."""
    _ON.set()


def forget_the_unused() -> None:
    """End a round: what nobody has asked for since the last one is forgotten."""
    for last, this in _ROUNDS:
        last.clear()
        last.update(this)
        this.clear()


def remembered(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a pure function of hashable values compute nothing twice."""
    last: dict[object, Result] = {}
    this: dict[object, Result] = {}
    _ROUNDS.append((last, this))  # type: ignore[arg-type] # nothing of another type is put in

    @wraps(function)
    def remembering(*given: Given.args, **named: Given.kwargs) -> Result:
        if not _ON.is_set():
            return function(*given, **named)
        key = (given, *named.items())
        if key not in this:
            this[key] = last[key] if key in last else function(*given, **named)
        return this[key]

    return remembering
