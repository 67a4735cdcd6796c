"""The pages that lead to others, as they are without a script. `tests/browser/test_finding.py` uses the scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


STAGES = ("tertiary", "primary")


def article(site: Path, url: str) -> html.HtmlElement:
    """Return the article of a built page."""
    text = (site / url / "index.html").read_text(encoding="utf-8")
    (found,) = html.document_fromstring(text).iter("article")
    return found


def test_finder_lists_every_situation(tiny_site: Path) -> None:
    """Each situation leads to its page and to what helps, and says for whom, where and when it is."""
    (item,) = article(tiny_site, "finder").xpath(".//ul[@id='situations']/li")
    assert item.xpath(".//a/@href") == ["release/", "../prisons/release/"]
    assert {key: item.get(f"data-{key}") for key in ("area", "role", "stage", "seen")} == {
        "area": "prisons",
        "role": "prison-officer",
        "stage": "tertiary",
        "seen": "release",
    }


def test_every_choice_has_a_page(tiny_site: Path) -> None:
    """Behind each choice of the finder stands a page that needs no script."""
    page = article(tiny_site, "finder")
    addresses = set(page.xpath(".//a/@href"))
    for menu, address in (("role", "../roles/{}/"), ("area", "../{}/"), ("stage", "stage-{}/"), ("seen", "{}/")):
        values = page.xpath(f".//select[@name='{menu}']/option[@value!='']/@value")
        assert values
        assert {address.format(value) for value in values} <= addresses


def test_situation_has_its_own_page(tiny_site: Path) -> None:
    """It leads on in the order of the data, after 112 and the police, and reminds that it tells nothing of a person."""
    page = article(tiny_site, "finder/release")
    assert page.xpath(".//ol/li/a/text()") == ["Preparing release"]
    assert {"../../roles/prison-officer/", "../../prisons/", "../stage-tertiary/"} < set(page.xpath(".//a/@href"))
    text = page.text_content()
    assert "112" in text
    assert "Nobody can tell" in text


def test_stage_has_its_own_page(tiny_site: Path) -> None:
    """It leads to the situations and the guidance of the stage."""
    tertiary, primary = (
        article(tiny_site, f"finder/stage-{name}").xpath(".//a[not(@class='headerlink')]/@href") for name in STAGES
    )
    assert {"../release/", "../../prisons/release/"} == set(tertiary)
    assert "../release/" not in primary


def test_guidance_table(tiny_site: Path) -> None:
    """Each page of guidance has a row that can be chosen and sorted by."""
    (row,) = article(tiny_site, "guidance").xpath(".//table[@id='guidance']/tbody/tr")
    assert dict(row.attrib) == {
        "data-area": "prisons",
        "data-role": "prison-officer",
        "data-stage": "tertiary",
        "data-evidence": "consensus",
        "data-outcome": "violent-extremism wellbeing",
    }
    assert row.xpath("td/@data-value") == ["3", "2026-11-23"]


def test_recommendation_table(tiny_site: Path) -> None:
    """A recommendation is chosen by whom it asks, and by what a column of its row says."""
    table = article(tiny_site, "recommendations").xpath(".//table[@id='recommendations']")[0]
    rows = {row.xpath("string(th)")[:6]: row for row in table.xpath("tbody/tr")}
    assert list(rows) == ["PRI-01", "PRI-03", "EDU-01"]
    assert dict(rows["PRI-01"].attrib) == {"data-role": "prison-officer"}
    assert [cell.text_content().strip() for cell in rows["PRI-01"].xpath("td")][-4:] == [
        "2016",
        "Read",
        "Practice",
        "Active",
    ]
    assert rows["EDU-01"].get("data-role") == "teacher"


def test_search_page_leads_to_every_page(tiny_site: Path) -> None:
    """Without a script it says so, and lists all pages from A to Z."""
    page = article(tiny_site, "search")
    assert "needs JavaScript" in page.xpath("string(.//p[@class='notice'])")
    titles = page.xpath(".//ul[@class='index']/li/a/text()")
    assert titles == sorted(titles, key=str.casefold)
    assert {"Preparing release", "Glossary", "Tiny"} < set(titles)


def test_menus_wait_for_their_script(tiny_site: Path) -> None:
    """Menus stay hidden until a script makes them work."""
    for url in ("recommendations", "guidance", "finder"):
        assert len(article(tiny_site, url).xpath(".//form[@class='filters'][@hidden]")) == 1


def test_all_guidance_can_be_reached(corpus: Corpus) -> None:
    """No page of guidance of the real project lacks a situation, and no situation has more pages than one reads."""
    reached = {name for situation in corpus.registry.situations.values() for name in situation.pages}
    guidance = {page.src_uri for page in corpus.pages if page.meta.kind == "guidance"}
    assert guidance <= reached
    assert max(len(situation.pages) for situation in corpus.registry.situations.values()) <= 5
