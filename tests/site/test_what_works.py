"""The table of what works, as a reader and a program find it."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path


def test_each_outcome_has_a_row(tiny_site: Path) -> None:
    """A row says what was tested, by how many studies, what they found, how certain it is, and what harm they saw."""
    table = read(tiny_site, "evidence").xpath(".//table[@id='evidence']")[0]
    heads = [words(head) for head in table.xpath("thead/tr/th")]
    rows = [dict(zip(heads, map(words, row.xpath("th | td")), strict=True)) for row in table.xpath("tbody/tr")]
    assert rows == [
        {
            "Guidance": "Preparing release",
            "Area": "Prisons",
            "Tested for": "Violent extremism",
            "Studies": "",
            "Studies found": "Not tested",
            "Certainty": "Consensus",
            "Harm found": "",
        },
        {
            "Guidance": "Preparing release",
            "Area": "Prisons",
            "Tested for": "Well-being",
            "Studies": "1 study",
            "Studies found": "Mixed",
            "Certainty": "Limited",
            "Harm found": "Some slept worse.",
        },
    ]
    assert set(table.xpath("tbody/tr/th/a/@href")) == {"../prisons/release/#how-we-know"}


def test_rows_can_be_chosen(tiny_site: Path) -> None:
    """Each menu has the value of each row, in the row or as the words of the column that the menu is called after."""
    article = read(tiny_site, "evidence")
    rows = article.xpath(".//table[@id='evidence']/tbody/tr")
    heads = [words(head) for head in article.xpath(".//table[@id='evidence']/thead/tr/th")]
    for menu in article.xpath(".//form[@data-for='evidence']//select"):
        name, label = menu.get("name"), words(menu.getprevious())
        options = {words(option): option.get("value") for option in menu.iterfind("option")}
        for row in rows:
            said = row.get(f"data-{name}")
            values = said.split() if said else [options[words(row[heads.index(label)])]]
            assert set(values) <= set(options.values()), (name, values)


def test_table_is_given_away(tiny_site: Path) -> None:
    """The same rows are there as CSV and JSON, with the sources on which each rests."""
    lines = list(csv.DictReader((tiny_site / "data/evidence.csv").read_text(encoding="utf-8").splitlines()))
    assert [(line["outcome"], line["direction"], line["studies"], line["sources"]) for line in lines] == [
        ("violent-extremism", "not-tested", "", ""),
        ("wellbeing", "mixed", "1 study", "revue"),
    ]
    items = json.loads((tiny_site / "data/evidence.json").read_text(encoding="utf-8"))["items"]
    assert [(item["page"], item["area"], item["path"]) for item in items] == [
        ("Preparing release", "prisons", "prisons/release/#how-we-know")
    ] * 2
