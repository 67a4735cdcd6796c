"""What pure functions gave, kept from one build to the next while an editor looks on.

A result is known by everything that its function was given, so it can be nothing but what the function would give
again. Whoever decorates a function promises that it looks at nothing else and that nobody changes the result.
"""

from __future__ import annotations

from functools import update_wrapper
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple

from jinja2 import BytecodeCache

from handbook.system.processes import in_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2.bccache import Bucket

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

_ON = Event()
_FUNCTIONS: list[Remembered[*tuple[Any, ...], Any]] = []


def start_remembering() -> None:
    """Keep results from now on; a process that builds only once has no use for them."""
    _ON.set()


def forget_the_unused() -> None:
    """End a round: what nobody has asked for since the last one is forgotten."""
    for function in _FUNCTIONS:
        function.end_round()


def remembered(function: Callable[[*Given], Result]) -> Remembered[*Given, Result]:
    """Let a pure function of hashable values compute nothing twice."""
    remembering = Remembered(function)
    _FUNCTIONS.append(remembering)
    return remembering


class Remembered(Generic[*Given, Result]):
    """A function with what it gave in the last round and in this one."""

    def __init__(self, function: Callable[[*Given], Result]) -> None:
        """Begin with nothing known."""
        self._function = function
        self._last: dict[object, Result] = {}
        self._this: dict[object, Result] = {}
        update_wrapper(self, function)

    def __call__(self, *given: *Given) -> Result:
        """Give what the function gives."""
        if not _ON.is_set():
            return self._function(*given)
        if given not in self._this:
            self._this[given] = self._last[given] if given in self._last else self._function(*given)
        return self._this[given]

    def of_each(self, given: Sequence[tuple[*Given]]) -> list[Result]:
        """Give what the function gives of each of these arguments; all processors compute what is not known yet.

        Raises:
            WorkerError: if a process that computes a share is ended.
        """
        if not _ON.is_set():
            return in_shares(self._of, given)
        known = self._last | self._this
        new = [arguments for arguments in dict.fromkeys(given) if arguments not in known]
        self._last.update(zip(new, in_shares(self._of, new), strict=True))
        return [self(*arguments) for arguments in given]

    def end_round(self) -> None:
        """Forget what was asked for before this round only."""
        self._last, self._this = self._this, {}

    def _of(self, arguments: tuple[*Given]) -> Result:
        return self._function(*arguments)


class CompiledTemplates(BytecodeCache):
    """Templates as Jinja compiled them, for an environment of each build; all those must have the same settings."""

    def __init__(self) -> None:
        """Begin with nothing compiled."""
        self._compiled: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of the same source."""
        if compiled := self._compiled.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if _ON.is_set():
            self._compiled[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
