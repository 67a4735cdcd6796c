"""The tiny project in `tests/tiny/`, from which tests make their variations, and the real one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

REAL = Path(__file__).parent.parent.parent

TODAY = dt.date(2026, 11, 23)
"""The day on which all reviews in tests are judged."""

TINY = REAL / "tests/tiny"

FILES = {
    path.relative_to(TINY).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TINY.rglob("*"))
    if path.is_file()
}
"""Every file of the tiny project but `macros.py` and `overrides/`, which are the real ones."""


def write_project(root: Path, real: Path) -> Path:
    """Write the project into the folder `root`, with what it has from the real one, and give the folder back."""
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    shutil.copy(real / "macros.py", root / "macros.py")
    shutil.copytree(real / "overrides", root / "overrides", dirs_exist_ok=True)
    return root


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change a file of the project; what is to be changed must stand in it exactly once."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(*command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands as an editor would, in a folder, with more variables in its environment."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | variables
    program, *arguments = command
    return subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
