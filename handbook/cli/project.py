"""What the commands share: the project in the current folder, its fresh site, and words to the user."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from handbook.checks import load_corpus
from handbook.checks.reports import FORMATS
from handbook.editing.entries import with_news
from handbook.model.changes import is_announced
from handbook.model.registry import CHANGES_FILE, HISTORY_FILE
from handbook.problems import HandbookError, nearest
from handbook.system.atomic import atomic_file
from handbook.system.processes import WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.corpus import Corpus
    from handbook.problems import Problem


class PagesError(HandbookError):
    """Raised when MkDocs does not build the pages; the message is what it says."""


def project() -> Path:
    """Find the project's folder, which is the current one.

    Raises:
        click.UsageError: if it is not a project.
    """
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        message = f"'{root}' has no mkdocs.yml; run this command in the project's folder"
        raise click.UsageError(message)
    return root


def build_pages(root: Path, site: Path) -> None:
    """Have MkDocs build a project's pages, strictly.

    MkDocs must not be told to be quiet: it would overlook its own warnings. It keeps the lock on the folder that it
    writes to, even if this process is killed.

    Raises:
        PagesError: if it fails.
    """
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=root, env=environment, close_fds=False, stderr=subprocess.PIPE, encoding="utf-8", check=False
    )
    said = "\n".join(line for line in done.stderr.splitlines() if line and not line.startswith("INFO "))
    if done.returncode:
        raise PagesError(said or f"MkDocs was ended ({done.returncode}); was there too little memory?")
    if said:
        say(said)


@contextmanager
def refusing(kept: str) -> Iterator[None]:
    """End the command with a line when our own code or the disk says that something does not go."""
    try:
        yield
    except HandbookError as error:
        say(str(error))
        refuse(kept)
    except OSError as error:
        say(f"{error.filename or 'disk'}: {error.strerror or error}")
        refuse(kept)


def load(root: Path) -> Corpus:
    """Load and check a project as it is today, or end the command when the system does not let it finish."""
    try:
        return load_corpus(root, today())
    except WorkerError as error:
        refuse(str(error))


def page_named(name: str, corpus: Corpus) -> str:
    """Return the `src_uri` of a page that somebody has named by its path, with `docs/` before it or without.

    Raises:
        click.UsageError: if there is none.
    """
    src_uri = name.removeprefix("docs/")
    if src_uri not in corpus.pages.by_uri:
        message = f"'{name}' is not a page that can be read{nearest(src_uri, corpus.pages.by_uri)}"
        raise click.UsageError(message)
    return src_uri


def require_none(problems: Sequence[Problem]) -> None:
    """Print problems, and end the command before it writes anything if there are any."""
    if problems:
        click.echo(FORMATS["text"](problems), nl=False)
        refuse("Nothing was written.")


def today() -> dt.date:
    """Return the day by which reviews are due or not."""
    return dt.datetime.now(tz=dt.UTC).date()


def note_news(root: Path) -> None:
    """Add to the history what is new: ids and pages."""
    corpus = load(root)
    file = root / HISTORY_FILE
    if corpus.registry.history is None and file.exists():
        return  # broken, which the check reports
    text = with_news(corpus.registry, corpus.pages)
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        write_text(file, text)
        noted = corpus.registry.history.pages if corpus.registry.history else ()
        for page in corpus.pages:
            if page.src_uri not in noted and not is_announced(page, corpus):
                say(f"'{page.src_uri}' is new; say in '{CHANGES_FILE}' what readers will find there.")


def write_text(file: Path, text: str) -> None:
    """Write a file of the project, whole or not at all, and say so."""
    with atomic_file(file) as draft:
        draft.write_text(text, encoding="utf-8")
    say(f"'{file.relative_to(project()).as_posix()}' is written.")


def say(line: str) -> None:
    """Say something to whoever runs the command, beside what it prints."""
    click.echo(line, err=True)


def refuse(line: str) -> NoReturn:
    """Say why the command ends without having done its work, and end it with exit code 1."""
    say(line)
    sys.exit(1)
