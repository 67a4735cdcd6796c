"""`SHA256SUMS`: what a finished site consists of, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMS = "SHA256SUMS"


class SumsError(HandbookError):
    """Raised for a folder that is not what its sums say."""


def sums(folder: Path) -> Mapping[str, str]:
    """Compute the SHA-256 of each file of a folder but the list itself, by name."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name: _sum(folder / name) for name in names if name != SUMS}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write the list of a folder whose files are all there."""
    (folder / SUMS).write_bytes(as_list(sums(folder)))


def as_list(sums: Mapping[str, str]) -> bytes:
    """Return the content of the list."""
    return "".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()).encode()


def read_sums(folder: Path) -> Mapping[str, str]:
    """Read the list of a folder.

    Raises:
        SumsError: if there is none.
    """
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        message = f"{folder}: there is no {SUMS} in it, so it is no finished site; run 'make site'"
        raise SumsError(message) from None
    return {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}


def require_own_files(folder: Path) -> None:
    """Stop whoever is about to use a folder that is a link or has one in it, which may lead to any file of the machine.

    Raises:
        SumsError: with the name of the first link.
    """
    links = [path for path in [folder, *sorted(folder.rglob("*"))] if path.is_symlink()]
    if links:
        message = f"{links[0]}: a link, and a finished site has none; run 'make site' again"
        raise SumsError(message)


def require_sums(folder: Path, promised: Mapping[str, str]) -> None:
    """Stop whoever is about to use a folder whose files are not those of a list.

    Raises:
        SumsError: with the name of the first file that is missing, too many, or not the same.
    """
    wrong = sorted({name for name, _ in promised.items() ^ sums(folder).items()})
    if wrong:
        message = f"{folder / wrong[0]}: not as in {SUMS} ({len(wrong)} such); run 'make site' again"
        raise SumsError(message)
