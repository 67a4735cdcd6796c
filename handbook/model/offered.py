"""Which files the site offers for download.

Pages link to them while the site is rendered, long before they are written. So each is a promise: the gate on links
trusts it, and when the build has written all files, `missing_downloads` finds which were not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.addresses import role_url
from handbook.model.records import Selection
from handbook.model.vocabulary import PackForm, PageKind, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from handbook.model.corpus import Corpus
    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Page, Pages
    from handbook.model.records import ChallengeArea, Country, FormTemplate, Pack, Recommendation
    from handbook.model.registry import Registry

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
    """Return the PDF of a pack."""
    return Download(f"downloads/{pack.id}.pdf", pack.title)


def of_area(area: ChallengeArea) -> Download:
    """Return the e-book of an area."""
    return Download(f"downloads/{area.id}.epub", f"{area.title} as an e-book")


def of_recommendation(recommendation: Recommendation) -> Download:
    """Return the hand-over card of a recommendation that is active."""
    return Download(f"downloads/cards/{recommendation.id.lower()}.pdf", f"Hand-over card for {recommendation.id}")


def of_guidance(page: Page) -> Download:
    """Return the leaflet of a guidance page."""
    return Download(f"downloads/guidance/{page.url.rstrip('/')}.pdf", f"{page.meta.title}, on one page")


def of_country(country: Country) -> Download:
    """Return the sheet for the wall with whom to call in a country."""
    return Download(f"downloads/contacts/{country.id}.pdf", f"Whom to call in {country.name}, one page for the wall")


def of_form(form: FormTemplate) -> tuple[Download, ...]:
    """Return a form to fill in: on a screen or by hand, and in the two kinds of document of word processors."""
    words = {"pdf": "with fields to fill in", "odt": "for LibreOffice", "docx": "for Word"}
    return tuple(Download(f"downloads/forms/{form.id}.{end}", f"{form.title}, {for_}") for end, for_ in words.items())


def has_card(recommendation: Recommendation) -> bool:
    """Tell whether a recommendation has a hand-over card."""
    return recommendation.status is Status.ACTIVE


def guidance(pages: Pages) -> Iterator[Page]:
    """Yield the pages that have a leaflet."""
    return pages.select(Selection(kinds=(PageKind.GUIDANCE,)))


def expected_downloads(registry: Registry, pages: Pages) -> Mapping[str, Download]:
    """Return every file that the site offers, by address."""
    files = (
        *(of_pack(pack) for pack in registry.packs.values()),
        *(of_recommendation(r) for r in registry.recommendations.values() if has_card(r)),
        *(of_guidance(page) for page in guidance(pages)),
        *(of_country(country) for country in registry.countries.values()),
        *(file for form in registry.forms.values() for file in of_form(form)),
        *(of_area(area) for area in registry.areas.values()),
        EPUB,
        ZIM,
        OFFLINE_COPY,
    )
    return {file.url: file for file in files}


_FIRST = "Start here"
"""The section of the page of a role that leads to what it should read first."""


def pages_of(pack: Pack, registry: Registry, pages: Pages) -> Iterator[Page]:
    """Yield the written pages of a pack: for a role in the order in which to read them, else in that of paths."""
    if pack.form is not PackForm.ROLE:
        yield from pages.select(pack.selection)
        return
    own = {role_url(registry.roles[id_]) for id_ in pack.selection.roles if id_ in registry.roles}
    for page in pages:
        if page.url in own:
            yield page
            first = (section for section in page.outline.sections if section.title == _FIRST)
            yield from (pages.by_uri[uri] for part in first for uri in page.linked_in(part) if uri in pages.by_uri)


def generated_for(roles: Collection[str], corpus: Corpus) -> Iterator[GeneratedPage]:
    """Yield the pages that the site makes for some roles, which are their decisions."""
    return (page for page in corpus.generated.values() if not set(page.roles).isdisjoint(roles))


_FOR_TRAINERS = (
    PageKind.OVERVIEW,
    PageKind.TRAINING_PLAN,
    PageKind.SCENARIO,
    PageKind.CASE_STUDY,
    PageKind.EXERCISE,
    PageKind.QUIZ,
)


def packs_for(page: Page, corpus: Corpus) -> Iterator[Pack]:
    """Yield the packs to offer on a page: books with it, the set of its role, kits where trainers look for them."""
    for pack in corpus.registry.packs.values():
        match pack.form:
            case PackForm.BOOK:
                fits = pack.selection != Selection() and page.fits(pack.selection)
            case PackForm.ROLE:
                fits = page.url in {role_url(corpus.registry.roles[role]) for role in pack.selection.roles}
            case PackForm.KIT:
                fits = page.area in pack.selection.areas and page.meta.kind in _FOR_TRAINERS
        if fits:
            yield pack
