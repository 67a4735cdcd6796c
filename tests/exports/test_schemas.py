"""The schemas that editors' programs read agree with the models, the data and each other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

from handbook.exports.problem_list import PAGE, with_problem_list
from handbook.exports.schemas import schema_files
from handbook.model.vocabulary import PageKind
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity
from tests.support.project import FILES, REAL, run, run_anew, write_project

DATA = sorted(path.relative_to(REAL).as_posix() for path in (REAL / "data").rglob("*.yml"))


class _AsEditorsRead(yaml.SafeLoader):
    """Takes dates for text, as the programs do that follow the newer YAML."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class has it
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def name_of(file: str) -> str:
    """Return the schema's name for a data file."""
    folder, _, rest = file.removeprefix("data/").partition("/")
    return folder if rest else Path(file).stem


def faults(name: str, text: str) -> list[str]:
    """Return what a schema says of a YAML text."""
    schema = json.loads((REAL / f"schemas/{name}.schema.json").read_text(encoding="utf-8"))
    value = yaml.load(text, Loader=_AsEditorsRead)  # noqa: S506 - it is a safe loader
    return [error.message for error in Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(value)]


def front_matter(path: Path) -> str:
    """Return the YAML head of a page."""
    return path.read_text(encoding="utf-8").split("---\n")[1]


def test_committed_schemas_are_current() -> None:
    """Nobody changed the models without running `handbook schema`."""
    there = {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in (REAL / "schemas").iterdir()}
    assert there == schema_files()


def test_list_of_problems_is_current() -> None:
    """Nobody added a kind of problem without running it either; the page can be read where nothing is rendered."""
    text = (REAL / PAGE).read_text(encoding="utf-8")
    assert text == with_problem_list(text)
    assert [
        line for line in text.split("\n") if line.startswith("| `yaml-syntax` | The YAML cannot be parsed. | ")
    ] != []


def test_schemas_are_schemas() -> None:
    """A tool that knows the standard finds nothing wrong with them."""
    done = run_anew(
        "check-jsonschema", "--check-metaschema", *map(str, sorted((REAL / "schemas").iterdir())), folder=REAL
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", DATA)
def test_data_fit(file: str) -> None:
    """What the check accepts, the schemas accept."""
    assert faults(name_of(file), (REAL / file).read_text(encoding="utf-8")) == []


def test_front_matter_fits() -> None:
    """What the check accepts as front matter, the schema accepts."""
    pages = (REAL / "docs").rglob("*.md")
    assert {path: found for path in pages if (found := faults("front-matter", front_matter(path)))} == {}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/recommendations/prisons.yml", "id: PRI-01", "id: PRI-1"),
        ("data/recommendations/prisons.yml", "attestation: read", "attestation: red"),
        ("data/recommendations/prisons.yml", "basis: The text was read.", "basis: The <b>text</b>"),
        ("data/recommendations/prisons.yml", "basis: The text was read.", "basis: ' '"),
        ("data/recommendations/prisons.yml", "issued: 2016-03-02", "issued: March"),
        ("data/recommendations/prisons.yml", "asks: Plan early.", "asks: Plan early.\n  note: Soon."),
        ("data/roles.yml", "  title: Teacher\n", ""),
        ("data/sources.yml", "year: 2016", "year: 1816"),
        ("data/sources.yml", "https://rm.coe.int/guidelines", "rm.coe.int/guidelines"),
        ("data/sources.yml", "language: fr", "language: French"),
        ("data/packs.yml", "areas: [prisons]", "area: [prisons]"),
        ("data/timeline.yml", "sources: [guidelines]", "sources: []"),
        ("data/redirects.yml", "prisons/talk.md", "../talk.md"),
        ("data/reviews.yml", "5a7fc1d6e02e", "yes"),
    ],
)
def test_faults_are_seen(file: str, old: str, new: str) -> None:
    """A mistake that the check finds in one entry shows in an editor's program as it is typed."""
    text = FILES[file]
    assert faults(name_of(file), text) == []
    assert len(faults(name_of(file), text.replace(old, new, 1))) == 1


def test_front_matter_of_guidance(tmp_path: Path) -> None:
    """Keys that only some kinds of page need are asked of these."""
    text = front_matter(write_project(tmp_path, REAL) / "docs/prisons/release.md")
    without = text.replace("stage: [tertiary]\n", "")
    assert faults("front-matter", text) == []
    assert faults("front-matter", without) == ["'stage' is a required property"]
    assert faults("front-matter", without.replace("kind: guidance", "kind: reference")) == []


def test_meanings_are_told() -> None:
    """Each value that can be chosen comes with its meaning."""
    schema = json.loads(schema_files()["schemas/front-matter.schema.json"])
    kinds = {choice["const"]: choice["description"] for choice in schema["$defs"]["PageKind"]["oneOf"]}
    assert kinds == {str(kind): f"{kind.label}: {kind.meaning}" for kind in PageKind}


@pytest.mark.parametrize("file", DATA)
def test_first_line_names_the_schema(file: str) -> None:
    """Any editor's program finds the schema from the file itself."""
    line = (REAL / file).read_text(encoding="utf-8").partition("\n")[0]
    prefix, _, address = line.partition("=")
    assert prefix == "# yaml-language-server: $schema"
    assert ((REAL / file).parent / address).resolve() == REAL / f"schemas/{name_of(file)}.schema.json"


def _vscode(name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((REAL / f".vscode/{name}.json").read_text(encoding="utf-8"))


def test_editor_settings_name_every_schema() -> None:
    """The settings map each schema of data to its files, and know the tags of `mkdocs.yml`."""
    settings = _vscode("settings")
    of_data = {file for file in schema_files() if not file.startswith(("schemas/front-matter", "schemas/export-"))}
    assert set(settings["yaml.schemas"]) == of_data
    tags = set(re.findall(r" (!\w+) ", (REAL / "mkdocs.yml").read_text(encoding="utf-8")))
    assert tags
    assert tags <= {tag.split()[0] for tag in settings["yaml.customTags"]}


@pytest.mark.parametrize("severity", Severity)
def test_problem_matcher(severity: Severity) -> None:
    """The editor finds place, severity, kind and words in the line that the check prints."""
    (matcher,) = (task["problemMatcher"] for task in _vscode("tasks")["tasks"] if task["problemMatcher"])
    pattern = matcher["pattern"]
    place = Location("docs/a page.md", 14, 4)
    problem = Problem(place, ProblemKind.UNKNOWN_ACTOR, "'a:1:2: b' is [not] an actor", severity)
    found = re.fullmatch(pattern["regexp"], problem.line())
    assert found is not None
    groups = [found[pattern[key]] for key in ("file", "line", "column", "severity", "code", "message")]
    assert groups == [place.file, "14", "4", severity, problem.kind, problem.message]


def test_schema_command(tiny: Path) -> None:
    """The command writes what is missing or changed, deletes what is left over, and tells of drift."""
    missing = run("handbook", "schema", "--check", folder=tiny)
    assert (missing.returncode, "run '.venv/bin/handbook schema'" in missing.stderr) == (1, True)
    assert run("handbook", "schema", folder=tiny).returncode == 0
    (tiny / "schemas/old.schema.json").write_text("{}", encoding="utf-8")
    assert "(old.schema.json)" in run("handbook", "schema", "--check", folder=tiny).stderr
    run("handbook", "schema", folder=tiny)
    assert run("handbook", "schema", "--check", folder=tiny).returncode == 0
    assert {f"schemas/{path.name}" for path in (tiny / "schemas").iterdir()} == set(schema_files())


def test_hooks_are_valid() -> None:
    """The hooks for git are of a form that pre-commit takes, and none of them loads anything."""
    done = run_anew("pre-commit", "validate-config", ".pre-commit-config.yaml", folder=REAL)
    assert done.returncode == 0, done.stderr
    hooks = yaml.safe_load((REAL / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}
