"""What may lie under `docs/` and `data/`: where, under which names, of which sorts, how large.

MkDocs publishes every file that it finds, follows links, and lets files replace those of the theme. So what may be
there is listed, and anything else is a problem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.checks.images import ENDINGS, check_image
from handbook.limits import LARGEST_IMAGE
from handbook.parsing.text_files import link_problem, unreadable
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.references import Names
    from handbook.problems import Report

PARTS = frozenset({"about", "contributing", "recommendations", "reference", "roles", "training"})
"""Folders under `docs/` besides those of the areas."""

_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_NAME = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*")


def check_files(root: Path, areas: Names, generated: frozenset[str], report: Report) -> frozenset[str]:
    """Check every file and folder under `docs/` and `data/`, but for what stands in the texts.

    Args:
        root: the project's folder.
        areas: ids of the areas, whose pages have folders of these names.
        generated: the pages that the site makes itself, by their path below `docs/`.
        report: called with each problem.

    Returns:
        The images, by their path below `docs/`.
    """
    folders = PARTS.union(areas.known) if areas.are_all else None
    images: set[str] = set()
    names: dict[str, str] = {}
    for path in (*_walk(root, root / "docs", report), *_walk(root, root / "data", report)):
        file = _file(root, path)
        first = names.setdefault(_identity(file, is_folder=path.is_dir()), file)
        if first != file:
            message = f"'{file}' and '{first}' would be one and the same somewhere; rename or delete one"
            report(Problem(Location(file), ProblemKind.NAME_CLASH, message))
        if problem := _misplaced(path, file, folders, generated):
            report(problem)
        elif path.suffix in ENDINGS:
            images.add(file.removeprefix("docs/"))
            _check_image(path, file, report)
    return frozenset(images)


def _walk(root: Path, folder: Path, report: Report) -> Iterator[Path]:
    """Yield what is below a folder, in order, and go through no link."""
    if folder.is_symlink():
        report(link_problem(_file(root, folder)))
    elif folder.is_dir():
        try:
            found = sorted(folder.iterdir())
        except OSError as error:
            report(unreadable(_file(root, folder), error))
            return
        for path in found:
            if not path.is_symlink():
                yield path
            yield from _walk(root, path, report)


def _file(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _identity(file: str, *, is_folder: bool) -> str:
    """Return what two files must not share: the name on a disk that is blind to case, or a page's address."""
    name = file.casefold()
    return f"{name}/" if is_folder else name.removesuffix(".md").removesuffix("/index").removesuffix("/readme")


def _misplaced(path: Path, file: str, folders: frozenset[str] | None, generated: frozenset[str]) -> Problem | None:
    """Say what is wrong with the place, the name or the sort of a file or folder, if anything."""
    location = Location(file)
    top, *way, name = file.split("/")
    if not _NAME.fullmatch(name):
        message = f"'{name}' is not a good name; write small letters, digits and hyphens"
        return Problem(location, ProblemKind.FILE_NAME, message)
    if _DEVICE.fullmatch(path.stem):
        message = f"'{name}' can be no file on Windows, where this is the name of a device; choose another"
        return Problem(location, ProblemKind.FILE_NAME, message)
    if path.is_dir():
        return _misplaced_folder(file, folders)
    allowed = {".yml"} if top == "data" else {".md", *ENDINGS} if way else {".md"}
    if path.suffix not in allowed or not path.is_file():
        message = f"'{name}' cannot lie here; there are only files with {', '.join(sorted(allowed))}"
        return Problem(location, ProblemKind.FILE_TYPE, message)
    if file.removeprefix("docs/") in generated:
        message = f"the site makes the page '{name}' itself; delete this one"
        return Problem(location, ProblemKind.NAME_CLASH, message)
    return None


def _misplaced_folder(folder: str, folders: frozenset[str] | None) -> Problem | None:
    match folder.split("/"):
        case ["data", name]:
            allowed = frozenset({"advice", "decisions", "forms", "recommendations"})
        case ["docs", name]:
            allowed = frozenset({name}) if folders is None else folders
        case ["docs", _, name]:
            allowed = frozenset({"images"})
        case _:
            name, allowed = folder.rpartition("/")[2], frozenset()
    if name in allowed:
        return None
    near = nearest(name, allowed) or (f"; there may be {', '.join(sorted(allowed))}" if allowed else "; move its files")
    return Problem(Location(folder), ProblemKind.FILE_PLACE, f"the folder '{folder}' has no place here{near}")


def _check_image(path: Path, file: str, report: Report) -> None:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_IMAGE else b""
    except OSError as error:
        report(unreadable(file, error))
        return
    if size > LARGEST_IMAGE:
        message = f"the image has {size // 1000} KB, {LARGEST_IMAGE // 1000} KB at most; make it smaller"
        report(Problem(Location(file), ProblemKind.TOO_LARGE, message))
    else:
        check_image(data, path.suffix, file, report)
