"""How long an editor waits from saving a change to seeing it, on every page that shows it, next to stock Material.

Run as `python -m benchmarks.serve` in the project's folder.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measure import ROOT, print_and_exit, program, progress, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PAGES = 500
ROUNDS = 5
LIMIT = 0.07
"""Our target, as a ratio to stock Material."""

PATIENCE = 300
"""Seconds."""

OURS = "Prevention in Practice"
STOCK = "stock Material, no macros"
COMMANDS = {OURS: ("serve", "--quiet", "--dirty", "--no-strict"), STOCK: ("serve", "--quiet")}


@dataclass(frozen=True)
class Edit:
    """A change that an editor saves again and again.

    Attributes:
        name: of the change.
        file: which it changes, below the project's folder.
        before: what stands before the words that change.
    """

    name: str
    file: str
    before: str


class Wait(NamedTuple):
    """Seconds by the clock and seconds of the processor until every page showed a change, and how many show it."""

    wall: float
    cpu: float
    pages: int


class Server:
    """A project that is served, and its addresses."""

    def __init__(self, folder: Path, process: int, address: str) -> None:
        """Take a server that has begun to answer."""
        self.folder, self._process, self._address = folder, process, address
        self._pages = re.findall(rf"<loc>{address}(.*?)</loc>", self._read("sitemap.xml"))

    def prepare(self, edit: Edit, words: str) -> None:
        """Put in words that can be found again."""
        write(self.folder / edit.file, edit.before, words)
        _wait(lambda: any(words in self._read(page) for page in self._pages), f"{edit.name}: {words!r} does not appear")

    def measure(self, edit: Edit, old: str, new: str) -> Wait:
        """Save a change of some words, and wait for all pages that have shown the old ones to show the new ones."""
        showing = [page for page in self._pages if old in self._read(page)]
        start, used = time.perf_counter(), self._used()
        write(self.folder / edit.file, edit.before, new)
        _wait(
            lambda: all(new in (text := self._read(page)) and old not in text for page in showing),
            f"{edit.name}: {new!r} does not appear on all of {showing}",
        )
        return Wait(time.perf_counter() - start, self._used() - used, len(showing))

    def _read(self, page: str) -> str:
        with urllib.request.urlopen(f"{self._address}{page}", timeout=PATIENCE) as answer:  # noqa: S310 - on this machine
            return str(answer.read().decode())

    def _used(self) -> float:
        """Return the seconds of the processor that the server and its ended children have used, where Linux tells."""
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def write(file: Path, before: str, words: str) -> None:
    """Put words in place of those that follow `before` on its line, the first time that it stands in a file."""
    text = file.read_text(encoding="utf-8")
    changed, times = re.subn(rf"(?m)^({re.escape(before)}).*$", lambda found: found[1] + words, text, count=1)
    if not times:
        message = f"{before!r} does not stand in {file}"
        raise SystemExit(message)
    file.write_text(changed, encoding="utf-8")


@contextmanager
def serving(folder: Path, command: Sequence[str]) -> Iterator[Server]:
    """Serve a project on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([program("mkdocs"), *command, "--dev-addr", place], cwd=folder)  # noqa: S603 - our own words
    try:
        _wait(lambda: _answers(f"http://{place}/"), f"nobody answers at {place}")
        yield Server(folder, process.pid, f"http://{place}/")
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address).close()  # noqa: S310 - on this machine
    except urllib.error.URLError:
        return False
    return True


def _wait(is_so: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so.

    Raises:
        SystemExit: when it does not become so, with the words for that case.
    """
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit(otherwise)
        time.sleep(0.01)


def main() -> None:
    """Measure, print the table, and exit with 1 when the target is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        progress(f"writing {PAGES:,} pages")
        generator = (sys.executable, "-m", "benchmarks.site", name, str(PAGES))
        subprocess.run(generator, cwd=ROOT, check=True)  # noqa: S603 - our own words
        ours, stock = _edits(folder / "ours"), _edit_of_stock(folder / "plain")
        with serving(folder / "ours", COMMANDS[OURS]) as one, serving(folder / "plain", COMMANDS[STOCK]) as other:
            waits = _in_rounds([(OURS, one, edit) for edit in ours] + [(STOCK, other, stock)])
    medians = {key: Wait(*(statistics.median(column) for column in zip(*w, strict=True))) for key, w in waits.items()}
    reference = medians[STOCK, stock.name]
    rows = [
        (name, edit, f"{w.pages}", f"{w.wall:.2f}", f"{w.cpu:.2f}", *_ratios(w, reference))
        for (name, edit), w in medians.items()
    ]
    head = ("What", "Change", "Pages that show it", "Wall s", "CPU s", "Wall / stock", "CPU / stock")
    verdicts = [
        (f"{edit}: seen in {LIMIT} of the time", f"{w.wall / reference.wall:.3f}", w.wall <= LIMIT * reference.wall)
        for (name, edit), w in medians.items()
        if name == OURS
    ]
    print_and_exit(table(head, rows), verdicts)


def _edits(project: Path) -> list[Edit]:
    """Return what is changed in ours; its first saving puts words there that stand nowhere else."""
    page = next(path for path in sorted(project.glob("docs/*/page-*.md")) if "covers(" in path.read_text("utf-8"))
    file = page.relative_to(project).as_posix()
    area = page.parent.name
    return [
        Edit("a sentence under a mark", file, _sentence(page)),
        Edit("the title of a page", file, "title: "),
        Edit("the title of a recommendation", f"data/recommendations/{area}.yml", "  title: "),
    ]


def _edit_of_stock(project: Path) -> Edit:
    """Return a change of one page: where nothing is shared, an editor changes each page that shows a fact by hand."""
    page = next(path for path in sorted(project.glob("docs/*/page-*.md")) if "covers" in path.read_text("utf-8"))
    return Edit("a sentence", page.relative_to(project).as_posix(), _sentence(page))


def _sentence(page: Path) -> str:
    """Return the beginning of the first sentence that stands on a line of its own below a mark."""
    below = page.read_text(encoding="utf-8").partition("covers")[2]
    (words,) = re.findall(r"(?m)^([A-Z]\w+ \w+ \w+) [\w ]+\.$", below)[:1]
    return f"{words} "


def _in_rounds(cases: Sequence[tuple[str, Server, Edit]]) -> dict[tuple[str, str], list[Wait]]:
    """Measure each change in each round; the first round puts in words to find again, and does not count."""
    waits: dict[tuple[str, str], list[Wait]] = {(name, edit.name): [] for name, _, edit in cases}
    for number in range(ROUNDS + 1):
        for position, (name, server, edit) in enumerate(cases):
            words = [f"Word{position}x{count}x" for count in (number - 1, number)]
            if number == 0:
                server.prepare(edit, words[1])
                continue
            wait = server.measure(edit, *words)
            waits[name, edit.name].append(wait)
            progress(f"round {number} of {ROUNDS}: {name}, {edit.name}: {wait.wall:.2f} s, {wait.pages} pages")
    return waits


def _ratios(wait: Wait, reference: Wait) -> tuple[str, str]:
    return f"{wait.wall / reference.wall:.3f}", f"{wait.cpu / reference.cpu:.3f}"


if __name__ == "__main__":
    main()
