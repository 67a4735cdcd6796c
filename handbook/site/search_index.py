"""The index in which readers' browsers search.

It is what MiniSearch, the engine in `overrides/javascripts/vendor/`, would write of the same entries (version 2 of its
format), so the browser only has to read it. It is written here because the same corpus must give the same bytes, and
no JavaScript is needed to build the site. Words are brought to their stems by the same algorithm as in the browser.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from handbook.limits import MOST_PAGES_KEPT
from handbook.model.records import Decision, Recommendation
from handbook.model.registry import group_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from handbook.model.corpus import Corpus
    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Page

INDEX = "search/index.js"
"""Where the index is below the site's root. A script: a page opened from a file may fetch no data."""

FIELDS = ("title", "called", "terms", "headings", "summary", "text")
"""What a query is compared with; `search.js` says how much each counts."""

_STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being but by can could did do does for
    from get got had has have he her here him his how i if in into is it its just let make may me more most my
    no nor not of off on only or other our out own same say says she should so some somebody someone something
    such than that the their them then there these they this those to too under until up very was we were what
    when where which while who whom why will with would you your
    """.split()  # noqa: SIM905 - as prose it can be read
)
"""Stop words: they say nothing of what is looked for."""

_WORD = re.compile(r"[^\W_]+(?:[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_stem = cache(snowballstemmer.stemmer("english").stemWord)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Attributes:
        url: its address below the site's root.
        stored: what is shown of it, and by which it can be filtered.
        words: the text of each field.
    """

    url: str
    stored: Mapping[str, Any]
    words: Mapping[str, str]


def entries(corpus: Corpus) -> Iterator[Entry]:
    """Yield all that can be found: every written page, and the generated ones that no other page lists in full."""
    seen = group_by(corpus.registry.situations.values(), lambda situation: situation.pages[:1])
    for page in corpus.pages:
        yield _page(page, corpus, [situation.words for situation in seen.get(page.src_uri, ())])
    for generated in corpus.generated.values():
        if generated.in_search:
            yield _generated(generated, corpus)


def _page(page: Page, corpus: Corpus, situations: Iterable[str]) -> Entry:
    """Make an entry of a page; it is also called what people have seen to whom it is the first answer."""
    meta = page.meta
    terms = [corpus.registry.term_by_form[str(c.arguments["term"]).casefold()] for c in page.calls if c.macro == "term"]
    words = {
        "called": "\n".join([*meta.also_called, *situations]),
        "terms": "\n".join(dict.fromkeys(form for term in terms for form in (term.term, *term.also))),
        "headings": "\n".join(section.title for section in page.outline.sections),
        "text": "\n".join([page.prose, *_said(page, corpus)]),
    }
    area = page.area if page.area in corpus.registry.areas else ""
    return _entry(page.url, meta.title, meta.summary, str(meta.kind), area, meta.roles, words)


def _said(page: Page, corpus: Corpus) -> Iterator[str]:
    """Yield what is said on the cards that a page embeds: people look for the words that they heard."""
    for id_ in sorted(page.embeds("conversation")):
        card = corpus.registry.conversations[id_]
        yield from (card.title, card.first, *(reply.answer for reply in card.replies))


def _generated(page: GeneratedPage, corpus: Corpus) -> Entry:
    match page.values:
        case {"recommendation": Recommendation() as recommendation}:
            return _recommendation(page, recommendation, corpus)
        case {"decision": Decision() as decision}:
            return _decision(page, decision, corpus)
        case _:
            return _entry(page.url, page.title, page.summary, page.template, "", (), {})


def _decision(page: GeneratedPage, decision: Decision, corpus: Corpus) -> Entry:
    """Make an entry of a decision; it is also called what people have seen who have to take it."""
    seen = [s.words for s in corpus.registry.situations.values() if s.decision == decision.id]
    steps = [*(question.question for question in decision.questions), *(end.title for end in decision.outcomes)]
    words = {"called": "\n".join([*decision.also_called, *seen]), "text": "\n".join(steps)}
    return _entry(page.url, page.title, page.summary, page.template, "", decision.roles, words)


def _recommendation(page: GeneratedPage, recommendation: Recommendation, corpus: Corpus) -> Entry:
    area = corpus.registry.area_by_prefix[recommendation.prefix].id
    roles = [name for name in recommendation.addressees if name in corpus.registry.roles]
    words = {"called": recommendation.id, "text": corpus.registry.actors[recommendation.issuer].name}
    return _entry(page.url, page.title, page.summary, page.template, area, roles, words)


def _entry(  # noqa: PLR0913, PLR0917 - what makes an entry, in the order in which it is stored
    url: str, title: str, summary: str, kind: str, area: str, roles: Iterable[str], words: Mapping[str, str]
) -> Entry:
    stored = {"title": title, "summary": summary, "kind": kind, "area": area, "roles": list(roles)}
    return Entry(url, stored, {"title": title, "summary": summary, **words})


def search_index(found: Iterable[Entry]) -> bytes:
    """Write the index of some entries, as a script that hands it to `search.js`."""
    data = {"stopWords": sorted(_STOP_WORDS), "fields": FIELDS, "index": _serialised(list(found))}
    return f"handbookSearch.read({json.dumps(data, separators=(',', ':'), ensure_ascii=False)});\n".encode()


def stems(text: str) -> Iterator[str]:
    """Yield the stems of a text's words, without those that say nothing; `search.js` does the same with a query.

    What has a hyphen is also one word, because some write it as one.
    """
    for word in _WORD.findall(text.lower()):
        parts = _PART.findall(word)
        for part in (*parts, "".join(parts)) if len(parts) > 1 else parts:
            if len(part) > 1 and part not in _STOP_WORDS:
                yield _stem(part)


@lru_cache(maxsize=len(FIELDS) * MOST_PAGES_KEPT)
def _counts(text: str) -> Counter[str]:
    """Count the stems of a text."""
    return Counter(stems(text))


def _serialised(found: list[Entry]) -> dict[str, Any]:
    """Build the index as MiniSearch's `toJSON` writes it, version 2 of its format, which `loadJS` reads.

    See https://lucaong.github.io/minisearch/classes/MiniSearch.MiniSearch.html. `tests/site/test_search_index.py` and
    `tests/browser/test_finding.py` search in it with MiniSearch itself.
    """
    postings: defaultdict[str, defaultdict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    lengths: list[list[int]] = []
    for number, entry in enumerate(found):
        counts = [_counts(entry.words.get(field, "")) for field in FIELDS]
        lengths.append([len(count) for count in counts])
        for field, count in enumerate(counts):
            for stem, times in count.items():
                postings[stem][field][number] = times
    return {
        "documentCount": len(found),
        "nextId": len(found),
        "documentIds": {number: entry.url for number, entry in enumerate(found)},
        "fieldIds": {name: number for number, name in enumerate(FIELDS)},
        "fieldLength": dict(enumerate(lengths)),
        "averageFieldLength": [round(sum(column) / len(found), 2) for column in zip(*lengths, strict=True)],
        "storedFields": {number: entry.stored for number, entry in enumerate(found)},
        "dirtCount": 0,
        "index": [[stem, dict(sorted(fields.items()))] for stem, fields in sorted(postings.items())],
        "serializationVersion": 2,
    }
