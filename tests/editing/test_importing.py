"""Tables of recommendations, as editors bring them: taken in whole, or every fault named by row and column."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from handbook.checks import load_corpus
from handbook.cli import main
from handbook.editing.entries import free_ids, with_entries
from handbook.editing.importing import COLUMNS, OPTIONAL, read_entries
from handbook.model.vocabulary import Attestation, Status
from handbook.parsing.csv_tables import read_rows
from tests.support.project import REAL, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.problems import Problem

HEADER = "number,area,title,asks,issuer,issued,addressees,attestation,basis,sources"
GOOD = 'number,prisons,Invented: talk,"Talk, then listen.",ran,2018-05-18,prison-officer; ran,read,Seen.,study'
"""The tiny project has everything that this row names; the number is replaced."""

PRISONS = "data/recommendations/prisons.yml"


def bring(project: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> tuple[int, list[str], str]:
    """Import a table; give the exit code, the faults without the file's name, and what was said."""
    (project / "report.csv").write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return take_in(project)


def take_in(project: Path) -> tuple[int, list[str], str]:
    """Import the table that is there."""
    before = contents(project)
    with contextlib.chdir(project):
        done = CliRunner().invoke(main, ["import", "recommendations", "report.csv"])
    assert isinstance(done.exception, SystemExit | None)
    assert done.exit_code == 0 or contents(project) == before
    return done.exit_code, [line.removeprefix("report.csv:") for line in done.stdout.splitlines()], done.stderr


def contents(project: Path) -> dict[str, bytes]:
    """Return the bytes of each data file."""
    return {path.name: path.read_bytes() for path in sorted((project / "data").rglob("*.yml"))}


def row(number: int = 1, **cells: str) -> str:
    """Return the good row with another number and with other cells."""
    values = dict(zip(HEADER.split(","), read_cells(GOOD), strict=True)) | {"number": str(number)} | cells
    return ",".join(f'"{value}"' for value in values.values())


def read_cells(line: str) -> list[str]:
    """Cut the good row into its cells."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^,]+)', line)]


def test_rows_become_drafts(tiny: Path) -> None:
    """New entries stand at the end of their files with the next free ids; the project has no problem after it."""
    before = (tiny / PRISONS).read_text(encoding="utf-8")
    code, faults, said = bring(tiny, row(1), row(2, area="education"), row(3, attestation="unverified", sources=""))
    assert (code, faults) == (0, [])
    assert said == "3 drafts: PRI-04, EDU-02, PRI-05. Review them, then run 'make check'.\n"
    after = (tiny / PRISONS).read_text(encoding="utf-8")
    today = dt.datetime.now(tz=dt.UTC).date()
    assert after.startswith(before)
    assert after.removeprefix(before).lstrip().split("\n\n")[0] == (
        "- id: PRI-04\n"
        "  title: 'Invented: talk'\n"
        "  asks: Talk, then listen.\n"
        "  issuer: ran\n"
        "  issued: 2018-05-18\n"
        "  addressees: [prison-officer, ran]\n"
        "  nature: practice\n"
        "  attestation: read\n"
        "  basis: Number 1 in the issuer's own count. Seen.\n"
        "  sources: [study]\n"
        "  status: draft\n"
        "  history:\n"
        f"    - date: {today}\n"
        "      change: First entry."
    )
    corpus = load_corpus(tiny, TODAY)
    assert corpus.problems == ()
    assert corpus.registry.recommendations["PRI-05"].attestation is Attestation.UNVERIFIED
    assert {"PRI-04", "PRI-05", "EDU-02"} <= set(
        corpus.registry.history.recommendations if corpus.registry.history else ()
    )


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8"), (",", "utf-8-sig")], ids=["Excel", "tabs", "mark"]
)
def test_tables_of_spreadsheet_programs(separator: str, encoding: str, tiny: Path) -> None:
    """Whatever stands between the cells, with a mark at the beginning and empty rows at the end, the table is read."""
    lines = [separator.join(f'"{cell}"' for cell in read_cells(line)) for line in (HEADER, row(1))]
    lines.append(separator * HEADER.count(","))
    assert bring(tiny, *lines[1:], header=lines[0], encoding=encoding)[:2] == (0, [])
    assert load_corpus(tiny, TODAY).registry.recommendations["PRI-04"].asks == "Talk, then listen."


def test_text_that_looks_like_a_formula(tiny: Path) -> None:
    """An apostrophe says that it is text, and is not part of it."""
    assert bring(tiny, row(1, asks="'- talk"))[0] == 0
    assert load_corpus(tiny, TODAY).registry.recommendations["PRI-04"].asks == "- talk"


FORMULA = "begins like a formula; write the text itself, or an apostrophe before it"
EMPTY = "the cell is empty; fill it in"
UNSOURCED = "the cell is empty; name a source, or write 'unverified' under 'attestation'"
REFERENCE = "stands for another character; values are plain text"
REED = "'reed' is not a value of 'attestation'; write one of read, page, reported, unverified; did you mean 'read'?"


@pytest.mark.parametrize(
    ("column", "text", "kind", "words"),
    [
        ("area", "prison", "unknown-area", "'prison' is not a challenge area; did you mean 'prisons'?"),
        ("issuer", "rann", "unknown-actor", "'rann' is not an actor; did you mean 'ran'?"),
        (
            "addressees",
            "techer",
            "unknown-actor",
            "'techer' is neither an actor nor a role; did you mean 'teacher'?",
        ),
        ("sources", "stud", "unknown-source", "'stud' is not in the list of sources; did you mean 'study'?"),
        ("title", "x" * 91, "wrong-value", "'title' has 91 characters; shorten it to 90"),
        ("title", "=cmd|' /C calc'!A0", "wrong-value", f"'=cmd|' /C calc'!A0' {FORMULA}"),
        ("issuer", "@SUM(1)", "wrong-value", f"'@SUM(1)' {FORMULA}"),
        ("asks", "", "missing-key", EMPTY),
        ("addressees", " ", "missing-key", EMPTY),
        ("sources", "", "missing-key", UNSOURCED),
        ("issued", "May 2018", "wrong-value", "'May 2018' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("basis", "a <b>", "wrong-value", "'<' stands in the text; values are plain text, without markup or templates"),
        ("title", "A &lt;/title&gt;", "wrong-value", f"'&lt;' {REFERENCE}: say it in words"),
        ("basis", "R&#38;D", "wrong-value", f"'&#38;' {REFERENCE}: write '&' itself"),
        ("attestation", "reed", "wrong-value", REED),
    ],
    ids=str,
)
def test_faulty_cell(column: str, text: str, kind: str, words: str, tiny: Path) -> None:
    """Each fault is one line, with the row and the column that a spreadsheet shows, and nothing is written."""
    fault = f"2:1: error[{kind}] row 2, column '{column}': {words}"
    assert bring(tiny, row(1, **{column: text})) == (1, [fault], "Nothing was written.\n")


def test_all_faults_at_once(tiny: Path) -> None:
    """One mistake does not hide the next, in the same row or in another; good rows wait for them."""
    code, faults, _ = bring(tiny, row(1, area="prison", title="x" * 91), row(2), row(1, sources="stud"), "4,prisons")
    assert code == 1
    assert [re.sub(r" .*", "", fault) for fault in faults] == [
        "2:1:",
        "2:1:",
        "4:1:",
        "4:1:",
        "5:1:",
    ]
    assert "the number '1' stands already in row 2, column 'number'" in faults[3]
    assert "row 5 has 2 cells and the header 10; check its separators and quotes" in faults[4]


def test_same_table_twice(tiny: Path) -> None:
    """What was taken in is not taken in again, but another issuer may count from one too."""
    assert bring(tiny, row(1))[0] == 0
    code, faults, _ = take_in(tiny)
    assert (code, len(faults), faults[0]) == (
        1,
        1,
        "2:1: error[duplicate-id] row 2, column 'number': the number '1' is 'PRI-04' already",
    )
    assert bring(tiny, row(1, issuer="council-of-europe"))[0] == 0


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        (HEADER.replace("sources", "source"), "row 1: there is no column 'source'; did you mean 'sources'?"),
        (HEADER.replace("sources", "source"), "row 1: the column 'sources' is missing; add it"),
        (HEADER.replace("issued", "title"), "row 1: the column 'title' stands twice; keep one"),
    ],
)
def test_faulty_header(header: str, fault: str, tiny: Path) -> None:
    """Columns that are missing, unknown or there twice are named."""
    code, faults, _ = bring(tiny, row(1), header=header)
    assert (code, any(fault in line for line in faults)) == (1, True)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (f"{HEADER}\n{row(1, title='Café')}\n".encode("cp1252"), "2:19: error[encoding] byte 0xe9 is not UTF-8"),
        (f"{HEADER}\n".encode("utf-16"), "1:1: error[encoding] the file begins with a byte order mark"),
        (b"", "1:1: error[empty-file]"),
        (f'{HEADER}\n1,"prisons\n'.encode(), "2:1: error[wrong-value] row 2 cannot be read"),
    ],
    ids=["windows", "utf-16", "empty", "quote"],
)
def test_unreadable_table(content: bytes, fault: str, tiny: Path) -> None:
    """What is not a table in UTF-8 is refused with the place."""
    (tiny / "report.csv").write_bytes(content)
    code, faults, _ = take_in(tiny)
    assert (code, len(faults), faults[0][: len(fault)]) == (1, 1, fault)


def test_nothing_to_take_in(tiny: Path) -> None:
    """A table without rows, one that is not there, and a project that has faults of its own are explained."""
    assert "has no row below its header" in bring(tiny)[2]
    (tiny / "report.csv").unlink()
    assert "error[unreadable] 'report.csv' cannot be read" in take_in(tiny)[1][0]
    (tiny / "data/roles.yml").write_text("- id: Teacher\n", encoding="utf-8")
    assert any("error[malformed-id] 'Teacher'" in fault for fault in bring(tiny, row(1))[1])


def test_ids_are_not_used_again(tiny: Path, corpus: Corpus) -> None:
    """The next id comes after all that there ever were, those of entries that are gone included."""
    registry = load_corpus(tiny, TODAY).registry
    history = registry.history
    assert history is not None
    assert next(free_ids("PRI", registry)) == "PRI-04"
    former = history.model_copy(update={"recommendations": (*history.recommendations, "PRI-17")})
    assert next(free_ids("PRI", replace(registry, history=former))) == "PRI-18"
    assert next(free_ids("ZZZ", corpus.registry)) == "ZZZ-01"


def test_example_of_the_guide_is_taken_in(tmp_path: Path, corpus: Corpus) -> None:
    """The table in the editors' guide fits the real data, and the guide names every column."""
    guide = (REAL / "docs/contributing/data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "example.csv").write_text(example, encoding="utf-8")
    problems: list[Problem] = []
    rows = read_rows(tmp_path / "example.csv", (*COLUMNS, *OPTIONAL), COLUMNS, problems.append)
    entries = read_entries(rows, corpus.registry, TODAY, problems.append)
    assert problems == []
    assert [(entry.prefix, entry.status) for entry in entries] == [("PRI", Status.DRAFT), ("EDU", Status.DRAFT)]
    assert [column for column in (*COLUMNS, *OPTIONAL) if f"| `{column}` |" not in guide] == []


def test_new_entries_in_the_style_of_the_others() -> None:
    """Comments and an empty list are where they were, long texts are wrapped, and odd texts are quoted."""
    entry = {"id": "A", "asks": "word " * 40 + "end", "title": "a: b # c", "sources": [], "when": "2018-05-18"}
    assert with_entries("# Ours.\n[]\n", [entry]) == (
        "# Ours.\n\n- id: A\n  asks: >-\n"
        f"    {('word ' * 21).strip()}\n    {('word ' * 19).strip()} end\n"
        "  title: 'a: b # c'\n  sources: []\n  when: 2018-05-18\n"
    )
