"""Decisions, as a reader goes through them without a script, and as programs get them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handbook.checks import load_corpus
from handbook.checks.external_links import addresses
from handbook.downloads.articles import read_articles
from handbook.downloads.packs import chapters
from handbook.model.records import Pack, Selection
from handbook.model.vocabulary import PageKind
from handbook.site.search_index import entries
from tests.support.project import TODAY, replace, run
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "decide/may-i-tell"


def test_steps(tiny_site: Path) -> None:
    """Each answer leads to the step whose number it names, and each end says what to do, to say and to note."""
    steps = read(tiny_site, PAGE).xpath(".//ol[@class='decision']/li")
    assert [words(step) for step in steps] == [
        "Is there danger now? Yes: go to 3 No: go to 2",
        "Does a law oblige you? Yes: go to 3 No: go to 4",
        "Tell now Call 112.\u2060[1] You can say: I call now. Write down: When you called.",
        "Say nothing yet Ask a colleague.",
    ]
    places = [step.get("id") for step in steps]
    for step in steps:
        for answer in step.xpath("ul[@class='answers']/li/a"):
            assert places.index(answer.get("href").removeprefix("#")) + 1 == int(words(answer).rpartition(" ")[2])


def test_version_of_a_role(tiny_site: Path) -> None:
    """Words for a role stand in its version alone, in which sources are numbered anew."""
    own, other, everybody = (read(tiny_site, f"{PAGE}{role}") for role in ("/prison-officer", "/teacher", ""))
    said = "Ask your wing.\u2060[1, p. 3]"
    assert [said in words(page) for page in (own, other, everybody)] == [True, False, False]
    assert own.xpath(".//li[@id='may-i-tell-1']//a[text()='wing']/@href") == ["../../../prisons/#guidance"]
    assert [len(page.xpath(".//ol[@class='sources']/li")) for page in (own, other, everybody)] == [2, 1, 1]
    assert everybody.xpath(".//p[@class='versions']/a/@href") == ["teacher/", "prison-officer/"]


def test_chart_says_the_same(tiny_site: Path) -> None:
    """The chart has each question and where its answers lead; its description says the same as the steps."""
    page = read(tiny_site, PAGE)
    (drawn,) = page.xpath(".//figure/svg")
    shown = " ".join(text.text_content() for text in drawn.iter("text"))
    assert shown == (
        "1. Is there danger now? Yes 3. Tell now No 2. Does a law oblige you? Yes 3. Tell now No 4. Say nothing yet"
    )
    assert drawn.find("desc").text == (
        "1. Is there danger now? Yes: go to 3. No: go to 2. 2. Does a law oblige you? Yes: go to 3. No: go to 4. "
        "3. Tell now. 4. Say nothing yet."
    )


def test_jump_to_a_later_question(tiny: Path) -> None:
    """An answer that leads past the next question says so in the chart, where it draws no line to an outcome."""
    question = (
        "questions:\n  - id: first\n    question: Is it urgent?\n    answers:\n      - {answer: Perhaps, next: duty}\n"
        '      - {answer: "Yes", next: danger}\n'
    )
    replace(tiny, "data/decisions/may-i-tell.yml", "questions:\n", question)
    assert run("mkdocs", "build", folder=tiny).returncode == 0
    (drawn,) = read(tiny / "site", PAGE).xpath(".//figure/svg")
    assert [text.text_content() for text in drawn.iter("text")][:4] == ["1. Is it urgent?", "Perhaps", "Go to 3", "Yes"]


def test_embedded(tiny: Path) -> None:
    """A page that embeds a decision cites its sources with numbers of its own."""
    call = '{{ cite("revue") }}\n\n{{ decision("may-i-tell") }}'
    replace(tiny, "docs/prisons/release.md", "Silence.", f"Silence.{call}")
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    page = read(tiny / "site", "prisons/release")
    (step,) = page.xpath(".//li[@id='may-i-tell-3']")
    number = step.xpath(".//a[@class='cite']")[0]
    (source,) = page.xpath(f".//li[@id='{number.get('href').removeprefix('#')}']")
    assert "Guidelines" in words(source)


def test_ways_there(tiny_site: Path, tiny: Path) -> None:
    """The list, the finder, a situation and a role's page lead to it, and search has it with its other words."""
    assert "may-i-tell/" in read(tiny_site, "decide").xpath(".//a/@href")
    assert "../decide/may-i-tell/" in read(tiny_site, "finder").xpath(".//a/@href")
    of_role = read(tiny_site, "roles/prison-officer")
    assert "../../decide/may-i-tell/prison-officer/" in of_role.xpath(".//a/@href")
    assert "../../decide/may-i-tell/" in read(tiny_site, "finder/release").xpath(".//a/@href")
    found = {entry.url: entry for entry in entries(load_corpus(tiny, TODAY))}
    assert found["decide/may-i-tell/"].words["called"] == "secrecy\nSomebody will soon be free"
    assert "Is there danger now?" in found["decide/may-i-tell/"].words["text"]
    assert found["decide/may-i-tell/"].stored["roles"] == ["teacher", "prison-officer"]
    assert found["decide/may-i-tell/"].stored["kind"] == "decision"
    assert "decide/may-i-tell/teacher/" not in found


def test_exported(tiny_site: Path) -> None:
    """The data have each step with its number, and what it rests on."""
    (found,) = json.loads((tiny_site / "data/decisions.json").read_text(encoding="utf-8"))["items"]
    assert (found["id"], found["path"]) == ("may-i-tell", "decide/may-i-tell/")
    assert [step["number"] for step in found["questions"] + found["outcomes"]] == [1, 2, 3, 4]
    assert found["questions"][0]["help"][0]["cites"] == [{"source": "study", "place": "p. 3"}]
    assert found["outcomes"][0]["do"][0]["roles"] == []


def test_packs_of_a_role(tiny: Path, tiny_site: Path) -> None:
    """A set of guidance for a role has the version of that role, and no other set has it."""
    corpus, articles = load_corpus(tiny, TODAY), read_articles(tiny_site)

    def taken(**keys: tuple[str, ...]) -> set[str]:
        pack = Pack(id="own", title="Own", audience="Us", selection=Selection.model_validate(keys))
        return {article.url for article in chapters(pack, corpus, articles) if article.url.startswith("decide/")}

    guidance = (PageKind.GUIDANCE, PageKind.OVERVIEW)
    assert taken(roles=("teacher",), kinds=guidance) == {"decide/may-i-tell/teacher/"}
    assert taken(roles=("teacher",), kinds=(PageKind.OVERVIEW,), pages=("prisons/index.md",)) == set()
    assert taken(areas=("prisons",)) == set()
    assert taken() == {"decide/", "decide/may-i-tell/"}


def test_addresses_are_asked(tiny: Path) -> None:
    """The weekly look at links asks addresses in decisions too."""
    replace(tiny, "data/decisions/may-i-tell.yml", "(tel:112)", "(https://112.example)")
    assert addresses(load_corpus(tiny, TODAY))["https://112.example"].file == "data/decisions/may-i-tell.yml"
