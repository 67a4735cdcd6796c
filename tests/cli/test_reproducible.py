"""The same commit gives the same bytes, whoever builds it, where and when."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.project import REAL, TODAY, write_project

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "DAY": f"{TODAY} 01:00:00"}
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "DAY": "2031-03-30 23:59:58"}

ZIM = "downloads/handbook.zim"


def build(project: Path, command: str, circumstances: Mapping[str, str], umask: int) -> Mapping[str, bytes]:
    """Build a project under some circumstances, and give every file of its site."""
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.fail("faketime is missing; 'make setup' installs it, or says how")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "SOURCE_"))}
    done = subprocess.run(
        [faketime, circumstances["DAY"], Path(sys.executable).with_name(command), "build"],
        cwd=project,
        env=environment | dict(circumstances),
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = project / "site"
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    if ZIM in files:  # libzim draws ids at random
        files[ZIM] = b"random"
        lines = files["SHA256SUMS"].splitlines()
        files["SHA256SUMS"] = b"\n".join(line for line in lines if not line.endswith(ZIM.encode()))
    return files


@pytest.mark.parametrize(
    ("command", "given"),
    [("handbook", {"SOURCE_DATE_EPOCH": "1795000000"}), pytest.param("mkdocs", {}, marks=pytest.mark.slow)],
)
def test_same_bytes_elsewhere(tmp_path: Path, command: str, given: Mapping[str, str]) -> None:
    """Path, day, time zone, locale, hash seed, rights and ages of files: nothing of it shows, in archives neither."""
    here = write_project(tmp_path / "here", REAL)
    elsewhere = write_project(tmp_path / "some where else" / "äöü", REAL)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    first = build(here, command, {**HERE, **given}, 0o022)
    second = build(elsewhere, command, {**ELSEWHERE, **given}, 0o027)
    assert {"index.html", "data/sources.bib"} <= first.keys()
    assert (command != "handbook") or {ZIM, "downloads/offline.zip", "SHA256SUMS"} <= first.keys()
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if second[name] != content] == []


@pytest.mark.slow
def test_real_site_elsewhere(tmp_path: Path) -> None:
    """The same holds of the whole handbook with all its downloads."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=REAL, capture_output=True, text=True, check=True).stdout.split("\0")[:-1]
    sites = []
    for folder, circumstances in (("here", HERE), ("some where else/äöü", ELSEWHERE)):
        for name in names:
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REAL / name, tmp_path / folder / name)
        sites.append(build(tmp_path / folder, "handbook", circumstances, 0o022))
    assert len(sites[0]) > 500
    assert sites[0].keys() == sites[1].keys()
    assert [name for name, content in sites[0].items() if sites[1][name] != content] == []
