"""`handbook review`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handbook.cli.git import published
from handbook.cli.project import load, page_named, project, refuse, say, today, write_text
from handbook.editing.entries import with_confirmed
from handbook.editing.review_plan import due_months, spread, with_months
from handbook.model.registry import REVIEWS_FILE
from handbook.parsing.yaml_values import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.model.records import Recommendation
    from handbook.problems import Problem


@click.command()
@click.option("--confirm", "confirmed", metavar="PAGE", multiple=True, help="Note that PAGE does what is asked now.")
@click.option("--plan", is_flag=True, help="Show how to spread the reviews, so that no month has too many.")
@click.option("--write", is_flag=True, help="With --plan: write the plan into the pages' front matter.")
def review(confirmed: tuple[str, ...], *, plan: bool, write: bool) -> None:
    """List the pages that are due for review, and those whose recommendations are worded anew.

    A page is named by its path below docs/, as in prisons/release.md. Exit code 0, or 2 for a page that is not there.
    """
    if write and not plan:
        message = "--write goes with --plan"
        raise click.UsageError(message)
    root = project()
    corpus = load(root)
    if plan:
        _plan(root, corpus, write=write)
        return
    if confirmed:
        pages = [page_named(name, corpus) for name in confirmed]
        for line in _suspect(root, corpus):
            if line.startswith(tuple(f"docs/{page}:" for page in pages)):
                click.echo(line)
        if any(problem.location.file == REVIEWS_FILE for problem in corpus.errors):
            refuse(f"'{REVIEWS_FILE}' has errors; mend them first, as 'make check' says.")
        write_text(root / REVIEWS_FILE, with_confirmed(corpus.registry, corpus.coverage, pages))
        return
    due, suspect = list(_due(corpus)), list(_suspect(root, corpus))
    for line in (*due, *suspect):
        click.echo(line)
    say(f"{len(due)} due for review, {len(suspect)} to be confirmed.")


def _due(corpus: Corpus) -> Iterator[str]:
    for page in sorted(corpus.pages, key=lambda page: page.meta.next_review):
        if page.meta.next_review <= today():
            yield f"{page.file}: due since {page.meta.next_review:%Y-%m}, last reviewed {page.meta.reviewed}"


def _suspect(root: Path, corpus: Corpus) -> Iterator[str]:
    """Yield what to read before a page is confirmed: each recommendation, where it is done, what it asked before."""
    for src_uri, recommendations in corpus.suspects.items():
        told = [f"docs/{src_uri}: to be confirmed for {', '.join(found.id for found in recommendations)}"]
        for found in recommendations:
            coverings = [c for c in corpus.coverage.by_page[src_uri] if c.recommendation == found]
            told += [f"  {found.id} in '{c.section.title}', line {c.section.line}" for c in coverings]
            told.append(f"    asks: {found.title}. {found.asks}")
            if before := _published_words(root, corpus, found):
                told.append(f"    asked: {before}")
        yield "\n".join(told)


def _published_words(root: Path, corpus: Corpus, found: Recommendation) -> str:
    """Return what a recommendation asked as readers have it, if that was something else and git knows."""
    file = f"data/recommendations/{corpus.registry.area_by_prefix[found.prefix].id}.yml"
    unreadable: list[Problem] = []
    document = read_yaml(published(root, file) or "[]", file, unreadable.append)
    entries = document.value if document and isinstance(document.value, list) else []
    was = next((entry for entry in entries if isinstance(entry, dict) and entry.get("id") == found.id), {})
    words = f"{was.get('title')}. {was.get('asks')}"
    return words if was and words != f"{found.title}. {found.asks}" else ""


def _plan(root: Path, corpus: Corpus, *, write: bool) -> None:
    planned = spread(corpus.pages, today())
    before, after = due_months(corpus.pages, {}), due_months(corpus.pages, planned)
    for month in sorted({*before, *after}):
        click.echo(f"{month}: {after.get(month, 0)} pages, now {before.get(month, 0)}")
    for src_uri, months in sorted(planned.items()):
        page = corpus.pages.by_uri[src_uri]
        click.echo(f"{page.file}: review_months {page.meta.review_months} → {months}")
        if write:
            file = root / page.file
            write_text(file, with_months(file.read_text(encoding="utf-8"), months))
    say(f"{len(planned)} pages {'have' if write else 'would have'} another month.")
