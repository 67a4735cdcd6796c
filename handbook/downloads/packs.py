"""What is in each pack: a selection made into the chapters of a book or the sheets of a training kit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.downloads.errors import DownloadError
from handbook.downloads.kits import kit_chapters
from handbook.model import offered
from handbook.model.records import Pack, Selection
from handbook.model.vocabulary import PackForm, PageKind, Stage
from handbook.problem_kinds import ProblemKind
from handbook.problems import HandbookError, Location, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from handbook.downloads.articles import Article
    from handbook.model.corpus import Corpus


_FILE = "data/packs.yml"

_NOT_IN_BOOKS = re.compile(
    r"reference/(downloads|data|offline)/|contributing/.*|about/(reviews|changes|coverage|accessibility|privacy)/"
)
"""Written pages of use on a screen or to editors only: what there is to download, and the site itself; how the handbook
is written, and what is to be reviewed."""


def chapters(pack: Pack, corpus: Corpus, articles: Mapping[str, Article]) -> Sequence[Article]:
    """Return the chapters of a pack in their order.

    Args:
        pack: the pack.
        corpus: the pages that its selection is about.
        articles: the articles of the built site, by address, in the site's order.

    Raises:
        DownloadError: if nothing fits the selection.
    """
    match pack.form:
        case PackForm.BOOK:
            found = _selected(pack, corpus, articles)
        case PackForm.ROLE:
            found = _to_start_with(pack, corpus, articles)
        case PackForm.KIT:
            found = _kit(pack, corpus, articles)
    if not found:
        message = f"'{pack.id}' would have no chapter; widen its selection"
        raise DownloadError([Problem(Location(_FILE), ProblemKind.EMPTY_PACK, message)])
    return found


def _selected(pack: Pack, corpus: Corpus, articles: Mapping[str, Article]) -> list[Article]:
    """Return the selected pages as articles, in the site's order; without a selection, all that belongs in a book."""
    if pack.selection == Selection():
        on_screen = {page.url for page in corpus.generated.values() if not page.for_print}
        taken = {url for url in articles if url not in on_screen and not _NOT_IN_BOOKS.fullmatch(url)}
    else:
        taken = {page.url for page in corpus.pages.select(pack.selection)}
        if not pack.selection.kinds or PageKind.GUIDANCE in pack.selection.kinds:  # they guide, and belong to no area
            taken |= {page.url for page in offered.generated_for(pack.selection.roles, corpus)}
    return [article for url, article in articles.items() if url in taken]


def _to_start_with(pack: Pack, corpus: Corpus, articles: Mapping[str, Article]) -> list[Article]:
    """Return what somebody in a role reads first, and then the decisions that they take."""
    first = [page.url for page in offered.pages_of(pack, corpus.registry, corpus.pages)]
    decisions = [page.url for page in offered.generated_for(pack.selection.roles, corpus)]
    return [articles[url] for url in dict.fromkeys([*first, *decisions]) if url in articles]


def _kit(pack: Pack, corpus: Corpus, articles: Mapping[str, Article]) -> list[Article]:
    """Return the sheets made of the selected pages."""
    by_url = {page.url: page.meta.kind for page in corpus.pages.select(pack.selection)}
    found = _selected(pack, corpus, articles)
    by_kind = {kind: [article for article in found if by_url[article.url] is kind] for kind in PageKind}
    return kit_chapters(pack, by_kind)


_MOST_NAMES = 20
"""In one message."""


class ChoiceError(HandbookError):
    """Raised for a choice of pages that leads to none; the message says what there is."""


def choose(corpus: Corpus, id_: str | None, keys: Mapping[str, Sequence[str]]) -> Pack:
    """Return the pack of an id, or a new one of the pages that fit all keys.

    Args:
        corpus: what there is.
        id_: the id of a pack, or None.
        keys: names of areas, roles and so on, by the key of `Selection`.

    Raises:
        ChoiceError: if something has no such name, or nothing fits.
    """
    given = {key: tuple(names) for key, names in keys.items() if names}
    packs = corpus.registry.packs
    if id_ is not None and given:
        message = f"the pack '{id_}' has a selection already; leave out the pack or {', '.join(given)}"
        raise ChoiceError(message)
    if id_ is not None:
        _require_known("pack", [id_], packs)
        return packs[id_]
    if not given:
        message = f"say what to print: a selection, or one of the packs {', '.join(packs)}"
        raise ChoiceError(message)
    known = _known(corpus)
    for key, names in given.items():
        _require_known(key.removesuffix("s"), names, known[key])
    if not _takes_any(corpus, given):
        raise ChoiceError(_alternatives(corpus, given))
    selection = Selection.model_validate(given)
    if len(selection.pages) == 1 and set(given) == {"pages"}:
        page = corpus.pages.by_uri[selection.pages[0]]
        name = page.src_uri.removesuffix(".md").replace("/", "-")
        return Pack(id=name, title=page.meta.title, audience=page.meta.summary, selection=selection)
    titles = ", ".join(known[key][name] for key, names in given.items() for name in names)
    return Pack(id="selection", title="Selected pages", audience=titles, selection=selection)


def is_page(pack: Pack) -> bool:
    """Whether a pack is a single page of the site, which is printed without what makes a book."""
    return len(pack.selection.pages) == 1 and pack.selection == Selection(pages=pack.selection.pages)


def _known(corpus: Corpus) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of everything that can be chosen, by key and name."""
    return {
        "areas": {area.id: area.title for area in corpus.registry.areas.values()},
        "roles": {role.id: role.title for role in corpus.registry.roles.values()},
        "stages": {str(stage): stage.label for stage in Stage},
        "kinds": {str(kind): kind.label for kind in PageKind},
        "pages": {page.src_uri: page.meta.title for page in corpus.pages},
    }


def _require_known(what: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            message = f"'{name}' is no {what}{nearest(name, known) or f'; there are {_some(known)}'}"
            raise ChoiceError(message)


def _some(known: Collection[str]) -> str:
    """Return the names that there are, the first ones where they are many."""
    listed = ", ".join(list(known)[:_MOST_NAMES])
    return f"{listed} and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else listed


def _alternatives(corpus: Corpus, given: Mapping[str, tuple[str, ...]]) -> str:
    """Say for each key what it could be while the others stay."""
    said = []
    for key, names in given.items():
        there = [name for name in _known(corpus)[key] if _takes_any(corpus, {**given, key: (name,)})]
        said.append(f"instead of {', '.join(names)}: {', '.join(there) or 'nothing'}")
    return f"no page fits all of this; with the rest unchanged there is, {'; '.join(said)}"


def _takes_any(corpus: Corpus, keys: Mapping[str, tuple[str, ...]]) -> bool:
    return any(corpus.pages.select(Selection.model_validate(keys)))
