"""A file at the project's root that is called like what programs look for is not taken for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import REAL, run_anew

NAMES = (
    "babel",
    "yaml",
    "jinja2",
    "lxml",
    "typst",
    "tqdm",
    "pip",
    "venv",
    "sitecustomize",
    "usercustomize",
    "handbook",
)
PLANTED = """\
import pathlib
with pathlib.Path({ran!r}).open("a") as file:
    file.write(__name__ + "\\n")
raise ImportError("planted")
"""


@pytest.fixture
def planted(tiny: Path) -> Path:
    """Return the tiny project with modules at its root that note when they run."""
    for name in NAMES:
        (tiny / f"{name}.py").write_text(PLANTED.format(ran=str(tiny / "ran")), encoding="utf-8")
    return tiny


def test_they_would_be_run(planted: Path) -> None:
    """Python itself takes each of them, where make does not keep it from them."""
    environment = {**os.environ, "PYTHONSAFEPATH": ""}
    subprocess.run([sys.executable, "-m", "babel"], cwd=planted, env=environment, capture_output=True, check=False)
    assert (planted / "ran").read_text(encoding="utf-8") == "__main__\n"


@pytest.mark.parametrize(
    "command",
    [("handbook", "check"), ("mkdocs", "build"), pytest.param(("handbook", "build"), marks=pytest.mark.slow)],
    ids=" ".join,
)
def test_commands_do_not_run_them(planted: Path, command: tuple[str, str]) -> None:
    """Building works as without them: MkDocs, its plugins and our hook find what was installed."""
    done = run_anew(*command, folder=planted)
    assert (done.returncode, (planted / "ran").exists()) == (0, False), done.stderr


def test_serving_does_not_run_them(planted: Path) -> None:
    """As `make serve` does, until the first look at the site."""
    program = str(Path(sys.executable).with_name("mkdocs"))
    command = [program, "serve", "--dirty", "--no-strict", "--dev-addr", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=planted, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        said = next((line for line in serving.stderr if "Serving on" in line or "Error" in line), "")
        serving.terminate()  # not with SIGINT, which programs ignore that were started in the background
        serving.communicate()
    assert ("Serving on" in said, (planted / "ran").exists()) == (True, False)


def test_tests_do_not_run_them(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make test` does, with our settings: tests find each other, and what was installed."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)  # what this run is asked for besides
    shutil.copy(REAL / "pyproject.toml", planted)
    (planted / "handbook").mkdir()
    (planted / "tests").mkdir()
    for name, text in {
        "__init__": "",
        "words": "",
        "test_it": "import babel, yaml, jinja2\nimport tests.words\n",
    }.items():
        (planted / f"tests/{name}.py").write_text(text, encoding="utf-8")
    with (planted / "tests/test_it.py").open("a", encoding="utf-8") as file:
        file.write("def test_it() -> None:\n    pass\n")
    done = run_anew("pytest", "-q", "-p", "no:cacheprovider", folder=planted)
    assert (done.returncode, (planted / "ran").exists()) == (0, False), done.stdout


@pytest.mark.slow
def test_make_installs_without_them(planted: Path) -> None:
    """The Makefile's own calls of Python look for no module in the folder where they are."""
    shutil.copy(REAL / "Makefile", planted)
    for name in ("requirements.txt", "pyproject.toml"):
        (planted / name).touch()
    command = ["make", "-f", "Makefile", "site", "VENV=fresh", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=planted, capture_output=True, text=True, check=False)
    assert "Setting up fresh" in done.stdout
    assert ((planted / "fresh/bin/pip").exists(), (planted / "ran").exists()) == (True, False), done.stderr
