"""Writes the files for download from a finished site, each whole or not at all.

A file that cannot be made is reported and does not keep the others from being made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from lxml import html

from handbook.downloads.articles import read_articles
from handbook.downloads.cards import card, most_lines
from handbook.downloads.epub.book import write_epub
from handbook.downloads.offline import write_offline
from handbook.downloads.packs import chapters
from handbook.downloads.pdf import Book, Layout, print_book
from handbook.downloads.zim import write_zim
from handbook.model import offered
from handbook.model.records import Pack, Selection
from handbook.model.vocabulary import PackForm
from handbook.problems import HandbookError
from handbook.site.macros import written_date
from handbook.system.archives import build_time
from handbook.system.processes import in_own_processes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf import Printed
    from handbook.model.corpus import Corpus
    from handbook.model.offered import Download
    from handbook.model.records import Recommendation


class PressError(HandbookError):
    """Raised when downloads were not written as promised; the message holds a line for each fault."""


class CardError(HandbookError):
    """Raised for a hand-over card that is longer than a page even without guidance on it."""

    def __init__(self, recommendation: Recommendation) -> None:
        """Name the recommendation and the place of its words."""
        place = recommendation.at("asks")
        super().__init__(f"{place}: the card of '{recommendation.id}' is longer than a page; shorten 'asks'")


@dataclass(frozen=True)
class Press:
    """Prints from one site.

    Attributes:
        site: the folder that holds the built site.
        corpus: what the site was built from.
        articles: the articles of the site, by address, in its order.
        address: where the site is published; empty while that is not known.
        release: version of the handbook.
        date: day of the release.
    """

    site: Path
    corpus: Corpus
    articles: Mapping[str, Article]
    address: str
    release: str
    date: dt.date

    def print_pack(self, pack: Pack, target: Path) -> int:
        """Write the PDF of a pack and give its number of pages."""
        return print_book(self.book_of(pack)).write(target)

    def book_of(self, pack: Pack) -> Book:
        """Give what is printed for a pack."""
        found = chapters(pack, self.corpus, self.articles)
        return self._book(pack.id, pack.title, pack.audience, found, Layout.BOOK)

    def print_card(self, recommendation: Recommendation, target: Path) -> int:
        """Write the hand-over card of a recommendation, with as much of the guidance as one page holds."""

        @cache
        def made(lines: int) -> Printed:
            sheet = card(recommendation, self.corpus, self.articles, lines)
            return print_book(self._book(recommendation.id.lower(), sheet.title, "", [sheet], Layout.SHEET))

        lines = most_lines(lambda lines: made(lines).pages == 1)
        if lines is None:
            raise CardError(recommendation)
        return made(lines).write(target)

    def bind_e_book(self, title: str, selection: Selection, target: Path) -> None:
        """Write the e-book of a selection."""
        pack = Pack(id=target.stem, title=title, audience=title, selection=selection)
        found = chapters(pack, self.corpus, self.articles)
        write_epub(title, f"prevention-in-practice-{pack.id}", found, target, site=self.site, address=self.address)

    def _book(self, id_: str, title: str, audience: str, found: Sequence[Article], layout: Layout) -> Book:
        return Book(
            id=id_,
            title=title,
            audience=audience,
            release=self.release,
            date=self.date,
            address=self.address,
            chapters=found,
            site=self.articles,
            folder=self.site,
            layout=layout,
        )


def open_press(site: Path, corpus: Corpus) -> Press:
    """Prepare for printing from a built site.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.
    """
    canonical = html.parse(site / "index.html").xpath("string(//link[@rel='canonical']/@href)")
    return Press(site, corpus, read_articles(site), str(canonical), metadata.version("handbook"), build_time().date())


def write_downloads(site: Path, corpus: Corpus, say: Callable[[str], None]) -> None:
    """Write every file that the site promises, and beside each link to one how heavy it is.

    What holds the whole site comes last, so that it has all else.

    Args:
        site: the folder that holds the built site.
        corpus: what it was built from.
        say: called with a line of progress for each file or group of files.

    Raises:
        PressError: when some could not be written, are empty or too large.
    """
    press = open_press(site, corpus)
    weights: dict[str, str] = {}
    faults: dict[str, str] = {}
    for jobs in (_from_articles(corpus), (_Job("zim", ""), _Job("offline copy", ""))):
        for job, outcomes in zip(jobs, in_own_processes(partial(_perform, press), jobs), strict=True):
            weights |= {outcome.url: outcome.weight for outcome in outcomes if not outcome.fault}
            faults |= {outcome.url: outcome.fault for outcome in outcomes if outcome.fault}
            say(_progress(job, outcomes))
        offered.write_weights(site, weights)
    broken = {url: problem for url, problem in offered.broken_promises(site, corpus).items() if url not in faults}
    if faults or broken:
        lines = [f"{url}: {fault}" for url, fault in faults.items()]
        raise PressError("\n".join([*lines, *(problem.line() for problem in broken.values())]))


class _Job(NamedTuple):
    """Work for one process: a key of `_JOBS`, and the id of what it is about.

    Each has a process of its own, because typst keeps what it has set in memory as long as its process lives. They
    must be forked before this process has used typst, whose threads do not come with a fork.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        """Name it for people."""
        return f"{self.kind} '{self.id}'"


class _Outcome(NamedTuple):
    """What became of a file: how heavy it is, or what went wrong."""

    url: str
    weight: str
    fault: str


def _from_articles(corpus: Corpus) -> Sequence[_Job]:
    """Give the jobs for all that is made of articles.

    The whole handbook, which is the first pack, takes longest and needs more and more memory. So packs of a middling
    size are made while it begins, cards and kits, which need little, while it ends, and the rest after that.
    """
    packs = corpus.registry.packs.values()
    kits = [pack for pack in packs if pack.form is PackForm.KIT]
    of_roles = [pack for pack in packs if pack.selection.roles]
    return (
        *(_Job("pack", pack.id) for pack in packs if pack not in (*kits, *of_roles)),
        *(_Job("cards", area) for area in corpus.registry.areas),
        *(_Job("pack", pack.id) for pack in kits),
        *(_Job("pack", pack.id) for pack in of_roles),
        *(_Job("e-book", area) for area in ("", *corpus.registry.areas)),
    )


def _perform(press: Press, job: _Job) -> Sequence[_Outcome]:
    return _JOBS[job.kind](press, job.id)


def _progress(job: _Job, outcomes: Sequence[_Outcome]) -> str:
    if job.kind == "cards":
        return f"downloads/cards: {len(outcomes)} hand-over cards, {job.id}"
    return "\n".join(f"{outcome.url}: {outcome.weight or 'not written'}" for outcome in outcomes)


def _pack(press: Press, id_: str) -> list[_Outcome]:
    pack = press.corpus.registry.packs[id_]
    return [_written(press, offered.of_pack(pack), partial(press.print_pack, pack))]


def _cards(press: Press, area: str) -> list[_Outcome]:
    asked = press.corpus.registry.recommendations_by_area.get(area, ())
    return [
        _written(press, offered.of_recommendation(recommendation), partial(press.print_card, recommendation))
        for recommendation in asked
        if offered.has_card(recommendation)
    ]


def _e_book(press: Press, id_: str) -> list[_Outcome]:
    area = press.corpus.registry.areas.get(id_)
    if area is None:
        return [_written(press, offered.EPUB, partial(press.bind_e_book, "Prevention in Practice", Selection()))]
    bind = partial(press.bind_e_book, area.title, Selection(areas=(area.id,)))
    return [_written(press, offered.of_area(area), bind)]


def _zim(press: Press, _: str) -> list[_Outcome]:
    return [_written(press, offered.ZIM, partial(write_zim, press.site))]


def _offline_copy(press: Press, _: str) -> list[_Outcome]:
    return [_written(press, offered.OFFLINE_COPY, partial(write_offline, press.site))]


_JOBS: Mapping[str, Callable[[Press, str], list[_Outcome]]] = {
    "pack": _pack,
    "cards": _cards,
    "e-book": _e_book,
    "zim": _zim,
    "offline copy": _offline_copy,
}


def _written(press: Press, file: Download, make: Callable[[Path], int | None]) -> _Outcome:
    target = press.site / file.url
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        pages = make(target)
    except HandbookError as error:
        return _Outcome(file.url, "", str(error))
    return _Outcome(file.url, f"{offered.weight(target, pages)}, {written_date(press.date.isoformat())}", "")
