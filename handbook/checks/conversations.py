"""Cards with what to say: that pages show them, and that guidance says the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, Severity

if TYPE_CHECKING:
    from handbook.model.pages import Pages
    from handbook.model.records import Conversation
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_conversations(registry: Registry, pages: Pages, report: Report) -> None:
    """Check that each card is embedded, and that the pages from which it is taken begin as it does.

    Args:
        registry: the cards.
        pages: the pages that embed them.
        report: called with each problem.
    """
    used = frozenset[str]().union(*(page.embeds("conversation") for page in pages))
    for card in registry.conversations.values():
        if card.id not in used and pages.by_uri and not pages.broken:
            message = f"no page embeds '{card.id}'; embed it with {{{{ conversation(\"{card.id}\") }}}}, or delete it"
            report(Problem(card.at("id"), ProblemKind.UNUSED_ADVICE, message, Severity.WARNING))
        _check_words(card, pages, report)


def _check_words(card: Conversation, pages: Pages, report: Report) -> None:
    for position, name in enumerate(card.pages):
        page = pages.by_uri.get(name)
        if page and card.first not in " ".join(page.body.split()) and card.id not in page.embeds("conversation"):
            message = f"'{page.file}' does not say '{card.first}'; write the same words there, or embed the card in it"
            report(Problem(card.at("pages", position), ProblemKind.OTHER_WORDS, message))
