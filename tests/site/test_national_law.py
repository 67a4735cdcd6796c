"""The law of a country, as far as it was read, as a reader and a program find it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from handbook.checks import load_corpus
from handbook.checks.external_links import addresses
from tests.support.project import TODAY, run
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "//h2[starts-with(., 'The law in')]"


def test_page_of_a_country(tiny_site: Path) -> None:
    """Provisions stand by matter, with whom they do not bind, where they were read, and what was not read."""
    article = read(tiny_site, "contacts/france")
    assert article.xpath(f"count({HEADING})") == 1
    first, second = article.xpath(f"{HEADING}/following-sibling::table[1]/tbody/tr")
    assert (first.get("id"), second.get("id")) == ("france-report", "france-secrecy")
    assert words(second) == (
        "Professional secrecy Whoever reveals a secret can be punished. Not where a law allows it. Code pénal, Article "
        "226-13. Read on 20 November 2026: Code pénal, Légifrance, text of 2 April 2026. A copy. The words there: “La "
        "révélation d'une information à caractère secret”."
    )
    assert second.xpath(".//a[@rel='external']/@href") == ["https://law.example/226-13"]
    assert "We read nothing on duty to report a child at risk, basis of the local table, age of" in words(article)
    assert "This is no legal advice." in words(article)


def test_country_of_which_nothing_was_read(tiny_site: Path) -> None:
    """Its page has no part on the law, and the table says once that nothing was read."""
    assert not read(tiny_site, "contacts/estonia").xpath(HEADING)
    assert "We read nothing of the law of Estonia." in words(read(tiny_site, "law"))


def test_table(tiny_site: Path) -> None:
    """All provisions are in one table, each with its version and a way to its entry; country and matter narrow it."""
    article = read(tiny_site, "law")
    rows = article.xpath(".//table[@id='provisions']/tbody/tr")
    assert [words(row) for row in rows] == [
        (
            "France Duty to report a crime Whoever knows of a crime must say so. Code pénal, Article 434-1. "
            "Légifrance, which shows no date."
        ),
        (
            "France Professional secrecy Whoever reveals a secret can be punished. Not where a law allows it. Code "
            "pénal, Article 226-13. Légifrance, text of 2 April 2026. A copy."
        ),
    ]
    assert rows[0].xpath("th/a/@href") == ["../contacts/france/#france-report"]
    assert article.xpath(".//form[@data-for='provisions']//select/@name") == ["country", "matter"]


def test_given_away(tiny_site: Path) -> None:
    """Each provision is given away with the words seen and the day."""
    lines = list(csv.DictReader((tiny_site / "data/national-law.csv").read_text(encoding="utf-8").splitlines()))
    assert [(line["id"], line["country"], line["place"], line["seen_on"]) for line in lines] == [
        ("france-report", "FR", "Article 434-1", "2026-11-20"),
        ("france-secrecy", "FR", "Article 226-13", "2026-11-20"),
    ]


def test_official_texts_are_asked_for(tiny: Path) -> None:
    """The weekly look at addresses knows those of the laws."""
    assert "https://law.example/226-13" in addresses(load_corpus(tiny, TODAY))


def test_law_that_nobody_read_again(tiny: Path) -> None:
    """After a year the page says so."""
    done = run("mkdocs", "build", folder=tiny, SOURCE_DATE_EPOCH="1826928000")  # 23 November 2027
    assert done.returncode == 0, done.stderr
    assert "Nobody has read it again for a year." in words(read(tiny / "site", "contacts/france"))


def test_project_without_any(tiny: Path) -> None:
    """A project that has read no law has no page about it, and nothing leads there."""
    (tiny / "data/national-law.yml").unlink()
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    assert not (tiny / "site/law").exists()
    assert "law by country" not in words(read(tiny / "site", "contacts/france"))
