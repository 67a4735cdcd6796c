"""`handbook publish`."""

from __future__ import annotations

from pathlib import Path

import click

from handbook.cli.project import refusing, say
from handbook.publishing import releases


@click.command()
@click.argument("place", metavar="DEST", type=click.Path(path_type=Path))
@click.option("--site-dir", type=click.Path(path_type=Path), default=Path("site"), help="The site to publish.")
def publish(place: Path, site_dir: Path) -> None:
    """Make a finished site the live one in the folder DEST, which a web server serves.

    The server serves DEST/current, a link; it leads to a folder in DEST/releases, of which the last five stay.

    Exit code 0: it is live; 1: it is not, and nothing has changed; 2: wrong usage.
    """
    with refusing("What is live is as it was."):
        release = releases.publish(site_dir, place)
    if not (site_dir / "sitemap.xml").is_file():
        say("It was built without SITE_URL, so its feeds and PDFs do not know its address; build it again with it.")
    say(f"'{release}' is live in '{place}'.")
