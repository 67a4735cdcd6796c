"""The choices by which readers narrow a list or a table; each is a menu, and its name stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.vocabulary import (
    Attestation,
    Caller,
    ContactKind,
    Direction,
    EvidenceLevel,
    LegalMatter,
    Nature,
    Outcome,
    PageKind,
    Stage,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry
    from handbook.model.vocabulary import LabelledEnum


class Choice(NamedTuple):
    """A menu: its name in addresses, its words, and pairs of each value with the words for it."""

    name: str
    label: str
    values: list[tuple[str, str]]


def of_area(registry: Registry) -> Choice:
    """Return the menu of the areas."""
    return Choice("area", "Area", [(area.id, area.title) for area in registry.areas.values()])


def of_role(registry: Registry) -> Choice:
    """Return the menu of the roles."""
    return Choice("role", "For", [(role.id, role.title) for role in registry.roles.values()])


def of_country(registry: Registry) -> Choice:
    """Return the menu of the countries whose contacts are listed."""
    return Choice("country", "Country", [(country.id, country.name) for country in registry.countries.values()])


def of_contact_kind() -> Choice:
    """Return the menu of what contacts are for."""
    return Choice("for", "For", _labels(ContactKind))


def of_caller() -> Choice:
    """Return the menu of who may call."""
    return Choice("role", "I am", _labels(Caller))


def of_legal_matter() -> Choice:
    """Return the menu of what national law is looked up for."""
    return Choice("matter", "About", _labels(LegalMatter))


def of_stage() -> Choice:
    """Return the menu of the stages of prevention."""
    return Choice("stage", "Stage", [(stage, f"{stage.label}: {stage.meaning}") for stage in Stage])


def of_evidence() -> Choice:
    """Return the menu of the levels of evidence for violent extremism itself."""
    return Choice("evidence", "Evidence on violence", _labels(EvidenceLevel))


def of_outcome() -> Choice:
    """Return the menu of what advice has been tested for."""
    return Choice("outcome", "Tested for", _labels(Outcome))


def of_direction() -> Choice:
    """Return the menu of what studies found."""
    return Choice("found", "Studies found", _labels(Direction))


def of_certainty() -> Choice:
    """Return the menu of how well something was tested, for whatever outcome."""
    return Choice("certainty", "Certainty", _labels(EvidenceLevel))


def of_harm() -> Choice:
    """Return the menu of whether studies found harm."""
    return Choice("harm", "Harm", [("found", "Found"), ("none", "None that a study reports")])


def of_issuer(registry: Registry, recommendations: Iterable[Recommendation]) -> Choice:
    """Return the menu of the bodies that issued some recommendations, by name."""
    issuers = {registry.actors[recommendation.issuer].name: recommendation.issuer for recommendation in recommendations}
    return Choice("issuer", "Issued by", [(issuers[name], name) for name in sorted(issuers)])


def of_attestation() -> Choice:
    """Return the menu of how a recommendation that readers may see is known."""
    return Choice("known", "How known", _labels(form for form in Attestation if form is not Attestation.UNVERIFIED))


def of_nature() -> Choice:
    """Return the menu of what kind of thing a recommendation asks for."""
    return Choice("nature", "Nature", _labels(Nature))


def of_status() -> Choice:
    """Return the menu of where a recommendation stands in its life."""
    return Choice("status", "Status", _labels(Status))


def of_kind(*others: tuple[str, str]) -> Choice:
    """Return the menu of the kinds of page, and what else can be found."""
    return Choice("kind", "Kind", [*_labels(PageKind), *others])


def _labels(values: Iterable[LabelledEnum]) -> list[tuple[str, str]]:
    return [(value, value.label) for value in values]
