"""Whatever command or option a message, a page, a workflow or the README names, the command line and `make` have."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from handbook.cli import main
from tests.support.project import REAL, run, run_anew

_COMMAND = re.compile(
    r"(?:[`'\"]|^|\.venv/bin/|\$\(BIN\)/|python3? -m )handbook (?P<name>[a-z]+)(?P<rest>[^`'\"\n|>]*)", re.MULTILINE
)
_COMMANDS = "|".join(main.commands)
_NOT_TYPED = {
    ".py": re.compile(rf"(?<!\"\")['\"]handbook (?:{_COMMANDS})\b"),
    ".md": re.compile(rf"`handbook (?:{_COMMANDS})\b"),
    ".yml": re.compile(rf"[`'\"]handbook (?:{_COMMANDS})\b"),
    ".json": re.compile(rf"['\"]handbook (?:{_COMMANDS})\b"),
}
"""How a command is named in messages, guides and comments when somebody could not type it."""

_OPTION = re.compile(r"(?<=\s)--?[a-z][a-z-]*")
_TARGETS = re.compile(
    r"(?:`|^|\brun: )make (?:-f Makefile )?(?P<targets>[a-z./ -]+?)\s*(?:`|$|#|[A-Z]+=)", re.MULTILINE
)

TEXTS = {
    path.relative_to(REAL).as_posix(): path.read_text(encoding="utf-8")
    for pattern in (
        "handbook/**/*.py",
        "docs/contributing/*.md",
        "*.md",
        "Makefile",
        "macros.py",
        ".ci/run",
        ".github/**/*.md",
        ".github/**/*.yml",
    )
    for path in sorted(REAL.glob(pattern))
    if path.name != "CHANGELOG.md"  # names what was
}


@pytest.mark.parametrize("file", [file for file, text in TEXTS.items() if _COMMAND.search(text)])
def test_named_commands_exist(file: str) -> None:
    """A reader who types what is written gets no error."""
    for named in _COMMAND.finditer(TEXTS[file]):
        command = main.commands.get(named["name"])
        assert command is not None, named[0]
        known = {option for parameter in command.params for option in (*parameter.opts, "--help", "-h")}
        assert known.issuperset(_OPTION.findall(named["rest"])), named[0]


def test_messages_name_what_can_be_typed() -> None:
    """In the project's folder there is no `handbook`, but for the one in `.venv/bin/`."""
    patterns = ("handbook/**/*.py", "data/**/*.yml", "schemas/*.json", "docs/contributing/*.md", "*.md")
    files = [path for pattern in patterns for path in REAL.glob(pattern) if path.name != "CHANGELOG.md"]
    named = {path.name: _NOT_TYPED[path.suffix].findall(path.read_text("utf-8")) for path in files}
    assert {name: found for name, found in named.items() if found} == {}


def test_usage_names_what_can_be_typed() -> None:
    """So does what the command line itself says, with the place of the command as seen from the current folder."""
    programs = Path(sys.executable).parent
    refused = run_anew("handbook", "new", folder=programs.parent.parent)
    assert f"Try '{programs.parent.name}/{programs.name}/handbook new --help' for help." in refused.stderr


@pytest.mark.parametrize("file", [file for file, text in TEXTS.items() if _TARGETS.search(text)])
def test_named_targets_exist(file: str) -> None:
    """What is to be made can be made."""
    known = {".venv/.ready", *re.findall(r"^([a-z-]+):", TEXTS["Makefile"], re.MULTILINE)}
    for named in _TARGETS.finditer(TEXTS[file]):
        assert known.issuperset(named["targets"].split()), named[0]


def test_module_is_the_command() -> None:
    """Where the command is not on the path, `python -m handbook` is the same."""
    asked = run_anew("python", "-m", "handbook", "--help", folder=REAL)
    assert asked.stdout == run("handbook", "--help", folder=REAL).stdout
