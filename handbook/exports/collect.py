"""From the corpus to what is given away: one function for each kind of entry, each in an order that lasts.

What nobody has verified has no page, and so it is not given away either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from handbook.exports.shapes import (
    Exported,
    ExportedActor,
    ExportedArea,
    ExportedAttempt,
    ExportedChange,
    ExportedContact,
    ExportedConversation,
    ExportedCovering,
    ExportedDecision,
    ExportedEvent,
    ExportedField,
    ExportedFinding,
    ExportedForm,
    ExportedPage,
    ExportedPart,
    ExportedProvision,
    ExportedRecommendation,
    ExportedReply,
    ExportedRole,
    ExportedSituation,
    ExportedSource,
    ExportedTerm,
    ExportedTest,
)
from handbook.model.addresses import (
    TIMELINE,
    absolute_url,
    actor_url,
    area_url,
    contact_url,
    conversation_anchor,
    decision_url,
    provision_url,
    recommendation_url,
    role_url,
    situation_url,
    source_url,
    term_url,
)
from handbook.model.decisions import numbers
from handbook.model.forms import page_of
from handbook.model.national_law import of_country
from handbook.model.offered import of_form
from handbook.model.phone_numbers import tel
from handbook.model.registry import group_by
from handbook.system.build_time import build_time
from handbook.urls import url_of

if TYPE_CHECKING:
    from handbook.model.corpus import Corpus
    from handbook.model.front_matter import PageMeta
    from handbook.model.records import FormPart, Recommendation
    from handbook.model.values import Record

T_co = TypeVar("T_co", bound=Exported, covariant=True)
Collect = Callable[["Corpus"], Iterator[T_co]]
"""Returns the entries of one kind."""


def public_recommendations(corpus: Corpus) -> list[Recommendation]:
    """Return the recommendations that readers may see, by id."""
    return sorted((r for r in corpus.registry.recommendations.values() if r.is_public), key=lambda r: r.id)


def recommendations(corpus: Corpus) -> Iterator[ExportedRecommendation]:
    """Yield the recommendations by id."""
    registry = corpus.registry
    public = {r.id: r for r in public_recommendations(corpus)}
    for found in public.values():
        area = registry.area_by_prefix[found.prefix]
        yield ExportedRecommendation(
            **_at(recommendation_url(found)),
            id=found.id,
            title=found.title,
            asks=found.asks,
            area=area.id,
            area_title=area.title,
            issuer=found.issuer,
            issuer_name=registry.actors[found.issuer].name,
            issued=found.issued,
            addressees=found.addressees,
            addressee_names=tuple(map(registry.addressee_name, found.addressees)),
            nature=found.nature,
            attestation=found.attestation,
            basis=found.basis,
            sources=found.sources,
            actors=found.actors,
            related=tuple(id_ for id_ in found.related if id_ in public),
            status=found.status,
            replaced_by=found.replaced_by,
            sections=len(corpus.coverage.with_steps.get(found.id, ())),
            no_steps=found.no_steps,
            history=tuple(ExportedChange(date=line.date, change=line.change) for line in found.history),
        )


def coverings(corpus: Corpus) -> Iterator[ExportedCovering]:
    """Yield the sections that do something of what a recommendation asks, by recommendation and page."""
    order = sorted(corpus.coverage.coverings, key=lambda c: (c.recommendation.id, c.page.src_uri, c.section.line))
    for covering in order:
        meta = covering.page.meta
        yield ExportedCovering(
            **_at(covering.url),
            recommendation=covering.recommendation.id,
            recommendation_title=covering.recommendation.title,
            page=covering.page.url,
            page_title=meta.title,
            section=covering.section.title,
            degree=covering.degree,
            missing=covering.missing or None,
            evidence=tests(meta),
            sources=covering.page.cited_in(covering.section),
            reviewed=meta.reviewed,
            next_review=meta.next_review,
        )


def tests(meta: PageMeta) -> tuple[ExportedTest, ...]:
    """Return how well the advice of a page has been tested; nothing for pages that give none of their own."""
    rows = meta.evidence.outcomes if meta.evidence else ()
    return tuple(ExportedTest.model_validate(row.model_dump()) for row in rows)


def findings(corpus: Corpus) -> Iterator[ExportedFinding]:
    """Yield the evidence of the pages in the order of the site, a line for each outcome."""
    for page in corpus.pages:
        for test in tests(page.meta):
            yield ExportedFinding(
                **_at(f"{page.url}#how-we-know"),
                **test.model_dump(),
                page=page.meta.title,
                area=page.area if page.area in corpus.registry.areas else None,
            )


def pages(corpus: Corpus) -> Iterator[ExportedPage]:
    """Yield the pages by their path."""
    for page in corpus.pages:
        meta = page.meta
        covered = corpus.coverage.by_page.get(page.src_uri, ())
        yield ExportedPage(
            **_at(page.url),
            title=meta.title,
            summary=meta.summary,
            kind=meta.kind,
            area=page.area if page.area in corpus.registry.areas else None,
            roles=meta.roles,
            stages=meta.stage,
            evidence=tests(meta),
            law=meta.evidence.law if meta.evidence else None,
            reviewed=meta.reviewed,
            next_review=meta.next_review,
            owner=meta.owner,
            covers=tuple(sorted({covering.recommendation.id for covering in covered})),
            sources=tuple(page.citations),
        )


def actors(corpus: Corpus) -> Iterator[ExportedActor]:
    """Yield the actors by id."""
    for actor in sorted(corpus.registry.actors.values(), key=lambda actor: actor.id):
        yield ExportedActor(
            **_at(actor_url(actor)),
            website=actor.url,
            **_given_away(actor, ExportedActor),
        )


def sources(corpus: Corpus) -> Iterator[ExportedSource]:
    """Yield the sources by id."""
    for source in sorted(corpus.registry.sources.values(), key=lambda source: source.id):
        yield ExportedSource(
            **_at(source_url(source, corpus.registry)),
            link=source.url,
            **_given_away(source, ExportedSource),
        )


def contacts(corpus: Corpus) -> Iterator[ExportedContact]:
    """Give the contacts by country and id, with the numbers that the site shows."""
    registry, today = corpus.registry, build_time().date()
    countries = list(registry.countries)
    for contact in sorted(registry.contacts.values(), key=lambda c: (countries.index(c.country), c.id)):
        country = registry.countries[contact.country]
        withheld = contact.withheld(today) if contact.can_be_reached else None
        numbers = () if withheld else contact.numbers
        yield ExportedContact(
            **_at(contact_url(contact, registry)),
            **_given_away(contact, ExportedContact)
            | {
                "country": country.code,
                "country_name": country.name,
                "numbers": tuple(f"{n.number} ({n.use})" if n.use else n.number for n in numbers),
                "tel": tuple(tel(n.number, country.code) for n in numbers),
                "email": None if withheld else contact.email,
                "withheld": withheld,
                "link": contact.link,
                "page_title": contact.page.title,
                "page_publisher": contact.page.publisher,
                "page_dated": contact.page.dated,
            },
        )


def forms(corpus: Corpus) -> Iterator[ExportedForm]:
    """Yield the forms to fill in by id."""
    for form in sorted(corpus.registry.forms.values(), key=lambda form: form.id):
        yield ExportedForm(
            **_at(page_of(form, corpus.pages).url),
            **_given_away(form, ExportedForm) | {"parts": tuple(map(_part, form.parts))},
            files=tuple(file.url for file in of_form(form)),
        )


def _part(part: FormPart) -> ExportedPart:
    fields = (ExportedField(**field.model_dump(include=set(ExportedField.model_fields))) for field in part.fields)
    return ExportedPart(title=part.title, new_sheet=part.new_sheet, text=part.text, fields=tuple(fields))


def decisions(corpus: Corpus) -> Iterator[ExportedDecision]:
    """Yield the decisions by id, each step with its number."""
    for decision in corpus.registry.decisions.values():
        given = _given_away(decision, ExportedDecision)
        number = numbers(decision)
        for step in (*given["questions"], *given["outcomes"]):
            step["number"] = number[step["id"]]
        yield ExportedDecision(**_at(decision_url(decision)), **given)


def provisions(corpus: Corpus) -> Iterator[ExportedProvision]:
    """Yield the provisions of national law by country and matter."""
    for country in corpus.registry.countries.values():
        for provision in of_country(corpus.registry, country):
            yield ExportedProvision(
                **_at(provision_url(provision, corpus.registry)),
                **_given_away(provision, ExportedProvision)
                | {
                    "country": country.code,
                    "country_name": country.name,
                    "link": provision.page.url,
                    "page_title": provision.page.title,
                    "page_publisher": provision.page.publisher,
                    "page_dated": provision.page.dated,
                    "date_note": provision.page.date_note,
                },
            )


def conversations(corpus: Corpus) -> Iterator[ExportedConversation]:
    """Yield the cards that pages show, in the order of the file, each with the page that shows most of them."""
    by_card = group_by(corpus.pages, lambda page: page.embeds("conversation"))
    for card in corpus.registry.conversations.values():
        if pages := by_card.get(card.id):
            page = max(pages, key=lambda page: len(page.embeds("conversation")))
            yield ExportedConversation(
                **_at(f"{page.url}#{conversation_anchor(card.id)}"),
                id=card.id,
                title=card.title,
                roles=card.roles,
                first=card.first,
                replies=tuple(ExportedReply(answer=reply.answer, say=reply.say) for reply in card.replies),
                way_out=card.way_out,
                good=ExportedAttempt(words=card.good.words, why=card.good.why),
                bad=ExportedAttempt(words=card.bad.words, why=card.bad.why),
                sources=tuple(dict.fromkeys(citation.source for citation in card.citations)),
            )


def terms(corpus: Corpus) -> Iterator[ExportedTerm]:
    """Yield the terms of the glossary in the order of the alphabet."""
    for term in sorted(corpus.registry.terms.values(), key=lambda term: term.term.casefold()):
        yield ExportedTerm(**_at(term_url(term)), **_given_away(term, ExportedTerm))


def events(corpus: Corpus) -> Iterator[ExportedEvent]:
    """Yield the events of the timeline, the oldest first."""
    for event in sorted(corpus.registry.events, key=lambda event: (event.date, event.event)):
        yield ExportedEvent(**_at(TIMELINE), **_given_away(event, ExportedEvent))


def situations(corpus: Corpus) -> Iterator[ExportedSituation]:
    """Yield the situations by id."""
    for situation in sorted(corpus.registry.situations.values(), key=lambda situation: situation.id):
        values = _given_away(situation, ExportedSituation) | {"pages": tuple(map(url_of, situation.pages))}
        yield ExportedSituation(**_at(situation_url(situation)), **values)


def areas(corpus: Corpus) -> Iterator[ExportedArea]:
    """Yield the areas by id."""
    for area in sorted(corpus.registry.areas.values(), key=lambda area: area.id):
        yield ExportedArea(**_at(area_url(area)), **_given_away(area, ExportedArea))


def roles(corpus: Corpus) -> Iterator[ExportedRole]:
    """Yield the roles by id."""
    for role in sorted(corpus.registry.roles.values(), key=lambda role: role.id):
        yield ExportedRole(**_at(role_url(role)), **_given_away(role, ExportedRole))


def _at(path: str) -> dict[str, Any]:
    return {"path": path, "url": absolute_url(path)}


def _given_away(record: Record, shape: type[Exported]) -> dict[str, Any]:
    """Return the values of a record that bear the same name in what is given away; its own address does not."""
    return record.model_dump(include=set(shape.model_fields) - {"path", "url"})
