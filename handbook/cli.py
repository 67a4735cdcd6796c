"""The command line: `handbook check`, `handbook build` and `handbook pdf`."""

from __future__ import annotations

import datetime as dt
import gc
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from handbook.corpus import Corpus, load_corpus
from handbook.downloads import weight
from handbook.errors import HandbookError
from handbook.packs import ChoiceError, choose
from handbook.press import PressError, open_press, write_downloads
from handbook.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    corpus = load_corpus(_project(), _today())
    click.echo(FORMATS[style](corpus.problems), nl=False)
    _say(_summary(corpus))
    sys.exit(1 if corpus.errors else 0)


@main.command()
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), help="Where the site goes.")
def build(site_dir: Path) -> None:
    """Build the site with all its downloads; the old one stays as it was until the new one is finished and checked."""
    root = _project()
    site_dir = root / site_dir
    corpus = load_corpus(root, _today())
    _set_date(corpus)
    with _fresh_site(root, site_dir) as fresh:
        try:
            write_downloads(fresh, corpus, _say)
        except PressError as error:
            _say(str(error))
            _refuse(f"The downloads were not written; '{site_dir.name}' is as it was.")
        if site_dir.exists():
            site_dir.rename(fresh.with_name("old"))
        fresh.rename(site_dir)
    _say(f"The site is in '{site_dir.name}'.")


@main.command()
@click.option("--pack", "id_", metavar="ID", help="A pack of data/packs.yml; without it, a selection of your own.")
@click.option("--area", "areas", metavar="AREA", multiple=True, help="Only pages of this area; may be given again.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="Only pages for this role; may be given again.")
@click.option("--stage", "stages", metavar="STAGE", multiple=True, help="Only pages on this stage of prevention.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only pages of this kind, such as guidance.")
@click.option("--page", "pages", metavar="PAGE", multiple=True, help="This page too, as in prisons/release.md.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def pdf(id_: str | None, output: Path | None, **keys: tuple[str, ...]) -> None:
    """Print a pack, or any selection of pages, as a PDF.

    Exit code 0: written; 1: the pages cannot be built or printed; 2: there is no such thing to print.
    """
    root = _project()
    corpus = load_corpus(root, _today())
    if corpus.errors:
        click.echo(FORMATS["text"](corpus.problems), nl=False)
        _refuse("Nothing was printed.")
    try:
        pack = choose(corpus, id_, keys)
    except ChoiceError as error:
        raise click.UsageError(str(error)) from None
    _set_date(corpus)
    target = output or Path(f"{pack.id}.pdf")
    with _fresh_site(root, root / "site") as fresh:
        try:
            pages = open_press(fresh, corpus).print_pack(pack, target)
        except HandbookError as error:
            _say(str(error))
            _refuse(f"'{target}' was not written.")
    _say(f"'{target}': {weight(target, pages)}")


@contextmanager
def _fresh_site(root: Path, site_dir: Path) -> Iterator[Path]:
    """Build the site beside where it will be, and give the folder; it is gone in the end, unless it was moved."""
    with tempfile.TemporaryDirectory(prefix=f".{site_dir.name}-", dir=site_dir.parent) as folder:
        fresh = Path(folder) / site_dir.name
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(fresh)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        if subprocess.run(command, cwd=root, env=environment, check=False).returncode:  # noqa: S603 - our own words
            _refuse(f"The site was not built; '{site_dir.name}' is as it was.")
        yield fresh


def _set_date(corpus: Corpus) -> None:
    """Let what is built bear the day of the newest review, unless a date is given, as by `make`; never the clock's."""
    newest = max((page.meta.reviewed for page in corpus.pages), default=dt.date(1980, 1, 1))
    midnight = dt.datetime.combine(newest, dt.time(), tzinfo=dt.UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _say(line: str) -> None:
    click.echo(line, err=True)


def _refuse(line: str) -> NoReturn:
    _say(line)
    sys.exit(1)


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
