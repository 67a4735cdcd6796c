"""Whether contacts can be called: numbers that there can be, and a look at each within six months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.limits import MOST_EUROPEAN
from handbook.model.contacts import european
from handbook.model.phone_numbers import is_number_of
from handbook.model.vocabulary import Withheld
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, Severity

if TYPE_CHECKING:
    import datetime as dt

    from handbook.model.records import Contact, Country
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_contacts(registry: Registry, today: dt.date, report: Report) -> None:
    """Check the numbers of contacts, and when they were last seen.

    Args:
        registry: the entries.
        today: the day by which reviews are due or not.
        report: called with each problem.
    """
    for contact in european(registry)[MOST_EUROPEAN:]:
        message = f"there are more than {MOST_EUROPEAN} European numbers with this one; delete some"
        report(Problem(contact.at("numbers"), ProblemKind.TOO_MUCH, message))
    for contact in registry.contacts.values():
        country = registry.countries.get(contact.country)
        if country:  # others are reported with all names
            _check_numbers(contact, country, registry, report)
        _check_day(contact, today, report)


def _check_numbers(contact: Contact, country: Country, registry: Registry, report: Report) -> None:
    for place, found in enumerate(contact.numbers):
        if not is_number_of(found.number, country.code):
            others = [other.name for other in registry.countries.values() if is_number_of(found.number, other.code)]
            there = f"; there is one in {', '.join(others)}, so see that the country is right" if others else ""
            message = (
                f"'{found.number}' is not a telephone number of {country.name}{there}; write one number as the "
                "operator's page has it, and words on it in 'use'"
            )
            report(Problem(contact.at("numbers", place, "number"), ProblemKind.PHONE_NUMBER, message))


def _check_day(contact: Contact, today: dt.date, report: Report) -> None:
    """Report a day that is still to come, and contacts that would be shown but for their age."""
    if contact.seen_on > today:
        message = f"'{contact.seen_on}' is still to come; write the day on which somebody saw the page"
        report(Problem(contact.at("seen_on"), ProblemKind.WRONG_VALUE, message))
    elif contact.can_be_reached and contact.withheld(today) is Withheld.OVERDUE:
        message = (
            f"'{contact.id}' was last seen on {contact.seen_on}, more than six months ago, so its numbers are not "
            "shown any more; look at the operator's page and write the day"
        )
        report(Problem(contact.at("seen_on"), ProblemKind.REVIEW_OVERDUE, message, Severity.WARNING))
