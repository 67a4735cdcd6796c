"""What once had an id or an address keeps it: nothing is deleted, and what has moved leaves a redirect.

`data/ids.yml` notes every id and every page that there ever was. The check compares it with what there is, and
`handbook check --fix` adds what is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.registry import HISTORY_FILE
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from handbook.model.pages import Pages
    from handbook.model.records import History, Redirect
    from handbook.model.registry import Registry

_ADD = "run '.venv/bin/handbook check --fix', which adds it"


def check_history(registry: Registry, pages: Pages, report: Report) -> None:
    """Report what is new and not noted, what is gone, and redirects that do not lead from a former page to one.

    Args:
        registry: the recommendations, the history and the redirects.
        pages: the pages that there are.
        report: called with each problem.
    """
    known = pages.names
    if not known:  # then something else is wrong
        return
    for redirect in registry.redirects.values():
        _check_redirect(redirect, registry, known, report)
    if registry.history is not None:
        _check_ids(registry.history, registry, report)
        _check_addresses(registry.history, registry, pages, report)


def _check_redirect(redirect: Redirect, registry: Registry, known: Collection[str], report: Report) -> None:
    if redirect.old in known:
        message = f"'{redirect.old}' is still a page, so nobody needs to be led away from it; delete this entry"
        report(Problem(redirect.at("old"), ProblemKind.REDIRECT, message))
    if redirect.new in registry.redirects:
        message = f"'{redirect.new}' has moved on itself; write the page where its readers find it now"
        report(Problem(redirect.at("new"), ProblemKind.REDIRECT, message))
    elif redirect.new not in known:
        near = nearest(redirect.new, known) or "; write its path there"
        message = f"'{redirect.new}' is not a page under docs/{near}"
        report(Problem(redirect.at("new"), ProblemKind.REDIRECT, message))


def _check_ids(history: History, registry: Registry, report: Report) -> None:
    noted, present = frozenset(history.recommendations), registry.names["recommendation"]
    for recommendation in registry.recommendations.values():
        if recommendation.id not in noted:
            message = f"'{recommendation.id}' is not noted in {HISTORY_FILE}; {_ADD}"
            report(Problem(recommendation.at("id"), ProblemKind.NOT_IN_HISTORY, message))
    for position, id_ in enumerate(history.recommendations if present.are_all else ()):
        if not present.has(id_):
            message = f"there is no '{id_}' any more, and ids are never deleted; bring it back, as 'retired' if need be"
            report(Problem(history.at("recommendations", position), ProblemKind.VANISHED, message))


def _check_addresses(history: History, registry: Registry, pages: Pages, report: Report) -> None:
    noted = frozenset(history.pages)
    for page in pages:
        if page.src_uri not in noted:
            message = f"'{page.src_uri}' is not noted in {HISTORY_FILE}; {_ADD}"
            report(Problem(Location(page.file), ProblemKind.NOT_IN_HISTORY, message))
    present = frozenset([*pages.names, *registry.redirects])
    for position, src_uri in enumerate(history.pages):
        if src_uri not in present:
            message = (
                f"the page '{src_uri}' is gone, and links to it lead nowhere; bring it back, or say in "
                f"data/redirects.yml where its readers go: '- old: {src_uri}', and below it 'new: …'"
            )
            report(Problem(history.at("pages", position), ProblemKind.VANISHED, message))
