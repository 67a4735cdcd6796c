"""What would hold the machine is refused at its line, at once, and what is at its limit passes."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from markdown.extensions import toc

from handbook.checks import load_corpus
from handbook.cli import main
from handbook.limits import (
    LARGEST_DATA,
    LARGEST_IMAGE,
    LARGEST_PAGE,
    LARGEST_TABLE,
    LONGEST_CELL,
    LONGEST_HEADING,
    LONGEST_ID,
    LONGEST_PARAGRAPH,
    LONGEST_TEXT,
    MOST_ADVICE,
    MOST_ANGLES,
    MOST_BACKTICKS,
    MOST_BRACES,
    MOST_BRACKETS,
    MOST_COLUMNS,
    MOST_COMPARED,
    MOST_CONTACTS,
    MOST_COUNTRIES,
    MOST_ENTRIES,
    MOST_EUROPEAN,
    MOST_FRONT_MATTER,
    MOST_HEADINGS,
    MOST_NESTED,
    MOST_ROWS,
    MOST_SIGNS,
    MOST_TABLE_COLUMNS,
    MOST_TILDES,
    MOST_UNKNOWN,
)
from handbook.model.pages import read_page
from handbook.model.records import BibliographyPage
from handbook.parsing.density import density_problem
from handbook.parsing.outline import outline
from handbook.problem_kinds import ProblemKind
from tests.support.project import FILES, REAL, TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.problems import Problem

PAGE = "docs/prisons/release.md"
TABLE = "report.csv"

BODIES = {
    "brackets": ("[\n\n" * MOST_BRACKETS, "["),
    "HTML": ("<br>\n\n" * MOST_ANGLES, "<br>"),
    "calls": ("{{ review_date() }}\n\n" * MOST_BRACES, "{{ review_date() }}"),
    "backticks": ("`\n\n" * MOST_BACKTICKS, "`"),
    "fences": ("~~~\n\n" * MOST_TILDES, "~~~"),
    "headings": ("## a\n\n" * MOST_HEADINGS, "## a"),
    "a long heading": ("a\n", "# " + "a" * (LONGEST_HEADING - 1)),
    "a long paragraph": ("a\n\n" + "a" * (LONGEST_PARAGRAPH - 2) + "\n", "a"),
    "a wide table": ("a\n\n", "|" * (MOST_TABLE_COLUMNS + 2)),
    "lists in a line": ("a\n\n" + "- " * MOST_NESTED + "a\n\n", "1. " * (MOST_NESTED + 1)),
    "lists in lists": ("a\n\n" + "    " * (MOST_NESTED - 1) + "- a\n\n", "    " * MOST_NESTED + "- a"),
    "tabs": ("a\n\n", "\t" * MOST_NESTED + "- a"),
    "quotations": ("a\n\n" + ">" * MOST_NESTED + "a\n\n", ">" * (MOST_NESTED + 1)),
}
"""For each limit, text that is just within it, and the line that is too much."""


def said(body: str) -> Problem | None:
    """Return the problem of a body that begins on line 3."""
    return density_problem(body, "f.md", 3)


@pytest.mark.parametrize("name", BODIES)
def test_one_too_many(name: str) -> None:
    """What is at its limit passes; one more is a problem at its line, and says what to do."""
    within, more = BODIES[name]
    assert said(within) is None
    problem = said(f"{within}{more}\n\nafter\n")
    assert problem
    assert problem.kind is ProblemKind.TOO_MUCH
    assert problem.location.line == within.count("\n") + 3
    assert "; " in problem.message


@pytest.mark.parametrize(
    "text",
    [
        *("`", "*", "_", "&", "\\", "a", "    " * 20 + "- a\n", "<b>", "```\n", "~~~\n"),
        "[",
        "![",
        "[^",
        "[a][",
        "[a\n",
        "](",
        "<",
        "<a ",
        "# a\n",
        "## \n",
        "# {\n",
        "1. ",
        "- ",
        "> ",
        "|",
        "{{",
        "{% raw %}",
    ],
)
def test_a_whole_page_of_it(text: str) -> None:
    """A page as large as may be of a mark that costs time is refused, with nothing else said of its text."""
    head = FILES[PAGE].split("---\n")[1]
    page, problems = read_page("prisons/release.md", f"---\n{head}---\n\n{text * (90_000 // len(text))}")
    assert page is None
    assert [problem.kind for problem in problems] == [ProblemKind.TOO_MUCH]


def test_elements_in_elements() -> None:
    """HTML within HTML is refused where it becomes too deep, as parsers of HTML would give up."""
    head = FILES[PAGE].split("---\n")[1]
    body = "a\n\n" + "<b>" * (MOST_NESTED + 1) + "a" + "</b>" * (MOST_NESTED + 1)
    _, problems = read_page(
        "prisons/release.md", f"---\n{head}---\n{body}".replace("<b>", "<em>").replace("</b>", "</em>")
    )
    deep = [problem for problem in problems if problem.kind is ProblemKind.TOO_MUCH]
    assert [problem.location.column for problem in deep] == [MOST_NESTED * len("<em>") + 1]


def test_same_headings_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The anchor after the last one is found without trying all before it."""
    asked = 0

    class Counting(set[str]):
        def __contains__(self, name: object) -> bool:
            nonlocal asked
            asked += 1
            return super().__contains__(name)

    def counted(slug: str, taken: set[str], *counters: dict[str, int]) -> str:
        return toc.unique(slug, Counting(taken), *counters)

    monkeypatch.setattr("handbook.parsing.outline.unique", counted)
    assert outline("# a\n" * 1000, 1).sections[-1].anchor == "a_999"
    assert asked < 5000


@pytest.mark.parametrize(
    "heading", ["## a ##", "## a#", "## ##", "##  ##", "## a { #b }", "## a {:#b .c} ##", "## a {b", "## {"]
)
def test_ends_of_headings(heading: str) -> None:
    """Closing marks and attributes are told from the words as before."""
    (section,) = outline(heading, 1).sections
    expected = {
        "## a ##": ("a", "a"),
        "## a#": ("a#", "a"),
        "## ##": ("##", "_1"),
        "##  ##": ("##", "_1"),
        "## a { #b }": ("a", "b"),
        "## a {:#b .c} ##": ("a", "b"),
        "## a {b": ("a {b", "a-b"),
        "## {": ("{", "_1"),
    }
    assert (section.title, section.anchor) == expected[heading]


@pytest.mark.parametrize("expression", ["+".join(["1"] * 3000), ".".join(["a"] * 3000), "(" * 3000, "9" * 9000])
def test_endless_expressions(expression: str, tiny: Path) -> None:
    """Braces that exhaust Jinja or who reads its tree are a problem where they open, and others are shown too."""
    path = tiny / PAGE
    path.write_text(f"{path.read_text('utf-8')}\na {{{{ {expression} }}}}\n", "utf-8")
    line = path.read_text("utf-8").count("\n")
    problems = [problem for problem in load_corpus(tiny, TODAY).problems if problem.location.file == PAGE]
    assert [(problem.location.line, problem.location.column) for problem in problems] == [(line, 3)]
    assert problems[0].kind in {ProblemKind.TEMPLATE_SYNTAX, ProblemKind.TEMPLATE_CODE}


def check(project: Path) -> Sequence[str]:
    """Return the lines of the check."""
    return [problem.line() for problem in load_corpus(project, TODAY).problems]


@pytest.mark.parametrize("name", ["data/timeline.yml", "data/ids.yml", PAGE])
def test_pipes_are_not_waited_for(name: str, tiny: Path) -> None:
    """A pipe in the place of a file is a problem at once."""
    (tiny / name).unlink()
    os.mkfifo(tiny / name)
    assert any(line.startswith(f"{name}:1:1: error[unreadable] '{name}' is a device or a pipe") for line in check(tiny))


def test_endless_data(tiny: Path) -> None:
    """A data file that is too large is not read."""
    with (tiny / "data/timeline.yml").open("r+b") as file:
        file.truncate(20 * LARGEST_DATA)
    expected = "data/timeline.yml:1:1: error[too-large] the file has 80000 KB, 4000 KB at most; make two of it"
    assert expected in check(tiny)


@pytest.mark.parametrize(
    ("file", "entry", "fault"),
    [
        (
            "timeline.yml",
            "- {date: 2016, event: E, sources: [guidelines]}\n" * MOST_ENTRIES,
            f"1:1: error[too-much] the file has {MOST_ENTRIES + 1} entries, {MOST_ENTRIES} at most; delete some",
        ),
        (
            "countries.yml",
            "".join(f"- {{id: estonia-{number}, code: EE, name: Estonia}}\n" for number in range(MOST_COUNTRIES)),
            f"1:1: error[too-much] the file has {MOST_COUNTRIES + 3} entries, {MOST_COUNTRIES} at most; delete some",
        ),
        (
            "contacts.yml",
            "- {}\n" * MOST_CONTACTS,
            f"1:1: error[too-much] the file has {MOST_CONTACTS + 5} entries, {MOST_CONTACTS} at most; delete some",
        ),
        (
            "timeline.yml",
            f"- {{date: 2016, event: {'a' * (LONGEST_TEXT + 1)}, sources: [guidelines]}}\n",
            f"5:23: error[wrong-value] 'event' has {LONGEST_TEXT + 1} characters; shorten it to {LONGEST_TEXT}",
        ),
        (
            "roles.yml",
            f"- {{id: {'a' * 300}, title: T, summary: S}}\n",
            f"7:8: error[wrong-value] 'id' has 300 characters; shorten it to {LONGEST_ID}",
        ),
    ],
    ids=["many", "many countries", "many contacts", "long", "long name"],
)
def test_much_data(file: str, entry: str, fault: str, tiny: Path) -> None:
    """Entries are neither many nor long, as pages, names of files and cells of tables are made of them."""
    with (tiny / "data" / file).open("a", encoding="utf-8") as stream:
        stream.write(entry)
    assert f"data/{file}:{fault}" in check(tiny)


def test_many_european_numbers(tiny: Path) -> None:
    """There are few, as each has a cell for each country, for which all contacts of the country are looked through."""
    path = tiny / "data/contacts.yml"
    first = path.read_text(encoding="utf-8").split("\n\n", 1)[0]
    added = (first.replace("eu-child", f"eu-{number}") for number in range(MOST_EUROPEAN))
    path.write_text("\n\n".join([first, *added, ""]), encoding="utf-8")
    problems = [problem for problem in check(tiny) if "European" in problem]
    assert len(problems) == 1
    assert problems[0].endswith(
        f"error[too-much] there are more than {MOST_EUROPEAN} European numbers with this one; delete some"
    )


def test_many_tables_of_advice(tiny: Path) -> None:
    """There are not many tables, as each is compared with every sentence."""
    for number in range(MOST_ADVICE):
        (tiny / f"data/advice/a{number}.yml").write_text("a", encoding="utf-8")
    expected = (
        f"data/advice:1:1: error[too-much] there are {MOST_ADVICE + 1} files here, {MOST_ADVICE} at most; delete some"
    )
    assert expected in check(tiny)


def test_many_unknown_names(tiny: Path) -> None:
    """A name that nothing has is compared with a few others, or with none where there are very many."""
    path = tiny / "data/glossary.yml"
    path.write_text(
        f"{path.read_text('utf-8')}- {{term: b{MOST_COMPARED}, definition: D., sources: [guidelinez]}}\n", "utf-8"
    )
    assert any("did you mean 'guidelines'" in line for line in check(tiny))
    many = "".join(
        f"- {{id: s{number}, title: T, publisher: P, evidence: study, language: en, read: whole, background: true}}\n"
        for number in range(MOST_COMPARED)
    )
    with (tiny / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(many)
    lines = [line for line in check(tiny) if "'guidelinez'" in line]
    assert len(lines) == 1
    assert "did you mean" not in lines[0]


def test_unknown_names_are_told_in_turn(tiny: Path) -> None:
    """Each unknown name is compared with all others, so the first are told, and the next once these are mended."""
    names = ", ".join(f"s{number}" for number in range(2 * MOST_UNKNOWN))
    with (tiny / "data/timeline.yml").open("a", encoding="utf-8") as file:
        file.write(f"- {{date: 2016, event: E, sources: [{names}]}}\n")
    assert sum("[unknown-source]" in line for line in check(tiny)) == MOST_UNKNOWN


def test_bibliography_pages_are_searched(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the page of the list for each source does not try every page."""
    asked = 0

    def counted(page: BibliographyPage) -> str:
        nonlocal asked
        asked += 1
        return page.begins.casefold()

    monkeypatch.setattr(BibliographyPage, "beginning", counted)
    write = (
        ("bibliography-pages", "- {{id: h{0}, title: T, kinds: [study], begins: a{0}}}\n"),
        ("sources", "- {{id: s{0}, title: T, publisher: U, evidence: study, language: en, read: whole}}\n"),
    )
    for name, entry in write:
        with (tiny / f"data/{name}.yml").open("a", encoding="utf-8") as file:
            file.writelines(entry.format(number) for number in range(200))
    assert len(load_corpus(tiny, TODAY).registry.bibliography_page_of) > 200
    assert asked < 200 * 20


def test_many_signs(tiny: Path) -> None:
    """Each sign of a table is looked for in every sentence, so there are not many."""
    with (tiny / "data/advice/whom-to-tell.yml").open("a", encoding="utf-8") as file:
        file.write("  - [colleague, wing]\n" * MOST_SIGNS)
    (line,) = [line for line in check(tiny) if "entries" in line]
    assert line.endswith(f"error[wrong-value] 'signs' has more than {MOST_SIGNS} entries; delete some")


def take_in(project: Path, table: str) -> list[str]:
    """Import a table, and return the lines said of it."""
    with contextlib.chdir(project):
        done = CliRunner().invoke(main, ["import", "recommendations", table])
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 1
    return done.stdout.splitlines()


@pytest.mark.parametrize("device", ["/dev/zero", "pipe"])
def test_endless_tables(device: str, tiny: Path) -> None:
    """Neither a device nor a pipe is read as a table."""
    os.mkfifo(tiny / "pipe")
    (line,) = take_in(tiny, device)
    assert (
        line == f"{device}:1:1: error[unreadable] '{device}' is a device or a pipe, not a file; put a file in its place"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a," * 100_000, f"1:1: error[too-large] row 1 has 100001 columns, {MOST_COLUMNS} at most"),
        ("a\n" * (MOST_ROWS + 2), f"{MOST_ROWS + 2}:1: error[too-large] the table has more than {MOST_ROWS} rows"),
        ("a\n" + "a" * (LONGEST_CELL + 1), "2:1: error[too-large] row 2 has a cell with 5001 characters, 5000 at most"),
        ("a" * (LARGEST_TABLE + 1), "1:1: error[too-large] the file has 1000 KB, 1000 KB at most"),
    ],
)
def test_large_tables(text: str, fault: str, tiny: Path) -> None:
    """What no table of recommendations has is one problem, before its cells are looked at."""
    (tiny / TABLE).write_text(text, "utf-8")
    (line,) = take_in(tiny, TABLE)
    assert line.startswith(f"{TABLE}:{fault}; ")


def test_guide_names_the_limits() -> None:
    """The guide to pages has the same numbers as the code."""
    guide = (REAL / "docs/contributing/pages.md").read_text("utf-8")
    for words in (
        f"{LARGEST_IMAGE // 1000} KB at most",
        f"Pages have {LARGEST_PAGE // 1000} KB at most",
        f"front matter {MOST_FRONT_MATTER} characters",
    ):
        assert words in guide
