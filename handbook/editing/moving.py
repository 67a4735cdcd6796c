"""What changes in the project's files when a page gets another path, or is taken away before anybody saw it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from handbook.editing.entries import as_yaml
from handbook.model.registry import HISTORY_FILE
from handbook.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page

REDIRECTS_FILE = "data/redirects.yml"

_REDIRECTS_HEAD = """\
# yaml-language-server: $schema=../schemas/redirects.schema.json
# Where the readers of pages go that are no longer at their place. '.venv/bin/handbook move OLD NEW' writes it.
"""


def moved_files(root: Path, corpus: Corpus, old: str, new: str, *, leads_on: bool) -> Mapping[str, str]:
    """Return the text of each file that changes when a page moves, by its path in the project.

    Args:
        root: the project's folder.
        corpus: as it is before.
        old: `src_uri` of the page.
        new: `src_uri` that it gets.
        leads_on: whether its readers are led on from the old place, as they are where it was published.
    """
    files = {page.file: text for page in corpus.pages if (text := _with_links(page, old, new)) != page.text}
    files[f"docs/{new}"] = files.pop(f"docs/{old}", corpus.pages.by_uri[old].text)
    files |= _renamed(root, old, lambda text: _path(old).sub(new, text), keeps_history=leads_on)
    if leads_on:
        text = files.get(REDIRECTS_FILE) or _text_of(root / REDIRECTS_FILE) or _REDIRECTS_HEAD
        kept = text.rstrip().removesuffix("[]").rstrip()
        files[REDIRECTS_FILE] = f"{kept}\n- old: {as_yaml(old)}\n  new: {as_yaml(new)}\n"
    return files


def removed_files(root: Path, page: str) -> Mapping[str, str]:
    """Return the text of each file that changes when a page goes that nobody has seen, by its path in the project.

    Its lines go from the menu and from lists. Sentences of other pages stay, for the check to name.
    """
    line = re.compile(rf"^ *- {re.escape(page)}[^\S\n]*(?:#.*)?\n", re.MULTILINE)
    inline = re.compile(rf"(?:, *{_path(page).pattern}|(?<=\[){_path(page).pattern}(?:, *)?)")
    entry = re.compile(rf"^- page: {re.escape(page)}\n(?:  .*\n)*", re.MULTILINE)

    def without(text: str) -> str:
        return inline.sub("", line.sub("", entry.sub("", text)))

    return _renamed(root, page, lambda text: _without_notes(without(text)), keeps_history=False)


def _without_notes(text: str) -> str:
    """Take out entries of the list of changes that are about no page any more."""
    return re.sub(r'^- date: .*\n  change: "To be written.*\n  pages: \[\]\n', "", text, flags=re.MULTILINE)


def without_recommendation(text: str, id_: str) -> str:
    """Return the text of a data file of recommendations without the entry of this id."""
    return re.sub(rf"^- id: {re.escape(id_)}\n(?:(?:  .*)?\n)*", "", text, flags=re.MULTILINE)


def without_id(text: str, id_: str) -> str:
    """Return the text of `data/ids.yml` without an id."""
    return re.sub(rf"^ *- {re.escape(id_)}\n", "", text, flags=re.MULTILINE)


def _with_links(page: Page, old: str, new: str) -> str:
    """Return the text of a page whose links lead where they did before."""
    text, base = page.text, new if page.src_uri == old else page.src_uri
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    for link in reversed(page.inlines.links):
        path, hash_, fragment = link.address.partition("#")
        found = resolve(path, page.src_uri) if path and not path.startswith("/") else None
        target = found.url.removesuffix("/") if found else ""
        if not found or (page.src_uri, target) == (old, "") or old not in {page.src_uri, target}:
            continue
        way = posixpath.relpath(new if target == old else target, posixpath.dirname(base) or ".")
        begin = starts[link.location.line - 1] + link.location.column - 1
        at = text.find(f"]({link.address}", begin)
        at = at + 2 if at >= 0 else text.find(link.address, begin)
        if at >= 0:
            text = f"{text[:at]}{way}{hash_}{fragment}{text[at + len(link.address) :]}"
    return text


def _renamed(root: Path, page: str, change: Callable[[str], str], *, keeps_history: bool) -> dict[str, str]:
    """Return the changed text of each file besides the pages that names a page by its path."""
    changed = {}
    for path in _naming_pages(root):
        file, text = path.relative_to(root).as_posix(), _text_of(path)
        if page in text and not (keeps_history and file == HISTORY_FILE) and (fresh := change(text)) != text:
            changed[file] = fresh
    return changed


def _naming_pages(root: Path) -> Iterator[Path]:
    yield root / "mkdocs.yml"
    yield from sorted((root / "data").rglob("*.yml"))
    yield from sorted((root / "tests/search").glob("*.yml"))


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _path(page: str) -> re.Pattern[str]:
    """Return what finds a path where it is not part of another."""
    return re.compile(rf"(?<![\w./-]){re.escape(page)}(?![\w/-])")
