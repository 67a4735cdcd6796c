"""`handbook rollback`."""

from __future__ import annotations

from pathlib import Path

import click

from handbook.cli.project import refusing, say
from handbook.publishing import releases


@click.command()
@click.argument("place", metavar="DEST", type=click.Path(path_type=Path))
def rollback(place: Path) -> None:
    """Make the release before the live one live again in the folder DEST.

    Exit code 0: it is live; 1: it is not, and nothing has changed; 2: wrong usage.
    """
    with refusing("What is live is as it was."):
        release = releases.roll_back(place)
    say(f"'{release}' is live in '{place}'.")
