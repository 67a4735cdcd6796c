"""Where do we stand? as it is without a script: a list to print. `tests/browser/test_standing.py` uses the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.site.search_index import entries
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus

URL = "where-we-stand"


def test_list_is_printed_without_a_script(tiny_site: Path) -> None:
    """Each active recommendation for practice is there, open, and leads to its page and to its steps; no other is."""
    page = read(tiny_site, URL)
    (area,) = page.xpath(".//details[@open]")
    (item,) = page.xpath(".//li[@data-digest]")
    assert words(area.find("summary")) == "Prisons"
    assert item.getparent().getparent() is area
    assert item.xpath("./a/@href") == ["../recommendations/pri-01/"]
    assert item.xpath("./p/a/@href") == ["../prisons/release/#1-talk-every-day"]
    assert {key: item.get(f"data-{key}") for key in ("area", "role")} == {"area": "prisons", "role": "prison-officer"}
    assert page.xpath(".//input | .//textarea | .//button[not(ancestor::form[@hidden])]") == []


def test_page_says_what_took_the_place_of_retired_ones(tiny_site: Path) -> None:
    """For older files the page knows each retired recommendation and its successor, unseen by readers."""
    (item,) = read(tiny_site, URL).xpath(".//ul[@hidden]/li")
    assert (item.get("data-retired"), words(item)) == ("PRI-03", "PRI-01 Know the people you guard")


def test_page_is_found(corpus: Corpus) -> None:
    """The search finds it by what it is."""
    (entry,) = (entry for entry in entries(corpus) if entry.url == f"{URL}/")
    assert "self-assessment" in entry.words["summary"]
