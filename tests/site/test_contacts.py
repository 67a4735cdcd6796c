"""Whom to call, as a reader finds it without a script; `tests/browser/test_countries.py` uses the script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from handbook.checks.external_links import addresses
from handbook.downloads.articles import read_articles
from handbook.downloads.sheets import sheet
from tests.support.project import TODAY, replace, run
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path


def test_number_that_may_be_shown(tiny_site: Path) -> None:
    """A number that the operator gives can be called, with all that is known of it and where it was seen."""
    (row,) = read(tiny_site, "contacts/france").xpath(".//table[contains(@class, 'contacts')]/tbody/tr")
    assert row.xpath("th/a/@href") == ["tel:+33800005696", "tel:+33180523376", "mailto:ecoute@example.fr"]
    assert words(row) == (
        "Advice on a worry 0 800 005 696 +33 (0)1 80 52 33 76 (from abroad) ecoute@example.fr Ligne d'écoute "
        "(Listening line). For families, professionals. Hours: Mon-Fri 9:00-18:00. Languages: French. Free: yes. "
        "Anonymous: yes. For all forms of extremism. Seen on 20 November 2026 on a page of the operator: Nous appeler, "
        "Ligne d'écoute, dated March 2026."
    )


def test_numbers_that_may_not_be_shown(tiny_site: Path) -> None:
    """What only others report, or an old page says, has its name, a link and the reason, and no number."""
    items = {item.get("id"): item for item in read(tiny_site, "contacts/france").xpath(".//ul[@class='contacts']/li")}
    reported, old = words(items["france-child"]), words(items["france-victims"])
    assert "We print no number, because we saw it only on another page, not on one of the operator." in reported
    assert "We print no number, because the page on which we saw it is older than five years." in old
    assert items["france-child"].xpath("a[@rel='external']/@href") == ["https://newspaper.example/119"]
    assert "116 006" not in old
    assert not any(item.xpath(".//a[starts-with(@href, 'tel:')]") for item in items.values())


def test_gaps_say_whom_to_ask(tiny_site: Path) -> None:
    """Where a country has nobody of a kind, its page says so, and whom to ask."""
    article = words(read(tiny_site, "contacts/estonia"))
    assert "Advice on a worry: nobody in Estonia who advises on radicalisation. Ask your local coordinator" in article
    assert "Report a threat or a plan: nobody" not in article


def test_european_numbers(tiny_site: Path) -> None:
    """The page of the Union leads to each country and says where each European number was seen to work."""
    article = read(tiny_site, "contacts")
    assert article.xpath(".//ul[@class='countries']/li/a/@href") == ["estonia/", "france/"]
    table = article.xpath(".//table[caption[contains(., 'European numbers')]]/tbody/tr")
    assert [words(row) for row in table] == [
        "Estonia no page that says so",
        "France no page that says so; instead: Enfance en danger",
    ]


@pytest.mark.parametrize(("seen_on", "is_shown"), [("2026-05-23", True), ("2026-05-22", False)])
def test_overdue_falls_back_to_its_name(seen_on: str, is_shown: bool, tiny: Path) -> None:  # noqa: FBT001 - a case
    """Six months after somebody has looked, the number goes and the name stays."""
    seen = "  seen: Helista 112.\n  sighting: operator\n  seen_on: "
    replace(tiny, "data/contacts.yml", f"{seen}2026-11-20", f"{seen}{seen_on}")
    done = run("mkdocs", "build", folder=tiny, SOURCE_DATE_EPOCH="1795392000")  # 23 November 2026
    assert done.returncode == 0, done.stderr
    article = read(tiny / "site", "contacts/estonia")
    assert bool(article.xpath(".//tr[@id='estonia-report']")) is is_shown
    assert ("nobody has looked at it again for six months" in words(article)) is not is_shown
    exported = json.loads((tiny / "site/data/contacts.json").read_text(encoding="utf-8"))["items"]
    (contact,) = (item for item in exported if item["id"] == "estonia-report")
    assert (contact["tel"], contact["withheld"]) == ((["tel:112"], None) if is_shown else ([], "overdue"))


@pytest.mark.parametrize("url", ["prisons/release", "roles/teacher", "finder", "finder/release"])
def test_pages_lead_there(url: str, tiny_site: Path) -> None:
    """Guidance, roles, the finder and its situations lead to whom to call."""
    page = read(tiny_site, url)
    (link,) = page.xpath(".//p[@class='whom']/a")
    assert (tiny_site / url / link.get("href") / "index.html").resolve() == (
        tiny_site / "contacts/index.html"
    ).resolve()


def test_list_can_be_narrowed(tiny_site: Path) -> None:
    """Each contact has its country, what it is for and who may call, and leads to its entry."""
    items = read(tiny_site, "contacts/all").xpath(".//ul[@id='contacts']/li")
    facts = [(item.get("data-country"), item.get("data-for"), item.get("data-role")) for item in items]
    assert ("france", "advice", "family professionals") in facts
    assert len(facts) == 5
    for item in items:
        (href,) = item.xpath("a/@href")
        page, _, anchor = href.partition("#")
        article = read(tiny_site, f"contacts/all/{page}")
        assert article.xpath(f".//*[@id='{anchor}']"), href


def test_vcards(tiny_site: Path) -> None:
    """Address books get those that can be called, in lines of at most 75 octets, and nothing that is not shown."""
    text = (tiny_site / "data/contacts.vcf").read_bytes()
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    cards = text.decode().replace("\r\n ", "").split("END:VCARD\r\n")[:-1]
    assert [card.split("FN:")[1].split("\r\n")[0] for card in cards] == [
        "Child helplines",
        "Politsei",
        "Ligne d'écoute",
    ]
    assert "TEL;VALUE=uri:tel:+33800005696\r\nTEL;VALUE=uri:tel:+33180523376\r\nEMAIL:ecoute@example.fr" in cards[2]
    assert "NOTE:Hours: Mon-Fri 9:00-18:00. Seen on 2026-11-20 on: Nous appeler\\, Ligne d'écoute." in cards[2]


def test_sheet_for_the_wall(tiny: Path, tiny_site: Path) -> None:
    """The sheet has 112, the numbers with what is known of them, and the others by name alone."""
    corpus = load_corpus(tiny, TODAY)
    articles = read_articles(tiny_site)
    whole, short = (
        words(sheet(corpus.registry.countries["france"], articles, is_short=is_short).content)
        for is_short in (False, True)
    )
    for text in (whole, short):
        assert text.startswith("In immediate danger call 112.")
        assert "0 800 005 696" in text
        assert "Help for children and young people: Enfance en danger. " in text
        assert "Nobody has tried the numbers." in text
        assert "no legal advice" not in text  # the law of the country is on its page only
    assert "Seen on 20 November 2026 on a page of the operator: Nous appeler" in whole
    assert "Seen on" not in short
    assert "We print no number" not in whole


def test_addresses_are_asked(tiny: Path) -> None:
    """`handbook links` asks for the operators' pages and for those on which numbers were seen."""
    found = addresses(load_corpus(tiny, TODAY))
    assert found["https://ecoute.example"].file == found["https://newspaper.example/119"].file == "data/contacts.yml"
