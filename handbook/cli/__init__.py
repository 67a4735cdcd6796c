"""The command line: a module for each command, and one for what they share."""

from __future__ import annotations

import click

from handbook.cli.build import build
from handbook.cli.check import check
from handbook.cli.diff import diff
from handbook.cli.export import export
from handbook.cli.importing import import_
from handbook.cli.links import links
from handbook.cli.new import new
from handbook.cli.pdf import pdf
from handbook.cli.publish import publish
from handbook.cli.review import review
from handbook.cli.rollback import rollback
from handbook.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and build the handbook in the current folder."""


for _command in (
    check,
    new,
    review,
    diff,
    schema,
    build,
    export,
    import_,
    links,
    pdf,
    publish,
    rollback,
):
    main.add_command(_command)
