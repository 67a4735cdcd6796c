"""Each picture that a page can ask for, with what its text alternative needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.records import Selection
from handbook.model.vocabulary import PageKind, PictureName, Stage
from handbook.site.pictures.canvas import WIDE
from handbook.site.pictures.coverage import LEVELS, by_level, coverage_picture, legend
from handbook.site.pictures.lifetimes import bodies_with_dates, events_of, lifetimes_picture, since_until
from handbook.site.pictures.mechanism import mechanism_picture, ties
from handbook.site.pictures.stages import stages_picture

if TYPE_CHECKING:
    from handbook.model.corpus import Corpus

Values = Mapping[str, object]


def figure(name: str, corpus: Corpus) -> Values:
    """Return the values of the template `picture_<name>`; the name is one of `PictureName`."""
    return _FIGURES[name](corpus)


def _coverage(corpus: Corpus) -> Values:
    registry = corpus.registry
    shown = {
        area: [r for r in registry.recommendations_by_area.get(area.id, ()) if r.is_public]
        for area in registry.areas.values()
    }
    pictures = [coverage_picture(area, found, corpus) for area, found in shown.items() if found]
    by_area = {area: by_level(found, corpus) for area, found in shown.items() if found}
    return {"pictures": [*pictures, legend()], "levels": LEVELS, "by_area": by_area}


def _mechanism(corpus: Corpus) -> Values:
    registry = corpus.registry
    return {
        "picture": mechanism_picture(registry),
        "wide": mechanism_picture(registry, WIDE),
        "ties": ties(registry),
    }


def _stages(corpus: Corpus) -> Values:
    guidance = corpus.pages.select(Selection(kinds=(PageKind.GUIDANCE,)))
    counts = Counter(stage for page in guidance for stage in page.meta.stage)
    pages = {stage: counts[stage] for stage in Stage}
    return {"picture": stages_picture(pages), "pages": pages}


def _timeline(corpus: Corpus) -> Values:
    registry = corpus.registry
    rows = {actor: (since_until(actor), events_of(actor, registry)) for actor in bodies_with_dates(registry)}
    return {"picture": lifetimes_picture(registry), "wide": lifetimes_picture(registry, WIDE), "rows": rows}


_FIGURES: Mapping[str, Callable[[Corpus], Values]] = MappingProxyType(
    {
        PictureName.COVERAGE: _coverage,
        PictureName.MECHANISM: _mechanism,
        PictureName.STAGES: _stages,
        PictureName.TIMELINE: _timeline,
    }
)
