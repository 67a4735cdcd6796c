"""Which files the site offers for download.

Pages link to them while the site is rendered, long before they are written. So each is a promise: the gate on links
trusts it, and when the build has written all files, `broken_promises` tells which were not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.vocabulary import PackForm, PageKind, Status
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import ChallengeArea, Pack, Recommendation

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the site offers.

    Attributes:
        url: its address below the site's root.
        title: what to call it in a link.
        limit: the most bytes that it may have.
    """

    url: str
    title: str
    limit: int = 8 * _MEGABYTE

    @property
    def kind(self) -> str:
        """The kind of file in the letters by which people know it."""
        return self.url.rpartition(".")[2].upper()


OFFLINE_COPY = Download("downloads/offline.zip", "Offline copy of the whole site", 100 * _MEGABYTE)
ZIM = Download("downloads/handbook.zim", "The whole site for Kiwix", 50 * _MEGABYTE)
EPUB = Download("downloads/handbook.epub", "The whole handbook as an e-book")


def of_pack(pack: Pack) -> Download:
    """Give the PDF of a pack."""
    return Download(f"downloads/{pack.id}.pdf", pack.title)


def of_area(area: ChallengeArea) -> Download:
    """Give the e-book of an area."""
    return Download(f"downloads/{area.id}.epub", f"{area.title} as an e-book")


def of_recommendation(recommendation: Recommendation) -> Download:
    """Give the hand-over card of a recommendation that is active."""
    return Download(f"downloads/cards/{recommendation.id.lower()}.pdf", f"Hand-over card for {recommendation.id}")


def has_card(recommendation: Recommendation) -> bool:
    """Tell whether a recommendation has a hand-over card."""
    return recommendation.status is Status.ACTIVE


def promised(corpus: Corpus) -> Mapping[str, Download]:
    """Give every file that the site of a corpus offers, by address."""
    files = (
        *(of_pack(pack) for pack in corpus.registry.packs.values()),
        *(of_recommendation(r) for r in corpus.registry.recommendations.values() if has_card(r)),
        *(of_area(area) for area in corpus.registry.areas.values()),
        EPUB,
        ZIM,
        OFFLINE_COPY,
    )
    return {file.url: file for file in files}


_TRAINING = frozenset({PageKind.TRAINING_PLAN, PageKind.SCENARIO, PageKind.EXERCISE, PageKind.QUIZ})


def packs_for(page: Page, corpus: Corpus) -> Iterator[Pack]:
    """Give the packs to offer on a page: those of its role or area, kits where trainers look for them."""
    for pack in corpus.registry.packs.values():
        roles = pack.selection.roles
        is_of_role = page.src_uri in {f"roles/{role}.md" for role in roles}
        is_of_area = not roles and page.area in pack.selection.areas
        match pack.form:
            case PackForm.BOOK:
                fits = is_of_role or (is_of_area and page.meta.kind not in _TRAINING)
            case PackForm.KIT:
                fits = is_of_area and page.meta.kind in _TRAINING | {PageKind.OVERVIEW}
        if fits:
            yield pack


def broken_promises(site: Path, corpus: Corpus) -> Mapping[str, Problem]:
    """Give, by address, the problem of each promised file that is missing, empty or too large.

    Args:
        site: the folder of the site with all its downloads.
        corpus: what it was built from.
    """
    problems = {}
    for file in promised(corpus).values():
        path = site / file.url
        size = path.stat().st_size if path.is_file() else None
        match size:
            case None:
                said = "was not written"
            case 0:
                said = "is empty"
            case _ if size > file.limit:
                said = f"has {_megabytes(size)}, {_megabytes(file.limit)} at most"
            case _:
                continue
        message = f"'{file.title}' is offered for download, but {said}; report this"
        problems[file.url] = Problem(Location(f"{site.name}/{file.url}"), ProblemKind.BROKEN_PROMISE, message)
    return problems


def weight(path: Path, pages: int | None = None) -> str:
    """Say what a reader wants to know of a file before it is fetched: `PDF, 12 pages, 0.4 MB`."""
    length = "" if pages is None else f"{pages} page{'s' * (pages != 1)}, "
    return f"{path.suffix.removeprefix('.').upper()}, {length}{_megabytes(path.stat().st_size)}"


def _megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):.1f} MB"


_WEIGHT = re.compile(r'(<span class="weight" data-download="([^"]+)">)[^<]*(</span>)')
"""What the templates write behind a link to a download; only the finished file can say how heavy it is."""


def write_weights(site: Path, weights: Mapping[str, str]) -> None:
    """Write beside each link to a download how heavy it is.

    Args:
        site: the folder of the site.
        weights: what to write, by the download's address; other links stay as they are.
    """

    def weighed_link(found: re.Match[str]) -> str:
        return f"{found[1]}{weights[found[2]]}{found[3]}" if found[2] in weights else found[0]

    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        weighed = _WEIGHT.sub(weighed_link, text)
        if weighed != text:
            path.write_text(weighed, encoding="utf-8", newline="\n")
