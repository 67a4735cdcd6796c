"""`handbook new`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click
from pydantic import TypeAdapter, ValidationError

from handbook.cli.project import load, note_news, project, refuse, say, today, write_text
from handbook.editing.new_page import (
    KINDS,
    SkeletonError,
    new_page,
    new_recommendation,
    next_id,
    path_of,
    with_entry,
    with_note,
    with_recommendation,
)
from handbook.model.records import Selection
from handbook.model.registry import CHANGES_FILE
from handbook.model.values import Text
from handbook.model.vocabulary import PageKind
from handbook.problem_kinds import UNFINISHED
from handbook.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.model.records import ChallengeArea

V = TypeVar("V")

_RECOMMENDATION = "recommendation"
_KINDS: Mapping[str, PageKind | None] = {str(kind): kind for kind in KINDS} | {_RECOMMENDATION: None}


@click.command()
@click.argument("kind")
@click.argument("area")
@click.argument("words", metavar="TITLE", nargs=-1)
def new(kind: str, area: str, words: tuple[str, ...]) -> None:
    """Begin a new page or recommendation, with all the parts that it must have.

    \b
    KIND   guidance, scenario, case-study, exercise, training-plan, quiz, actor or recommendation
    AREA   an area of data/areas.yml, such as prisons
    TITLE  the page's title; a recommendation may get its title later

    Nothing is written over. Exit code 0: written; 1: a file in the way has errors; 2: wrong usage.
    """  # noqa: D301 - the control character tells click to keep the lines
    title = " ".join(words)
    page_kind = chosen("kind of page", kind, _KINDS)
    root = project()
    corpus = load(root)
    found = chosen("area", area, corpus.registry.areas)
    try:
        if page_kind is None:
            _add_recommendation(root, corpus, found, checked_title(title or "To be written: its title"))
        else:
            add_page(root, corpus, page_kind, found, checked_title(title))
    except SkeletonError as error:
        raise click.UsageError(str(error)) from None


def chosen(what: str, name: str, known: Mapping[str, V]) -> V:
    """Return what has a name.

    Raises:
        click.UsageError: if nothing has it.
    """
    if name not in known:
        advice = nearest(name, known) or f"; write one of {', '.join(known)}"
        message = f"'{name}' is not a known {what}{advice}"
        raise click.UsageError(message)
    return known[name]


def checked_title(title: str) -> str:
    """Return a title that is fit for a page's front matter.

    Raises:
        click.UsageError: if it is not.
    """
    words = " ".join(title.split())
    if not words:
        message = 'write the title too, as in "Night shifts"'
        raise click.UsageError(message)
    if not words.isprintable():
        message = "the title has signs that cannot be shown or are no UTF-8; type it anew, in a terminal set to UTF-8"
        raise click.UsageError(message)
    try:
        return TypeAdapter(Text).validate_python(words)
    except ValidationError as error:
        message = f"the title does not fit: {error.errors()[0]['msg']}"
        raise click.UsageError(message) from None


def add_page(  # noqa: PLR0913, PLR0917 - all that a page begins with
    root: Path,
    corpus: Corpus,
    kind: PageKind,
    area: ChallengeArea,
    title: str,
    finish: Callable[[str], str] = str,
) -> None:
    """Begin a page, with all that names it.

    Args:
        root: the project's folder.
        corpus: as it is before.
        kind: of the page.
        area: in whose folder it goes.
        title: of the page.
        finish: makes the page's text of what it would begin with.

    Raises:
        SkeletonError: if it cannot have a place of its own.
    """
    src_uri = path_of(kind, area, title)
    file = root / "docs" / src_uri
    if file.exists() or src_uri in corpus.registry.redirects:
        was = "exists already" if file.exists() else "was another page's address, which leads to its new place"
        message = f"'docs/{src_uri}' {was}; choose another title"
        raise SkeletonError(message)
    if alike := next((page for page in corpus.pages if page.meta.title.casefold() == title.casefold()), None):
        message = f"'{alike.file}' has this title; write in that page, or say in the title what sets the new one apart"
        raise SkeletonError(message)
    write_text(file, finish(new_page(corpus, kind, area, title, today())))
    _add_to_navigation(root, corpus, kind, area, src_uri)
    changes = root / CHANGES_FILE
    write_text(changes, with_note(changes.read_text(encoding="utf-8"), src_uri, today()))
    note_news(root)
    say(f"Write the page: 'make check' names each place. Its address will be /{src_uri.removesuffix('.md')}/.")
    if kind is PageKind.ACTOR:
        say(f"Add 'page: {src_uri}' to the entry of this body in data/actors.yml.")
    if kind is PageKind.GUIDANCE:
        say(f"Add '{src_uri}' to the pages of a situation in data/situations.yml, so that the finder leads to it.")


def _add_to_navigation(root: Path, corpus: Corpus, kind: PageKind, area: ChallengeArea, src_uri: str) -> None:
    """Put a page after the others of its kind in its area, or after the area's first page, or say where it belongs."""
    configuration = root / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    alike = corpus.pages.select(Selection(areas=(area.id,), kinds=(kind,)))
    neighbours = {page.src_uri for page in alike}
    changed = with_entry(text, src_uri, neighbours) or with_entry(text, src_uri, {f"{area.id}/index.md"})
    if changed:
        write_text(configuration, changed)
    elif "\nnav:" in text:
        say(f"Add the line '- {src_uri}' to the 'nav' in mkdocs.yml, where its readers look for it.")


def _add_recommendation(root: Path, corpus: Corpus, area: ChallengeArea, title: str) -> None:
    name = f"data/recommendations/{area.id}.yml"
    faulty = next((p for p in corpus.errors if p.location.file == name and p.kind not in UNFINISHED), None)
    if faulty:
        refuse(f"{faulty.line()}\nMend this first.")
    id_ = next_id(corpus.registry, area)
    entry = new_recommendation(corpus.registry, area, id_, title, today())
    text = (root / name).read_text(encoding="utf-8")
    write_text(root / name, with_recommendation(text, entry))
    note_news(root)
    say(f"'{id_}' is at the end of '{name}', as a draft that readers do not see until you have a source.")
