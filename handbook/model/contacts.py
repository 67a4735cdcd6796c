"""Which contacts of a country can be called, and what is known of the European numbers there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.records import UNION
from handbook.model.vocabulary import ContactKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from handbook.model.records import Contact, Country
    from handbook.model.registry import Registry

_FIRST = (ContactKind.ADVICE, ContactKind.REPORT_THREAT, ContactKind.CHILD_HELPLINE, ContactKind.VICTIMS)
"""What other pages show of a country: what somebody with a worry asks first."""


def of_country(registry: Registry, country: Country) -> list[Contact]:
    """Return the contacts of a country by kind, in the order of its page."""
    kinds = list(ContactKind)
    return sorted(registry.contacts_by_country.get(country.id, ()), key=lambda contact: kinds.index(contact.kind))


def shown(contacts: Iterable[Contact], day: dt.date) -> list[Contact]:
    """Return those whose numbers, or addresses to write to, are shown on a day."""
    return [contact for contact in contacts if contact.can_be_reached and contact.withheld(day) is None]


def by_name(contacts: Iterable[Contact], day: dt.date) -> list[Contact]:
    """Return those of whom a day's pages show the name and a link only."""
    return [contact for contact in contacts if not contact.can_be_reached or contact.withheld(day)]


def gaps(contacts: Iterable[Contact]) -> list[ContactKind]:
    """Return the kinds of contact of which there is none."""
    there = {contact.kind for contact in contacts}
    return [kind for kind in ContactKind if kind not in there]


def european(registry: Registry) -> list[Contact]:
    """Return the contacts whose number is the same in each country that has it."""
    codes = {country.id for country in registry.countries.values() if country.code == UNION}
    return [contact for contact in registry.contacts.values() if contact.country in codes and contact.numbers]


def with_number(contacts: Iterable[Contact], wanted: Contact, day: dt.date) -> Contact | None:
    """Return the contact that answers at the number of another, rather one that is shown; None if there is none."""
    digits = _digits(wanted.numbers[0].number)
    found = [c for c in contacts if any(_digits(seen.number) == digits for seen in c.numbers)]
    return next(iter([*shown(found, day), *found]), None)


def first_to_call(registry: Registry, country: Country, day: dt.date) -> Iterator[Contact]:
    """Yield one contact with a number for each of the kinds that are asked for first, as far as there is one."""
    found = [c for c in shown(of_country(registry, country), day) if c.numbers]
    for kind in _FIRST:
        yield from [contact for contact in found if contact.kind is kind][:1]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
