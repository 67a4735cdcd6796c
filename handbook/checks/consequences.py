"""Problems that are there only because of another, which are held back until that is put right.

While a file or an entry cannot be read, all that it leads to, uses or puts into practice seems to be missing. An editor
who believed it would delete what is right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.problems import Problem

CAUSES = frozenset(
    {
        ProblemKind.DUPLICATE_ID,
        ProblemKind.DUPLICATE_KEY,
        ProblemKind.EMPTY_FILE,
        ProblemKind.ENCODING,
        ProblemKind.FRONT_MATTER,
        ProblemKind.MALFORMED_ID,
        ProblemKind.MERGE_CONFLICT,
        ProblemKind.MISSING_KEY,
        ProblemKind.SYMLINK,
        ProblemKind.TOO_LARGE,
        ProblemKind.UNKNOWN_KEY,
        ProblemKind.UNREADABLE,
        ProblemKind.WRONG_TYPE,
        ProblemKind.WRONG_VALUE,
        ProblemKind.YAML_FEATURE,
        ProblemKind.YAML_SYNTAX,
    }
)
"""What keeps a file or an entry from being read."""

CONSEQUENCES = frozenset(
    {
        ProblemKind.COVERS_STATUS,
        ProblemKind.EMPTY_PACK,
        ProblemKind.NO_STEPS,
        ProblemKind.REPLACEMENT,
        ProblemKind.BIBLIOGRAPHY,
        ProblemKind.SUSPECT,
        ProblemKind.UNCOVERED,
        ProblemKind.UNREACHED,
        ProblemKind.UNUSED_ADVICE,
        ProblemKind.UNUSED_SOURCE,
        ProblemKind.VANISHED,
    }
)
"""What is said of something because something else is not found."""

MISNAMED = frozenset({ProblemKind.DUPLICATE_ID, ProblemKind.MALFORMED_ID})
"""What lets an entry under `data/` have another name than those who refer to it expect."""

UNKNOWN = frozenset(
    {
        ProblemKind.UNKNOWN_ACTOR,
        ProblemKind.UNKNOWN_ADVICE,
        ProblemKind.UNKNOWN_FORM,
        ProblemKind.UNKNOWN_DECISION,
        ProblemKind.UNKNOWN_RECOMMENDATION,
        ProblemKind.UNKNOWN_SOURCE,
        ProblemKind.UNKNOWN_TERM,
    }
)
"""What is said of a name that no entry has."""


def without_consequences(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems without those that may follow from another, whose number that one tells.

    Args:
        problems: in their order.
    """
    cause = next((p for p in problems if p.kind in CAUSES and p.severity is Severity.ERROR), None)
    if cause is None:
        return tuple(problems)
    following = (
        CONSEQUENCES | UNKNOWN if cause.kind in MISNAMED and cause.location.file.startswith("data/") else CONSEQUENCES
    )
    kept = [problem for problem in problems if problem.kind not in following]
    if held_back := len(problems) - len(kept):
        told = replace(cause, message=f"{cause.message} ({held_back} more may follow from this)")
        kept[kept.index(cause)] = told
    return tuple(kept)
