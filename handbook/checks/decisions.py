"""Decision trees: that every answer leads on, that every way ends, and that nothing stands where no way leads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.checks.advice import check_targets
from handbook.model.decisions import numbers, onward, passages, targets
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from handbook.model.records import Decision
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_decisions(registry: Registry, places: Collection[str], report: Report) -> None:
    """Check the ways through decisions, for whom their words are, and where their links lead.

    Args:
        registry: the decisions.
        places: the path of each page to which they may link; nothing is known to be missing while there is none.
        report: called with each problem.
    """
    for decision in registry.decisions.values():
        _check_names(decision, report)
        _check_ways(decision, report)
        _check_roles(decision, registry, report)
        check_targets(decision, targets(decision), places, report)


def _check_names(decision: Decision, report: Report) -> None:
    met = Counter[str]()
    for key in ("questions", "outcomes"):
        for rank, step in enumerate(getattr(decision, key)):
            met[step.id] += 1
            if met[step.id] > 1:
                message = f"'{step.id}' is already a question or outcome of '{decision.id}'; give this one its own name"
                report(Problem(decision.at(key, rank, "id"), ProblemKind.DUPLICATE_ID, message))


def _check_ways(decision: Decision, report: Report) -> None:
    """Report answers that lead nowhere; if there is none, circles and what no way reaches."""
    known, is_whole = numbers(decision), True
    for rank, question in enumerate(decision.questions):
        if len(question.answers) <= 1:
            message = f"'{question.id}' is a dead end, because it has fewer than two answers; add some, or delete it"
            report(Problem(decision.at("questions", rank, "answers"), ProblemKind.DEAD_END, message))
            is_whole = False
        for place, answer in enumerate(question.answers):
            if answer.next not in known:
                advice = nearest(answer.next, known) or "; name one, or add it"
                message = f"'{answer.next}' is no question or outcome of '{decision.id}'{advice}"
                at = decision.at("questions", rank, "answers", place, "next")
                report(Problem(at, ProblemKind.UNKNOWN_STEP, message))
                is_whole = False
    if is_whole:
        _check_circle(decision, report)
        _check_reached(decision, report)


def _check_circle(decision: Decision, report: Report) -> None:
    """Report the first circle, at the answer that closes it."""
    ways = onward(decision)
    for rank, question in enumerate(decision.questions):
        for place, answer in enumerate(question.answers):
            if way := _way(answer.next, question.id, ways):
                message = f"the answers lead round in a circle: {' → '.join((question.id, *way))}; let one lead out"
                at = decision.at("questions", rank, "answers", place, "next")
                report(Problem(at, ProblemKind.DECISION_LOOP, message))
                return


def _way(start: str, end: str, ways: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the steps from one to another, both included; nothing if there is no way."""
    before = {start: ""}
    waiting = [start]
    while waiting and end not in before:
        here = waiting.pop(0)
        new = [step for step in ways.get(here, ()) if step not in before]
        before.update(dict.fromkeys(new, here))
        waiting += new
    made: list[str] = []
    step = end if end in before else ""
    while step:
        made.insert(0, step)
        step = before[step]
    return tuple(made)


def _check_reached(decision: Decision, report: Report) -> None:
    first, ways = decision.questions[0].id, onward(decision)
    for key in ("questions", "outcomes"):
        for rank, step in enumerate(getattr(decision, key)):
            if not _way(first, step.id, ways):
                message = f"no answer leads to '{step.id}'; name it in the 'next' of one, or delete it"
                report(Problem(decision.at(key, rank, "id"), ProblemKind.UNREACHABLE_STEP, message))


def _check_roles(decision: Decision, registry: Registry, report: Report) -> None:
    """Report words for a role that has no version of its own, because nobody would see them.

    Names of no role at all are reported with all names.
    """
    offered = decision.roles if decision.has_versions else ()
    for path, passage in passages(decision):
        for rank, role in enumerate(passage.roles):
            if role not in offered and registry.names["role"].has(role):
                advice = nearest(role, offered) or (
                    "; add it to 'roles'" if decision.has_versions else "; write 'has_versions: true', or leave it out"
                )
                message = f"'{decision.id}' has no version for '{role}'{advice}"
                report(Problem(decision.at(*path, "roles", rank), ProblemKind.WRONG_VALUE, message))
