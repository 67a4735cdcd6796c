"""Macro calls: whatever stands on a page, the parser gives calls or problems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handbook.parsing.macro_calls import MACROS, read_template
from handbook.problems import Location, Problem

PIECES = [*("{{", "}}", "{%", "%}", "{#", "#}", "rec(", ")", '"PRI-01"', "raw", "endraw"), *"-|\"'\\é"]
STATEMENTS = [" ", "\n", "if x", "set a", "for b in c", "call d()", "endif", "endcall", "e.f", "[0]"]


@given(st.lists(st.sampled_from([*PIECES, *STATEMENTS])).map("".join))
def test_anything_gives_calls_or_problems(body: str) -> None:
    """No page makes the parser fail, and no braces pass unseen."""
    problems: list[Problem] = []
    template = read_template(body, "f.md", 1, problems.append)
    assert template or problems
    assert all(call.macro in MACROS for call in (template.calls if template else ()))


def test_places_and_arguments() -> None:
    """Each call has its line, its column and its arguments by name."""
    problems: list[Problem] = []
    template = read_template('a {{ cite("x", "p. 1") }}\n\n{{ covers("A", "B") }}', "f.md", 9, problems.append)
    assert template
    calls = template.calls
    assert problems == []
    assert [(call.macro, call.location) for call in calls] == [
        ("cite", Location("f.md", 9, 3)),
        ("covers", Location("f.md", 11, 1)),
    ]
    assert dict(calls[0].arguments) == {"source": "x", "place": "p. 1"}
    assert list(calls[1].references()) == [("recommendation", "A"), ("recommendation", "B")]


def test_usage() -> None:
    """The advice after a wrong call shows a right one."""
    assert MACROS["cite"].usage("cite") == '{{ cite("source", "place") }}'
    assert MACROS["recommendation_table"].usage("recommendation_table") == '{{ recommendation_table(area="…") }}'
