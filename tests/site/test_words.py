"""Words that values may say: wherever the site shows them, they stay words, and make no element of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from lxml import html

from handbook.checks import load_corpus
from tests.support.project import REAL, TODAY, replace, run, write_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MARKED = " [a](https:b) ![c](d) **e** _f_ `g` [^h] \\[i\\] | j"
PLAIN = " abc"

WORDS = frozenset(
    (
        "title",
        "summary",
        "definition",
        "says",
        "asks",
        "basis",
        "change",
        "event",
        "note",
        "audience",
        "why",
        "law",
        "publisher",
        "owner",
        "name",
        "acronym",
        "also_called",
        "authors",
        "words",
        "columns",
        "question",
        "answer",
    )
)
"""Keys of data and front matter whose values are words for readers."""


def _saying(value: Any, words: str, key: str = "") -> Any:  # noqa: ANN401 - YAML is of any shape
    """Return what a file says, with more words after each value that is words."""
    match value:
        case dict():
            return {name: _saying(inner, words, name) for name, inner in value.items()}
        case list():
            return [_saying(inner, words, "" if key == "audience" else key) for inner in value]  # names, in contacts
        case str() if key in WORDS and value:
            return value + words
    return value


def _elements(folder: Path, words: str) -> Mapping[str, list[tuple[str, ...]]]:
    """Build a site whose values say more words; return for each page the names of its elements and attributes."""
    project = write_project(folder, REAL)
    replace(project, "docs/prisons/release.md", '{{ advice("whom', '- An item\n\n    {{ advice("whom')
    replace(project, "docs/prisons/release.md", '"p. 3"', f"'p. 3{words.replace(chr(92), '')}'")
    for path in (*project.glob("data/**/*.yml"), *project.glob("docs/**/*.md")):
        head, rest = path.read_text("utf-8"), ""
        if path.suffix == ".md":
            _, head, rest = head.split("---\n", 2)
        said = _saying(yaml.load(head, yaml.BaseLoader), words)  # noqa: S506 - builds text only
        written = yaml.safe_dump(said, allow_unicode=True, width=1_000)
        path.write_text(f"---\n{written}---\n{rest}" if rest else written, "utf-8")
    replace(project, "data/diagram-rows.yml", words, "")
    assert [problem.line() for problem in load_corpus(project, TODAY).errors] == []
    done = run("mkdocs", "build", folder=project)
    assert done.returncode == 0, done.stderr
    pages = sorted((project / "site").rglob("*.html"))
    return {
        path.relative_to(project / "site").as_posix(): [
            (str(element.tag), *element.keys())
            for element in html.parse(path).iter("{*}*")
            if not element.xpath("ancestor-or-self::svg")  # where long words become more lines
        ]
        for path in pages
    }


def test_words_stay_words(tmp_path: Path) -> None:
    """What would be links, images, code or a note in a page's own text is shown as it stands."""
    plain, marked = (_elements(tmp_path / name, words) for name, words in (("plain", PLAIN), ("marked", MARKED)))
    assert marked == plain
