"""The command line: a module for each command, and one for what they share."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import Any

import click

from handbook.cli.build import build
from handbook.cli.check import check
from handbook.cli.diff import diff
from handbook.cli.export import export
from handbook.cli.importing import import_
from handbook.cli.links import links
from handbook.cli.move import move
from handbook.cli.new import new
from handbook.cli.pdf import pdf
from handbook.cli.project import refuse
from handbook.cli.publish import publish
from handbook.cli.remove import remove
from handbook.cli.review import review
from handbook.cli.rollback import rollback
from handbook.cli.schema import schema
from handbook.system.settings import SettingsError, require_settings


class _Commands(click.Group):
    """Ends whichever command it is with a line when the disk refuses something that it did not expect."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        """Let what is said of the use of commands begin as they can be typed in this folder."""
        program = Path(sys.argv[0]).absolute()
        if program.name == info_name and program.is_relative_to(Path.cwd()):
            info_name = str(program.relative_to(Path.cwd()))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who read our output has ended, which click knows
                raise
            refuse(f"'{error.filename or 'the disk'}' cannot be read or written ({error.strerror or error}).")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and build the handbook in the current folder."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for terminals that are not UTF-8
    try:
        require_settings()
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


for _command in (
    check,
    new,
    move,
    remove,
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
