"""Writes the files for download from a finished site, each whole or not at all.

A file that cannot be made is reported and does not keep the others from being made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from lxml import html

from handbook.downloads.articles import read_articles
from handbook.downloads.cards import ROOMS, card
from handbook.downloads.documents.docx import docx_files
from handbook.downloads.documents.odt import odt_files
from handbook.downloads.epub.book import write_epub
from handbook.downloads.errors import DownloadError
from handbook.downloads.forms import blank_form
from handbook.downloads.leaflets import leaflet
from handbook.downloads.offline import write_offline
from handbook.downloads.packs import chapters, is_page
from handbook.downloads.pdf import Book, Entry, Layout, draw_cover, print_book
from handbook.downloads.sheets import sheet
from handbook.downloads.sizes import missing_downloads, size_label, write_sizes
from handbook.identity import LICENCE, LIGHT, NAME, SLUG
from handbook.model import offered
from handbook.model.addresses import AREA_ICONS, recommendation_url
from handbook.model.forms import page_of
from handbook.model.origins import with_origin
from handbook.model.records import Pack, Selection
from handbook.model.vocabulary import PageKind, Status
from handbook.problem_kinds import ProblemKind
from handbook.problems import CheckFailedError, Problem
from handbook.system.archives import write_zip
from handbook.system.build_time import build_time
from handbook.system.processes import map_isolated
from handbook.system.settings import contact
from handbook.wording import written_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.downloads.articles import Article
    from handbook.downloads.pdf import Printed
    from handbook.model.corpus import Corpus
    from handbook.model.offered import Download
    from handbook.model.pages import Page
    from handbook.model.records import Country, FormTemplate, Recommendation


_LISTED = re.compile(r"recommendations/.+|reference/sources/.+")
"""Pages of single recommendations and parts of the bibliography, of which a PDF has lists at its end."""


_DOCUMENTS = {".odt": odt_files, ".docx": docx_files}
"""What makes the files in a document, by the end of its name."""


_PRINTED_APART = (
    PageKind.SCENARIO,
    PageKind.CASE_STUDY,
    PageKind.EXERCISE,
    PageKind.TRAINING_PLAN,
    PageKind.QUIZ,
    PageKind.TEMPLATE,
)
"""Kinds of pages that the whole handbook leaves to the training kits, and to the PDF of each form."""


@dataclass(frozen=True)
class DownloadBuilder:
    """Builds downloads from one site.

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

    def write_pack(self, pack: Pack, target: Path) -> int:
        """Write the PDF of a pack and return its number of pages.

        Raises:
            DownloadError: if the pack has no chapter, or something in it cannot be printed.
        """
        return print_book(self.book_of(pack)).write(target)

    def book_of(self, pack: Pack) -> Book:
        """Return what is printed for a pack.

        Raises:
            DownloadError: if the pack has no chapter.
        """
        found = [a for a in chapters(pack, self.corpus, self.articles) if not _LISTED.fullmatch(a.url)]
        if is_page(pack):
            return self._book(pack.id, pack.title, pack.audience, found, layout=Layout.PAGE)
        has_all = pack.selection == Selection()
        if has_all:
            apart = {page.url for page in self.corpus.pages.select(Selection(kinds=_PRINTED_APART))}
            found = [article for article in found if article.url not in apart]
        entries = tuple(self._entries({article.url for article in found}, has_all=has_all))
        return replace(
            self._book(pack.id, pack.title, pack.audience, found, entries=entries),
            has_all_sources=has_all,
            runs_on=frozenset(article.url for article in found)
            - {page.url for page in offered.guidance(self.corpus.pages)},
            icon=self._icon(pack),
        )

    def _icon(self, pack: Pack) -> str:
        """Return the icon of the one area that a pack is about, in the colour of covers; nothing if there is none."""
        files = [self.site / AREA_ICONS / f"{area}.svg" for area in pack.selection.areas]
        if len(files) != 1 or not files[0].is_file():
            return ""
        return files[0].read_text(encoding="utf-8").replace("#000", LIGHT["accent"])

    def write_card(self, recommendation: Recommendation, target: Path) -> int:
        """Write the hand-over card of a recommendation, with about as much of the guidance as one page holds.

        Returns:
            The number of its pages, which is 1.

        Raises:
            DownloadError: if not even what it asks has room on a page, or something in it cannot be printed.
        """
        forms = (card(recommendation, self.corpus, self.articles, lines) for lines in ROOMS)
        if printed := self._on_one_sheet(recommendation.id.lower(), "", forms, Layout.SINGLE):
            return printed.write(target)
        message = f"the card of '{recommendation.id}' is longer than a page; shorten 'asks'"
        raise DownloadError([Problem(recommendation.at("asks"), ProblemKind.NOT_PRINTABLE, message)])

    def write_leaflet(self, page: Page, target: Path) -> int:
        """Write the leaflet of a guidance page.

        Returns:
            The number of its pages, which is 1.

        Raises:
            DownloadError: if not even its short form has room on a page, or something in it cannot be printed.
        """
        forms = (leaflet(self.articles[page.url], self.address, is_short=is_short) for is_short in (False, True))
        if printed := self._on_one_sheet(page.url, page.meta.summary, forms, Layout.LEAFLET):
            return printed.write(target)
        parts = "'In short', the names of the steps and the checklist"
        message = f"{parts} of '{page.meta.title}' are longer than a page; shorten them"
        raise DownloadError.at(page.file, message, page.first_line)

    def write_sheet(self, country: Country, target: Path) -> int:
        """Write the sheet for the wall with whom to call in a country.

        Returns:
            The number of its pages, which is 1.

        Raises:
            DownloadError: if not even its short form has room on a page, or something in it cannot be printed.
        """
        forms = (sheet(country, self.articles, is_short=is_short) for is_short in (False, True))
        if printed := self._on_one_sheet(country.id, "", forms, Layout.SINGLE):
            return printed.write(target)
        message = f"the sheet of '{country.id}' is longer than a page; shorten the notes of its contacts"
        raise DownloadError([Problem(country.at("id"), ProblemKind.NOT_PRINTABLE, message)])

    def _on_one_sheet(self, id_: str, audience: str, forms: Iterable[Article], layout: Layout) -> Printed | None:
        """Set the first of an article's forms that needs no more than one page; None if each does."""
        for article in forms:
            printed = print_book(self._book(id_, article.title, audience, [article], layout=layout))
            if printed.pages == 1:
                return printed
        return None

    def write_form(self, form: FormTemplate, target: Path) -> int | None:
        """Write a form to fill in as the kind of file that the name of the target ends with.

        Returns:
            The number of pages of a PDF; None for a document, whose pages each program makes for itself.

        Raises:
            DownloadError: if something in it cannot be printed.
        """
        foot = f"{NAME}, release {self.release}, {written_date(self.date.isoformat())}. Text under {LICENCE}."
        if target.suffix in _DOCUMENTS:
            write_zip(_DOCUMENTS[target.suffix](form, foot, self.date), target)
            return None
        page = page_of(form, self.corpus.pages)
        made = blank_form(form, self.articles[page.url])
        return print_book(self._book(form.id, form.title, "", [made], layout=Layout.FORM)).write(target)

    def write_e_book(self, title: str, selection: Selection, target: Path) -> None:
        """Write the e-book of a selection.

        Raises:
            DownloadError: if nothing fits the selection, or e-books cannot show something in it.
        """
        pack = Pack(id=target.stem, title=title, audience=title, selection=selection)
        found = chapters(pack, self.corpus, self.articles)
        cover = draw_cover(replace(self._book(pack.id, title, "", found), icon=self._icon(pack)))
        write_epub(title, f"{SLUG}-{pack.id}", found, target, site=self.site, address=self.address, cover=cover)

    def _entries(self, urls: set[str], *, has_all: bool) -> Iterator[Entry]:
        """Yield the recommendations for which a section of some pages does something, or all that readers may see."""
        for area in self.corpus.registry.areas.values():
            for recommendation in self.corpus.registry.recommendations_by_area.get(area.id, ()):
                coverings = self.corpus.coverage.by_recommendation.get(recommendation.id, ())
                if recommendation.is_public and (has_all or any(covering.page.url in urls for covering in coverings)):
                    yield Entry(
                        id=recommendation.id,
                        url=recommendation_url(recommendation),
                        title=recommendation.title,
                        asks=recommendation.asks,
                        issued=self._issued(recommendation),
                        area=area.title,
                        remark="" if recommendation.status is Status.ACTIVE else recommendation.status.label,
                    )

    def _issued(self, recommendation: Recommendation) -> str:
        issuer = self.corpus.registry.actors[recommendation.issuer].name
        return f"{issuer}, {recommendation.issued[:4] if recommendation.issued else 'date not known'}"

    def _book(  # noqa: PLR0913 - what differs between a pack and a card
        self,
        id_: str,
        title: str,
        audience: str,
        found: Sequence[Article],
        *,
        entries: Sequence[Entry] = (),
        layout: Layout = Layout.BOOK,
    ) -> Book:
        return Book(
            id=id_,
            title=title,
            audience=audience,
            release=self.release,
            date=self.date,
            address=self.address,
            contact=contact(),
            chapters=found,
            site=self.articles,
            folder=self.site,
            entries=entries,
            layout=layout,
        )


def read_site(site: Path, corpus: Corpus) -> DownloadBuilder:
    """Read a built site for what is to be built from it.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.

    Raises:
        DownloadError: if there is no site, or a page without an article or without a title.
    """
    articles = read_articles(site)
    canonical = html.parse(site / "index.html").xpath("string(//link[@rel='canonical']/@href)")
    return DownloadBuilder(site, corpus, articles, str(canonical), metadata.version("handbook"), build_time().date())


def write_downloads(site: Path, corpus: Corpus, say: Callable[[str], None]) -> None:
    """Write every file that the site offers, and beside each link to one how large it is.

    What holds the whole site comes last, so that it has all else.

    Args:
        site: the folder that holds the built site.
        corpus: what it was built from.
        say: called with a line of progress for each file or group of files.

    Raises:
        DownloadError: when some could not be written, are empty or too large.
    """
    builder = read_site(site, corpus)
    sizes: dict[str, str] = {}
    failed: dict[str, Sequence[Problem]] = {}
    for tasks in (_from_articles(corpus), (Task("zim", ""), Task("offline copy", ""))):
        for task, results in zip(tasks, map_isolated(partial(_perform, builder), tasks), strict=True):
            sizes |= {result.url: result.size for result in results if not result.problems}
            failed |= {result.url: result.problems for result in results if result.problems}
            say(_progress(task, results))
        write_sizes(site, sizes)
    missing = [problem for url, problem in missing_downloads(site, corpus).items() if url not in failed]
    if failed or missing:
        raise DownloadError([*(problem for problems in failed.values() for problem in problems), *missing])


class Task(NamedTuple):
    """Work for one process: a key of `_TASKS`, and the id of what it is about.

    Each has a process of its own, because typst keeps what it has set in memory as long as its process lives. They
    must be forked before this process has used typst, whose threads do not come with a fork.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        """Name it for people."""
        return f"{self.kind} '{self.id}'"


class Result(NamedTuple):
    """What became of a file: what to say of its size, or what went wrong."""

    url: str
    size: str
    problems: Sequence[Problem]


def _from_articles(corpus: Corpus) -> Sequence[Task]:
    """Return the tasks for all that is made of articles; the packs, of which one takes longest, come first."""
    return (
        *(Task("pack", pack) for pack in corpus.registry.packs),
        *(Task("cards", area) for area in corpus.registry.areas),
        *(Task("leaflets", area) for area in dict.fromkeys(page.area for page in offered.guidance(corpus.pages))),
        *((Task("sheets", ""),) if corpus.registry.countries else ()),
        *((Task("forms", ""),) if corpus.registry.forms else ()),
        *(Task("e-book", area) for area in ("", *corpus.registry.areas)),
    )


def _perform(builder: DownloadBuilder, task: Task) -> Sequence[Result]:
    return _TASKS[task.kind](builder, task.id)


def _progress(task: Task, results: Sequence[Result]) -> str:
    if task.kind == "cards":
        return f"downloads/cards: {len(results)} hand-over cards, {task.id}"
    if task.kind == "leaflets":
        return f"downloads/guidance: {len(results)} pages of guidance on one sheet each, {task.id}"
    if task.kind == "sheets":
        return f"downloads/contacts: {len(results)} sheets with whom to call"
    if task.kind == "forms":
        return f"downloads/forms: {len(results)} files of forms to fill in"
    return "\n".join(f"{result.url}: {result.size or 'not written'}" for result in results)


def _pack(builder: DownloadBuilder, id_: str) -> list[Result]:
    pack = builder.corpus.registry.packs[id_]
    return [_written(builder, offered.of_pack(pack), partial(builder.write_pack, pack))]


def _cards(builder: DownloadBuilder, area: str) -> list[Result]:
    asked = builder.corpus.registry.recommendations_by_area.get(area, ())
    return [
        _written(builder, offered.of_recommendation(recommendation), partial(builder.write_card, recommendation))
        for recommendation in asked
        if offered.has_card(recommendation)
    ]


def _leaflets(builder: DownloadBuilder, area: str) -> list[Result]:
    return [
        _written(builder, offered.of_guidance(page), partial(builder.write_leaflet, page))
        for page in offered.guidance(builder.corpus.pages)
        if page.area == area
    ]


def _sheets(builder: DownloadBuilder, _: str) -> list[Result]:
    countries = builder.corpus.registry.countries.values()
    return [_written(builder, offered.of_country(c), partial(builder.write_sheet, c)) for c in countries]


def _forms(builder: DownloadBuilder, _: str) -> list[Result]:
    return [
        _written(builder, file, partial(builder.write_form, form))
        for form in builder.corpus.registry.forms.values()
        for file in offered.of_form(form)
    ]


def _e_book(builder: DownloadBuilder, id_: str) -> list[Result]:
    area = builder.corpus.registry.areas.get(id_)
    if area is None:
        return [_written(builder, offered.EPUB, partial(builder.write_e_book, NAME, Selection()))]
    write = partial(builder.write_e_book, area.title, Selection(areas=(area.id,)))
    return [_written(builder, offered.of_area(area), write)]


def _zim(builder: DownloadBuilder, _: str) -> list[Result]:
    return [_written(builder, offered.ZIM, partial(_write_zim, builder.site))]


def _write_zim(site: Path, target: Path) -> None:
    """Write the file for Kiwix, for which a library is needed whose licence, the GPL, not everybody can take."""
    try:
        from handbook.downloads.zim import write_zim  # noqa: PLC0415 - all else is built without it
    except ModuleNotFoundError:
        message = "the library 'libzim' is not installed; run 'make site', or 'pip install --group kiwix'"
        raise DownloadError.at(offered.ZIM.url, message) from None
    write_zim(site, target)


def _offline_copy(builder: DownloadBuilder, _: str) -> list[Result]:
    return [_written(builder, offered.OFFLINE_COPY, partial(write_offline, builder.site))]


_TASKS: Mapping[str, Callable[[DownloadBuilder, str], list[Result]]] = {
    "pack": _pack,
    "cards": _cards,
    "leaflets": _leaflets,
    "sheets": _sheets,
    "forms": _forms,
    "e-book": _e_book,
    "zim": _zim,
    "offline copy": _offline_copy,
}


def _written(builder: DownloadBuilder, file: Download, write: Callable[[Path], int | None]) -> Result:
    target = builder.site / file.url
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        pages = write(target)
    except CheckFailedError as error:
        placed = (with_origin(problem, builder.site, builder.corpus.pages) for problem in error.problems)
        return Result(file.url, "", [_for_file(file, problem) for problem in placed])
    return Result(file.url, f"{size_label(target, pages)}, {written_date(builder.date.isoformat())}", ())


def _for_file(file: Download, problem: Problem) -> Problem:
    """Say which file a problem kept from being written."""
    return Problem(problem.location, problem.kind, f"{file.url} was not written: {problem.message}")
