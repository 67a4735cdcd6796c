"""Refuses what stands at the root of the repository and is not known there.

    python3 .github/scripts/root.py [PROJECT]

Programs take files at the root for their own, by name: make a `GNUmakefile`, pytest a `conftest.py`, Python a module
that is called like one that it looks for. Whoever may merge pages could add one. So a name that is new at the root is
written down here as well, in a folder that has owners.

Exit code 0: all is known; 1: something is not, with a line for each that GitHub shows.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

KNOWN = frozenset(
    (
        *(".ci", ".git", ".gitattributes", ".github", ".gitignore", ".pre-commit-config.yaml", ".vscode"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md"),
        *("benchmarks", "data", "docs", "handbook", "macros.py", "mkdocs.yml", "overrides"),
        *("pyproject.toml", "requirements-dev.txt", "requirements.txt", "schemas", "spelling", "tests"),
    )
)


def main() -> int:
    """Do what the command line says."""
    project = Path(sys.argv[1] if len(sys.argv) > 1 else os.curdir)
    strange = sorted({path.name for path in project.iterdir()} - KNOWN)
    for name in strange:
        shown = ascii(name).replace("%", "%25")
        print(f"::error::{shown} is not known at the root; name it in .github/scripts/root.py, or take it away")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
