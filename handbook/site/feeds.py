"""What changed, as Atom (RFC 4287): one feed of everything, and one for each area and each role.

A feed is read far from the site, so its ids do not depend on where the site is. Its links are full addresses once that
is known, and relative to the feed until then.
"""

from __future__ import annotations

import re
import uuid
from textwrap import shorten
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import ElementMaker

from handbook.identity import LANGUAGE, LICENCE, LICENCE_URL, NAME, SLUG
from handbook.model.addresses import CHANGES, absolute_url, recommendation_url
from handbook.model.changes import changes
from handbook.model.records import Role
from handbook.system.build_time import build_time
from handbook.urls import relative

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from handbook.model.changes import Change
    from handbook.model.corpus import Corpus
    from handbook.model.records import ChallengeArea

_MOST = 50
"""Entries of a feed; who has missed more looks at the page."""

_LONGEST_TITLE = 100
"""Letters of an entry's title, which readers of feeds show on a line; the summary has all words."""

_SENTENCE_END = re.compile(r"(?<=[.!?]) ")

_ATOM = ElementMaker(namespace="http://www.w3.org/2005/Atom", nsmap={None: "http://www.w3.org/2005/Atom"})

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, SLUG)
"""Where the ids of feeds and entries come from: the same change has the same id for ever."""


EVERYTHING = "feed.xml"
"""The address of the feed of all changes."""


def feed_path(of: ChallengeArea | Role) -> str:
    """Return the address of the feed of an area or a role."""
    return f"feeds/roles/{of.id}.xml" if isinstance(of, Role) else f"feeds/{of.id}.xml"


def feeds(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """Yield the address and content of each feed."""
    found = changes(corpus)
    yield EVERYTHING, _feed(found, corpus, NAME, EVERYTHING)
    followed: tuple[ChallengeArea | Role, ...] = (*corpus.registry.areas.values(), *corpus.registry.roles.values())
    for of in followed:
        own = [change for change in found if of.id in (change.roles if isinstance(of, Role) else change.areas)]
        yield feed_path(of), _feed(own, corpus, f"{NAME}: {of.title}", feed_path(of))


def _feed(found: Sequence[Change], corpus: Corpus, title: str, path: str) -> bytes:
    feed = _ATOM.feed(
        _ATOM.id(_id(path)),
        _ATOM.title(f"{title}: what changed"),
        _ATOM.updated(_time(found[0].date) if found else build_time().strftime("%Y-%m-%dT%H:%M:%SZ")),
        _ATOM.author(_ATOM.name(f"The editors of {NAME}")),
        _ATOM.rights(f"{LICENCE}, {LICENCE_URL}"),
        _ATOM.link(rel="alternate", type="text/html", href=_address(CHANGES, path)),
    )
    if own := absolute_url(path):
        feed.append(_ATOM.link(rel="self", type="application/atom+xml", href=own))
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", LANGUAGE)
    feed.extend([_entry(change, corpus, path) for change in found[:_MOST]])
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(change: Change, corpus: Corpus, path: str) -> etree._Element:
    registry = corpus.registry
    named = [page.meta.title for page in change.pages] + [f"{r.id} {r.title}" for r in change.recommendations]
    headline = shorten(_SENTENCE_END.split(change.words, maxsplit=1)[0], _LONGEST_TITLE, placeholder=" …")
    told = [change.words] if headline != change.words else []
    areas = ", ".join(registry.areas[area].title for area in change.areas)
    return _ATOM.entry(
        _ATOM.id(_id(change.key)),
        _ATOM.title(f"{areas}: {headline}" if areas and not change.pages else headline),
        _ATOM.updated(_time(change.date)),
        _ATOM.link(rel="alternate", type="text/html", href=_address(_best_url(change), path)),
        *(_ATOM.category(term=area, label=registry.areas[area].title) for area in change.areas),
        *(_ATOM.category(term=role, label=registry.roles[role].title) for role in change.roles),
        _ATOM.summary(" ".join([*told, "; ".join(named)])),
    )


def _best_url(change: Change) -> str:
    """Return the page or recommendation that a change is about, or its place in their list if it is about several."""
    found = [page.url for page in change.pages] + [recommendation_url(r) for r in change.recommendations]
    return found[0] if len(found) == 1 else f"{CHANGES}#{change.anchor}"


def _address(url: str, path: str) -> str:
    return absolute_url(url) or relative(url, path)


def _id(name: str) -> str:
    return uuid.uuid5(_NAMES, name).urn


def _time(date: dt.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"
