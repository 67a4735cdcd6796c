"""How others cite a page of this handbook: its name, the state that they read, and where it is."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from handbook.exports.bibliography import bibtex_entry, latex
from handbook.identity import NAME
from handbook.model.addresses import absolute_url
from handbook.wording import written_date

if TYPE_CHECKING:
    from handbook.model.pages import Page


class PageCitation(NamedTuple):
    """The same in two forms.

    Attributes:
        plain: in words, as a text has it.
        bibtex: an entry for a file of BibTeX.
    """

    plain: str
    bibtex: str


def cite_page(page: Page) -> PageCitation:
    """Return how to cite a page; without its address while nobody has said where the site is."""
    address = absolute_url(page.url) or ""
    release = metadata.version("handbook")
    state = f"release {release}, reviewed {written_date(page.meta.reviewed.isoformat())}"
    title = page.meta.title
    plain = f"{NAME} ({page.meta.reviewed.year}). {title}. {state[0].upper()}{state[1:]}. {address}".rstrip()
    fields = {
        "title": f"{{{latex(title)}}}",
        "author": f"{{{NAME}}}",
        "year": str(page.meta.reviewed.year),
        "url": address,
        "language": "en",
        "note": latex(state[0].upper() + state[1:]),
    }
    return PageCitation(plain, bibtex_entry(page.url.strip("/").replace("/", "-") or "handbook", fields))
