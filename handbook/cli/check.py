"""`handbook check`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import click

from handbook.checks.reports import FORMATS
from handbook.cli.project import load, note_news, project, say
from handbook.wording import plural

if TYPE_CHECKING:
    from handbook.model.corpus import Corpus


@click.command()
@click.option("--format", "style", type=click.Choice(sorted(FORMATS)), default="text", help="How to print problems.")
@click.option("--fix", is_flag=True, help="First note new ids and pages in data/ids.yml.")
def check(style: str, *, fix: bool) -> None:
    """Check data and pages, and print every problem with its place.

    Exit code 0: clean; 1: there are errors; 2: wrong usage.
    """
    gc.disable()  # what a check makes lives to its end; collecting garbage among it took a quarter of the time
    root = project()
    if fix:
        note_news(root)
    corpus = load(root)
    click.echo(FORMATS[style](corpus.problems), nl=False)
    say(_summary(corpus))
    sys.exit(1 if corpus.errors else 0)


def _summary(corpus: Corpus) -> str:
    counts = f"{len(corpus.registry.recommendations)} recommendations, {len(corpus.pages.by_uri)} pages"
    if not corpus.problems:
        return f"{counts}: no problems."
    errors, warnings = len(corpus.errors), len(corpus.problems) - len(corpus.errors)
    return f"{counts}: {plural(errors, 'error')}, {plural(warnings, 'warning')}."
