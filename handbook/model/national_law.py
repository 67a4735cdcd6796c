"""What was read of the law of a country, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.records import UNION
from handbook.model.vocabulary import LegalMatter

if TYPE_CHECKING:
    from handbook.model.records import Country, Provision
    from handbook.model.registry import Registry


def of_country(registry: Registry, country: Country) -> list[Provision]:
    """Return the provisions of a country by matter, in the order of its page."""
    matters = list(LegalMatter)
    found = registry.provisions_by_country.get(country.id, ())
    return sorted(found, key=lambda provision: matters.index(provision.matter))


def unread(registry: Registry, country: Country) -> list[LegalMatter]:
    """Return the matters on which nothing of a country was read."""
    read = {provision.matter for provision in registry.provisions_by_country.get(country.id, ())}
    return [matter for matter in LegalMatter if matter not in read]


def without_any(registry: Registry) -> list[Country]:
    """Return the countries of whose law nothing was read."""
    countries = registry.countries.values()
    return [c for c in countries if c.code != UNION and c.id not in registry.provisions_by_country]
