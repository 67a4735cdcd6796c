"""How long the site takes to build as it grows, side by side with other generators on the same pages.

Run as `python -m benchmarks.build` in the project's folder. Zensical takes part where it is in `.venv-bench`, which
`make bench` makes from `benchmarks/requirements.txt`, and Hugo where it is on the path.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, Case, measure_all, print_and_exit, program, progress, size_of, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.measure import Results, Usage, Verdict

SIZES = {50: 3, 500: 3, 2_000: 1}
"""Pages, with the rounds in which they are built: stock Material alone takes minutes for the most."""

MIDDLE, LARGEST = 500, 2_000

OURS = "Prevention in Practice"
STOCK = "stock Material, no macros"
ZENSICAL = "Zensical"
HUGO = "Hugo, one template"

TIME_LIMITS = {MIDDLE: 0.6, LARGEST: 0.3}
GROWTH_LIMIT = 1.05
MEMORY_LIMIT = 1.5
OUTPUT_LIMIT = 0.4
"""Our targets, as ratios to stock Material; the growth is an exponent of our own."""


def main() -> None:
    """Measure, print the table, and exit with 1 when a target is missed."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        cases = [case for size, rounds in SIZES.items() for case in _cases(Path(folder) / str(size), size, rounds)]
        results = measure_all(cases)
        output = {
            size: size_of({case.name: case.folder / _OUTPUT[case.name] for case in cases if case.size == size})
            for size in SIZES
        }
    print_and_exit(_table(results, output), _verdicts(results, output))


_OUTPUT = {OURS: "site", STOCK: "site", ZENSICAL: "site", HUGO: "public"}


def _cases(folder: Path, size: int, rounds: int) -> Iterator[Case]:
    """Write the pages, and give what builds them."""
    progress(f"writing {size:,} pages")
    generator = (sys.executable, "-m", "benchmarks.site", str(folder), str(size))
    subprocess.run(generator, cwd=ROOT, check=True)  # noqa: S603 - our own words
    mkdocs = (program("mkdocs"), "build", "--quiet")
    yield Case(OURS, size, (*mkdocs, "--strict"), folder / "ours", rounds=rounds)
    yield Case(STOCK, size, mkdocs, folder / "plain", rounds=rounds)
    zensical = shutil.which(ROOT / ".venv-bench/bin/zensical")
    if zensical and size <= MIDDLE:  # of more, it refuses to make the index of its search
        shutil.copytree(folder / "plain", folder / "zensical")
        yield Case(ZENSICAL, size, (zensical, "build", "--clean"), folder / "zensical", rounds=rounds)
    if hugo := shutil.which("hugo"):
        yield Case(HUGO, size, (hugo, "--quiet"), folder / "hugo", rounds=rounds)


def _table(results: Results, output: Mapping[int, Mapping[str, int]]) -> list[str]:
    rows: list[Sequence[str]] = []
    for (name, size), usage in results.items():
        ratio = usage / results[STOCK, size]
        per_page = output[size][name] / size / 1000
        numbers = (f"{usage.wall:.2f}", f"{usage.cpu:.2f}", f"{usage.peak / 2**20:.0f}", f"{per_page:.0f}")
        rows.append((name, f"{size:,}", *numbers, f"{ratio.wall:.2f}", f"{ratio.cpu:.2f}"))
    growth = [
        (f"{name}, exponent {MIDDLE:,} to {LARGEST:,}", "", f"{g.wall:.2f}", f"{g.cpu:.2f}", "", "", "", "")
        for name in _OUTPUT
        if (name, LARGEST) in results and (g := _growth(results, name))
    ]
    head = ("What", "Pages", "Wall s", "CPU s", "Peak MiB", "kB a page", "Wall / stock", "CPU / stock")
    return table(head, [*rows, *growth])


def _growth(results: Results, name: str) -> Usage:
    """Compute the exponent by which what a build uses grows with the pages: 1 is in proportion, 2 is the square."""
    factor = results[name, LARGEST] / results[name, MIDDLE]
    base = math.log(LARGEST / MIDDLE)
    return type(factor)(math.log(factor.wall) / base, math.log(factor.cpu) / base, math.log(factor.peak) / base)


def _verdicts(results: Results, output: Mapping[int, Mapping[str, int]]) -> list[Verdict]:
    ratio = {size: results[OURS, size] / results[STOCK, size] for size in TIME_LIMITS}
    growth = _growth(results, OURS).wall
    memory = ratio[LARGEST].peak
    size = output[LARGEST][OURS] / output[LARGEST][STOCK]
    return [
        *(
            (f"{pages:,} pages in {limit} of the time", f"{ratio[pages].wall:.2f}", ratio[pages].wall <= limit)
            for pages, limit in TIME_LIMITS.items()
        ),
        (f"growth exponent at most {GROWTH_LIMIT}", f"{growth:.2f}", growth <= GROWTH_LIMIT),
        (f"{LARGEST:,} pages in {MEMORY_LIMIT} of the memory", f"{memory:.2f}", memory <= MEMORY_LIMIT),
        (f"{LARGEST:,} pages in {OUTPUT_LIMIT} of the bytes", f"{size:.2f}", size <= OUTPUT_LIMIT),
    ]


if __name__ == "__main__":
    main()
