"""`handbook schema`."""

from __future__ import annotations

import click

from handbook.cli.project import project, refuse, write_text
from handbook.exports.schemas import FOLDER, schema_files


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say whether the files are as they should be.")
def schema(*, check: bool) -> None:
    """Write the JSON Schemas of data files and front matter, which help editors' programs to help.

    Exit code 0: they are as they should be; 1: --check found that they are not.
    """
    root = project()
    wanted = {root / file: text for file, text in schema_files().items()}
    there = {path: path.read_text(encoding="utf-8") for path in (root / FOLDER).glob("*.json")}
    changed = [path for path in sorted({*wanted, *there}) if wanted.get(path) != there.get(path)]
    if check and changed:
        names = ", ".join(path.name for path in changed)
        refuse(f"'{FOLDER}' does not agree with the models ({names}); run '.venv/bin/handbook schema'.")
    for path in changed:
        if path in wanted:
            write_text(path, wanted[path])
        else:
            path.unlink()
