"""Whatever stands in a file, the check ends in problems; `make fuzz` tries ten thousand of each sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.checks import load_corpus
from handbook.checks.reports import FORMATS
from handbook.model.front_matter import PageMeta
from handbook.model.records import Recommendation, Source
from tests.support.project import FILES, REAL, TODAY, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


NAMES = sorted(name for name in FILES if name != "mkdocs.yml")
PAGE = "docs/prisons/release.md"

KEYS = sorted({*PageMeta.model_fields, *Recommendation.model_fields, *Source.model_fields, "level", "why", "selection"})
WORDS = [
    *(
        "PRI-01",
        "prisons",
        "guidance",
        "teacher",
        "active",
        "retired",
        "read",
        "2026-11-23",
        "9999-12-31",
        "0001-01-01",
    ),
    *(
        "12",
        "-1",
        "1e999",
        "0x",
        "0b_",
        "2026-99-99",
        "~",
        "=",
        "<<",
        "*a",
        "&a",
        "!x",
        "{{",
        "}}",
        "{%",
        "<b>",
        "٢٠٢٦-٠١-٠١",
    ),
    *(
        "---",
        "...",
        "\ud800",
        "\u2028",
        "\x85",
        "\ufeff",
        "9" * 5000,
        "https://example.org",
        "docs/../../x",
        "a#b",
        "%",
    ),
]
SCALARS = st.one_of(st.text(), st.sampled_from(WORDS), st.integers(), st.floats(), st.booleans(), st.none(), st.dates())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose files are changed and put back."""
    return write_project(tmp_path_factory.mktemp("inputs") / "tiny", REAL)


def check(project: Path, name: str, data: bytes) -> None:
    """Check the project with other bytes in one of its files, and print what was found in every format."""
    path = project / name
    kept = path.read_bytes()
    try:
        path.write_bytes(data)
        problems = load_corpus(project, TODAY).problems
    finally:
        path.write_bytes(kept)
    for printed in FORMATS.values():
        printed(problems).encode()
    text = FORMATS["text"](problems)
    assert text.count("\n") == len(problems)
    assert all(line.startswith(("data/", "docs/", "data:", "docs:", "mkdocs.yml")) for line in text.splitlines())


def dumped(value: Any) -> str:  # noqa: ANN401 - anything that YAML can hold
    """Write YAML, in quotes where it must be; what has no form in it is left out by the strategies."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def encodable(text: str) -> bytes:
    """Return bytes even of what UTF-8 does not have."""
    return text.encode("utf-8", "surrogatepass")


@given(name=st.sampled_from(NAMES), data=st.binary(max_size=400))
def test_any_bytes(project: Path, name: str, data: bytes) -> None:
    """Any bytes as any file."""
    check(project, name, data)


@given(name=st.sampled_from([name for name in NAMES if name.startswith("data/")]), value=VALUES)
def test_any_yaml_as_data(project: Path, name: str, value: Any) -> None:  # noqa: ANN401 - anything that YAML can hold
    """Any YAML as any data file."""
    check(project, name, encodable(dumped(value)))


@given(value=VALUES, body=st.text(max_size=200))
def test_any_front_matter(project: Path, value: Any, body: str) -> None:  # noqa: ANN401 - anything that YAML can hold
    """Any YAML as front matter, above any text."""
    check(project, PAGE, encodable(f"---\n{dumped(value)}---\n{body}"))


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - YAML of any shape
    """Yield the way to each value within another."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from paths(inner, (*path, step))


@st.composite
def revalued(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a file of the project in which one value is another."""
    name = draw(st.sampled_from(NAMES))
    head, body = (FILES[name].split("---\n", 2)[1:]) if name.endswith(".md") else (FILES[name], None)
    tree = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    *way, last = draw(st.sampled_from(list(paths(tree))))
    place = tree
    for step in way:
        place = place[step]
    place[last] = draw(st.sampled_from(WORDS) | VALUES)
    text = dumped(tree)
    return name, encodable(text if body is None else f"---\n{text}---\n{body}")


@given(revalued())
def test_any_value(project: Path, change: tuple[str, bytes]) -> None:
    """Any value in the place of a good one."""
    check(project, *change)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a file of the project in which something was replaced."""
    name = draw(st.sampled_from(NAMES))
    text = FILES[name]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 40)))
    new = draw(st.sampled_from(WORDS) | st.sampled_from(KEYS) | st.text(max_size=20))
    return name, encodable(text[:start] + new + text[end:])


@given(spoilt())
def test_any_change(project: Path, change: tuple[str, bytes]) -> None:
    """Any slip in a good file."""
    check(project, *change)
