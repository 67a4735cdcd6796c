"""Decision trees: how their steps are numbered, what the version of a role says, and on what that rests."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.advice import links_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.records import Decision, Passage
    from handbook.model.registry import Registry
    from handbook.parsing.yaml_values import ValuePath


def numbers(decision: Decision) -> Mapping[str, int]:
    """Return the number of each step by its id: the questions as they stand in the file, then the outcomes."""
    ids = (*(question.id for question in decision.questions), *(outcome.id for outcome in decision.outcomes))
    return MappingProxyType({id_: number for number, id_ in enumerate(ids, 1)})


def onward(decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """Return for each question, by its id, the ids to which its answers lead."""
    return MappingProxyType({q.id: tuple(answer.next for answer in q.answers) for q in decision.questions})


def passages(decision: Decision) -> Iterator[tuple[ValuePath, Passage]]:
    """Yield each passage in the order in which it is shown, with its place in the entry."""
    yield from _placed(("intro",), decision.intro)
    for rank, question in enumerate(decision.questions):
        yield from _placed(("questions", rank, "help"), question.help)
    for rank, outcome in enumerate(decision.outcomes):
        for key in ("do", "say", "note"):
            yield from _placed(("outcomes", rank, key), getattr(outcome, key))


def _placed(path: ValuePath, found: tuple[Passage, ...]) -> Iterator[tuple[ValuePath, Passage]]:
    yield from (((*path, rank), passage) for rank, passage in enumerate(found))


def targets(decision: Decision) -> Iterator[tuple[ValuePath, str]]:
    """Yield the target of each link, as it is written, with the place of its text in the entry."""
    for path, passage in passages(decision):
        yield from (((*path, "text"), target) for target in links_in(passage.text))


def cited(decision: Decision, role: str | None = None) -> Mapping[str, int]:
    """Return the sources that the version of a role cites, by id, with the number each has there."""
    said = (passage for _, passage in passages(decision) if passage.is_for(role))
    found = dict.fromkeys(citation.source for passage in said for citation in passage.cites)
    return MappingProxyType({source: number for number, source in enumerate(found, 1)})


def taken_by(registry: Registry, role: str) -> list[Decision]:
    """Return the decisions that a role has to take."""
    return [decision for decision in registry.decisions.values() if role in decision.roles]
