"""Whatever command or option a message, a page or the README names, the command line has."""

from __future__ import annotations

import re

import pytest

from handbook.cli import main
from tests.support.project import REAL

_NAMED = re.compile(r"(?:[`'\"]|^)(?:\.venv/bin/)?handbook (?P<command>[a-z]+)(?P<rest>[^`'\"\n]*)", re.MULTILINE)

PLACES = ("handbook/**/*.py", "docs/contributing/*.md", "*.md", "Makefile", "data/**/*.yml", ".github/**/*.yml")
FILES = sorted(
    path.relative_to(REAL).as_posix()
    for pattern in (
        "handbook/**/*.py",
        "docs/contributing/*.md",
        "*.md",
        "Makefile",
        "data/**/*.yml",
        ".github/**/*.yml",
    )
    for path in REAL.glob(pattern)
    if path.name != "CHANGELOG.md" and _NAMED.search(path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("file", FILES)
def test_named_commands_exist(file: str) -> None:
    """A reader who types what is written gets no error."""
    for named in _NAMED.finditer((REAL / file).read_text(encoding="utf-8")):
        command = main.commands.get(named["command"])
        assert command is not None, named[0]
        known = {option for parameter in command.params for option in (*parameter.opts, "--help", "-h")}
        assert known.issuperset(re.findall(r"(?<=\s)--?[a-z][a-z-]*", named["rest"])), named[0]


@pytest.mark.parametrize(
    "file", sorted(path.relative_to(REAL).as_posix() for path in (REAL / "handbook").rglob("*.py"))
)
def test_messages_name_what_can_be_typed(file: str) -> None:
    """In the project's folder there is no `handbook`, but for the one in `.venv/bin/`."""
    assert re.findall(r"'handbook (?:check|review|build|publish|new)", (REAL / file).read_text("utf-8")) == []
