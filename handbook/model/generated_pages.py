"""The pages that nobody writes: the site makes them of the registry, and all that lists pages knows them from here.

A new kind of page is a line in `generated_pages` and a template in `handbook/site/templates/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import metadata
from typing import TYPE_CHECKING

from handbook.identity import SLUG
from handbook.model.addresses import (
    CONTACT_LIST,
    CONTACTS,
    DECISIONS,
    EVIDENCE,
    FINDER,
    GUIDANCE,
    NATIONAL_LAW,
    SEARCH,
    STANDING,
    bibliography_page_url,
    country_url,
    coverage_url,
    decision_url,
    recommendation_url,
    situation_url,
    situations_about_url,
    situations_for_url,
    stage_url,
)
from handbook.model.confirmations import wording_digest
from handbook.model.decisions import cited
from handbook.model.records import UNION, Selection
from handbook.model.vocabulary import Nature, PageKind, Stage, Status
from handbook.urls import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.pages import Page, Pages
    from handbook.model.records import Situation
    from handbook.model.registry import Registry


@dataclass(frozen=True)
class GeneratedPage:
    """A page that the site makes itself.

    Attributes:
        src_uri: the file below `docs/` that it would have, by which other pages link to it.
        title: as its heading has it.
        summary: what it offers, in a sentence.
        template: the name of its template.
        values: what the template shows, besides what all templates know.
        for_print: whether books have it; others are of use on a screen only, or a book has the same elsewhere.
        in_search: whether the search finds it; what others list is found by itself.
        roles: whose it is; the books for them have it, even if the whole handbook does not.
    """

    src_uri: str
    title: str
    summary: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    for_print: bool = False
    in_search: bool = False
    roles: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address below the site's root."""
        return url_of(self.src_uri)


def generated_pages(registry: Registry, pages: Pages) -> Iterator[GeneratedPage]:
    """Yield every page that the site makes itself, in an order that does not change."""
    yield from _recommendations(registry)
    yield from _coverage(registry)
    yield from _bibliography_pages(registry)
    summary = "Find a page by its words, or by other words for the same thing."
    yield GeneratedPage(_file(SEARCH), "Search", summary, "search")
    summary = "Every page of guidance in one table, by area, role, stage of prevention and evidence."
    yield GeneratedPage(f"{GUIDANCE}index.md", "All guidance", summary, "guidance", {"pages": _guidance(pages)})
    summary = "What has been tested, on what outcome, what studies found, how certain it is, and what harm they saw."
    title, values = "What works, and what nobody knows", {"pages": _guidance(pages)}
    yield GeneratedPage(f"{EVIDENCE}index.md", title, summary, "what_works", values, for_print=True, in_search=True)
    yield from _finder(registry)
    yield from _situations(registry, pages)
    yield from _stages(registry, pages)
    yield from _contacts(registry)
    yield from _decisions(registry)
    yield _standing(registry)


def _recommendations(registry: Registry) -> Iterator[GeneratedPage]:
    for recommendation in registry.recommendations.values():
        if recommendation.is_public:
            src_uri, title = _file(recommendation_url(recommendation)), f"{recommendation.id} {recommendation.title}"
            related = [
                registry.recommendations[id_] for id_ in recommendation.related if id_ in registry.recommendations
            ]
            values = {
                "recommendation": recommendation,
                "area": registry.area_by_prefix[recommendation.prefix],
                "related": [other for other in related if other.is_public],
            }
            yield GeneratedPage(
                src_uri, title, recommendation.asks, "recommendation", values, for_print=True, in_search=True
            )


def _coverage(registry: Registry) -> Iterator[GeneratedPage]:
    for area in registry.areas.values():
        if found := [r for r in registry.recommendations_by_area.get(area.id, ()) if r.is_public]:
            title = f"{area.title}: recommendations and sections"
            summary = "Which section does what a recommendation of this area asks, and in what degree."
            values = {"area": area, "recommendations": found}
            yield GeneratedPage(_file(coverage_url(area)), title, summary, "area_coverage", values)


def _bibliography_pages(registry: Registry) -> Iterator[GeneratedPage]:
    for page in registry.bibliography_pages.values():
        if sources := registry.sources_by_bibliography_page.get(page.id):
            title = f"Sources: {page.title}"
            summary = f"{page.title}: {len(sources)} of the documents that pages cite and recommendations rest on."
            values = {"bibliography_page": page, "sources": sources}
            yield GeneratedPage(
                _file(bibliography_page_url(page)), title, summary, "bibliography_page", values, for_print=True
            )


def _finder(registry: Registry) -> Iterator[GeneratedPage]:
    """Yield the list of all situations, and for readers without a script those of each role and area that has any."""
    situations = registry.situations.values()
    roles = [role for role in registry.roles.values() if any(role.id in found.roles for found in situations)]
    areas = [area for area in registry.areas.values() if any(area.id in found.areas for found in situations)]
    title = "Find your situation"
    summary = "Start from what has happened. Each situation says what to do now, what to say, and what not to do."

    def page(url: str, words: str, chosen: str, found: list[Situation]) -> GeneratedPage:
        values = {"situations": found, "chosen": chosen, "roles": roles, "areas": areas}
        told = f"{summary} {words}." if words else summary
        return GeneratedPage(_file(url), f"{title}: {words}" if words else title, told, "finder", values)

    yield replace(page(FINDER, "", "", list(situations)), src_uri=f"{FINDER}index.md", for_print=True)
    for role in roles:
        found = [situation for situation in situations if role.id in situation.roles]
        yield page(situations_for_url(role), role.title.lower(), role.id, found)
    for area in areas:
        found = [situation for situation in situations if area.id in situation.areas]
        yield page(situations_about_url(area), area.title, area.id, found)


def _situations(registry: Registry, pages: Pages) -> Iterator[GeneratedPage]:
    for situation in registry.situations.values():
        found = [pages.by_uri[name] for name in situation.pages if name in pages.by_uri]
        summary = (
            f"What to do now, what to say and what not to do, from: {', '.join(page.meta.title for page in found)}."
        )
        values = {"situation": situation, "pages": found}
        src_uri = _file(situation_url(situation))
        yield GeneratedPage(src_uri, situation.words, summary, "situation", values, in_search=True)


def _stages(registry: Registry, pages: Pages) -> Iterator[GeneratedPage]:
    for stage in Stage:
        summary = f"Situations and guidance for prevention {stage.meaning}."
        situations = [situation for situation in registry.situations.values() if stage in situation.stage]
        values = {"stage": stage, "situations": situations, "pages": _guidance(pages, stage)}
        yield GeneratedPage(_file(stage_url(stage)), stage.label, summary, "stage", values)


def _contacts(registry: Registry) -> Iterator[GeneratedPage]:
    for country in registry.countries.values():
        if country.code == UNION:
            src_uri, title, template = f"{CONTACTS}index.md", "Whom to call in your country", "contacts"
            summary = "Helplines and contact points in each country of the EU: for advice, threats, children, victims."
        else:
            src_uri, title, template = _file(country_url(country)), f"Whom to call in {country.name}", "country"
            summary = (
                f"{country.name}: where to ask for advice, report a threat and get help; numbers, hours, languages."
            )
        yield GeneratedPage(src_uri, title, summary, template, {"country": country}, for_print=True, in_search=True)
    if registry.contacts:
        summary = "All contacts in one list, by country, by what they are for and by who may call."
        yield GeneratedPage(_file(CONTACT_LIST), "All contacts", summary, "contact_list", in_search=True)
    if registry.provisions:
        title = "The law by country, as far as we read"
        summary = "Duties to report, secrecy, the local table, age and keeping material: what we read of national law."
        yield GeneratedPage(f"{NATIONAL_LAW}index.md", title, summary, "national_law", for_print=True, in_search=True)


def _decisions(registry: Registry) -> Iterator[GeneratedPage]:
    if registry.decisions:
        summary = "Answer one question after another: each way ends with what to do, what to say and what to note."
        yield GeneratedPage(
            f"{DECISIONS}index.md", "Decide step by step", summary, "decisions", for_print=True, in_search=True
        )
    for decision in registry.decisions.values():
        known = [role for role in decision.roles if role in registry.roles]  # others are a problem of their own
        for role in (None, *(known if decision.has_versions else ())):
            title = f"{decision.title} {registry.roles[role].title}" if role else decision.title
            yield GeneratedPage(
                _file(decision_url(decision, role)),
                title,
                decision.summary,
                "decision",
                {"decision": decision, "role": role, "numbers": cited(decision, role)},
                for_print=role is None,
                in_search=role is None,
                roles=(role,) if role else decision.roles * (not decision.has_versions),
            )


def _standing(registry: Registry) -> GeneratedPage:
    public = [found for found in registry.recommendations.values() if found.is_public]
    values = {
        "recommendations": [r for r in public if r.status is Status.ACTIVE and r.nature is Nature.PRACTICE],
        "retired": [r for r in public if r.status is Status.RETIRED],
        "digest": wording_digest,
        "project": SLUG,
        "release": metadata.version("handbook"),
    }
    summary = "A self-assessment for teams: mark what is done, planned or not for you, and print it as an action plan."
    return GeneratedPage(f"{STANDING}index.md", "Where do we stand?", summary, "standing", values, in_search=True)


def _file(url: str) -> str:
    return f"{url.removesuffix('/')}.md"


def _guidance(pages: Pages, *stages: Stage) -> list[Page]:
    return list(pages.select(Selection(kinds=(PageKind.GUIDANCE,), stages=stages)))
