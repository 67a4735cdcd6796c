"""How long the PDFs take and how much memory they need, side by side with mkdocs-to-pdf and Chromium on the same pages.

Run as `python -m benchmarks.pdf` in the project's folder. The peers take part where they are installed: mkdocs-to-pdf
in `.venv-bench`, which `make bench` makes from `benchmarks/requirements.txt`, and Chromium on the path.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, Case, measure_all, print_and_exit, program, progress, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.measure import Results, Usage, Verdict

PAGES_A_SECOND = 100
WHOLE_MEGABYTES = 1500
ALL_SECONDS = 15
AGAIN_SECONDS = 2
"""Our targets, on two processors."""

START = "handbook, before printing"
AREA = "handbook, one area"
WHOLE = "handbook, all pages"
ALL = "handbook, all downloads"
AGAIN = "handbook, the packs that an edited page offers"
AGAIN_ALL = "handbook, all packs that hold an edited page"
PEER_START = "MkDocs, without mkdocs-to-pdf"
PEER = "mkdocs-to-pdf, the same area"
BROWSER = "Chromium, the same area"

SAID = (AREA, WHOLE, ALL, AGAIN, AGAIN_ALL)
"""What tells a number of its own: pages or seconds."""

BEFORE = {AREA: START, WHOLE: START, PEER: PEER_START}
"""What has to be done before anything is printed; speed is judged without it."""

CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking")


def main() -> None:
    """Measure, print the table, and exit with 1 when a target is missed."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as name:
        folder = Path(name)
        progress("building the site")
        command = (program("mkdocs"), "build", "--strict", "--quiet", "--site-dir", str(folder / "site"))
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own words
        subprocess.run(_own("peers", folder).command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - likewise
        results = measure_all([*_own_cases(folder), *_peer_cases(folder)])
        said = {name: float((folder / name).read_text(encoding="utf-8")) for name in SAID}
        pages = {AREA: said[AREA], WHOLE: said[WHOLE], **_printed(folder)}
    print_and_exit(_table(results, pages, said), _verdicts(results, pages, said))


def _own(name: str, folder: Path, *arguments: str) -> Case:
    command, *rest = arguments or (name,)
    module = (sys.executable, "-m", "benchmarks.printing", command, str(folder / "site"), str(folder / name))
    return Case(name, 0, (*module, *rest), ROOT, "done")


def _own_cases(folder: Path) -> Iterator[Case]:
    yield _own(START, folder, "start")
    yield _own(AREA, folder, "one", "prisons")
    yield _own(WHOLE, folder, "one", "handbook")
    yield _own(ALL, folder, "everything")
    yield _own(AGAIN, folder, "again", "offered")
    yield _own(AGAIN_ALL, folder, "again", "all")


def _peer_cases(folder: Path) -> Iterator[Case]:
    mkdocs = ROOT / ".venv-bench/bin/mkdocs"
    if mkdocs.is_file():
        yield Case(PEER_START, 0, (str(mkdocs), "build", "--quiet"), folder / "peer")
        yield Case(PEER, 0, (str(mkdocs), "build", "--quiet", "--config-file", "print.yml"), folder / "peer")
    if chromium := shutil.which("chromium"):
        printed = f"--print-to-pdf={folder / 'browser.pdf'}"
        yield Case(BROWSER, 0, (chromium, *CHROMIUM, printed, str(folder / "whole.html")), folder)


def _printed(folder: Path) -> Mapping[str, float]:
    """Count the pages that the peers have printed."""
    files = {PEER: folder / "peer/site/pdf/document.pdf", BROWSER: folder / "browser.pdf"}
    return {name: _pages(file) for name, file in files.items() if file.is_file()}


def _pages(file: Path) -> float:
    """Ask poppler how many pages a PDF has."""
    pdfinfo = shutil.which("pdfinfo") or "pdfinfo"
    said = subprocess.run((pdfinfo, str(file)), capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    return float(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))


def _printing(results: Results, name: str) -> Usage:
    usage = results[name, 0]
    return usage - results[BEFORE[name], 0] if name in BEFORE else usage


def _speed(results: Results, pages: Mapping[str, float], name: str) -> float:
    return pages[name] / _printing(results, name).wall


def _table(results: Results, pages: Mapping[str, float], said: Mapping[str, float]) -> list[str]:
    rows = []
    for (name, _), usage in results.items():
        speed = _speed(results, pages, name) if name in pages else 0
        numbers = (f"{usage.wall:.2f}", f"{usage.cpu:.2f}", f"{usage.peak / 10**6:.0f}")
        compared = (f"{speed:.0f}", f"{speed / _speed(results, pages, AREA):.2f}") if speed else ("", "")
        rows.append((name, f"{pages[name]:,.0f}" if name in pages else "", *numbers, *compared))
    head = ("What", "Pages", "Wall s", "CPU s", "Peak MB", "Pages a second", "Speed / one area")
    return [
        *table(head, rows),
        "",
        f"All downloads, without what comes before: {said[ALL]:.1f} s.",
        f"Printed again: what an edited page offers {said[AGAIN]:.2f} s, all that hold it {said[AGAIN_ALL]:.2f} s.",
    ]


def _verdicts(results: Results, pages: Mapping[str, float], said: Mapping[str, float]) -> list[Verdict]:
    speed = _speed(results, pages, WHOLE)
    megabytes = results[WHOLE, 0].peak / 10**6
    seconds, again, again_all = said[ALL], said[AGAIN], said[AGAIN_ALL]
    return [
        (f"{PAGES_A_SECOND} pages a second, all pages", f"{speed:.0f}", speed >= PAGES_A_SECOND),
        (f"all pages in {WHOLE_MEGABYTES} MB", f"{megabytes:.0f} MB", megabytes <= WHOLE_MEGABYTES),
        (f"all downloads in {ALL_SECONDS} s", f"{seconds:.1f} s", seconds <= ALL_SECONDS),
        (f"what an edited page offers in {AGAIN_SECONDS} s", f"{again:.2f} s", again <= AGAIN_SECONDS),
        (f"all that hold an edited page in {AGAIN_SECONDS} s", f"{again_all:.2f} s", again_all <= AGAIN_SECONDS),
    ]


if __name__ == "__main__":
    main()
