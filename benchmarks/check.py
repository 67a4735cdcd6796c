"""How long `handbook check` takes on large projects and how much memory it needs, next to the floor.

Run as `python -m benchmarks.check` in the project's folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, Case, Usage, measure_all, print_and_exit, program, progress, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.measure import Results, Verdict

SECONDS_LIMIT = 10.0
MEGABYTES_LIMIT = 500.0
GROWTH_LIMIT = 11.0
"""How many times the time ten times the input may take."""

SMALL, LARGE = 200, 2_000
RECOMMENDATIONS_PER_PAGE = 5

START = "handbook --help"
"""The program's start, which checks nothing; the same for all sizes, it makes growth look smaller than it is."""

OURS = "handbook check"
FLOOR = "floor"


def main() -> None:
    """Measure, print the table, and exit with 1 when a target is missed."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        start = Case(START, 0, (program("handbook"), "--help"), ROOT, "Usage:")
        results = measure_all([start, *(case for size in (SMALL, LARGE) for case in _cases(Path(folder), size))])
    print_and_exit(_table(results), _verdicts(results))


def _cases(folder: Path, pages: int) -> list[Case]:
    """Write a project of this size, and give what is run on it."""
    project = folder / str(pages)
    recommendations = pages * RECOMMENDATIONS_PER_PAGE
    progress(f"writing {recommendations:,} recommendations and {pages:,} pages")
    generator = (sys.executable, "-m", "benchmarks.corpus", str(project), str(recommendations), str(pages))
    subprocess.run(generator, cwd=ROOT, check=True)  # noqa: S603 - our own words
    clean = f"{recommendations} recommendations, {pages} pages: no problems."
    floor = (sys.executable, "-m", "benchmarks.floor", str(project))
    return [
        Case(OURS, pages, (program("handbook"), "check"), project, clean),
        Case(FLOOR, pages, floor, ROOT, f"{pages} pages"),
    ]


def _table(results: Mapping[tuple[str, int], Usage]) -> list[str]:
    rows = [
        (
            name,
            f"{size * RECOMMENDATIONS_PER_PAGE:,}",
            f"{size:,}",
            f"{usage.wall:.2f}",
            f"{usage.cpu:.2f}",
            f"{usage.peak / 2**20:.0f}",
        )
        for (name, size), usage in results.items()
    ]
    ratios = [
        (name, "", "", f"{r.wall:.1f} x", f"{r.cpu:.1f} x", f"{r.peak:.1f} x") for name, r in _ratios(results).items()
    ]
    return table(("What", "Recommendations", "Pages", "Wall s", "CPU s", "Peak MiB"), [*rows, *ratios])


def _ratios(results: Mapping[tuple[str, int], Usage]) -> dict[str, Usage]:
    start = results[START, 0]
    small, large = results[OURS, SMALL], results[OURS, LARGE]
    return {
        f"{OURS}, 10x / 1x": large / small,
        f"the same, both without {START}": (large - start) / (small - start),
        f"{FLOOR}, 10x / 1x": results[FLOOR, LARGE] / results[FLOOR, SMALL],
        f"{OURS} / {FLOOR}, 1x": small / results[FLOOR, SMALL],
        f"{OURS} / {FLOOR}, 10x": large / results[FLOOR, LARGE],
    }


def _verdicts(results: Results) -> list[Verdict]:
    """Return the targets; time is wall-clock time, as people wait for it."""
    large, growth = results[OURS, LARGE], results[OURS, LARGE] / results[OURS, SMALL]
    megabytes = large.peak / 10**6
    return [
        (f"under {SECONDS_LIMIT:.0f} s", f"{large.wall:.2f} s", large.wall < SECONDS_LIMIT),
        (f"under {MEGABYTES_LIMIT:.0f} MB", f"{megabytes:.0f} MB", megabytes < MEGABYTES_LIMIT),
        (f"at most {GROWTH_LIMIT:.0f} times the time", f"{growth.wall:.1f} times", growth.wall <= GROWTH_LIMIT),
    ]


if __name__ == "__main__":
    main()
