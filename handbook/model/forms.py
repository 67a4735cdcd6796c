"""On which page each form to fill in stands.

A form is data, so that the page, the PDF and the documents for word processors are made of the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model.pages import Page
    from handbook.model.records import FormTemplate

MACRO = "form"
"""The macro that shows a form as it is to be filled in."""

EXAMPLE_MACRO = "form_example"
"""The macro that shows it filled in."""


def form_ids(page: Page, macro: str = MACRO) -> tuple[str, ...]:
    """Return the ids of the forms that a page shows, by the macro that shows them."""
    return tuple(str(call.arguments["form"]) for call in page.calls if call.macro == macro)


def page_of(form: FormTemplate, pages: Iterable[Page]) -> Page:
    """Return the page of a form; each has one where there are no errors."""
    return next(page for page in pages if form.id in form_ids(page))
