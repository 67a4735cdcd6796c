"""Problems as text: for people, for GitHub's annotations, for programs."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.problems import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handbook.problems import Problem


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line for each problem: `path:line:column: error[kind] message`."""
    return "".join(f"{problem.line()}\n" for problem in problems)


def as_github(problems: Iterable[Problem]) -> str:
    """Return GitHub's workflow commands, which put each message beside its line.

    The format and its escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(
        f"::{problem.severity} file={_property(visible(problem.location.file))},line={problem.location.line},"
        f"col={problem.location.column},title={problem.kind}::{_data(visible(problem.message))}\n"
        for problem in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON object whose `problems` is a list of file, line, column, severity, kind and message."""
    listed = [
        {
            **problem.location._replace(file=visible(problem.location.file))._asdict(),
            "severity": problem.severity,
            "kind": problem.kind,
            "message": visible(problem.message),
        }
        for problem in problems
    ]
    return json.dumps({"problems": listed}, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = MappingProxyType(
    {"text": as_text, "github": as_github, "json": as_json}
)
"""Every way to print problems, by the name that the command line takes."""
