"""Files and folders that change as a whole: what is not finished lies beside them, where the next run removes it."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class BusyError(HandbookError):
    """Raised when another run works on the same folder."""

    def __init__(self, folder: Path) -> None:
        """Name what shows that it does."""
        super().__init__(f"{folder}: another run is at work here; wait until it has ended")


class ForeignError(HandbookError):
    """Raised when the folder for what is not finished is somebody else's, who could change it on the way."""

    def __init__(self, folder: Path) -> None:
        """Name it."""
        super().__init__(f"{folder}: belongs to another user; remove it, or work as that user")


@contextmanager
def atomic_file(target: Path) -> Iterator[Path]:
    """Yield a path to write to; what is there in the end becomes `target`, unless something goes wrong."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write_together(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write several files into a folder: all of them or, when something goes wrong, none.

    Args:
        files: names with forward slashes and contents. What else is in the folder stays.
        folder: made if it does not exist.

    Raises:
        OSError: if a file cannot be written; then those that were there before are as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder) as staging:
        fresh, old = Path(staging, "fresh"), Path(staging, "old")
        names = []
        for name, content in files:
            _with_parents(fresh / name).write_bytes(content)
            names.append(name)
        done: list[str] = []
        try:
            for name in names:
                _exchange(fresh / name, folder / name, old / name)
                done.append(name)
        except OSError:
            for name in done:
                _exchange(old / name, folder / name, fresh / name)
            raise


@contextmanager
def atomic_directory(target: Path) -> Iterator[Path]:
    """Yield a path for a folder; what is there in the end takes the place of `target`, unless something goes wrong.

    Raises:
        BusyError: while another run does the same.
    """
    with _owned(target.with_name(f".{target.name}-fresh")) as folder:
        old = folder / ".old"
        if old.exists() and not target.exists():
            old.rename(target)  # a run was killed between the two steps of `_replace`
        _empty(folder)
        fresh = folder / target.name
        yield fresh
        _replace(target, fresh, old)


@contextmanager
def scratch_directory(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that no other run uses; it is gone in the end.

    Raises:
        BusyError: while another run uses it.
    """
    with _owned(folder):
        _empty(folder)
        yield folder


@contextmanager
def _owned(folder: Path) -> Iterator[Path]:
    """Keep a folder for this run and its children, and remove it in the end.

    The folder is its own lock. The system lets go of it when the last process of the run has ended, however it ended;
    so nothing that a killed run left behind is ever in the way.
    """
    lock = _lock(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what cannot be removed now is for the next run
        os.close(lock)


def _lock(folder: Path) -> int:
    import fcntl  # noqa: PLC0415 - Windows has none, and may check all the same

    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        if os.fstat(handle).st_uid != os.geteuid():
            os.close(handle)
            raise ForeignError(folder)
        os.set_inheritable(handle, True)  # noqa: FBT003 - as Python names it
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise BusyError(folder) from None
        if folder.exists() and os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
        os.close(handle)  # its owner removed the folder just before it was ours


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _replace(target: Path, fresh: Path, old: Path) -> None:
    """Put one folder in the place of another: in one step if the system can, else in two that can be taken back."""
    if not target.exists():
        fresh.rename(target)
        return
    if _swap(target, fresh):
        return
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise


_HERE = -100
"""AT_FDCWD: paths are as the process has them."""

_EXCHANGE = 2
"""RENAME_EXCHANGE: neither name is free at any moment."""


def _swap(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, and tell whether this system could (Linux, most file systems)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Move a file to its place and what was there aside; where there is no new one, the place stays empty."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists():
        target.rename(_with_parents(old))
    if new.exists():
        try:
            new.rename(_with_parents(target))
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def _with_parents(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
