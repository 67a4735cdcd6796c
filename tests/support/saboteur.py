"""Runs a command again and again, and spoils each run at another of its steps.

A step is whatever Python tells its audit hooks of that changes the disk: making, opening for writing, renaming or
deleting. The interpreter starts once, each run is a fork of it; so every step can be tried.
"""

from __future__ import annotations

import errno
import hashlib
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from handbook.cli import main
from handbook.problems import HandbookError
from handbook.publishing.checksums import read_sums, sums

_NEEDS_SPACE = frozenset({"os.mkdir", "os.symlink"})
_CHANGES = _NEEDS_SPACE | {"os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "ctypes.dlsym"}
"""Names of audit events; `ctypes.dlsym` comes before two folders change names."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


SURVIVED = 50
"""Exit code of a run that was spoilt and did all the same what it was asked for."""


class Outcome(NamedTuple):
    """What became of one spoilt run and of the next one, which nothing spoils.

    Attributes:
        code: exit code of the spoilt run; negative: the signal that killed it; 0: it had no such step.
        live: what readers had after it.
        broken: releases that were not whole after it.
        next_code: exit code of the next run.
        next_live: what readers had after that.
        left: names in the folder after that which had not been there before, or would not be there without the fault.
        said: what both runs printed.
    """

    code: int
    live: str
    broken: list[str]
    next_code: int
    next_live: str
    left: list[str]
    said: str


def digest(folder: Path) -> str:
    """Compute one value for the names and contents of everything in a folder; a missing folder has one too."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    content = b"".join(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() for path in files)
    return hashlib.sha256(content).hexdigest() if folder.is_dir() else "missing"


def listing(world: Path) -> list[str]:
    """Name the files and links of a world, apart from what Python leaves behind."""
    paths = (path for path in world.rglob("*") if path.is_symlink() or not path.is_dir() or path.name.startswith("."))
    return sorted(path.relative_to(world).as_posix() for path in paths if "__pycache__" not in path.parts)


def _arm(fault: str, number: int) -> set[str]:
    """Spoil this process at its step of a number, and give the set that has something in it once that has happened."""
    counts: Counter[str] = Counter()
    spoilt: set[str] = set()
    world = Path.cwd()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
        path = str(arguments[0]) if arguments else ""
        # What is installed can be read, or nothing runs at all.
        reads = event == "open" and fault == "denied" and world in Path(path).absolute().parents
        if path == os.devnull or not (writes or reads or event in _CHANGES):
            return
        counts["steps"] += 1
        if fault == "kill" and counts["steps"] == number:
            os.killpg(0, signal.SIGKILL)
        if fault == "full" and counts["steps"] >= number and (writes or event in _NEEDS_SPACE):
            spoilt.add(path)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if fault == "denied" and counts["steps"] == number:
            spoilt.add(path)
        if fault == "denied" and path in spoilt:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    sys.addaudithook(hook)
    return spoilt


def _run(command: list[str], world: Path, fault: str, number: int) -> tuple[int, str]:
    """Run a command in a fork, and return its exit code and what it printed.

    It prints into a pipe, which a full disk and a limit for files leave alone.
    """
    printed, said = os.pipe()
    child = os.fork()
    if child:
        os.close(said)
        with os.fdopen(printed, encoding="utf-8") as pipe:
            text = pipe.read()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text
    os.setsid()
    os.chdir(world)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if fault == "short":
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
    spoilt = _arm(fault, number)
    try:
        main(command, standalone_mode=True)
    except SystemExit as end:
        code = int(end.code or (SURVIVED if spoilt else 0))
    except BaseException:  # noqa: BLE001 - whatever it is, the test is to see it
        traceback.print_exc()
        code = 99
    os._exit(code)


def _try(command: list[str], pristine: Path, live: str, fault: str, number: int) -> Outcome:
    world = pristine.with_name("world")
    shutil.rmtree(world, ignore_errors=True)
    shutil.copytree(pristine, world, symlinks=True)
    code, said = _run(command, world, fault, number)
    then = digest(world / live)
    broken = [path.name for path in world.glob("live/releases/*") if not _is_whole(path)]
    next_code, next_said = _run(command, world, "", 0)
    return Outcome(code, then, broken, next_code, digest(world / live), listing(world), said + next_said)


def _is_whole(release: Path) -> bool:
    try:
        return read_sums(release) == sums(release)
    except HandbookError:
        return False


def _no_press(site: Path, *_: object) -> None:
    """Stand in for the press, which has tests of its own."""
    (site / "downloads").mkdir()
    (site / "downloads/handbook.pdf").write_bytes(b"%PDF" * 999)


def _spoil() -> None:
    """Try what the first argument says, until a run has fewer steps, and print the outcomes."""
    sys.dont_write_bytecode = True
    spec = json.loads(sys.argv[1])
    mock.patch.object(importlib.import_module("handbook.cli.build"), "write_downloads", _no_press).start()
    mock.patch("os.sync").start()  # waits for all that others write on this machine
    if not spec["can_swap"]:
        mock.patch("ctypes.CDLL", return_value=object()).start()  # a system that cannot let two folders change names
    outcomes = []
    for number in spec["numbers"]:
        outcomes.append(_try(spec["command"], Path(spec["pristine"]), spec["live"], spec["fault"], number))
        if outcomes[-1].code == 0:
            break
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    _spoil()
