"""`handbook import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbook.cli.project import load, project, refuse, require_none, say, today
from handbook.editing.importing import COLUMNS, OPTIONAL, changed_files, read_entries
from handbook.parsing.csv_tables import read_rows
from handbook.system.archives import write_together

if TYPE_CHECKING:
    from handbook.problems import Problem


@click.group("import")
def import_() -> None:
    """Take in what stands in a table."""


@import_.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def recommendations(file: Path) -> None:
    """Make draft entries of a table of recommendations, a CSV file in UTF-8.

    Exit code 0: the entries are in data/recommendations/, for you to review; 1: there are errors, and nothing was
    written; 2: wrong usage.
    """
    root = project()
    corpus = load(root)
    require_none(corpus.errors)
    problems: list[Problem] = []
    rows = read_rows(file, (*COLUMNS, *OPTIONAL), COLUMNS, problems.append)
    entries = read_entries(rows, corpus.registry, today(), problems.append)
    require_none(sorted(problems, key=lambda problem: problem.location))
    if not entries:
        refuse(f"'{file}' has no row below its header; nothing was written.")
    try:
        write_together(changed_files(entries, corpus, root).items(), root)
    except OSError as error:
        refuse(f"'{error.filename}' cannot be written ({error.strerror}); all files are as they were.")
    say(f"{len(entries)} drafts: {', '.join(entry.id for entry in entries)}. Review them, then run 'make check'.")
