"""`handbook move`."""

from __future__ import annotations

import click

from handbook.cli.git import published
from handbook.cli.project import load, note_news, page_named, project, require_none, say
from handbook.editing.moving import REDIRECTS_FILE, moved_files
from handbook.problem_kinds import UNFINISHED, ProblemKind
from handbook.system.atomic import write_together


@click.command()
@click.argument("old")
@click.argument("new")
def move(old: str, new: str) -> None:
    """Move a page from OLD to NEW, with all that names it: links, menu, lists, reviews and the way for its readers.

    Pages are named by their path below docs/, as in prisons/release.md. Exit code 0: moved; 1: there are errors in the
    sources, and nothing has changed; 2: wrong usage.
    """
    root = project()
    corpus = load(root)
    require_none([problem for problem in corpus.errors if problem.kind not in UNFINISHED | {ProblemKind.SUSPECT}])
    source, target = page_named(old, corpus), new.removeprefix("docs/")
    if not target.endswith(".md") or (root / "docs" / target).exists() or target in corpus.registry.redirects:
        message = f"'{new}' is no free place for a page; write a path below docs/ that no page has or had, with .md"
        raise click.UsageError(message)
    leads_on = published(root, f"docs/{source}") != ""
    files = moved_files(root, corpus, source, target, leads_on=leads_on)
    write_together(((name, text.encode()) for name, text in files.items()), root)
    (root / "docs" / source).unlink()
    note_news(root)
    for name in files:
        say(f"'{name}' is written.")
    say(f"Its readers are led on by '{REDIRECTS_FILE}'." if leads_on else "It was never published; nobody is led on.")
    say("Run 'make check'.")
