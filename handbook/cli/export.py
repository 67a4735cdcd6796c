"""`handbook export`."""

from __future__ import annotations

from pathlib import Path

import click

from handbook.checks.reports import FORMATS
from handbook.cli.project import load, project, refuse, say
from handbook.exports.catalogue import exported_files
from handbook.exports.evidence import write_evidence
from handbook.system.atomic import atomic_file, write_together
from handbook.system.build_time import set_build_time


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--evidence", "as_evidence", is_flag=True, help="One table for inspectors instead: what is done, and where."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file for --evidence.")
def export(folder: Path | None, output: Path | None, *, as_evidence: bool) -> None:
    """Write all data exports into FOLDER, or one table of evidence to a file or to the screen.

    Exit code 0: written; 1: there are errors in the sources, or the files cannot be written; 2: wrong usage.
    """
    if as_evidence == (folder is not None) or (output and not as_evidence):
        message = "name a folder for all exports, or write --evidence, with -o FILE if it is to go into a file"
        raise click.UsageError(message)
    corpus = load(project())
    if corpus.errors:
        click.echo(FORMATS["text"](corpus.problems), nl=False)
        refuse("Nothing was exported.")
    set_build_time(corpus.newest_review)
    if folder:
        _write_all(folder, [(n, c if isinstance(c, bytes) else c.encode()) for n, c in exported_files(corpus)])
    elif output:
        _write_table(output, write_evidence(corpus))
    else:
        click.echo(write_evidence(corpus), nl=False)


def _write_all(folder: Path, files: list[tuple[str, bytes]]) -> None:
    try:
        write_together(files, folder)
    except OSError as error:
        refuse(f"'{folder}' cannot be written ({error.strerror}: {error.filename}); what was there is as it was.")
    say(f"'{folder}': {len(files)} files.")


def _write_table(output: Path, table: str) -> None:
    """Write a table with the mark by which spreadsheet programs know UTF-8."""
    try:
        with atomic_file(output) as draft:
            draft.write_text(table, encoding="utf-8-sig", newline="")
    except OSError as error:
        refuse(f"'{output}' cannot be written ({error.strerror}); what was there is as it was.")
    say(f"'{output}' is written.")
