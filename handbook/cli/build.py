"""`handbook build`."""

from __future__ import annotations

from pathlib import Path

import click

from handbook.cli.project import build_pages, load, project, refusing, say
from handbook.downloads.build import write_downloads
from handbook.publishing.checksums import write_sums
from handbook.site.asset_hashes import add_asset_hashes
from handbook.system.atomic import atomic_directory
from handbook.system.build_time import set_build_time
from handbook.system.settings import missing_settings


@click.command()
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), help="Where the site goes.")
def build(site_dir: Path) -> None:
    """Build the site with all its downloads; the old one stays as it was until the new one is finished and checked.

    Exit code 0: built; 1: it was not, and nothing has changed; 2: wrong usage.
    """
    root = project()
    site_dir = (root / site_dir).resolve()
    if site_dir.exists() and not (site_dir / "index.html").is_file():
        message = f"'{site_dir}' is there and is no site; name a folder that the site may replace"
        raise click.UsageError(message)
    corpus = load(root)
    set_build_time(corpus.newest_review)
    with refusing(f"The site was not built; '{site_dir.name}' is as it was."), atomic_directory(site_dir) as fresh:
        build_pages(root, fresh)
        write_downloads(fresh, corpus, say)
        add_asset_hashes(fresh)
        write_sums(fresh)
    for lack in missing_settings():
        say(lack)
    say(f"The site is in '{site_dir.name}'.")
