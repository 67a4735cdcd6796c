"""Takes what a pull request proposes as data: pages, facts and the order of pages; nothing that could run.

    python3 .github/scripts/adopt.py PROPOSED [PROJECT]

Both are copies of the repository. `docs/` and `data/` of the project become those of the proposal, and so does `nav:`,
the end of `mkdocs.yml`. All else stays as the base branch has it. Links, devices and the like are refused, for a link
could lead to any file of this machine; so is a list of pages that is more than a list of pages.

Exit code 0: taken; 1: refused, with a line for each reason that GitHub shows beside the file; nothing has changed then.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from pathlib import Path

FOLDERS = ("docs", "data")
MOST_FILES = 20_000
MOST_BYTES = 200_000_000
MOST_FOLDERS_DEEP = 20
MOST_OF_CONFIGURATION = 1_000_000
LONGEST_LINE = 500
MOST_SPACES = 40
"""Bytes of `mkdocs.yml`, characters of a line in it, and how far it is indented: what reads it goes as deep."""

NAME = re.compile(r"[^\x00-\x1f\x7f:*?\"<>|\\]+")
NAV = "nav:\n"
NAV_LINE = re.compile(r"(- (?:[\w(][\w ,.'()-]*:)? ?(?:[\w-]+(?:/[\w-]+)*\.md)?)? *(#.*)?")
"""`- page.md`, `- Title:` or `- Title: page.md`, without what is around it."""


def refusals(proposed: Path) -> list[tuple[str, int, str]]:
    """Give file, line and reason for whatever of a proposal must not be taken."""
    found = []
    count = size = 0
    for folder in FOLDERS:
        if (proposed / folder).is_symlink() or not (proposed / folder).is_dir():
            found.append((folder, 1, "is not a folder"))
            continue
        for path in everything_in(proposed / folder):
            file = path.relative_to(proposed).as_posix()
            status = path.lstat()
            count, size = count + 1, size + status.st_size
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
                found.append((file, 1, "is a link or a device; put the file itself here"))
            elif file.count("/") > MOST_FOLDERS_DEEP:
                found.append((file, 1, f"is more than {MOST_FOLDERS_DEEP} folders deep"))
            elif not NAME.fullmatch(path.name):
                found.append((file, 1, "has a name that cannot stand on every disk; rename it"))
    if count > MOST_FILES or size > MOST_BYTES:
        found.append(("docs", 1, f"has too much: {count} files, {size} bytes"))
    if configuration_size(proposed) > MOST_OF_CONFIGURATION:
        return [*found, ("mkdocs.yml", 1, f"has more than {MOST_OF_CONFIGURATION} bytes")]
    odd = [line for line, text in proposed_nav(proposed) if not is_entry(text)]
    return found + [("mkdocs.yml", line, "is no entry of a list of pages") for line in odd]


def is_entry(line: str) -> bool:
    """Whether a line may stand in a list of pages."""
    spaces = len(line) - len(line.lstrip(" "))
    return len(line) <= LONGEST_LINE and spaces <= MOST_SPACES and NAV_LINE.fullmatch(line.strip(" \n")) is not None


def everything_in(folder: Path) -> list[Path]:
    """Give all that is below a folder, without following links, and not what is deeper than anything may be."""
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        found += [Path(parent, name) for name in [*folders, *files]]
        if len(Path(parent).relative_to(folder).parts) > MOST_FOLDERS_DEEP:
            folders.clear()
    return sorted(found)


def configuration_size(proposed: Path) -> int:
    """Give the size of the proposed configuration in bytes; 0 if it is no file."""
    path = proposed / "mkdocs.yml"
    return path.stat().st_size if path.is_file() and not path.is_symlink() else 0


def proposed_nav(proposed: Path) -> list[tuple[int, str]]:
    """Give the lines of the proposed list of pages with their numbers; none if there is no such list."""
    path = proposed / "mkdocs.yml"
    if path.is_symlink() or not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    start = lines.index(NAV) + 1 if NAV in lines else len(lines)
    return list(enumerate(lines[start:], start + 1))


def adopt(proposed: Path, project: Path) -> None:
    """Take what is allowed of a proposal that has been looked at."""
    for folder in FOLDERS:
        shutil.rmtree(project / folder)
        shutil.copytree(proposed / folder, project / folder, copy_function=shutil.copyfile, symlinks=True)
    nav = "".join(text for _, text in proposed_nav(proposed))
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    before, found, _ = config.partition(f"\n{NAV}")
    if found and nav:
        (project / "mkdocs.yml").write_text(f"{before}{found}{nav}", encoding="utf-8", newline="\n")


def main() -> int:
    """Do what the command line says."""
    proposed, project = Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else os.curdir)  # noqa: PLR2004
    found = refusals(proposed)
    for file, line, reason in found:
        escaped = "".join(character if character.isprintable() else "?" for character in file)
        for character, code in (("%", "%25"), (":", "%3A"), (",", "%2C")):
            escaped = escaped.replace(character, code)
        print(f"::error file={escaped},line={line}::{escaped} {reason}")
    if not found:
        adopt(proposed, project)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
