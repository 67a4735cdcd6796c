"""What git knows of the project."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from handbook.cli.project import refuse

if TYPE_CHECKING:
    from pathlib import Path

_PUBLISHED = ("origin/HEAD", "origin/main", "main", "HEAD")
"""Where to look for what readers have, the first that there is."""


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in the project's folder, or end the command when there is none."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - our own words
    except OSError as error:
        refuse(f"git cannot be run ({error.strerror}); install it")


def published(root: Path, file: str) -> str | None:
    """Return the text of a file as readers have it, empty if they have none; None if git does not know."""
    for revision in _PUBLISHED:
        if not git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").returncode:
            return git(root, "show", f"{revision}:./{file}").stdout.decode(errors="replace")
    return None
