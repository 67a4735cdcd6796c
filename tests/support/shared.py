"""What takes long to make, made once for all the processes that run the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of a name; the first process that asks makes it, and those that ask meanwhile wait for it.

    Args:
        factory: knows the folder of the session; each process of pytest-xdist has one of its own within that.
        name: of the folder, the same in all processes.
        make: fills the folder, which is there and empty. When it raises something, the next one who asks tries anew.
    """
    own = factory.getbasetemp()
    session = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, made = session / name, session / f"{name}.made"
    with (session / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
