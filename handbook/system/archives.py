"""Files for download that are whole or not there, and the same from the same site.

Whatever is made from the corpus or the built site, to be taken away, is written through here.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIRST_OF_ZIP = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""No archive can name an earlier time."""

_READABLE_FILE = 0o100644 << 16

_PACKED = (".pdf", ".epub", ".png", ".jpg", ".woff2", ".gz")
"""Ends of names of files that would not get smaller."""


def build_time() -> dt.datetime:
    """Return the time that everything built bears: that of the sources, never that of the clock."""
    said = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=dt.UTC)
    return max(said, _FIRST_OF_ZIP)


def set_build_time(day: dt.date) -> None:
    """Let what is built bear a day, unless a time is given in the environment, as by `make`.

    Args:
        day: that of the sources, such as the newest review; never the current time.
    """
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Yield a path to write to; what is there in the end becomes `target`, unless something goes wrong."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def write_zip(files: Iterable[tuple[str, bytes]], target: Path) -> None:
    """Write a ZIP archive.

    Args:
        files: names with forward slashes and contents, in the order of the archive. A file named `mimetype` is stored
            as it is, so that programs can tell the kind of archive from its first bytes.
        target: the archive.
    """
    time = build_time().timetuple()[:6]
    with written_whole(target) as draft, zipfile.ZipFile(draft, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, time)
            entry.create_system = 3  # Unix, wherever it was made
            entry.external_attr = _READABLE_FILE
            is_stored = name == "mimetype" or name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


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
            _place(fresh / name).write_bytes(content)
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


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Move a file to its place and what was there aside; where there is no new one, the place stays empty."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists():
        target.rename(_place(old))
    if new.exists():
        try:
            new.rename(_place(target))
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
