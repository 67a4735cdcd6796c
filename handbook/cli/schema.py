"""`handbook schema`."""

from __future__ import annotations

import click

from handbook.cli.project import project, refuse, write_text
from handbook.exports.problem_list import PAGE, with_problem_list
from handbook.exports.schemas import FOLDER, schema_files


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say whether the files are as they should be.")
def schema(*, check: bool) -> None:
    """Write what is made of the models: the JSON Schemas for editors' programs, and the list of problems.

    Exit code 0: they are as they should be; 1: --check found that they are not.
    """
    root = project()
    page = root / PAGE
    wanted = {root / file: text for file, text in schema_files().items()}
    there = {path: path.read_text(encoding="utf-8") for path in (root / FOLDER).glob("*.json")}
    if page.is_file():
        there[page] = page.read_text(encoding="utf-8")
        wanted[page] = with_problem_list(there[page])
    changed = [path for path in sorted({*wanted, *there}) if wanted.get(path) != there.get(path)]
    if check and changed:
        names = ", ".join(path.name for path in changed)
        refuse(f"What is made of the models does not agree with them ({names}); run '.venv/bin/handbook schema'.")
    for path in changed:
        if path in wanted:
            write_text(path, wanted[path])
        else:
            path.unlink()
