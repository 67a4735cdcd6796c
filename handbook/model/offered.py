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
    from collections.abc import Iterator, Mapping

    from handbook.model.corpus import Corpus
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


_TRAINING = frozenset(
    {PageKind.TRAINING_PLAN, PageKind.SCENARIO, PageKind.CASE_STUDY, PageKind.EXERCISE, PageKind.QUIZ}
)


def packs_for(page: Page, corpus: Corpus) -> Iterator[Pack]:
    """Yield the packs to offer on a page: those of its role or area, kits where trainers look for them."""
    for pack in corpus.registry.packs.values():
        roles = pack.selection.roles
        is_of_role = page.url in {role_url(corpus.registry.roles[role]) for role in roles}
        is_of_area = not roles and page.area in pack.selection.areas
        is_page = pack.selection.pages == (page.src_uri,) and not (roles or pack.selection.areas)
        match pack.form:
            case PackForm.BOOK:
                fits = is_of_role or is_page or (is_of_area and page.meta.kind not in _TRAINING)
            case PackForm.KIT:
                fits = is_of_area and page.meta.kind in _TRAINING | {PageKind.OVERVIEW}
        if fits:
            yield pack
