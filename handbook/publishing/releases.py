"""Releases of the site on a machine that serves it.

    current -> releases/0007-3f9a1c2b     what the server serves
    releases/0006-…, releases/0007-…      whole sites; the number is their order, the rest comes from their contents
    .fresh/                               what a run has not finished

Only one step changes what readers get: the link `current` is replaced. A release after the live one was taken back or
never finished; the next run removes it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.problems import HandbookError
from handbook.publishing.checksums import as_list, read_sums, require_own_files, require_sums, write_sums
from handbook.system.atomic import scratch_directory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = 5
"""How many releases stay, the live one counted."""

_LINK = "current"
_FOLDER = "releases"
_NAME = re.compile(r"[0-9]{4,}-[0-9a-f]{8}")


class ReleaseError(HandbookError):
    """Raised when what is live cannot be changed as asked."""


def publish(site: Path, place: Path) -> str:
    """Make a finished site the live one, and give the name of its release; none is added for a site that is live.

    Args:
        site: the folder that holds it.
        place: the folder of the releases.

    Raises:
        HandbookError: if the site is not whole, the place is not ours, or another run is at work.
        OSError: from the disk.
    """
    promised = read_sums(site)
    require_own_files(site)
    require_sums(site, promised)
    content = _content(promised)
    if not place.exists():
        place.mkdir(parents=True)
        _let_all_read(place)
    with scratch_directory(place / ".fresh") as shop:
        live = _live(place)
        _set_aside(place, [name for name in _names(place) if live and _number(name) > _number(live)], shop)
        if not live.endswith(f"-{content}") or not _is_whole(place / _FOLDER / live, promised):
            live = f"{1 + max(map(_number, [live, *_names(place)])):04}-{content}"
            _copy(site, promised, shop / live)
            _put_live(place, live, shop)
        with suppress(OSError):  # what is live is as asked; the next run tidies up
            _set_aside(place, _names(place)[:-KEPT], shop)
        return live


def roll_back(place: Path) -> str:
    """Make the release before the live one live again, and give its name.

    Args:
        place: the folder of the releases.

    Raises:
        HandbookError: if there is none before it, the place is not ours, or another run is at work.
        OSError: from the disk.
    """
    if not (place / _LINK).is_symlink():
        message = f"{place}: nothing was published here"
        raise ReleaseError(message)
    with scratch_directory(place / ".fresh") as shop:
        live = _live(place)
        before = [name for name in _names(place) if _number(name) < _number(live)]
        if not before:
            message = f"{place}: there is no release before '{live}'"
            raise ReleaseError(message)
        release = place / _FOLDER / before[-1]
        promised = read_sums(release)
        require_own_files(release)
        require_sums(release, promised)
        if not release.name.endswith(f"-{_content(promised)}"):
            message = f"{release}: not what was published under this name; publish a site that you have built"
            raise ReleaseError(message)
        _switch(place, release.name, shop)
        return release.name


def _content(promised: Mapping[str, str]) -> str:
    """Return what the name of a release says of its files."""
    return hashlib.sha256(as_list(promised)).hexdigest()[:8]


def _is_whole(release: Path, promised: Mapping[str, str]) -> bool:
    """Tell whether a release is a folder with the promised files and no other."""
    try:
        require_own_files(release)
        require_sums(release, promised)
    except HandbookError:
        return False
    return release.is_dir()


def _live(place: Path) -> str:
    """Return the name of the release that is live, or nothing."""
    link = place / _LINK
    if not link.is_symlink() and not link.exists():
        return ""
    target = link.readlink() if link.is_symlink() else link
    if target != Path(_FOLDER, target.name) or not _NAME.fullmatch(target.name):
        message = f"{link}: not made by '.venv/bin/handbook publish'; choose another folder, or move it away"
        raise ReleaseError(message)
    return target.name


def _names(place: Path) -> Sequence[str]:
    """Name the releases, the oldest first."""
    folder = place / _FOLDER
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted((name for name in names if _NAME.fullmatch(name)), key=_number)


def _number(name: str) -> int:
    return int(name.partition("-")[0] or 0)


def _set_aside(place: Path, names: Sequence[str], shop: Path) -> None:
    """Take releases away, each in one step, so that none is ever half there; they go with the scratch folder."""
    for name in names:
        (place / _FOLDER / name).rename(shop / f"old-{name}")


def _copy(site: Path, promised: Mapping[str, str], fresh: Path) -> None:
    for name in promised:
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, target)
    require_sums(fresh, promised)
    write_sums(fresh)
    for path in (fresh, *fresh.rglob("*")):
        _let_all_read(path)


def _let_all_read(path: Path) -> None:
    """Let the web server read, however strict the umask of whoever publishes is."""
    path.chmod(0o755 if path.is_dir() else 0o644)


def _put_live(place: Path, name: str, shop: Path) -> None:
    os.sync()  # so that a power cut after the switch finds the files
    (place / _FOLDER).mkdir(exist_ok=True)
    _let_all_read(place / _FOLDER)
    (shop / name).rename(place / _FOLDER / name)
    _switch(place, name, shop)


def _switch(place: Path, name: str, shop: Path) -> None:
    link = shop / _LINK
    link.symlink_to(f"{_FOLDER}/{name}")
    link.replace(place / _LINK)
