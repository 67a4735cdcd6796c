"""`handbook diff`: what a change does, in words that can be posted anywhere."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from lxml import html
from markdown import markdown

from handbook.checks import load_corpus
from handbook.editing.comparison import Change, explain
from handbook.wording import code_span
from tests.support.project import TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "docs/prisons/release.md"
PRISONS = "data/recommendations/prisons.yml"
EVIL = "@everyone `x` ``` <img src=x onerror=alert(1)> [a](javascript:b) #1 | \\` https://evil.example"


class Editor:
    """Remembers how a project was, and tells what has changed since."""

    def __init__(self, project: Path) -> None:
        """Take the project as it is for the state before."""
        self.project = project
        self.commit()

    def commit(self) -> None:
        """Take the project as it is now for the state before."""
        self.before = load_corpus(self.project, TODAY)

    def told(self) -> str:
        """Return the whole text."""
        return explain(Change(self.before, load_corpus(self.project, TODAY), TODAY))

    def lines(self) -> dict[str, list[str]]:
        """Return the lines of each part."""
        parts = self.told().removeprefix("## What this changes\n\n").split("### ")
        return {part.partition("\n")[0]: part.strip().splitlines()[2:] for part in parts if part}


@pytest.fixture
def editor(tiny: Path) -> Editor:
    """Return an editor who is about to change the tiny project."""
    return Editor(tiny)


def test_nothing(editor: Editor) -> None:
    """A project that is as it was says so."""
    assert editor.told() == "## What this changes\n\nNothing in the pages and the data.\n"


def test_coverage(editor: Editor) -> None:
    """Recommendations that gain, lose, or have fewer or more sections."""
    mark, other = '{{ covers("EDU-01", degree="reports") }}', '{{ covers("PRI-01", degree="in part", missing="time") }}'
    replace(editor.project, "docs/education/index.md", mark, other)
    found = editor.lines()
    assert found["Recommendations put into practice"] == [
        "- `EDU-01` **lost**: now no section; before, 1 section as a report (`Let pupils ask`)",
        (
            "- `PRI-01` stronger: now 1 section with steps and 1 section in part; before, 1 section with steps "
            "(`Know the people you guard`)"
        ),
    ]
    assert found["Problems"][0].startswith("- **new**: `data/recommendations/education.yml:1` `'EDU-01' is active, but")
    editor.commit()
    replace(editor.project, "docs/education/index.md", other, mark)
    found = editor.lines()
    assert found["Recommendations put into practice"] == [
        "- `EDU-01` gained: now 1 section as a report; before, no section (`Let pupils ask`)",
        (
            "- `PRI-01` **weaker**: now 1 section with steps; before, 1 section with steps and 1 section in part "
            "(`Know the people you guard`)"
        ),
    ]
    assert found["Problems"][0].startswith("- mended: `data/recommendations/education.yml:1`")


def test_pages(editor: Editor) -> None:
    """Words by page, new pages, pages that are gone or moved."""
    replace(editor.project, RELEASE, "Silence.", "Silence and noise.")
    replace(editor.project, "docs/roles/teacher.md", "## All pages for you", "## for you All pages")
    run("handbook", "new", "quiz", "prisons", "Ten questions", folder=editor.project)
    (editor.project / "docs/prisons/silent.md").write_text(
        (editor.project / RELEASE).read_text("utf-8").replace("title: ", "title: Silent "), "utf-8"
    )
    (editor.project / "docs/education/ran.md").rename(editor.project / "docs/education/network.md")
    replace(
        editor.project, "data/redirects.yml", "- old", "- old: education/ran.md\n  new: education/network.md\n- old"
    )
    assert editor.lines()["Pages"] == [
        "- `education/ran.md` is gone; its readers go to `education/network.md`",
        "- `prisons/quiz-ten-questions.md` is new: `Ten questions`, 55 words, 0 sources",
        "- `prisons/release.md`: 3 words new, 1 word gone, 124 now",
        (
            "- `prisons/silent.md` is new: `Silent Preparing release`, 124 words, 3 sources, for `prison-officer`, "
            "puts into practice `PRI-01`; no entry of `data/changes.yml` tells readers of it"
        ),
        "- `roles/teacher.md`: the same words, in another order or with other links",
    ]


def test_data(editor: Editor) -> None:
    """Bodies, situations and whatever else stands in data files: new, changed, gone."""
    with (editor.project / "data/actors.yml").open("a", encoding="utf-8") as actors:
        actors.write("- id: unicef\n  name: Children's Fund\n  definition: It helps children.\n  sources: []\n")
    replace(editor.project, "data/situations.yml", "Somebody will soon be free", "Somebody will be free soon")
    replace(editor.project, "data/changes.yml", "  change: ", "  change: Now and then. ")
    assert editor.lines()["Data"] == [
        "- `data/actors.yml`: `unicef` is new: `Children's Fund`",
        "- `data/changes.yml`: `Now and then. Release is prepared earlier.` is new",
        "- `data/changes.yml`: `Release is prepared earlier.` is gone",
        "- `data/situations.yml`: `release` has another `words`",
    ]


def test_recommendations_and_reviews(editor: Editor) -> None:
    """What is new, worded anew or of another status; the pages that have to be confirmed or are due because of it."""
    run("handbook", "new", "recommendation", "prisons", "Rest", folder=editor.project)
    replace(editor.project, PRISONS, "talk with people every day", "talk with everybody")
    replace(editor.project, RELEASE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    found = editor.lines()
    assert found["Recommendations"] == [
        (
            "- `PRI-01` is worded anew: `Know the people you guard`. "
            "It asked: `Staff should talk with people every day.` It asks: `Staff should talk with everybody.`"
        ),
        "- `PRI-04` is new (draft): `Rest`",
    ]
    assert found["Reviews"] == [
        "- `prisons/release.md` is to be confirmed: `PRI-01` is worded anew, or marked there for the first time",
        "- `prisons/release.md` is now due for review",
    ]
    told = [line for line in found["Problems"] if "To be written" not in line]
    assert [line[:15] for line in told] == ["- new: `docs/pr"]


def test_links(editor: Editor) -> None:
    """Links that break, and those that lead to somebody else's pages."""
    replace(editor.project, RELEASE, "Silence.", "[Silence](silence.md), [a hospital](https://hospital.example/).")
    replace(editor.project, "data/sources.yml", "  url: https://rm.coe.int/guidelines\n", "")
    broken, new, gone = editor.lines()["Links"]
    assert broken.startswith("- **new**: `docs/prisons/release.md:47` `'silence.md' leads to no page")
    assert new == "- new link out of the handbook: `https://hospital.example/` in `docs/prisons/release.md`"
    assert gone == "- no longer linked: `https://rm.coe.int/guidelines`"


def test_moved_lines_are_no_news(editor: Editor) -> None:
    """A problem that was there before and stands on another line now is not reported."""
    replace(editor.project, RELEASE, "Silence.", "[here](index.md)")
    editor.commit()
    replace(editor.project, RELEASE, "Before release. ", "Before release.\n\n")
    assert set(editor.lines()) == {"Pages"}


def test_gone_id(editor: Editor) -> None:
    """An id that somebody deletes from the data and from the history at once is seen here."""
    text = (editor.project / PRISONS).read_text(encoding="utf-8")
    (editor.project / PRISONS).write_text(text[: text.index("- id: PRI-03")], encoding="utf-8")
    replace(editor.project, "data/ids.yml", ", PRI-03]", "]")
    assert "- **`PRI-03` is gone.** Ids are never deleted." in editor.lines()["Recommendations"]


@pytest.mark.parametrize("text", [EVIL, "`", "``a", "a\n\n# b", "\x1b[31m", "\u202eabc", "&lt;b&gt;", "x" * 999])
def test_content_does_nothing(text: str) -> None:
    """Whatever stands in the content is shown as one piece of code."""
    item = html.fragment_fromstring(markdown(f"- {code_span(text)}\n"))
    assert [element.tag for element in item.iter()] == ["ul", "li", "code"]


def test_hostile_names(editor: Editor) -> None:
    """The same holds for the whole text: no HTML, no link, nobody called."""
    replace(editor.project, RELEASE, "kind: guidance", f"kind: '{EVIL}'")
    replace(editor.project, PRISONS, "title: Plan for release", "title: 'Plan [a](b) @everyone `x`'")
    said = html.fragment_fromstring(markdown(editor.told()), create_parent="main")
    assert {element.tag for element in said.iter()} == {"main", "h2", "h3", "ul", "li", "code", "strong"}
    for code in list(said.iter("code")):
        code.text = ""
    assert "@" not in said.text_content()
    assert "#" not in said.text_content()


@pytest.fixture
def noted(tiny: Path) -> Path:
    """Make a tiny project whose present state is a commit."""
    identity = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    for arguments in (("init", "-q"), ("add", "."), (*identity, "commit", "-q", "-m", "All")):
        subprocess.run(["git", *arguments], cwd=tiny, check=True)  # noqa: S607 - wherever it is
    return tiny


def test_since_a_commit(noted: Path) -> None:
    """The command compares the files as they lie there with a revision, and leaves nothing behind."""
    before = {path.name for path in noted.iterdir()}
    replace(noted, RELEASE, "Silence.", "Silence and noise.")
    done = run("handbook", "diff", "HEAD", folder=noted)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("- `prisons/release.md`: 3 words new, 1 word gone, 124 now\n")
    assert {path.name for path in noted.iterdir()} == before


def test_wrong_usage(noted: Path) -> None:
    """A revision that is not there, an option in its place, are explained; without git, it says so itself."""
    for base in ("nowhere", "--output=x", "HEAD:data"):
        done = run("handbook", "diff", "--", base, folder=noted)
        assert (done.returncode, f"'{base}' is not a revision that git knows here" in done.stderr) == (2, True)
    shutil.rmtree(noted / ".git")
    done = run("handbook", "diff", "HEAD", folder=noted)
    assert (done.returncode, "It says: fatal: not a git repository" in done.stderr) == (1, True)
