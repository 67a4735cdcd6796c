"""The command line: `handbook check` and `handbook build`."""

from __future__ import annotations

import datetime as dt
import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from handbook.corpus import Corpus, load_corpus
from handbook.reports import FORMATS


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and build the handbook in the current folder."""


@main.command()
@click.option("--format", "style", type=click.Choice(sorted(FORMATS)), default="text", help="How to print problems.")
def check(style: str) -> None:
    """Check data and pages, and print every problem with its place.

    Exit code 0: clean; 1: there are errors; 2: wrong usage.
    """
    gc.disable()  # what a check makes lives to its end; looking for rubbish among it took a quarter of the time
    corpus = load_corpus(_project(), dt.datetime.now(tz=dt.UTC).date())
    click.echo(FORMATS[style](corpus.problems), nl=False)
    click.echo(_summary(corpus), err=True)
    sys.exit(1 if corpus.errors else 0)


@main.command()
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), help="Where the site goes.")
def build(site_dir: Path) -> None:
    """Build the site; the old one stays as it was until the new one is finished and checked."""
    root = _project()
    site_dir = root / site_dir
    with tempfile.TemporaryDirectory(prefix=f".{site_dir.name}-", dir=site_dir.parent) as folder:
        fresh = Path(folder) / site_dir.name
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        if subprocess.run(command, cwd=root, env=environment, check=False).returncode:  # noqa: S603 - our own words
            click.echo(f"The site was not built; '{site_dir.name}' is as it was.", err=True)
            sys.exit(1)
        if site_dir.exists():
            site_dir.rename(Path(folder) / "old")
        fresh.rename(site_dir)
    click.echo(f"The site is in '{site_dir.name}'.", err=True)


def _project() -> Path:
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        message = f"'{root}' has no mkdocs.yml; run this command in the project's folder"
        raise click.UsageError(message)
    return root


def _summary(corpus: Corpus) -> str:
    counts = f"{len(corpus.registry.recommendations)} recommendations, {len(corpus.pages.by_uri)} pages"
    if not corpus.problems:
        return f"{counts}: no problems."
    errors, warnings = len(corpus.errors), len(corpus.problems) - len(corpus.errors)
    return f"{counts}: {errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}."
