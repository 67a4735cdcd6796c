"""Running commands in rounds and telling what each used.

The process that measures stays small: Linux counts the size of whoever starts a program into that program's peak.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).parent.parent
ROUNDS = 3

BYTES_PER_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used: seconds by the clock, seconds of the processor, and bytes at its peak."""

    wall: float
    cpu: float
    peak: float

    def __sub__(self, other: Usage) -> Usage:
        """Return what is left without the other."""
        return Usage(self.wall - other.wall, self.cpu - other.cpu, self.peak - other.peak)

    def __truediv__(self, other: Usage) -> Usage:
        """Return how many times the other this is."""
        return Usage(self.wall / other.wall, self.cpu / other.cpu, self.peak / other.peak)


@dataclass(frozen=True, slots=True)
class Case:
    """A command to measure.

    Attributes:
        name: the program, as the table calls it.
        size: of the project it works on, in pages.
        command: what to run.
        folder: where to run it.
        answer: what it must say, as proof that it did the work; nothing when its files are the proof.
        rounds: how often to run it.
    """

    name: str
    size: int
    command: tuple[str, ...]
    folder: Path
    answer: str = ""
    rounds: int = ROUNDS


Results = dict[tuple[str, int], Usage]
"""Medians by the name and size of a case."""


def program(name: str) -> str:
    """Return the path of a program that is installed beside this Python."""
    return str(Path(sysconfig.get_path("scripts"), name))


def measure_all(cases: Sequence[Case]) -> Results:
    """Measure in rounds, so that what else the machine does falls on all cases alike."""
    usages: dict[tuple[str, int], list[Usage]] = {(case.name, case.size): [] for case in cases}
    for number in range(max(case.rounds for case in cases)):
        for case in cases:
            if number < case.rounds:
                usage = measure(case)
                usages[case.name, case.size].append(usage)
                progress(f"round {number + 1} of {case.rounds}: {case.name}, {case.size:,} pages: {usage.wall:.2f} s")
    return {key: _median(found) for key, found in usages.items()}


def measure(case: Case) -> Usage:
    """Run a command in a process of its own, whose use the system tells when it ends.

    Raises:
        SystemExit: when the command fails or does not say what it must; its time would mean nothing.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(case.command, cwd=case.folder, stdout=output, stderr=output)  # noqa: S603 - our own words
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode()
    if process.returncode or case.answer not in said:
        message = (
            f"'{case.name}' exited with {process.returncode} and did not say '{case.answer}', but:\n{said[-2000:]}"
        )
        raise SystemExit(message)
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * BYTES_PER_MAXRSS)


def _median(usages: Iterable[Usage]) -> Usage:
    columns = zip(*((usage.wall, usage.cpu, usage.peak) for usage in usages), strict=True)
    return Usage(*(statistics.median(column) for column in columns))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table in Markdown, ready for the README: the first column is words, the others are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


Verdict = tuple[str, str, bool]
"""A target, what was measured, and whether that meets it."""


def print_and_exit(lines: Iterable[str], verdicts: Sequence[Verdict]) -> None:
    """Print a table and the targets, and exit with 1 when one is missed."""
    judged = (f"{'met' if met else 'MISSED'}: {target} ({measured})" for target, measured, met in verdicts)
    sys.stdout.write("\n".join((*lines, "", *judged, "")))
    sys.exit(0 if all(met for _, _, met in verdicts) else 1)


def progress(message: str) -> None:
    """Tell on standard error how far the work is."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def size_of(folders: Mapping[str, Path]) -> dict[str, int]:
    """Return for each folder how many bytes its files have together."""
    return {
        name: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for name, folder in folders.items()
    }
