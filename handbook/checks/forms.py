"""Forms to fill in: that each field has a name of its own, and that each form has one page with its own example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.forms import EXAMPLE_MACRO, form_ids
from handbook.model.vocabulary import PageKind
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from handbook.model.pages import Page, Pages
    from handbook.model.records import FormTemplate
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_forms(registry: Registry, pages: Pages, report: Report) -> None:
    """Check the names of fields, and that forms and pages of the kind `template` belong together.

    Args:
        registry: the forms.
        pages: the pages that show them.
        report: called with each problem.
    """
    known = registry.names["form"].known
    told = [page for page in pages if not known.issuperset(form_ids(page) + form_ids(page, EXAMPLE_MACRO))]
    for form in registry.forms.values():
        _check_names(form, report)
        shown = [page for page in pages if form.id in form_ids(page)]
        if len(shown) != 1 and not told and not pages.broken and pages.by_uri:
            where = f"stands on {' and '.join(page.file for page in shown)}" if shown else "stands on no page"
            message = f"the form '{form.id}' {where}; show it with {{{{ form(\"{form.id}\") }}}} on one"
            report(Problem(form.at("id"), ProblemKind.FORM_PAGE, message))
    for page in pages:
        if page not in told:
            _check_page(page, report)


def _check_names(form: FormTemplate, report: Report) -> None:
    first: dict[str, str] = {}
    for rank, part in enumerate(form.parts):
        for position, field in enumerate(part.fields):
            place = form.at("parts", rank, "fields", position, "id")
            if field.id in first:
                message = f"the field '{field.id}' stands already at {first[field.id]}; give this one a name of its own"
                report(Problem(place, ProblemKind.DUPLICATE_ID, message))
            first.setdefault(field.id, str(place))


def _check_page(page: Page, report: Report) -> None:
    empty, filled = form_ids(page), form_ids(page, EXAMPLE_MACRO)
    is_of_kind = page.meta.kind is PageKind.TEMPLATE
    if empty == filled and len(empty) == int(is_of_kind):
        return
    shown = ", ".join(f"'{id_}'" for id_ in empty) or "no form"
    examples = ", ".join(f"'{id_}'" for id_ in filled) or "no form"
    wanted = "shows one form and its example" if is_of_kind else "is not of the kind 'template' and shows none"
    message = f"the page shows {shown} and the example of {examples}; make it a page that {wanted}"
    report(Problem(Location(page.file, 1), ProblemKind.FORM_PAGE, message))
