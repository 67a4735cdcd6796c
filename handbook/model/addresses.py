"""Where everything that has a place on the site is to be found, for pages, exports and feeds alike.

An address is relative to the site's root, which may be any folder. What leaves the site, such as an export, also gives
it as seen from the world, once it is known where the site will be published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify

from handbook.model.records import UNION
from handbook.system.settings import site_address
from handbook.urls import url_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handbook.model.records import (
        Actor,
        BibliographyPage,
        ChallengeArea,
        Contact,
        Country,
        Decision,
        Provision,
        Recommendation,
        Role,
        Situation,
        Source,
        Term,
    )
    from handbook.model.registry import Registry
    from handbook.model.vocabulary import Stage


AREA_ICONS = "images/areas/"
"""Of the icons, each with the id of its area as name; also the folder in that of the frame."""

CHANGES = "about/changes/"
CONTACTS = "contacts/"
"""Whom to call anywhere in the Union, and the way to each country."""

CONTACT_LIST = f"{CONTACTS}all/"
CONTACT_LINES = f"{CONTACTS}lines.js"
"""What `country.js` shows on other pages. A script: a page opened from a file may fetch no data."""

DECISIONS = "decide/"
CONTRIBUTING = "contributing/"
GLOSSARY = "reference/glossary/"
GUIDANCE = "guidance/"
NATIONAL_LAW = "law/"
EVIDENCE = "evidence/"
"""What works, and what nobody knows: the evidence of all pages in one table."""

METHOD = "about/method/"
SEARCH = "search/"
TIMELINE = "reference/timeline/"
FINDER = "finder/"
STANDING = "where-we-stand/"

SOURCES = "reference/sources/"
"""The way into the list of sources. Entries once stood there, and `sources.js` leads on who comes for one."""


def recommendation_url(recommendation: Recommendation) -> str:
    """Return the address of a recommendation's page."""
    return f"recommendations/{recommendation.id.lower()}/"


def actor_url(actor: Actor) -> str:
    """Return the address of the page about an actor, or of its entry in the list of all."""
    return url_of(actor.page) if actor.page else f"reference/actors/#{actor.id}"


def area_url(area: ChallengeArea) -> str:
    """Return the address of an area's overview."""
    return f"{area.id}/"


def coverage_url(area: ChallengeArea) -> str:
    """Return the address of the page that lists an area's recommendations with the sections that cover them."""
    return f"recommendations/{area.id}/"


def role_url(role: Role) -> str:
    """Return the address of a role's page."""
    return f"roles/{role.id}/"


def situation_url(situation: Situation) -> str:
    """Return the address of a situation's page."""
    return f"{FINDER}{situation.id}/"


def situations_for_url(role: Role) -> str:
    """Return the address of the page that lists the situations of a role."""
    return f"{FINDER}for-{role.id}/"


def situations_about_url(area: ChallengeArea) -> str:
    """Return the address of the page that lists the situations of an area."""
    return f"{FINDER}about-{area.id}/"


def stage_url(stage: Stage) -> str:
    """Return the address of the page about a stage of prevention."""
    return f"{FINDER}stage-{stage}/"


def country_url(country: Country) -> str:
    """Return the address of the page about whom to call in a country; that of the Union leads to all others."""
    return CONTACTS if country.code == UNION else f"{CONTACTS}{country.id}/"


def contact_url(contact: Contact, registry: Registry) -> str:
    """Return the address of a contact's entry on the page of its country."""
    return f"{country_url(registry.countries[contact.country])}#{contact.id}"


def decision_url(decision: Decision, role: str | None = None) -> str:
    """Return the address of a decision's page, or of the version for a role."""
    return f"{DECISIONS}{decision.id}/{role}/" if role else f"{DECISIONS}{decision.id}/"


def provision_url(provision: Provision, registry: Registry) -> str:
    """Return the address of a provision's entry on the page of its country."""
    return f"{country_url(registry.countries[provision.country])}#{provision.id}"


def conversation_anchor(id_: str) -> str:
    """Return the anchor of a card with what to say, on each page that embeds it."""
    return f"say-{id_}"


def data_url(file: str) -> str:
    """Return the address of a file of the exports."""
    return f"data/{file}"


def term_url(term: Term) -> str:
    """Return the address of a term's entry in the glossary."""
    return f"{GLOSSARY}#{slugify(term.term, '-')}"


def bibliography_page_url(page: BibliographyPage) -> str:
    """Return the address of a page of the list of sources."""
    return f"{SOURCES}{page.id}/"


def source_url(source: Source, registry: Registry) -> str:
    """Return the address of a source's entry, on the page of the list of sources where it stands."""
    return f"{bibliography_page_url(registry.bibliography_page_of[source.id])}#{source.id}"


def absolute_url(url: str) -> str | None:
    """Return the full address of what is at `url` below the site's root; None while nobody has said where that is."""
    root = site_address()
    return f"{root}{url}" if root else None


ADDRESSES: Mapping[str, Callable[..., str]] = {
    address.__name__: address
    for address in (
        actor_url,
        area_url,
        bibliography_page_url,
        country_url,
        coverage_url,
        data_url,
        decision_url,
        recommendation_url,
        role_url,
        situation_url,
        situations_about_url,
        situations_for_url,
        stage_url,
        term_url,
    )
}
"""The addresses of single things by the names that templates use, those aside that ask the registry."""
