"""Archives are whole or not there, and the same from the same files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from handbook.system.archives import write_zip
from handbook.system.atomic import write_together
from handbook.system.build_time import build_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = [("mimetype", b"application/epub+zip"), ("a/page.html", b"<p>Page" * 50), ("a/print.pdf", b"%PDF" * 50)]


def test_build_time_is_that_of_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock has no say; without a date of the sources, it is the first day that an archive can name."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert build_time().isoformat() == "2026-11-18T11:06:40+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build_time().isoformat() == "1980-01-01T00:00:00+00:00"


def test_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive keeps order and contents, bears the date of the sources, and packs only what gets smaller."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    write_zip(FILES, tmp_path / "new/files.zip")
    with zipfile.ZipFile(tmp_path / "new/files.zip") as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == FILES
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 18, 11, 6, 40)}
        packed = [entry.filename for entry in archive.infolist() if entry.compress_type != zipfile.ZIP_STORED]
    assert packed == ["a/page.html"]


def test_same_bytes_twice(tmp_path: Path) -> None:
    """Two archives of the same files do not differ."""
    for name in ("first", "second"):
        write_zip(FILES, tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_nothing_half_made_is_left(tmp_path: Path) -> None:
    """When writing fails, the old file stays as it was, and nothing lies beside it."""
    target = tmp_path / "file.zip"
    target.write_text("old", encoding="utf-8")

    def broken_off() -> Iterator[tuple[str, bytes]]:
        yield FILES[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_zip(broken_off(), target)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("file.zip", "old")]


def test_several_files_or_none(tmp_path: Path) -> None:
    """When one of them cannot take its place, those before it are what they were, and new ones are gone."""
    (tmp_path / "b").write_text("old", encoding="utf-8")
    (tmp_path / "c").mkdir()
    with pytest.raises(IsADirectoryError):
        write_together([("a/new", b"1"), ("b", b"2"), ("c", b"3")], tmp_path)
    assert (tmp_path / "b").read_text(encoding="utf-8") == "old"
    assert [path.name for path in sorted(tmp_path.rglob("*")) if path.is_file()] == ["b"]
    (tmp_path / "c").rmdir()
    write_together([("a/new", b"1"), ("b", b"2"), ("c", b"3")], tmp_path)
    files = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"a/new": b"1", "b": b"2", "c": b"3"}
