"""How large the files for download are, and which of those that the site offers were not written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.offered import expected_downloads
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem
from handbook.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handbook.model.corpus import Corpus

_MEGABYTE = 1_000_000

_LABEL = re.compile(r'(<span class="weight" data-download="([^"]+)">)[^<]*(</span>)')
"""What the templates write behind a link to a download; only the finished file can say how large it is."""


def missing_downloads(site: Path, corpus: Corpus) -> Mapping[str, Problem]:
    """Find, by address, the problem of each expected file that is missing, empty or too large.

    Args:
        site: the folder of the site with all its downloads.
        corpus: what it was built from.
    """
    problems = {}
    for file in expected_downloads(corpus.registry, corpus.pages).values():
        path = site / file.url
        size = path.stat().st_size if path.is_file() else None
        match size:
            case None:
                fault = "was not written"
            case 0:
                fault = "is empty"
            case _ if size > file.limit:
                fault = f"has {_megabytes(size)}, {_megabytes(file.limit)} at most"
            case _:
                continue
        message = f"'{file.title}' is offered for download, but {fault}; report this"
        problems[file.url] = Problem(Location(f"{site.name}/{file.url}"), ProblemKind.BROKEN_PROMISE, message)
    return problems


def size_label(path: Path, pages: int | None = None) -> str:
    """Return what a reader wants to know of a file before it is fetched: `PDF, 12 pages, 0.4 MB`."""
    length = "" if pages is None else f"{plural(pages, 'page')}, "
    return f"{path.suffix.removeprefix('.').upper()}, {length}{_megabytes(path.stat().st_size)}"


def _megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):.1f} MB"


def write_sizes(site: Path, sizes: Mapping[str, str]) -> None:
    """Write beside each link to a download how large it is.

    Args:
        site: the folder of the site.
        sizes: what to write, by the download's address; other links stay as they are.
    """

    def labelled(found: re.Match[str]) -> str:
        return f"{found[1]}{sizes[found[2]]}{found[3]}" if found[2] in sizes else found[0]

    for path in sorted(site.rglob("*.html")):
        old = path.read_text(encoding="utf-8")
        new = _LABEL.sub(labelled, old)
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
