"""A pull request's worth of hostile content: all of it is refused with its place, and none of it runs or leaks.

The cases are in `attacks/*.yml`. Beside the project lies a file that they try to publish, and a variable of the
environment that they try to read; `touch canary` is what their commands would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from handbook.checks import load_corpus
from tests.support.cases import apply, cases
from tests.support.project import REAL, TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = cases("attacks")
SONG = "the canary sings"


@pytest.fixture
def attacked(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with a secret beside it and one in its environment."""
    (tiny.parent / "secret.txt").write_text(f"{SONG}\n", encoding="utf-8")
    (tiny.parent / "elsewhere").mkdir()
    monkeypatch.setenv("CANARY", SONG)
    monkeypatch.chdir(tiny)
    return tiny


@pytest.mark.parametrize("name", ATTACKS)
def test_refused(name: str, attacked: Path) -> None:
    """The check says exactly what is wrong and where, in lines that are errors; it runs and tells nothing."""
    apply(ATTACKS[name], attacked)
    lines = [problem.line() for problem in load_corpus(attacked, TODAY).problems]
    assert lines == ATTACKS[name]["problems"]
    assert any(": error[" in line and ATTACKS[name]["file"][:4] in line for line in lines)
    assert not list(attacked.parent.rglob("canary"))
    assert SONG not in "\n".join(lines)


def test_there_are_many() -> None:
    """No file of cases is lost."""
    assert len(ATTACKS) >= 150


@pytest.mark.parametrize(
    "name", ["templates: run a command", "heads: end by dots", "files: page that is a secret", "html: comment"]
)
def test_build_refuses_too(name: str, attacked: Path) -> None:
    """Nothing is built of hostile content, and the build says the lines of the check."""
    apply(ATTACKS[name], attacked)
    done = run("mkdocs", "build", folder=attacked)
    assert done.returncode == 1
    assert all(line in done.stderr for line in ATTACKS[name]["problems"])
    assert "Traceback" not in done.stderr
    assert not (attacked / "site").exists()
    assert not list(attacked.parent.rglob("canary"))
    assert SONG not in done.stdout + done.stderr


def test_snippets_are_text(attacked: Path) -> None:
    """What would insert a file, were the extension for it on, is text in code; the real site has no such extension."""
    shown = '```text\n--8<-- "../secret.txt"\n\n--8<-- "mkdocs.yml"\n```'
    replace(attacked, "docs/prisons/release.md", "Silence.", shown)
    done = run("mkdocs", "build", folder=attacked)
    assert done.returncode == 0, done.stderr
    page = (attacked / "site/prisons/release/index.html").read_text(encoding="utf-8")
    assert "--8&lt;--" in page
    assert SONG not in page
    assert "module_name" not in page
    assert "snippets" not in (REAL / "mkdocs.yml").read_text(encoding="utf-8")


def test_configuration_runs_nothing_of_the_content() -> None:
    """The real site renders macros with those settings on which the check relies."""
    text = (REAL / "mkdocs.yml").read_text(encoding="utf-8")
    assert "!!python" not in text
    (macros,) = (
        plugin["macros"]
        for plugin in yaml.load(text, Loader=yaml.BaseLoader)["plugins"]  # noqa: S506 - builds text only
        if isinstance(plugin, dict) and "macros" in plugin
    )
    assert macros == {"module_name": "macros", "on_undefined": "strict", "on_error_fail": "true"}
