"""Telephone numbers: whether there can be one, and how a telephone is told to call it.

The only module that knows the library `phonenumbers`, which has the numbering plan of each country.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException

from handbook.model.records import UNION

_WRITTEN = re.compile(r"[\d ()./+-]+", re.ASCII)
"""What numbers are written with: the library would take words and a second number for part of one, and digits of
other scripts, whose groups are shown from right to left."""

_CODE = re.compile(r"1\d{2,5}")
"""Codes that begin with 1, such as 112, 116 006 and 1460: the library's lists of them have gaps."""


def is_number_of(number: str, country: str) -> bool:
    """Tell whether a number can be called from within a country.

    Args:
        number: as people write it, such as `02 542 72 24` or `+32 (0)2 212 30 00`.
        country: two letters of ISO 3166; "EU" for numbers that are the same in all member states.
    """
    if not _WRITTEN.fullmatch(number):
        return False
    if _CODE.fullmatch(_dialled(number)):
        return True
    try:
        parsed = phonenumbers.parse(number, None if country == UNION else country)
    except NumberParseException:
        return False
    from_abroad = parsed.country_code == phonenumbers.country_code_for_region(country)
    is_code = _CODE.fullmatch(str(parsed.national_number)) is not None and number.startswith("+")
    return (
        phonenumbers.is_valid_number_for_region(parsed, country)
        or phonenumbers.is_valid_short_number_for_region(parsed, country)
        or (from_abroad and is_code)
    )


def tel(number: str, country: str) -> str:
    """Return the address by which a telephone calls a number (RFC 3966).

    >>> tel("116 006", "FR"), tel("0 800 005 696", "FR"), tel("30 18", "FR")
    ('tel:116006', 'tel:+33800005696', 'tel:3018')

    Args:
        number: one of which `is_number_of` is true.
        country: two letters of ISO 3166.
    """
    dialled = _dialled(number)
    if _CODE.fullmatch(dialled):
        return f"tel:{dialled}"
    parsed = phonenumbers.parse(number, country)
    if phonenumbers.is_valid_number_for_region(parsed, country):
        return f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"
    return f"tel:{dialled}"


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)
