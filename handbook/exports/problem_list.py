"""The list of all kinds of problem, in the page for editors: in its text, as they read it on a code host too."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = "docs/contributing/problems.md"

_MIDDLE = "l"
"""The last letter of the first of two tables; one alone would be too long for a page."""

_HEAD = "## Every kind of problem\n"


def with_problem_list(text: str) -> str:
    """Return the text of the page with the list as it is now, from its heading to the end.

    Args:
        text: of the page; without the heading, the list is added.
    """
    kept = text.partition(_HEAD)[0].rstrip()
    groups = (list(kinds) for _, kinds in groupby(sorted(ProblemKind), lambda kind: kind[0] > _MIDDLE))
    tables = "".join(f"### {kinds[0][0].upper()} to {kinds[-1][0].upper()}\n\n{_table(kinds)}\n" for kinds in groups)
    return f"{kept}\n\n{_HEAD}\n{{% raw %}}\n\n{tables}{{% endraw %}}\n"


def _table(kinds: Iterable[ProblemKind]) -> str:
    rows = (f"| `{kind}` | {_cell(kind.meaning)} | {_cell(kind.repair)} |\n" for kind in kinds)
    return f"| Kind | What it means | What to do |\n| --- | --- | --- |\n{''.join(rows)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
