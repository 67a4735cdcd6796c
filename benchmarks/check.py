"""How long `handbook check` takes on large projects and how much memory it needs, next to the floor.

Run as `python -m benchmarks.check` in the project's folder. This process stays small and makes the projects in another
one: Linux counts the size of whoever starts a program into that program's peak.
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
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).parent.parent
ROUNDS = 3

SECONDS_LIMIT = 10.0
MEGABYTES_LIMIT = 500.0
GROWTH_LIMIT = 11.0
"""How many times the time ten times the input may take."""

BYTES_PER_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Size:
    """How large a project is."""

    recommendations: int
    pages: int


EMPTY = Size(0, 0)
SMALL = Size(1_000, 200)
LARGE = Size(10_000, 2_000)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used: seconds by the clock, seconds of the processor, and bytes at its peak."""

    wall: float
    cpu: float
    peak: float

    def __sub__(self, other: Usage) -> Usage:
        """Give what is left without the other."""
        return Usage(self.wall - other.wall, self.cpu - other.cpu, self.peak - other.peak)

    def __truediv__(self, other: Usage) -> Usage:
        """Give how many times the other this is."""
        return Usage(self.wall / other.wall, self.cpu / other.cpu, self.peak / other.peak)


@dataclass(frozen=True, slots=True)
class Case:
    """A command to measure.

    Attributes:
        name: the program, as the table calls it.
        size: of the project it works on.
        command: what to run.
        folder: where to run it.
        answer: what it must say, as proof that it did the work.
    """

    name: str
    size: Size
    command: tuple[str, ...]
    folder: Path
    answer: str


START = "handbook --help"
"""The program's start, which checks nothing; the same for all sizes, it makes growth look smaller than it is."""

OURS = "handbook check"
FLOOR = "floor"

Results = dict[tuple[str, Size], Usage]
"""Medians by the name and size of a case."""


def main() -> None:
    """Measure, print the table, and exit with 1 when a target is missed."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        cases = [_start(), *(case for size in (SMALL, LARGE) for case in _cases(Path(folder), size))]
        results = _measure_all(cases)
    verdicts = _verdicts(results)
    sys.stdout.write("\n".join((*_table(results), "", *(_verdict_line(*verdict) for verdict in verdicts), "")))
    sys.exit(0 if all(met for _, _, met in verdicts) else 1)


def _start() -> Case:
    return Case(START, EMPTY, (_handbook(), "--help"), ROOT, "Usage:")


def _handbook() -> str:
    return str(Path(sysconfig.get_path("scripts"), "handbook"))


def _cases(folder: Path, size: Size) -> list[Case]:
    """Write a project of this size, and give what is run on it."""
    project = folder / str(size.recommendations)
    _progress(f"writing {size.recommendations:,} recommendations and {size.pages:,} pages")
    numbers = (str(size.recommendations), str(size.pages))
    generator = (sys.executable, "-m", "benchmarks.corpus", str(project), *numbers)
    subprocess.run(generator, cwd=ROOT, check=True)  # noqa: S603 - our own words
    clean = f"{size.recommendations} recommendations, {size.pages} pages: no problems."
    floor = (sys.executable, "-m", "benchmarks.floor", str(project))
    return [
        Case(OURS, size, (_handbook(), "check"), project, clean),
        Case(FLOOR, size, floor, ROOT, f"{size.pages} pages"),
    ]


def _measure_all(cases: list[Case]) -> Results:
    """Measure in rounds, so that what else the machine does falls on all cases alike."""
    usages: dict[tuple[str, Size], list[Usage]] = {(case.name, case.size): [] for case in cases}
    for number in range(1, ROUNDS + 1):
        for case in cases:
            usage = _measure(case)
            usages[case.name, case.size].append(usage)
            _progress(f"round {number} of {ROUNDS}: {case.name}, {case.size.recommendations:,}: {usage.wall:.2f} s")
    return {key: _median(found) for key, found in usages.items()}


def _measure(case: Case) -> Usage:
    """Run a command in a process of its own, whose use the system tells when it ends.

    Raises:
        SystemExit: when the command does not say what it must; its time would mean nothing.
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


def _table(results: Mapping[tuple[str, Size], Usage]) -> list[str]:
    """Give the table in Markdown, ready for the README."""
    rows = [
        f"| {name} | {size.recommendations:,} | {size.pages:,} "
        f"| {usage.wall:.2f} | {usage.cpu:.2f} | {usage.peak / 2**20:.0f} |"
        for (name, size), usage in results.items()
    ]
    ratios = _ratios(results)
    return [
        "| What | Recommendations | Pages | Wall s | CPU s | Peak MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        *(f"| {name} | | | {r.wall:.1f} x | {r.cpu:.1f} x | {r.peak:.1f} x |" for name, r in ratios.items()),
    ]


def _ratios(results: Mapping[tuple[str, Size], Usage]) -> dict[str, Usage]:
    start = results[START, EMPTY]
    small, large = results[OURS, SMALL], results[OURS, LARGE]
    return {
        f"{OURS}, 10x / 1x": large / small,
        f"the same, both without {START}": (large - start) / (small - start),
        f"{FLOOR}, 10x / 1x": results[FLOOR, LARGE] / results[FLOOR, SMALL],
        f"{OURS} / {FLOOR}, 1x": small / results[FLOOR, SMALL],
        f"{OURS} / {FLOOR}, 10x": large / results[FLOOR, LARGE],
    }


def _verdicts(results: Mapping[tuple[str, Size], Usage]) -> list[tuple[str, str, bool]]:
    """Give each target with what was measured and whether that meets it; time is the clock's, as people wait for it."""
    large, growth = results[OURS, LARGE], results[OURS, LARGE] / results[OURS, SMALL]
    megabytes = large.peak / 10**6
    return [
        (f"under {SECONDS_LIMIT:.0f} s", f"{large.wall:.2f} s", large.wall < SECONDS_LIMIT),
        (f"under {MEGABYTES_LIMIT:.0f} MB", f"{megabytes:.0f} MB", megabytes < MEGABYTES_LIMIT),
        (f"at most {GROWTH_LIMIT:.0f} times the time", f"{growth.wall:.1f} times", growth.wall <= GROWTH_LIMIT),
    ]


def _verdict_line(target: str, measured: str, met: bool) -> str:  # noqa: FBT001 - the last of three that go together
    return f"{'met' if met else 'MISSED'}: {target} ({measured})"


def _progress(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
