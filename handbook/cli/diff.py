"""`handbook diff`."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbook.cli.git import git
from handbook.cli.project import load, project, refuse, today
from handbook.editing.comparison import Change, explain

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("base")
def diff(base: str) -> None:
    """Say in plain words, as Markdown, what has changed in the handbook since BASE, a revision of git.

    Exit code 0: said; 1: git does not answer; 2: there is no such revision.
    """
    root = project()
    with _as_it_was(root, _commit(root, base)) as old:
        click.echo(explain(Change(load(old), load(root), today())), nl=False)


def _commit(root: Path, name: str) -> str:
    done = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if done.returncode and done.stderr:
        refuse(f"git does not answer. It says: {done.stderr.decode(errors='replace').strip()}")
    if done.returncode:
        message = f"'{name}' is not a revision that git knows here; write a branch, a tag or a commit, as in 'main'"
        raise click.UsageError(message)
    return done.stdout.decode().strip()


@contextmanager
def _as_it_was(root: Path, commit: str) -> Iterator[Path]:
    """Yield a folder with the project as it was, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        archive = Path(folder) / "archive.zip"
        done = git(root, "archive", "--format=zip", f"--output={archive}", commit)
        if done.returncode:
            refuse(f"git does not give the files of '{commit}': {done.stderr.decode(errors='replace').strip()}")
        old = Path(folder) / "project"
        try:
            with zipfile.ZipFile(archive) as files:
                files.extractall(old)  # writes below it only, and a link as a file
        except (OSError, zipfile.BadZipFile) as error:
            refuse(f"the files of '{commit}' cannot be unpacked: {error}")
        yield old
