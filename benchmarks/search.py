"""How well and how lightly three search engines answer practitioners' questions, on the pages of the real site.

Run as `python -m benchmarks.search` in the project's folder. It needs chromium, and the package index for Pagefind,
which is not installed with the project. All engines index the same articles; what they find of the finder, of search
itself and of the table of guidance is passed over, as ours does not index these.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from playwright.sync_api import sync_playwright

from benchmarks.measure import ROOT, print_and_exit, program, progress, table
from benchmarks.site import read_configuration
from handbook.site.search_index import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page

    from benchmarks.measure import Verdict

PAGEFIND = "pagefind[bin]==1.5.2"

SHARE_LIMIT = 0.95
"""Of the questions must have a right page among the first `FIRST`."""

FIRST = 3
BYTES_LIMIT = 160_000
"""For the first answer, as servers send it; what ours fetches after it is neither counted nor asked."""

PASSED_OVER = ("finder/for-", "finder/about-", "finder/stage-", "search/", "guidance/")
WHOLE_FINDER = "finder/"

Questions = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Engine:
    """A search engine in a browser.

    Attributes:
        name: as the table calls it.
        start: script that makes the function `window.found`, which gives the addresses for some words.
        always: whether its files are fetched on the first view of any page.
    """

    name: str
    start: str
    always: bool = False


OURS = "ours: MiniSearch, Snowball"
ENGINES = (
    Engine(
        OURS,
        """async () => {
          await handbookSearch.load();
          window.found = async (words) => handbookSearch.find(words).pages.slice(0, 20).map((page) => page.id);
        }""",
    ),
    Engine(
        "Pagefind",
        """async () => {
          const engine = await import("/pagefind/pagefind.js");
          window.found = async (words) => {
            const found = (await engine.search(words)).results.slice(0, 20);
            return (await Promise.all(found.map((result) => result.data()))).map((page) => page.url.slice(1));
          };
        }""",
    ),
    Engine(
        "Material's own (lunr)",
        """async () => {
          const data = await (await fetch("/search/search_index.json")).json();
          const source = await (await fetch("/worker.js")).text();
          const worker = new Worker(URL.createObjectURL(new Blob([source])));
          const ask = (message) => new Promise((answer) => {
            worker.onmessage = (event) => answer(event.data);
            worker.postMessage(message);
          });
          await ask({ type: 0, data: { ...data, options: { suggest: false } } });
          window.found = async (words) => (await ask({ type: 2, data: words })).data.items.slice(0, 20)
            .map((group) => group[0].location.split("#")[0]);
        }""",
        always=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine found.

    Attributes:
        shares: for each set of questions, in how many a right page came first, among the first few, or at all.
        weight: bytes that the first query fetches.
        always: whether they are fetched before anybody searches.
    """

    shares: tuple[tuple[int, int, int], ...]
    weight: int
    always: bool


def main() -> None:
    """Build the site, ask all engines, print the table, and exit with 1 when ours misses a target."""
    sets = [_questions("words_of_work"), _questions("words_of_work_held_back")]
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        pages = _build(Path(folder))
        results = dict(_measure(Path(folder), sets))
    print_and_exit(_table(results, sets), _verdicts(results[OURS], len(sets[0]), pages))


def _questions(name: str) -> Questions:
    text = (ROOT / "tests" / "search" / f"{name}.yml").read_text(encoding="utf-8")
    questions: Questions = yaml.safe_load(text)
    return questions


def _build(folder: Path) -> int:
    """Build the site with what each engine needs, and count the pages that ours finds at once."""
    progress("building the site")
    project, site = folder / "project", folder / "site"
    for name in ("docs", "data", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "macros.py", project)
    configuration = read_configuration()
    configuration |= {"watch": [], "plugins": ["search", *configuration["plugins"]]}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(configuration, sort_keys=False), encoding="utf-8")
    command = (program("mkdocs"), "build", "--quiet", "--site-dir", str(site))
    subprocess.run(command, cwd=project, check=True)  # noqa: S603 - our own words
    (worker,) = _WORKERS.glob("search.*.min.js")
    shutil.copy(worker, site / "worker.js")
    pagefind = ("run", "--no-project", "--with", PAGEFIND, "python", "-m", "pagefind", "--root-selector", "article")
    indexing = (program("uv"), "--quiet", *pagefind, "--site", str(site))
    subprocess.run(indexing, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    script = (site / INDEX).read_text(encoding="utf-8")
    return int(json.loads(script[script.index("(") + 1 : script.rindex(")")])["index"]["documentCount"])


_WORKERS = Path(str(files("material"))) / "templates" / "assets" / "javascripts" / "workers"


def _measure(folder: Path, sets: Sequence[Questions]) -> Iterator[tuple[str, Result]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        server = _serve(folder / "site")
        for engine in ENGINES:
            progress(f"asking {engine.name}")
            context = browser.new_context(bypass_csp=True)
            yield engine.name, _asked_all(engine, sets, context.new_page(), server.server_port)
            context.close()
        server.shutdown()
        browser.close()


def _asked_all(engine: Engine, sets: Sequence[Questions], page: Page, port: int) -> Result:
    fetched: list[int] = []
    page.goto(f"http://127.0.0.1:{port}/search/", wait_until="networkidle")
    page.on("response", lambda response: fetched.append(_weight(response.body())))
    page.evaluate(engine.start)
    page.evaluate("found('release')")
    page.wait_for_load_state("networkidle")
    weight = sum(fetched)
    return Result(tuple(_asked(page, questions) for questions in sets), weight, engine.always)


def _serve(folder: Path) -> ThreadingHTTPServer:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _weight(body: bytes) -> int:
    """Return what a server sends: compressed, unless it is already."""
    return min(len(body), len(gzip.compress(body, 9)))


def _asked(page: Page, questions: Questions) -> tuple[int, int, int]:
    ranks = [_rank(page.evaluate("(words) => found(words)", q["asks"]), q["pages"]) for q in questions]
    return sum(rank == 0 for rank in ranks), sum(rank < FIRST for rank in ranks), sum(rank < _NEVER for rank in ranks)


_NEVER = 20


def _rank(found: Sequence[str], right: Sequence[str]) -> int:
    addresses = {f"{name}/".removesuffix("index/") for name in right}
    kept = [address for address in found if not address.startswith(PASSED_OVER) and address != WHOLE_FINDER]
    return next((rank for rank, address in enumerate(kept) if address in addresses), _NEVER)


def _table(results: dict[str, Result], sets: Sequence[Questions]) -> list[str]:
    head = ["Engine", "First", "Top three", "Top twenty", "Held back: top three", "KB before use", "KB first query"]
    rows = [
        [
            name,
            *(f"{number} of {len(sets[0])}" for number in result.shares[0]),
            f"{result.shares[1][1]} of {len(sets[1])}",
            f"{result.weight / 1000 if result.always else 0:.0f}",
            f"{result.weight / 1000:.0f}",
        ]
        for name, result in results.items()
    ]
    return table(head, rows)


def _verdicts(ours: Result, questions: int, pages: int) -> list[Verdict]:
    share = ours.shares[0][1] / questions
    return [
        (f"a right page in the top three for {SHARE_LIMIT:.0%}", f"{share:.0%}", share >= SHARE_LIMIT),
        (
            f"at most {BYTES_LIMIT / 1000:.0f} KB for the first query at 300 pages",
            f"{ours.weight / 1000:.0f} KB at {pages}",
            ours.weight * max(300 / pages, 1) <= BYTES_LIMIT,
        ),
    ]


if __name__ == "__main__":
    main()
