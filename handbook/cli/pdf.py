"""`handbook pdf`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from handbook.checks.reports import FORMATS
from handbook.cli.project import build_pages, load, project, refuse, refusing, say
from handbook.downloads.build import read_site
from handbook.downloads.packs import ChoiceError, choose
from handbook.downloads.sizes import size_label
from handbook.system.build_time import set_build_time


@click.command()
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
    root = project()
    corpus = load(root)
    if corpus.errors:
        click.echo(FORMATS["text"](corpus.problems), nl=False)
        refuse("Nothing was printed.")
    try:
        keys["pages"] = tuple(name.removeprefix("docs/") for name in keys["pages"])
        pack = choose(corpus, id_, keys)
    except ChoiceError as error:
        raise click.UsageError(str(error)) from None
    set_build_time(corpus.newest_review)
    target = output or Path(f"{pack.id}.pdf")
    with refusing(f"'{target}' was not written."), tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "site"
        build_pages(root, fresh)
        pages = read_site(fresh, corpus).write_pack(pack, target)
    say(f"'{target}': {size_label(target, pages)}")
