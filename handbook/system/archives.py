"""ZIP archives that are the same from the same files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from handbook.system.atomic import atomic_file
from handbook.system.build_time import build_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_READABLE_FILE = 0o100644 << 16

_PACKED = (".pdf", ".epub", ".odt", ".docx", ".png", ".jpg", ".woff2", ".gz")
"""Ends of names of files that would not get smaller."""


def write_zip(files: Iterable[tuple[str, bytes]], target: Path) -> None:
    """Write a ZIP archive.

    Args:
        files: names with forward slashes and contents, in the order of the archive. A file named `mimetype` is stored
            as it is, so that programs can tell the kind of archive from its first bytes.
        target: the archive.
    """
    time = build_time().timetuple()[:6]
    with atomic_file(target) as draft, zipfile.ZipFile(draft, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, time)
            entry.create_system = 3  # Unix, wherever it was made
            entry.external_attr = _READABLE_FILE
            is_stored = name == "mimetype" or name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
