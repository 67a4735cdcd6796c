"""The tiny project in `tests/tiny/`, from which tests make their variations, and the real one."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import mkdocs.__main__

import handbook.cli

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

REAL = Path(__file__).parent.parent.parent

TODAY = dt.date(2026, 11, 29)
"""The day on which all reviews in tests are judged."""

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}

TINY = REAL / "tests/tiny"

FILES = {
    path.relative_to(TINY).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TINY.rglob("*"))
    if path.is_file()
}
"""Every file of the tiny project but `macros.py` and `overrides/`, which are the real ones."""


def write_project(root: Path, real: Path) -> Path:
    """Write the project into the folder `root`, with what it has from the real one, and give the folder back."""
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    shutil.copy(real / "macros.py", root / "macros.py")
    shutil.copytree(real / "overrides", root / "overrides", dirs_exist_ok=True)
    return root


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change a file of the project; what is to be changed must stand in it exactly once."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


COMMANDS = {"handbook": handbook.cli.main, "mkdocs": mkdocs.__main__.cli}


def run(program: str, *arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `handbook` or `mkdocs` as an editor would, in a folder, with more variables in its environment.

    A fork does it of a process that has imported everything, which takes longer than most commands do.
    """
    with tempfile.NamedTemporaryFile() as output, tempfile.NamedTemporaryFile() as errors:
        environment = os.environ | ENVIRONMENT | variables
        _COMMANDER.send((program, arguments, folder, environment, output.name, errors.name))
        code = _COMMANDER.recv()
        texts = [file.read().decode() for file in (output, errors)]
    return subprocess.CompletedProcess([program, *arguments], code, *texts)


def _start_commander() -> Connection:
    """Fork the process that runs commands, before this one has threads of browsers and libraries, which forks lack."""
    ours, theirs = multiprocessing.Pipe()
    if not os.fork():
        ours.close()
        _command(theirs)
    theirs.close()
    return ours


def _command(requests: Connection) -> NoReturn:
    """Run each command in a fork, until the process that tests has ended."""
    while True:
        try:
            request = requests.recv()
        except EOFError:
            os._exit(0)
        child = os.fork()
        if not child:
            _become(*request)
        requests.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _become(  # noqa: PLR0913, PLR0917 - what a process is started with
    program: str, arguments: Sequence[str], folder: Path, environment: dict[str, str], output: str, errors: str
) -> NoReturn:
    """Do in this process, a fork, what a program does in one of its own."""
    code = 1
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for number, file in enumerate((output, errors), 1):
            os.dup2(os.open(file, os.O_WRONLY), number)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        COMMANDS[program](arguments, prog_name=program)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, it is shown as an interpreter would show it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


_COMMANDER = _start_commander()


def run_anew(program: str, *arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of our virtual environment in a process of its own, with more variables in its environment."""
    return subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env=os.environ | ENVIRONMENT | variables,
        capture_output=True,
        text=True,
        check=False,
    )
