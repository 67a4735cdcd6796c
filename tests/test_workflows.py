"""Workflows give strangers' changes no rights, and call what exists."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import html

from tests.support.project import REAL, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GITHUB = REAL / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
JOBS = [(name, id_) for name, workflow in WORKFLOWS.items() for id_ in workflow["jobs"]]


def triggers(name: str) -> dict[str, Any]:
    """Return what starts a workflow; YAML 1.1 takes the key `on` for a truth value."""
    started: dict[str, Any] = WORKFLOWS[name][True]
    return started


def steps(name: str) -> Iterator[dict[str, Any]]:
    """Yield the steps of all jobs of a workflow."""
    for job in WORKFLOWS[name]["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned(name: str) -> None:
    """Each action is named by its commit, with the release that it is, and comes from GitHub itself."""
    used = re.findall(r"uses: *(.*)", TEXTS[name])
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert used
    assert [action for action in used if not pinned.fullmatch(action)] == []


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_rights_are_named(name: str, job: str) -> None:
    """Nothing is allowed but what a job names; it ends by itself; the token is not left in the folder."""
    assert WORKFLOWS[name]["permissions"] == {}
    found = WORKFLOWS[name]["jobs"][job]
    assert isinstance(found["permissions"], dict)
    assert 0 < found["timeout-minutes"] <= 180
    assert found["runs-on"] == "ubuntu-24.04"
    checkouts = [step for step in found["steps"] if step.get("uses", "").startswith("actions/checkout")]
    assert [step for step in checkouts if step["with"]["persist-credentials"] is not False] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_values_in_scripts(name: str) -> None:
    """What comes from outside reaches a script as a variable, never as a part of it; one run at a time."""
    assert [step for step in steps(name) if "${{" in step.get("run", "")] == []
    assert "group" in WORKFLOWS[name]["concurrency"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_strangers_get_no_rights(name: str) -> None:
    """A workflow that runs on pull requests may only read and knows no secret; none runs their code with more."""
    assert "pull_request_target" not in triggers(name)
    if "pull_request" in triggers(name):
        rights = [job["permissions"] for job in WORKFLOWS[name]["jobs"].values()]
        assert {right for granted in rights for right in granted.items()} == {("contents", "read")}
        assert "secrets." not in TEXTS[name]
        assert "github.token" not in TEXTS[name]
    if "workflow_run" in triggers(name):
        assert [step for step in steps(name) if {"ref", "repository"} & set(step.get("with", {}))] == []


def test_proposed_content_meets_code_of_the_base_branch() -> None:
    """What a pull request changes is fetched beside the code that runs, and everything that reads it is confined."""
    content = WORKFLOWS["check"]["jobs"]["content"]
    base, proposed = (step["with"] for step in content["steps"][:2])
    assert (base["path"], base["ref"]) == ("base", "${{ github.event.pull_request.base.sha }}")
    assert (proposed["path"], content["defaults"]["run"]["working-directory"]) == ("proposed", "base")
    scripts = [step["run"] for step in content["steps"] if "run" in step]
    mentioning = [script for script in scripts if "proposed" in script]
    assert mentioning == ["python3 .github/scripts/adopt.py ../proposed ."]
    commands = [line for script in scripts for line in script.splitlines() if "bin/handbook" in line]
    assert len(commands) == 3
    assert [line for line in commands if not line.strip().startswith(".github/scripts/confined.sh ")] == []


def test_called_scripts_exist() -> None:
    """Workflows call scripts that there are, and every script is called."""
    text = "\n".join(TEXTS.values())
    scripts = set(re.findall(r"\.github/scripts/[a-z]+\.[a-z]+", text))
    there = {path.relative_to(REAL).as_posix() for path in (GITHUB / "scripts").glob("*.*")}
    assert there - scripts == {".github/scripts/fence.py"}  # which two others import
    assert scripts - there == set()


def test_everything_has_owners_but_pages_and_data() -> None:
    """What is not named needs an owner's approval, also what nobody has thought of yet."""
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    (first, *owners), *others = [line.split() for line in lines if line and not line.startswith("#")]
    assert (first, len(owners)) == ("*", 1)
    assert others == [["/docs/"], ["/data/"], ["/spelling/"]]


def root_script(project: Path) -> subprocess.CompletedProcess[str]:
    """Look at a project's root as the workflows do."""
    command = [sys.executable, str(GITHUB / "scripts/root.py")]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_guide_asks_for_what_the_rights_rest_on() -> None:
    """Who follows the guide to publishing protects the branch so that one person alone puts nothing on the site."""
    guide = " ".join((REAL / "docs/contributing/publishing.md").read_text(encoding="utf-8").split())
    asked = (
        "one approval, a review by code owners, and the checks *Pages and data* and *Tests*",
        "Dismiss approvals when something is pushed, and require approval of the last push by somebody else",
        "Allow nobody to bypass this, administrators included, and allow no forced push and no deletion",
        "let only `main` deploy",
        "require approval for the runs of all outside contributors, and let the token only read",
    )
    assert [words for words in asked if words not in guide] == []
    checks = yaml.safe_load((GITHUB / "workflows/check.yml").read_text(encoding="utf-8"))["jobs"].values()
    tests = yaml.safe_load((GITHUB / "workflows/test.yml").read_text(encoding="utf-8"))["jobs"].values()
    assert "Pages and data" in [job.get("name") for job in checks]
    assert "Tests" in [job.get("name") for job in tests]


def test_root_has_only_what_is_known(tmp_path: Path) -> None:
    """Whatever a program would take for its own at the root is refused, and nothing that is there."""
    listed = subprocess.run(["git", "ls-files"], cwd=REAL, capture_output=True, text=True, check=True)  # noqa: S607
    for name in {line.partition("/")[0] for line in listed.stdout.splitlines()}:
        (tmp_path / name).touch()
    assert (root_script(tmp_path).returncode, root_script(tmp_path).stdout) == (0, "")
    planted = [
        "%0A::x::.py",
        "GNUmakefile",
        "babel.py",
        "conftest.py",
        "makefile",
        "pytest.ini",
        "sitecustomize.py",
        "yaml\n::x::.py",
    ]
    for name in planted:
        (tmp_path / name).touch()
    done = root_script(tmp_path)
    assert done.returncode == 1
    said = "is not known at the root; name it in .github/scripts/root.py, or take it away"
    assert done.stdout.splitlines() == [f"::error::{ascii(name).replace('%', '%25')} {said}" for name in planted]


def test_root_is_looked_at_before_anything_is_made() -> None:
    """Where the code of a pull request or of the main branch runs, and make reads our file and no other."""
    for name, job in JOBS:
        scripts = [step["run"] for step in WORKFLOWS[name]["jobs"][job]["steps"] if "run" in step]
        made = [script for script in scripts if re.search(r"\bmake\b", script)]
        assert [script for script in made if not re.search(r"^(sudo )?make -f Makefile ", script)] == []
        if made and (name, job) != ("check", "content"):  # which has the base branch's root
            assert scripts[0] == "python3 .github/scripts/root.py", (name, job)


def test_only_the_base_branch_s_code_leaves_what_is_posted() -> None:
    """The run whose artifact becomes a comment has no job that runs what a pull request brings."""
    assert triggers("comment")["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]
    assert list(WORKFLOWS["check"]["jobs"]) == ["content"]
    assert "upload-artifact" not in TEXTS["test"]


def test_site_is_built_with_what_it_needs_alone() -> None:
    """What the live site is made with is installed from the shorter lock file; updates of all are watched."""
    command = ["make", "-f", "Makefile", "--just-print", "site", "VENV=/nowhere"]
    said = subprocess.run(command, cwd=REAL, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"--requirement (\S+)", said) == ["requirements.txt"]
    watched = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in watched} == {"github-actions", "pip", "npm"}


def test_foot_leads_to_the_form(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the repository is known, each page's foot opens the form with the page's name in the field for it."""
    config = (tiny / "mkdocs.yml").read_text(encoding="utf-8")
    (tiny / "mkdocs.yml").write_text(f'{config}extra:\n  repository: !ENV [REPOSITORY_URL, ""]\n', encoding="utf-8")
    monkeypatch.setenv("REPOSITORY_URL", "https://example.org/handbook/")
    assert run("mkdocs", "build", folder=tiny).returncode == 0
    (link,) = html.parse(tiny / "site/prisons/release/index.html").xpath("//p[@class='suggest screen-only']/a/@href")
    address, _, query = link.partition("?")
    assert address == "https://example.org/handbook/issues/new"
    assert query == "template=suggest-a-change.yml&page=Preparing+release+%28prisons%2Frelease.md%29"
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/suggest-a-change.yml").read_text(encoding="utf-8"))
    assert "page" in [field.get("id") for field in form["body"]]


def test_foot_without_a_repository(tiny: Path, tiny_site: Path) -> None:
    """While its address is not known, the foot leads to the guide, if there is one."""
    assert not html.parse(tiny_site / "prisons/release/index.html").xpath("//p[@class='suggest screen-only']")
    guide = (tiny / "docs/recommendations/index.md").read_text(encoding="utf-8")
    (tiny / "docs/contributing").mkdir()
    (tiny / "docs/contributing/index.md").write_text(
        f"{guide.split('{{')[0]}Write.\n".replace("title: Recommendations", "title: Contributing"), encoding="utf-8"
    )
    run("handbook", "check", "--fix", folder=tiny)
    assert run("mkdocs", "build", folder=tiny).returncode == 0
    foot = html.parse(tiny / "site/prisons/release/index.html").xpath("//p[@class='suggest screen-only']/a/@href")
    assert foot == ["../../contributing/"]
