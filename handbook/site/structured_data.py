"""What a page is about, for search engines and other programs: JSON-LD in the words of schema.org.

It says only what the page and the exported data say too. Addresses are given in full or, while nobody has said where
the site will be, not at all.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.identity import LANGUAGE, LICENCE_URL, NAME
from handbook.model.addresses import GLOSSARY, SEARCH, absolute_url, recommendation_url, term_url
from handbook.model.records import Recommendation
from handbook.model.vocabulary import PageKind
from handbook.urls import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page

Node = dict[str, object]

_HOME = "index.md"

_TYPES: Mapping[PageKind, str | list[str]] = MappingProxyType(
    {
        PageKind.GUIDANCE: ["Article", "LearningResource"],
        PageKind.SCENARIO: "LearningResource",
        PageKind.CASE_STUDY: ["Article", "LearningResource"],
        PageKind.EXERCISE: "LearningResource",
        PageKind.TRAINING_PLAN: "LearningResource",
        PageKind.QUIZ: "Quiz",
        PageKind.TEMPLATE: "LearningResource",
        PageKind.OVERVIEW: "CollectionPage",
    }
)
"""Kinds of page that are more than a web page."""

_UNSAFE = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})
"""Characters that could end the element around the text, as JSON may write them too."""


def linked_data(src_uri: str, corpus: Corpus) -> str:
    """Return what a page is about as JSON-LD that can stand in a `script` element.

    Args:
        src_uri: a page that is written or generated.
        corpus: what the site is made of.
    """
    nodes = list(_nodes(src_uri, corpus))
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_UNSAFE)


def _nodes(src_uri: str, corpus: Corpus) -> Iterator[Node]:
    if page := corpus.pages.by_uri.get(src_uri):
        title = page.meta.title
        yield from _about_page(page, corpus)
    else:
        generated = corpus.generated[src_uri]
        title = generated.title
        match generated.values.get("recommendation"):
            case Recommendation() as recommendation:
                yield _about_recommendation(recommendation, corpus)
            case _:
                address = absolute_url(generated.url)
                yield _known(type_="WebPage", id_=address, url=address, name=title, description=generated.summary)
    yield _way_to(url_of(src_uri), title, corpus)


def _known(**values: object) -> Node:
    """Make a node of the values that there are; `id_` and `type_` are JSON-LD's own keys."""
    keys = {"id_": "@id", "type_": "@type"}
    return {keys.get(key, key): value for key, value in values.items() if value}


def _about_page(page: Page, corpus: Corpus) -> Iterator[Node]:
    meta, registry = page.meta, corpus.registry
    area = registry.areas.get(page.area)
    is_training = meta.kind in {
        PageKind.SCENARIO,
        PageKind.CASE_STUDY,
        PageKind.EXERCISE,
        PageKind.TRAINING_PLAN,
        PageKind.QUIZ,
    }
    yield _known(
        type_=_TYPES.get(meta.kind, "WebPage"),
        id_=absolute_url(page.url),
        url=absolute_url(page.url),
        name=meta.title,
        headline=meta.title if meta.kind is PageKind.GUIDANCE else None,
        description=meta.summary,
        inLanguage=LANGUAGE,
        dateModified=meta.reviewed.isoformat(),
        license=LICENCE_URL,
        isAccessibleForFree=True,
        learningResourceType=meta.kind.label if is_training or meta.kind is PageKind.GUIDANCE else None,
        audience=[_known(type_="Audience", audienceType=registry.roles[role].title) for role in meta.roles],
        about=area and _known(type_="Thing", name=area.title, description=area.summary),
        maintainer=_known(type_="Organization", name=meta.owner),
        isPartOf=_known(type_="WebSite", id_=absolute_url(""), name=NAME),
    )
    if page.src_uri == _HOME:
        yield _site()
    if page.url == GLOSSARY:
        yield _terms(page, corpus)


def _site() -> Node:
    search = absolute_url(f"{SEARCH}?q={{q}}")
    action = search and {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=q",
    }
    root = absolute_url("")
    return _known(type_="WebSite", id_=root, url=root, name=NAME, inLanguage=LANGUAGE, potentialAction=action)


def _terms(page: Page, corpus: Corpus) -> Node:
    terms = [
        _known(type_="DefinedTerm", id_=absolute_url(term_url(t)), name=t.term, alternateName=list(t.also))
        for t in corpus.registry.terms.values()
    ]
    return _known(type_="DefinedTermSet", name=page.meta.title, license=LICENCE_URL, hasDefinedTerm=terms)


def _about_recommendation(recommendation: Recommendation, corpus: Corpus) -> Node:
    registry, address = corpus.registry, absolute_url(recommendation_url(recommendation))
    asked = _known(
        type_="CreativeWork",
        identifier=recommendation.id,
        name=recommendation.title,
        abstract=recommendation.asks,
        creator=_known(type_="Organization", name=registry.actors[recommendation.issuer].name),
        datePublished=recommendation.issued,
        audience=[
            _known(type_="Audience", audienceType=name)
            for name in map(registry.addressee_name, recommendation.addressees)
        ],
    )
    return _known(
        type_="WebPage",
        id_=address,
        url=address,
        name=f"{recommendation.id} {recommendation.title}",
        description=recommendation.asks,
        inLanguage=LANGUAGE,
        dateModified=max(line.date for line in recommendation.history).isoformat(),
        license=LICENCE_URL,
        isAccessibleForFree=True,
        creativeWorkStatus=recommendation.status.label,
        mainEntity=asked,
        isPartOf=_known(type_="WebSite", id_=absolute_url(""), name=NAME),
    )


def _way_to(url: str, title: str, corpus: Corpus) -> Node:
    """Return the pages that lead to one: the front page, those at the addresses above its own, itself."""
    steps = dict(_above(url, corpus)) | {url: title}
    items = [
        _known(type_="ListItem", position=position, name=name, item=absolute_url(step))
        for position, (step, name) in enumerate(steps.items(), 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _above(url: str, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield address and title of each page at an address above one, from the front page on."""
    pages = corpus.pages.by_uri
    names = url.split("/")[:-2]
    for count in range(len(names) + 1):
        folder = "".join(f"{name}/" for name in names[:count])
        if page := pages.get(f"{folder}index.md") or pages.get(f"{folder.removesuffix('/')}.md"):
            yield page.url, page.meta.title
        elif generated := corpus.generated.get(f"{folder}index.md"):
            yield generated.url, generated.title
