"""The index in which browsers search. `tests/browser/test_finding.py` runs the engine on it."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from handbook.checks import load_corpus
from handbook.site.search_index import FIELDS, entries, search_index, stems
from tests.support.project import REAL, TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def read(project: Path) -> dict[str, Any]:
    """Return the index of a project as the browser reads it."""
    script = search_index(entries(load_corpus(project, TODAY))).decode()
    assert script.startswith("handbookSearch.read(")
    index: dict[str, Any] = json.loads(script[len("handbookSearch.read(") : -len(");\n")])["index"]
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
    }


def test_same_bytes_twice(tiny: Path) -> None:
    """The same sources give the same index, and another title another."""
    first, again = (search_index(entries(load_corpus(tiny, TODAY))) for _ in range(2))
    replace(tiny, "docs/prisons/release.md", "title: Preparing release", "title: Preparing freedom")
    assert first == again
    assert first != search_index(entries(load_corpus(tiny, TODAY)))


def test_weight_of_the_first_query(corpus: Corpus) -> None:
    """What the first search fetches, at 300 pages at least: at most 175 KB as servers send it.

    All but 13 KB is the index; the words with a hyphen that it has in both forms weigh 4 KB of it.
    """
    everything = list(entries(corpus))
    scripts = (REAL / "overrides" / "javascripts" / name for name in ("search.js", *ENGINE))
    engine = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)
    index = len(gzip.compress(search_index(everything), 9))
    assert engine + index / len(everything) * max(300, len(everything)) <= 175_000


ENGINE = ("vendor/minisearch.js", "vendor/english-stemmer.js")
