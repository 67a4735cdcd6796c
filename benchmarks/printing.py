"""Prints packs of a built site, as a program of its own, so that `benchmarks.pdf` can measure it.

Run as `python -m benchmarks.printing COMMAND SITE REPORT [ID]` in the project's folder; it writes a number to the file
REPORT, and says that it is done.
"""

from __future__ import annotations

import copy
import datetime as dt
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html
from lxml.html import builder as lxml_builder

from handbook.checks import load_corpus
from handbook.downloads.articles import read_articles
from handbook.downloads.build import DownloadBuilder, read_site, write_downloads
from handbook.downloads.packs import chapters
from handbook.model.offered import packs_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handbook.model.records import Pack

_EDITED = "prisons/first-conversation.md"
_AREA = "prisons"


def main() -> None:
    """Do what the command line says."""
    command, site, report, *rest = sys.argv[1:]
    Path(report).write_text(str(COMMANDS[command](Path(site), *rest)), encoding="utf-8")
    sys.stdout.write("done\n")


def _builder(site: Path) -> DownloadBuilder:
    return read_site(site, load_corpus(Path.cwd(), dt.datetime.now(tz=dt.UTC).date()))


def start(site: Path) -> int:
    """Do all that comes before printing."""
    return len(_builder(site).articles)


def one(site: Path, id_: str) -> int:
    """Print one pack, and tell how many pages it has."""
    builder = _builder(site)
    with tempfile.TemporaryDirectory() as folder:
        return builder.write_pack(builder.corpus.registry.packs[id_], Path(folder, "pack.pdf"))


def everything(site: Path) -> float:
    """Write all that the site offers for download, and tell how many seconds that takes."""
    corpus = load_corpus(Path.cwd(), dt.datetime.now(tz=dt.UTC).date())
    begun = time.perf_counter()
    write_downloads(site, corpus, lambda _: None)
    return time.perf_counter() - begun


def again(site: Path, which: str) -> float:
    """Print packs that hold a page, change it, and tell how many seconds printing them again takes in this process.

    Args:
        site: the folder of the site.
        which: `offered` for the packs that the page itself offers, `all` for every pack that it is in.
    """
    builder = _builder(site)
    page = builder.corpus.pages.by_uri[_EDITED]
    chosen = {
        "offered": list(packs_for(page, builder.corpus)),
        "all": [p for p in builder.corpus.registry.packs.values() if page.url in _urls(builder, p)],
    }[which]
    _print(builder, chosen)
    article = builder.articles[page.url]
    changed = copy.deepcopy(article.content)
    changed.insert(0, lxml_builder.P("Changed."))
    edited = replace(builder, articles={**builder.articles, page.url: replace(article, content=changed)})
    begun = time.perf_counter()
    _print(edited, chosen)
    return time.perf_counter() - begun


def peers(site: Path) -> int:
    """Write the pages of an area, as they were built, for the peers: one file for a browser, a project for MkDocs."""
    folder = site.parent
    found = [article for url, article in read_articles(site).items() if url.startswith(f"{_AREA}/")]
    pages = [f"<h1>{article.title}</h1>{html.tostring(article.content, encoding='unicode')}" for article in found]
    styles = "".join(f'<link rel="stylesheet" href="{path.as_uri()}">' for path in sorted(site.rglob("*.css")))
    whole = f"<!doctype html><title>{_AREA}</title>{styles}{''.join(pages)}"
    (folder / "whole.html").write_text(whole, encoding="utf-8")
    for number, page in enumerate(pages, 1):
        file = folder / f"peer/docs/{number:02}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(" ".join(page.split()), encoding="utf-8")
    plain = "site_name: Peer\ntheme: material\nplugins: []\n"
    (folder / "peer/mkdocs.yml").write_text(plain, encoding="utf-8")
    (folder / "peer/print.yml").write_text(plain.replace("[]", "[to-pdf]"), encoding="utf-8")
    return len(pages)


def _urls(builder: DownloadBuilder, pack: Pack) -> Iterator[str]:
    return (article.url for article in chapters(pack, builder.corpus, builder.articles))


def _print(builder: DownloadBuilder, packs: Iterable[Pack]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for pack in packs:
            builder.write_pack(pack, Path(folder, "pack.pdf"))


COMMANDS: dict[str, Callable[..., float]] = {
    "start": start,
    "one": one,
    "everything": everything,
    "again": again,
    "peers": peers,
}

if __name__ == "__main__":
    main()
