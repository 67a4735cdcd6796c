"""Reading text and YAML: what becomes of values, and where they are said to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.records import Role
from handbook.parsing.text_files import read_front_matter, read_text, read_yaml, validate
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from pathlib import Path


def fail(problem: Problem) -> None:
    """Refuse any problem."""
    pytest.fail(problem.line())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: No", {"a": "No"}),
        ("a: 2016-03-02", {"a": "2016-03-02"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ('a: ""', {"a": ""}),
        ("a: 'null'", {"a": "null"}),
        ("a: >-\n  one\n  two", {"a": "one two"}),
        ("- [x, {y: z}]", [["x", {"y": "z"}]]),
    ],
)
def test_scalars_stay_text(text: str, value: object) -> None:
    """YAML does not guess types; only an empty value is nothing."""
    document = read_yaml(text, "f.yml", fail)
    assert document is not None
    assert document.value == value


def test_places() -> None:
    """Each value and each key has its line and column, counted from the file's beginning."""
    document = read_yaml("a: x\nb:\n  - y\n  - c: z\n", "f.yml", fail, first_line=11)
    assert document is not None
    assert document.places["a",] == Location("f.yml", 11, 4)
    assert document.places["b", 1, "c"] == Location("f.yml", 14, 8)
    assert document.keys["b", 1, "c"] == Location("f.yml", 14, 5)


def test_entries_keep_their_places() -> None:
    """An item of a list is a document of its own, with places of its own."""
    document = read_yaml("- id: a\n- id: b\n  title: T\n", "f.yml", fail)
    assert document is not None
    second = list(document.entries())[1]
    assert second.value == {"id": "b", "title": "T"}
    assert (second.places[()], second.places["title",]) == (Location("f.yml", 2, 3), Location("f.yml", 3, 10))


def test_record_knows_where_it_stands() -> None:
    """A model made of a document gives the place of each value, or of what is around it."""
    document = read_yaml("id: a\ntitle: A\nsummary: S\n", "f.yml", fail)
    assert document is not None
    role = validate(Role, document, "'a'", fail)
    assert role is not None
    assert role.at("title") == Location("f.yml", 2, 8)
    assert role.at("missing", 3) == role.at() == Location("f.yml", 1, 1)


def test_line_ends_of_windows(tmp_path: Path) -> None:
    """Lines that end as on Windows are lines like others."""
    path = tmp_path / "f.md"
    path.write_bytes(b"---\r\ntitle: T\r\n---\r\n\r\nText\r\n")
    text = read_text(path, "f.md", fail)
    assert text == "---\ntitle: T\n---\n\nText\n"
    head = read_front_matter(text, "f.md", fail)
    assert head is not None
    assert (head[0].value, head[1]) == ({"title": "T"}, 3)


def test_rule_in_the_text_is_not_front_matter() -> None:
    """Three dashes further down are a rule of Markdown and end nothing."""
    problems: list[Problem] = []
    head = read_front_matter("---\ntitle: T\n---\n\nA\n\n---\n\nB\n", "f.md", problems.append)
    assert (problems, head and head[1]) == ([], 3)


@given(st.text())
def test_any_text_gives_a_value_or_a_problem(text: str) -> None:
    """Whatever stands in a file, reading it ends in a value or in problems."""
    problems: list[Problem] = []
    document = read_yaml(text, "f.yml", problems.append)
    assert (document is None) == any(problem.location.file == "f.yml" for problem in problems) or document is not None


@given(st.binary())
def test_any_bytes_give_text_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever bytes a file has, reading it ends in text or in one problem."""
    path = tmp_path_factory.mktemp("bytes") / "f"
    path.write_bytes(data)
    problems: list[Problem] = []
    text = read_text(path, "f", problems.append)
    assert (text is None) == (len(problems) == 1)
