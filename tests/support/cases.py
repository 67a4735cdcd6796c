"""Changes to the tiny project, as the cases in YAML files describe them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.project import REAL, replace

if TYPE_CHECKING:
    from pathlib import Path

Case = dict[str, Any]
"""A change, and in `problems` the lines that it must give."""


def cases(*folders: str) -> dict[str, Case]:
    """Return all cases in these folders below `tests/`, by file and name."""
    files = [file for folder in folders for file in sorted((REAL / "tests" / folder).glob("*.yml"))]
    return {
        f"{file.stem}: {case['case']}": case
        for file in files
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    }


def apply(case: Case, project: Path) -> None:
    """Make the change of a case."""
    path = project / case["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    match case.get("how", "replace"):
        case "replace":
            replace(project, case["file"], case["replace"], case["by"])
        case "delete":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        case "write":
            path.write_text(case["text"] * case.get("times", 1), encoding="utf-8")
        case "link":
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)
            path.symlink_to(case["to"])
        case "whole":
            path.write_bytes(bytes.fromhex(case["bytes"]))
        case "append":
            path.write_bytes(path.read_bytes() + bytes.fromhex(case["bytes"]))
        case "prepend":
            path.write_bytes(bytes.fromhex(case["bytes"]) + path.read_bytes())
