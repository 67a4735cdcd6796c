"""The list of sources: on which page each stands, and what is said when one has none or a page is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks import load_corpus
from handbook.model.addresses import bibliography_page_url, source_url
from handbook.model.records import BIBLIOGRAPHY_ROOM
from tests.support.project import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def _add_studies(tiny: Path, publishers: list[str]) -> None:
    entries = (
        f"- {{id: more-{number}, title: More, publisher: {publisher}, evidence: study, language: en, read: whole, "
        "background: true}\n"
        for number, publisher in enumerate(publishers)
    )
    with (tiny / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.writelines(entries)


def test_kind_and_publisher_decide(tiny: Path) -> None:
    """A source stands on the last page of its kind that begins at or before its publisher, in whatever case."""
    _add_studies(tiny, ["Academy", "unesco", "U", "Zoo", "Tu"])
    registry = load_corpus(tiny, TODAY).registry
    places = {id_: source_url(source, registry) for id_, source in registry.sources.items()}
    assert places == {
        "guidelines": "reference/sources/standards/#guidelines",
        "revue": "reference/sources/standards/#revue",
        "study": "reference/sources/studies-u/#study",
        "more-0": "reference/sources/studies/#more-0",
        "more-1": "reference/sources/studies-u/#more-1",
        "more-2": "reference/sources/studies-u/#more-2",
        "more-3": "reference/sources/studies-u/#more-3",
        "more-4": "reference/sources/studies/#more-4",
    }
    assert [source.id for source in registry.sources_by_bibliography_page["studies-u"]] == [
        "more-2",
        "more-1",
        "study",
        "more-3",
    ]


def test_full_page_says_where_to_divide_it(tiny: Path) -> None:
    """One more than there is room for stops the check, with the publisher at whom a new page may begin."""
    publishers = [f"Academy {number:02}" for number in range(BIBLIOGRAPHY_ROOM)]
    _add_studies(tiny, publishers)
    assert load_corpus(tiny, TODAY).problems == ()
    with (tiny / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- {id: last, title: Last, publisher: B, evidence: study, language: en, read: whole, background: true}\n"
        )
    (problem,) = load_corpus(tiny, TODAY).problems
    assert problem.line() == (
        "data/bibliography-pages.yml:4:7: error[bibliography] 'studies' has 61 sources, and there is room for 60; "
        "add an entry of these kinds that begins in its middle, at 'Academy 30'"
    )


def test_broken_page_hides_no_other_fault(tiny: Path) -> None:
    """While an entry of the pages has a fault, nobody is told that its sources have no place."""
    path = tiny / "data/bibliography-pages.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("[standard, review]", "[standards]"), encoding="utf-8")
    assert [problem.location.file for problem in load_corpus(tiny, TODAY).problems] == ["data/bibliography-pages.yml"]


def test_real_pages_have_room(corpus: Corpus) -> None:
    """Each page of the real list holds some sources, and none too many."""
    registry = corpus.registry
    counts = {
        bibliography_page_url(page): len(registry.sources_by_bibliography_page[page.id])
        for page in registry.bibliography_pages.values()
    }
    assert sum(counts.values()) == len(registry.sources)
    assert {url for url, count in counts.items() if count > BIBLIOGRAPHY_ROOM} == set()
