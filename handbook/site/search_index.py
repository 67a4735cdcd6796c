"""The index in which readers' browsers search.

It is what MiniSearch, the engine in `overrides/javascripts/vendor/`, would write of the same entries (version 2 of its
format), so the browser only has to read it. It is written here because the same corpus must give the same bytes, and
no JavaScript is needed to build the site. Words are brought to their stems by the same algorithm as in the browser.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import snowballstemmer

from handbook.limits import MOST_PAGES_KEPT
from handbook.model.answers import Wording
from handbook.model.records import Decision, Recommendation, Situation
from handbook.model.registry import group_by
from handbook.urls import url_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from handbook.model.corpus import Corpus
    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Page
    from handbook.model.registry import Registry

INDEX = "search/index.js"
REST = "search/rest.js"
"""Where the two indexes are below the site's root. Scripts: a page opened from a file may fetch no data."""

_TEXTS = "search/text/"
_FOR_LATER = ("contributing/", "eu-cooperation/", "recommendations/")

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

_MOST_COUNTED = 2
"""How often a word counts in a field; more weighs a tenth of the index, and found no page better."""

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
        sentences: of which the one is shown that has most of a query's words.
    """

    url: str
    stored: Mapping[str, Any]
    words: Mapping[str, str]
    sentences: tuple[str, ...] = ()


def entries(corpus: Corpus) -> Iterator[Entry]:
    """Yield all that can be found: every written page, and the generated ones that no other page lists in full."""
    seen = group_by(corpus.registry.situations.values(), lambda situation: situation.pages[:1])
    asked = group_by(corpus.registry.best_bets.values(), lambda bet: [url_of(bet.page)])
    written = (_page(page, corpus, [s.words for s in seen.get(page.src_uri, ())]) for page in corpus.pages)
    made = (_generated(page, corpus) for page in corpus.generated.values() if page.in_search)
    for entry in chain(written, made):
        called = "\n".join([entry.words.get("called", ""), *(bet.asks for bet in asked.get(entry.url, ()))])
        yield replace(entry, words={**entry.words, "called": called})


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
    entry = _entry(page.url, meta.title, meta.summary, str(meta.kind), area, meta.roles, words)
    return replace(entry, sentences=(*_said(page, corpus), *sorted(Wording(page, corpus.registry).sentences)))


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
        case {"situation": Situation() as situation}:
            return _situation(page, situation, corpus)
        case _:
            return _entry(page.url, page.title, page.summary, page.template, "", (), {})


def _decision(page: GeneratedPage, decision: Decision, corpus: Corpus) -> Entry:
    """Make an entry of a decision; it is also called what people have seen who have to take it."""
    seen = [s.words for s in corpus.registry.situations.values() if s.decision == decision.id]
    steps = [*(question.question for question in decision.questions), *(end.title for end in decision.outcomes)]
    words = {"called": "\n".join([*decision.also_called, *seen]), "text": "\n".join(steps)}
    return _entry(page.url, page.title, page.summary, page.template, "", decision.roles, words)


def _situation(page: GeneratedPage, situation: Situation, corpus: Corpus) -> Entry:
    """Make an entry of a situation, which shows what to do first; it is also called what its first page is."""
    first = [corpus.pages.by_uri[name] for name in situation.pages[:1]]
    words = {
        "called": "\n".join(name for page in first for name in page.meta.also_called),
        "terms": "\n".join(page.meta.title for page in first),
        "text": "\n".join(sentence for _, sentence in situation.sentences),
    }
    area, sentences = situation.areas[0], tuple(sentence for _, sentence in situation.sentences)
    entry = _entry(page.url, page.title, situation.now[0], page.template, area, situation.roles, words)
    return replace(entry, sentences=sentences)


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


def search_files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the index for the first query, of the one that is fetched after it, and of sentences.

    What has sentences has a file of them, which is fetched when the entry is shown.
    """
    parts = group_by(entries(corpus), lambda entry: [_is_for_later(entry)])
    yield INDEX, search_index(parts.get(False, ()), corpus.registry)
    yield REST, search_index(parts.get(True, ()))
    for entry in chain.from_iterable(parts.values()):
        if entry.sentences:
            told = f"{_json(entry.url)},{_json(entry.sentences)}"
            yield f"{_TEXTS}{entry.url.removesuffix('/') or 'index'}.js", f"handbookSearch.tell({told});\n".encode()


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _is_for_later(entry: Entry) -> bool:
    """Tell what nobody looks for in haste: recommendations, bodies of the EU, and how the handbook is written."""
    return entry.stored["kind"] in {"recommendation", "actor"} or entry.url.startswith(_FOR_LATER)


def search_index(found: Iterable[Entry], registry: Registry | None = None) -> bytes:
    """Write the index of some entries, as a script that hands it to `search.js`.

    Args:
        found: the entries.
        registry: it has what queries mean and lead to, for one of the indexes.
    """
    data: dict[str, object] = {"index": _serialised(list(found))}
    if registry:
        data |= {
            "stopWords": sorted(_STOP_WORDS),
            "fields": FIELDS,
            "firsts": {_key(bet.asks): url_of(bet.page) for bet in registry.best_bets.values()},
            "synonyms": {_key(s.word): sorted(set(stems(s.means))) for s in registry.synonyms.values()},
        }
    return f"handbookSearch.read({_json(data)});\n".encode()


def _key(text: str) -> str:
    """Return by what `search.js` knows a query again: its stems in the order of the alphabet."""
    return " ".join(sorted({_stem(part) for part in _PART.findall(text.lower()) if _says_something(part)}))


def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in _STOP_WORDS


def stems(text: str) -> Iterator[str]:
    """Yield the stems of a text's words, without those that say nothing; `search.js` does the same with a query.

    What has a hyphen is also one word, because some write it as one.
    """
    for word in _WORD.findall(text.lower()):
        parts = _PART.findall(word)
        for part in (*parts, "".join(parts)) if len(parts) > 1 else parts:
            if _says_something(part):
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
                postings[stem][field][number] = min(times, _MOST_COUNTED)
    return {
        "documentCount": len(found),
        "nextId": len(found),
        "documentIds": {number: entry.url for number, entry in enumerate(found)},
        "fieldIds": {name: number for number, name in enumerate(FIELDS)},
        "fieldLength": dict(enumerate(lengths)),
        "averageFieldLength": [round(sum(column) / len(found), 2) for column in zip(*lengths, strict=True)],
        "storedFields": {
            number: {**entry.stored, "told": 1} if entry.sentences else entry.stored
            for number, entry in enumerate(found)
        },
        "dirtCount": 0,
        "index": [[stem, dict(sorted(fields.items()))] for stem, fields in sorted(postings.items())],
        "serializationVersion": 2,
    }
