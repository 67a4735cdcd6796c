"""`handbook build`."""

from __future__ import annotations

from pathlib import Path

import click

from handbook.cli.project import fresh_site, project, refuse, say, set_date, today
from handbook.corpus import load_corpus
from handbook.press import PressError, write_downloads


@click.command()
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), help="Where the site goes.")
def build(site_dir: Path) -> None:
    """Build the site with all its downloads; the old one stays as it was until the new one is finished and checked."""
    root = project()
    site_dir = root / site_dir
    corpus = load_corpus(root, today())
    set_date(corpus)
    with fresh_site(root, site_dir) as fresh:
        try:
            write_downloads(fresh, corpus, say)
        except PressError as error:
            say(str(error))
            refuse(f"The downloads were not written; '{site_dir.name}' is as it was.")
        if site_dir.exists():
            site_dir.rename(fresh.with_name("old"))
        fresh.rename(site_dir)
    say(f"The site is in '{site_dir.name}'.")
