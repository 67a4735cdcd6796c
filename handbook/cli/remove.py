"""`handbook remove`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from handbook.cli.git import published
from handbook.cli.project import load, page_named, project, refuse, say, write_text
from handbook.editing.moving import removed_files, without_id, without_recommendation
from handbook.model.registry import HISTORY_FILE
from handbook.system.atomic import write_together

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


@click.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take away a page or recommendation that was never published, as if it had never been begun.

    NAME is the path of a page below docs/, as in prisons/trial.md, or the id of a recommendation. What readers have had
    keeps its address or id: give the page a redirect, retire the recommendation. Exit code 0: it is gone; 1: it was
    published, or git does not know; 2: wrong usage.
    """
    root = project()
    corpus = load(root)
    if name in corpus.registry.names["recommendation"].known:
        _remove_recommendation(root, corpus, name)
    else:
        _remove_page(root, page_named(name, corpus))
    say("Run 'make check', which names what still refers to it.")


def _remove_page(root: Path, page: str) -> None:
    _require_unpublished(published(root, f"docs/{page}"), page, "say in data/redirects.yml where its readers go")
    files = removed_files(root, page)
    write_together(((file, text.encode()) for file, text in files.items()), root)
    (root / "docs" / page).unlink()
    for file in files:
        say(f"'{file}' is written.")
    say(f"'docs/{page}' is gone.")


def _remove_recommendation(root: Path, corpus: Corpus, id_: str) -> None:
    area = next(area for area in corpus.registry.areas.values() if id_.startswith(f"{area.prefix}-"))
    file = f"data/recommendations/{area.id}.yml"
    text = published(root, file)
    was = text if text is None else "".join(re.findall(rf"^- id: {re.escape(id_)}$", text, re.MULTILINE))
    _require_unpublished(was, id_, "set its status to 'retired', and name its successor in 'replaced_by'")
    write_text(root / file, without_recommendation((root / file).read_text(encoding="utf-8"), id_))
    history = root / HISTORY_FILE
    write_text(history, without_id(history.read_text(encoding="utf-8"), id_))


def _require_unpublished(text: str | None, name: str, instead: str) -> None:
    if text is None:
        refuse(f"Whether '{name}' was published is not known here, as there is no git; {instead}.")
    if text:
        refuse(f"'{name}' is published, so that others may have its address; {instead}.")
