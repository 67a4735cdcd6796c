"""Whom to call first in each country, for the script that shows a reader's own country on other pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handbook.model.contacts import first_to_call
from handbook.model.phone_numbers import tel
from handbook.model.records import UNION
from handbook.system.build_time import build_time

if TYPE_CHECKING:
    from handbook.model.registry import Registry


def contact_lines(registry: Registry) -> bytes:
    """Write a script that hands to `country.js` the name of each country, by its id, and its first numbers.

    A number comes as what it is for, as it is written, and as the address that calls it.
    """
    today = build_time().date()
    countries = {
        country.id: {
            "name": country.name,
            "lines": [
                [contact.kind.label, contact.numbers[0].number, tel(contact.numbers[0].number, country.code)]
                for contact in first_to_call(registry, country, today)
            ],
        }
        for country in registry.countries.values()
        if country.code != UNION
    }
    return f"handbookCountry.read({json.dumps(countries, separators=(',', ':'), ensure_ascii=False)});\n".encode()
