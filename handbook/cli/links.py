"""`handbook links`."""

from __future__ import annotations

import sys

import click

from handbook.checks.external_links import addresses, check_urls
from handbook.cli.project import load, project, say


@click.command()
def links() -> None:
    """Ask for every page elsewhere that the handbook links to, and print those that do not answer as they should.

    Needs the network and some minutes. Exit code 0: all answer; 1: some do not.
    """
    places = addresses(load(project()))
    bad = sorted((places[answer.address], answer) for answer in check_urls(list(places)) if answer.fault)
    for place, answer in bad:
        click.echo(f"{place}: '{answer.address}' {answer.fault}")
    say(f"{len(places)} addresses asked for, {len(bad)} to look at.")
    sys.exit(1 if bad else 0)
