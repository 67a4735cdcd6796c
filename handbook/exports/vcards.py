"""Contacts as vCards (RFC 6350), for the address books of telephones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.exports.shapes import ExportedContact

_OCTETS = 75
"""The longest line, without its end."""


def write_vcards(contacts: Iterable[ExportedContact]) -> bytes:
    """Write a card for each contact that can be called or written to."""
    lines = (line for contact in contacts if contact.tel or contact.email for line in _card(contact))
    return b"".join(_folded(line) for line in lines)


def _card(contact: ExportedContact) -> Iterator[str]:
    hours = [f"Hours: {contact.hours}."] if contact.hours else []
    seen = f"Seen on {contact.seen_on} on: {contact.page_title}, {contact.page_publisher}."
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:{_text(contact.url or contact.path)}")
    yield f"FN:{_text(contact.name)}"
    if contact.operator:
        yield f"ORG:{_text(contact.operator)}"
    for tel in contact.tel:
        yield f"TEL;VALUE=uri:{tel}"
    if contact.email:
        yield f"EMAIL:{_text(contact.email)}"
    if contact.link:
        yield f"URL:{contact.link}"
    yield f"CATEGORIES:{_text(contact.country_name)},{_text(contact.kind.label)}"
    yield f"NOTE:{_text(' '.join([*hours, seen]))}"
    yield "END:VCARD"


def _text(value: str) -> str:
    """Escape what has a meaning in a value."""
    return re.sub(r"([\\,;])", r"\\\1", value)


def _folded(line: str) -> bytes:
    """Break a line where it is too long, between characters; what follows begins with a space."""
    parts = [b""]
    for character in line:
        octets = character.encode()
        if len(parts[-1]) + len(octets) > _OCTETS:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"
