"""What changed for readers: what editors note in `data/changes.yml`, and the histories of recommendations.

Entries that say the same of several recommendations of an area on one day are one change.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Recommendation


@dataclass(frozen=True)
class Change:
    """Something that readers may want to know.

    Attributes:
        date: the day.
        words: what changed.
        areas: ids of the areas that it is about.
        roles: ids of the roles whom it concerns.
    """

    date: dt.date
    words: str
    pages: tuple[Page, ...]
    recommendations: tuple[Recommendation, ...]
    areas: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from all others, and stays the same as long as its date and words do."""
        return f"{self.date} {self.words} {' '.join(r.id for r in self.recommendations)}"

    @property
    def anchor(self) -> str:
        """Its place in the list of changes."""
        return f"change-{hashlib.sha256(self.key.encode()).hexdigest()[:8]}"


def changes(corpus: Corpus) -> list[Change]:
    """Return all changes, the newest first; those of one day in the order of the data."""
    return sorted((*_noted(corpus), *_of_recommendations(corpus)), key=lambda change: change.date, reverse=True)


def is_announced(page: Page, corpus: Corpus) -> bool:
    """Tell whether an entry names a page, which one that has only moved does not need."""
    registry = corpus.registry
    is_named = any(page.src_uri in note.pages for note in registry.changes)
    return is_named or any(page.src_uri == redirect.new for redirect in registry.redirects.values())


def _noted(corpus: Corpus) -> Iterator[Change]:
    registry = corpus.registry
    for note in registry.changes:
        pages = tuple(corpus.pages.by_uri[uri] for uri in note.pages)
        shown = [r for r in map(registry.recommendations.__getitem__, note.recommendations) if r.is_public]
        yield _change(corpus, note.date, note.change, pages, tuple(shown))


def _of_recommendations(corpus: Corpus) -> Iterator[Change]:
    same: defaultdict[tuple[dt.date, str, str], list[Recommendation]] = defaultdict(list)
    for recommendation in corpus.registry.recommendations.values():
        if recommendation.is_public:
            for line in recommendation.history:
                same[line.date, line.change, recommendation.prefix].append(recommendation)
    for (date, words, _), recommendations in same.items():
        yield _change(corpus, date, words, (), tuple(recommendations))


def _change(
    corpus: Corpus, date: dt.date, words: str, pages: tuple[Page, ...], recommendations: tuple[Recommendation, ...]
) -> Change:
    registry = corpus.registry
    areas = {page.area for page in pages} | {registry.area_by_prefix[r.prefix].id for r in recommendations}
    roles = {role for page in pages for role in (*page.meta.roles, *_role_of(page))}
    roles |= {name for r in recommendations for name in r.addressees}
    return Change(
        date,
        words,
        pages,
        recommendations,
        tuple(area for area in registry.areas if area in areas),
        tuple(role for role in registry.roles if role in roles),
    )


def _role_of(page: Page) -> tuple[str, ...]:
    """Return the role that a page is all about: its name is that of the role."""
    folder, _, name = page.src_uri.removesuffix(".md").partition("/")
    return (name,) if folder == "roles" else ()
