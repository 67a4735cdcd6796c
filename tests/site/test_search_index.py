"""The index in which browsers search. `tests/browser/test_finding.py` runs the engine on it."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from handbook.checks import load_corpus
from handbook.site.search_index import FIELDS, INDEX, REST, entries, search_files, search_index, stems
from handbook.urls import url_of
from tests.support.project import REAL, TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


START, END = "handbookSearch.read(", ");\n"


def read(project: Path) -> dict[str, Any]:
    """Return the index of a project as the browser reads it."""
    script = search_index(entries(load_corpus(project, TODAY))).decode()
    assert script.startswith(START)
    index: dict[str, Any] = json.loads(script[len(START) : -len(END)])["index"]
    return index


def found(index: dict[str, Any], word: str, field: str) -> set[str]:
    """Return the addresses of what has a word in a field."""
    places = dict(index["index"]).get(next(stems(word)), {})
    return {index["documentIds"][number] for number in places.get(str(FIELDS.index(field)), {})}


def test_holds_what_readers_may_see(tiny: Path) -> None:
    """Every page and every public recommendation can be found, and no other."""
    addresses = list(read(tiny)["documentIds"].values())
    pages = {"", "education/", "prisons/", "prisons/release/", "roles/teacher/", "reference/glossary/"}
    assert pages < set(addresses)
    assert [url for url in addresses if url.startswith("recommendations/")] == [
        "recommendations/",
        "recommendations/pri-01/",
        "recommendations/pri-03/",
        "recommendations/edu-01/",
    ]


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("preparing", "title"),
        ("prepared", "title"),  # the same stem
        ("parole", "called"),  # `also_called`
        ("free", "called"),  # a situation whose first answer the page is
        ("relational", "terms"),  # another form of a term that the page uses
        ("avoid", "headings"),
        ("helps", "text"),
    ],
)
def test_ways_to_a_page(word: str, field: str, tiny: Path) -> None:
    """A page is found by its title, its other names, its terms, its headings and its text."""
    assert "prisons/release/" in found(read(tiny), word, field)


def test_other_names_are_shown_nowhere(tiny_site: Path) -> None:
    """`also_called` may hold words that nobody should read beside a name: no page and no export has them."""
    assert [file for file in tiny_site.rglob("*.*") if file.is_file() and b"parole" in file.read_bytes()] == []


def test_markup_and_stop_words_are_left_out(tiny: Path) -> None:
    """Neither macro calls nor words that say nothing are in the index."""
    words = {word for word, _ in read(tiny)["index"]}
    assert words.isdisjoint({"covers", "cite", "the", "and", "s"})


def test_numbers_fit_the_entries(tiny: Path) -> None:
    """The engine reckons with the numbers of distinct words in each field, and what is shown of an entry is stored."""
    index = read(tiny)
    number = next(n for n, url in index["documentIds"].items() if url == "prisons/release/")
    assert index["fieldLength"][number][:2] == [2, 3]  # "Preparing release"; "parole", "soon free"
    assert index["documentCount"] == len(index["documentIds"]) == index["nextId"]
    assert index["storedFields"][number] == {
        "title": "Preparing release",
        "summary": "How to prepare release.",
        "kind": "guidance",
        "area": "prisons",
        "roles": ["prison-officer"],
        "told": 1,
    }


def test_same_bytes_twice(tiny: Path) -> None:
    """The same sources give the same index, and another title another."""
    first, again = (search_index(entries(load_corpus(tiny, TODAY))) for _ in range(2))
    replace(tiny, "docs/prisons/release.md", "title: Preparing release", "title: Preparing freedom")
    assert first == again
    assert first != search_index(entries(load_corpus(tiny, TODAY)))


def test_weight_of_the_first_query(corpus: Corpus) -> None:
    """What the first search fetches, engine and first index: at most 160 KB as servers send it."""
    scripts = [(REAL / "overrides" / "javascripts" / name).read_bytes() for name in ("search.js", *ENGINE)]
    assert sum(len(gzip.compress(script, 9)) for script in (*scripts, dict(search_files(corpus))[INDEX])) <= 160_000


def test_lists_come_later(corpus: Corpus) -> None:
    """Recommendations, bodies of the EU and pages for editors are in the second index, all others in the first."""
    files = {path: content.decode() for path, content in search_files(corpus)}
    first, rest = (json.loads(files[path][len(START) : -len(END)])["index"] for path in (INDEX, REST))
    assert {entry["kind"] for entry in first["storedFields"].values()}.isdisjoint({"recommendation", "actor"})
    urls = [set(index["documentIds"].values()) for index in (first, rest)]
    assert urls[0] | urls[1] == {entry.url for entry in entries(corpus)}
    assert urls[0].isdisjoint(urls[1])
    made = {page.url for page in corpus.generated.values() if page.in_search}
    assert made <= urls[0] | urls[1]
    assert {url_of(bet.page) for bet in corpus.registry.best_bets.values()} <= urls[0]


def test_sentences(tiny: Path) -> None:
    """Each page has a file of its sentences, without markup, for the results."""
    files = dict(search_files(load_corpus(tiny, TODAY)))
    told = files["search/text/prisons/release.js"].decode()
    assert told.startswith('handbookSearch.tell("prisons/release/",[')
    assert "{{" not in told
    assert "search/text/index.js" in files


@pytest.mark.parametrize(("file", "name"), [("best-bets", "asks"), ("synonyms", "word")])
def test_words_of_queries_say_something(file: str, name: str, corpus: Corpus) -> None:
    """No query is made of stop words alone, and no two are the same to search."""
    table = corpus.registry.best_bets if file == "best-bets" else corpus.registry.synonyms
    keys = [" ".join(sorted(set(stems(getattr(entry, name))))) for entry in table.values()]
    assert "" not in keys
    assert [key for key in keys if keys.count(key) > 1] == []


ENGINE = ("vendor/minisearch.js", "vendor/english-stemmer.js")
