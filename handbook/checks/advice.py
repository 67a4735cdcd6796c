"""Tables of advice: that their links lead somewhere, that pages embed them, and that none says them again."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from handbook.model.advice import targets
from handbook.model.front_matter import GUIDING
from handbook.parsing.allowed_html import written_address_fault
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handbook.model.pages import Page, Pages
    from handbook.model.registry import Registry
    from handbook.model.values import Record
    from handbook.parsing.yaml_values import ValuePath
    from handbook.problems import Report

_OUTSIDE = ("https:", "tel:")


def check_advice(registry: Registry, pages: Pages, places: Collection[str], report: Report) -> None:
    """Check links in tables of advice, that each is embedded, and that no page says it again.

    Args:
        registry: the tables.
        pages: the pages that embed them.
        places: the path of each page to which they may link; nothing is known to be missing while there is none.
        report: called with each problem.
    """
    used = frozenset[str]().union(*(page.embeds("advice") for page in pages))
    for advice in registry.advice.values():
        check_targets(advice, targets(advice), places, report)
        if advice.id not in used and pages.by_uri and not pages.broken:
            message = f"no page embeds '{advice.id}'; embed it with {{{{ advice(\"{advice.id}\") }}}}, or delete it"
            report(Problem(advice.at("id"), ProblemKind.UNUSED_ADVICE, message, Severity.WARNING))
    for page in pages:
        if page.meta.kind in GUIDING:
            _check_restated(page, registry, report)


def check_targets(
    record: Record, found: Iterable[tuple[ValuePath, str]], places: Collection[str], report: Report
) -> None:
    """Check the links in an entry's words.

    Args:
        record: the entry.
        found: the target of each link, with the place of its text in the entry.
        places: the path of each page to which they may lead; nothing is known to be missing while there is none.
        report: called with each problem.
    """
    for path, target in found:
        name = target.partition("#")[0]
        if fault := written_address_fault(target):
            report(Problem(record.at(*path), ProblemKind.UNSAFE_ADDRESS, fault))
        elif not target.startswith(_OUTSIDE) and places and name not in places:
            message = f"'{name}' is not a page under docs/{nearest(name, places) or '; write its path below docs/'}"
            report(Problem(record.at(*path), ProblemKind.UNKNOWN_PAGE, message))


def _check_restated(page: Page, registry: Registry, report: Report) -> None:
    others = [advice for advice in registry.advice.values() if advice.id not in page.embeds("advice")]
    signs = [(advice.id, sign) for advice in others for sign in advice.signs]
    for number, line in enumerate(page.body.split("\n") if signs else (), page.first_line):
        if number in page.outline.fenced or line.startswith("#"):
            continue
        for sentence in re.split(r"(?<=[.!?])\s", line):
            for id_, sign in signs:
                if all(_word(word).search(sentence) for word in sign):
                    message = f"this says again what the table '{id_}' says ({', '.join(sign)}); embed it instead"
                    location = Location(page.file, number)
                    report(Problem(location, ProblemKind.RESTATED, message, Severity.WARNING))


@cache
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
