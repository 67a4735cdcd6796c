"""`handbook new`: what it writes, what it leaves alone, and what the check says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from handbook.editing.new_page import KINDS, with_entry
from handbook.model.front_matter import PARTS
from handbook.model.vocabulary import PageKind
from handbook.problem_kinds import ProblemKind
from tests.support.project import REAL, TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

PRISONS = "data/recommendations/prisons.yml"


def contents(project: Path) -> dict[str, bytes]:
    """Return every file of a project."""
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*.*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_new_page_lacks_nothing_but_its_text(kind: PageKind, tiny: Path) -> None:
    """A new page has all its parts; what the check says names the places that wait, and sources and entries to add."""
    done = run("handbook", "new", kind, "education", "Something: new", folder=tiny)
    assert done.returncode == 0, done.stderr
    corpus = load_corpus(tiny, TODAY)
    (page,) = (page for page in corpus.pages if page.meta.title == "Something: new")
    assert page.meta.kind is kind
    titles = [section.title for section in page.outline.sections if section.level == 2]
    assert titles == list(PARTS[kind])
    lines = (tiny / page.file).read_text(encoding="utf-8").split("\n")
    unwritten = [problem for problem in corpus.problems if problem.kind is ProblemKind.TO_BE_WRITTEN]
    assert unwritten.pop(0).location.file == "data/changes.yml"
    waiting = [problem for problem in unwritten if problem.location.file == page.file]
    assert waiting == unwritten
    assert [p.location.line for p in waiting] == [n for n, line in enumerate(lines, 1) if "To be written" in line]
    others = {problem.kind for problem in corpus.problems} - {ProblemKind.TO_BE_WRITTEN}
    expected = {
        PageKind.GUIDANCE: {ProblemKind.FEW_SOURCES, ProblemKind.UNREACHED},
        PageKind.CASE_STUDY: {ProblemKind.FEW_SOURCES},
        PageKind.ACTOR: {ProblemKind.UNKNOWN_ACTOR},
    }
    assert others == expected.get(kind, set())


def test_new_page_can_be_finished(tiny: Path) -> None:
    """When it has its text, three sources and a situation, the check is clean, and the page has its address."""
    run("handbook", "new", "guidance", "prisons", "Night shifts", folder=tiny)
    path = tiny / "docs/prisons/night-shifts.md"
    text = path.read_text(encoding="utf-8").replace(' # "', '"')
    text = re.sub(r"To be written: [^\n\"|]*", "Talk.", text)
    cites = "".join(f'{{{{ cite("{source}") }}}}' for source in ("guidelines", "study", "revue"))
    path.write_text(text.replace("## When this applies\n\nTalk.", f"## When this applies\n\nTalk.{cites}"), "utf-8")
    replace(tiny, "data/situations.yml", "[prisons/release.md]", "[prisons/release.md, prisons/night-shifts.md]")
    replace(tiny, "data/changes.yml", "To be written: what is new for readers, in a sentence or two.", "A new page.")
    done = run("handbook", "check", folder=tiny)
    assert (done.returncode, done.stdout) == (0, "")


def test_new_page_fits_its_area(tiny: Path) -> None:
    """Its role and stage are those that its area mostly has; a title of several words needs no quotes."""
    run("handbook", "new", "scenario", "prisons", "A", "quiet", "wing", folder=tiny)
    text = (tiny / "docs/prisons/scenario-a-quiet-wing.md").read_text(encoding="utf-8")
    assert "title: A quiet wing\n" in text
    assert "\nroles: [prison-officer] #" in text
    assert "\nstage: [tertiary] #" in text


def test_navigation_of_the_real_site() -> None:
    """The new line stands below the last of its neighbours, as they are indented; nothing else has changed."""
    text = (REAL / "mkdocs.yml").read_text(encoding="utf-8")
    changed = with_entry(text, "prisons/night.md", {"prisons/release.md", "prisons/chaplaincy.md"})
    assert changed is not None
    assert changed.replace("          - prisons/night.md\n", "") == text
    assert "          - prisons/release.md\n          - prisons/night.md\n" in changed
    assert with_entry(text, "prisons/night.md", {"nowhere.md"}) is None


def test_page_is_put_into_the_navigation(tiny: Path) -> None:
    """After its like, or after the first page of the area; without either, the editor is told the line."""
    configuration = tiny / "mkdocs.yml"
    bare = configuration.read_text(encoding="utf-8")
    configuration.write_text(f"{bare}nav:\n  - A:\n      - prisons/index.md\n      - prisons/release.md\n", "utf-8")
    run("handbook", "new", "guidance", "prisons", "Night shifts", folder=tiny)
    run("handbook", "new", "quiz", "prisons", "Ten questions", folder=tiny)
    told = run("handbook", "new", "quiz", "education", "Ten more questions", folder=tiny)
    assert configuration.read_text(encoding="utf-8") == (
        f"{bare}nav:\n  - A:\n      - prisons/index.md\n      - prisons/quiz-ten-questions.md\n"
        "      - prisons/release.md\n      - prisons/night-shifts.md\n"
    )
    assert "Add the line '- education/quiz-ten-more-questions.md' to the 'nav' in mkdocs.yml" in told.stderr


def test_new_recommendation(tiny: Path) -> None:
    """The entry has the next id, is at the end of its file, and is all that waits; nothing else has moved."""
    replace(tiny, PRISONS, "- id: PRI-01", "# A comment stays.\n- id: PRI-01")
    before = (tiny / PRISONS).read_text(encoding="utf-8")
    done = run("handbook", "new", "recommendation", "prisons", folder=tiny)
    assert "'PRI-04' is at the end" in done.stderr
    run("handbook", "new", "recommendation", "prisons", "No: not at night", folder=tiny)
    assert (tiny / PRISONS).read_text(encoding="utf-8").startswith(f"{before}- id: PRI-04\n")
    corpus = load_corpus(tiny, TODAY)
    assert {problem.kind for problem in corpus.problems} == {ProblemKind.TO_BE_WRITTEN}
    new = corpus.registry.recommendations["PRI-05"]
    assert (new.title, new.status, new.attestation, new.is_public) == ("No: not at night", "draft", "unverified", False)
    assert corpus.registry.history is not None
    assert {"PRI-04", "PRI-05"} <= set(corpus.registry.history.recommendations)


def test_ids_are_never_used_again(tiny: Path) -> None:
    """The next id comes after all that there ever were, and when there is none left, that is said."""
    replace(tiny, "data/ids.yml", "PRI-03]", "PRI-03, PRI-98]")
    assert "'PRI-99' is at the end" in run("handbook", "new", "recommendation", "prisons", folder=tiny).stderr
    full = run("handbook", "new", "recommendation", "prisons", folder=tiny)
    assert (full.returncode, "'prisons' has used all its numbers up to PRI-99" in full.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["guidence", "prisons", "Night"], "'guidence' is not a known kind of page; did you mean 'guidance'?"),
        (
            ["poem", "prisons", "Night"],
            "write one of guidance, scenario, case-study, exercise, training-plan, quiz, actor, recomm",
        ),
        (["guidance", "prisns", "Night"], "'prisns' is not a known area; did you mean 'prisons'?"),
        (["guidance", "prisons"], 'write the title too, as in "Night shifts"'),
        (["guidance", "prisons", "  "], 'write the title too, as in "Night shifts"'),
        (["guidance", "prisons", "<b>Night</b>"], "the title does not fit: '<' stands in the text"),
        (["guidance", "prisons", "{{ rec }}"], "the title does not fit: '{{' stands in the text"),
        (["guidance", "prisons", "Νύχτα"], "use at least one letter from a to z"),
        (["guidance", "prisons", "Release"], "'docs/prisons/release.md' exists already; choose another title"),
        (["guidance", "education", "preparing", "Release"], "'docs/prisons/release.md' has this title; write in that"),
        (["guidance", "prisons", "Talk"], "'docs/prisons/talk.md' was another page's address"),
    ],
)
def test_wrong_usage_writes_nothing(arguments: list[str], said: str, tiny: Path) -> None:
    """What cannot be begun is explained with exit code 2, and every file is as it was."""
    before = contents(tiny)
    done = run("handbook", "new", *arguments, folder=tiny)
    assert (done.returncode, said in " ".join(done.stderr.split())) == (2, True), done.stderr
    assert contents(tiny) == before


def test_broken_file_is_left_alone(tiny: Path) -> None:
    """Nothing is added to a data file that has errors."""
    replace(tiny, PRISONS, "status: retired", "status: tired")
    before = contents(tiny)
    done = run("handbook", "new", "recommendation", "prisons", folder=tiny)
    assert (done.returncode, "error[wrong-value] 'tired'" in done.stderr) == (1, True)
    assert contents(tiny) == before
