"""Reading text and YAML: what becomes of values, and where they are said to stand."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.records import Role
from handbook.model.validation import validate
from handbook.parsing.front_matter import read_front_matter
from handbook.parsing.text_files import read_text
from handbook.parsing.yaml_values import read_yaml
from handbook.problem_kinds import ProblemKind
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


INVISIBLE = [
    *(c for c in map(chr, range(0x110000)) if unicodedata.category(c) in {"Cc", "Cf"} and c not in "\t\n\r"),
    *"\u034f\u115f\u1160\u17b4\u180b\u2800\u3164\uffa0\ufe00\ufe0f\U000e0100\U000e01ef",  # letters that show nothing
    *"\ue000\uf8ff\U000f0000\U00100000\U0010fffd\ufdd0\ufffe",  # of private use, or none at all
]


def test_no_invisible_character_gets_in(tmp_path: Path) -> None:
    """Whatever shows nothing, or what each font shows otherwise, is refused at its place and by its name."""
    path = tmp_path / "f.md"
    for character in INVISIBLE:
        path.write_text(f"One\nre{character}lease\n", encoding="utf-8")
        problems: list[Problem] = []
        assert read_text(path, "f.md", problems.append) is None, hex(ord(character))
        assert [problem.location for problem in problems] == [Location("f.md", 2, 3)]
        said = f"U+{ord(character):04X} {name}" if (name := unicodedata.name(character, "")) else ""
        assert said in problems[0].message.replace("(", "")


@pytest.mark.parametrize("text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "é\xa0!", "naïve – “x”"])
def test_joiners_where_a_script_needs_them(text: str, tmp_path: Path) -> None:
    """Persian words are written with joiners; blanks that have a width are no secret."""
    path = tmp_path / "f.md"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert read_text(path, "f.md", fail) == f"{text}\n"


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
    """Whatever bytes a file has, reading it ends in text, of which no font may have a sign, or in one problem."""
    path = tmp_path_factory.mktemp("bytes") / "f"
    path.write_bytes(data)
    problems: list[Problem] = []
    text = read_text(path, "f", problems.append)
    if text is None:
        assert len(problems) == 1
    else:
        assert {problem.kind for problem in problems} <= {ProblemKind.NOT_PRINTABLE}
