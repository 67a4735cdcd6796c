"""`handbook import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbook.cli.new import add_page, checked_title, chosen
from handbook.cli.project import load, project, refuse, refusing, require_none, say, today
from handbook.editing.importing import COLUMNS, OPTIONAL, changed_files, read_entries
from handbook.editing.new_page import SkeletonError
from handbook.editing.word_documents import read_document, with_document
from handbook.model.vocabulary import PageKind
from handbook.parsing.csv_tables import read_rows
from handbook.system.atomic import write_together
from handbook.wording import plural

if TYPE_CHECKING:
    from handbook.problems import Problem


@click.group("import")
def import_() -> None:
    """Take in what stands in a table, or a document of a word processor."""


@import_.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def recommendations(file: Path) -> None:
    """Make draft entries of a table of recommendations, a CSV file in UTF-8.

    Exit code 0: the entries are in data/recommendations/, for you to review; 1: there are errors, and nothing was
    written; 2: wrong usage.
    """
    root = project()
    corpus = load(root)
    require_none(corpus.errors)
    problems: list[Problem] = []
    rows = read_rows(file, (*COLUMNS, *OPTIONAL), COLUMNS, problems.append)
    entries = read_entries(rows, corpus.registry, today(), problems.append)
    require_none(sorted(problems, key=lambda problem: problem.location))
    if not entries:
        refuse(f"'{file}' has no row below its header; nothing was written.")
    try:
        write_together(changed_files(entries, corpus, root).items(), root)
    except OSError as error:
        refuse(f"'{error.filename}' cannot be written ({error.strerror}); all files are as they were.")
    say(f"{len(entries)} drafts: {', '.join(entry.id for entry in entries)}. Review them, then run 'make check'.")


@import_.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("area")
@click.argument("words", metavar="TITLE", nargs=-1, required=True)
def page(file: Path, area: str, words: tuple[str, ...]) -> None:
    """Begin a page of guidance with the words of a document of Word.

    \b
    FILE   the document, ending in .docx
    AREA   an area of data/areas.yml, such as prisons
    TITLE  the page's title

    Parts that the document has not are to be written. Exit code 0: the page is there; 1: the document cannot be read,
    and nothing was written; 2: wrong usage.
    """  # noqa: D301 - the control character tells click to keep the lines
    root = project()
    corpus = load(root)
    found = chosen("area", area, corpus.registry.areas)
    with refusing("Nothing was written."):
        document = read_document(file)
    try:
        add_page(
            root,
            corpus,
            PageKind.GUIDANCE,
            found,
            checked_title(" ".join(words)),
            lambda text: with_document(text, document),
        )
    except SkeletonError as error:
        raise click.UsageError(str(error)) from None
    if document.pictures:
        say(f"{plural(document.pictures, 'picture')} left out; put each beside the page, and say what it shows.")
