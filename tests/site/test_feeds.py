"""What changed, as readers see it on the page and as their programs read it in the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree, html

from handbook.checks import load_corpus
from handbook.model.changes import changes
from handbook.site.feeds import feeds
from tests.support.project import TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(project: Path, path: str = "feed.xml") -> etree._Element:
    """Return a feed of a project."""
    return etree.fromstring(dict(feeds(load_corpus(project, TODAY)))[path])


def test_page(tiny_site: Path) -> None:
    """The newest comes first, with links to what it is about, and tells areas and roles to programs too."""
    page = html.document_fromstring((tiny_site / "about/changes/index.html").read_bytes())
    items = page.xpath("//ol[@id='changes']/li")
    assert len({item.get("id") for item in items}) == len(items)
    said = [" ".join(item.text_content().split()) for item in items]
    assert said[0] == (
        "24 November 2026: Release is prepared earlier. Preparing release, EDU-01 Areas: Prisons, Education. "
        "For: Teacher, prison officer."
    )
    assert (items[0].get("data-area"), items[0].get("data-role")) == ("prisons education", "teacher prison-officer")
    assert "Replaced by PRI-01. PRI-03" in " ".join(said)
    assert "PRI-02" not in " ".join(said)


def test_same_words_are_one_change(tiny: Path) -> None:
    """Recommendations of an area that got the same line on one day stand together."""
    replace(tiny, "data/recommendations/prisons.yml", "change: Replaced by PRI-01.", "change: First entry.")
    found = [change for change in changes(load_corpus(tiny, TODAY)) if change.words == "First entry."]
    assert [[r.id for r in change.recommendations] for change in found] == [["PRI-01", "PRI-03"], ["EDU-01"]]


def test_feed_has_what_atom_demands(tiny: Path) -> None:
    """RFC 4287: id, title and time of feed and entries, an author, and links that lead to the site."""
    root = feed(tiny)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert str(element.findtext("a:id", namespaces=ATOM)).startswith("urn:uuid:")
        assert str(element.findtext("a:updated", namespaces=ATOM)).endswith("T00:00:00Z")
    assert root.findtext("a:author/a:name", namespaces=ATOM)
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids) == 5
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-24T00:00:00Z"
    assert root.xpath("a:link/@href", namespaces=ATOM) == ["about/changes/"]


def test_feed_of_an_area(tiny: Path) -> None:
    """It has the changes of this area alone, and its links begin where it is."""
    root = feed(tiny, "feeds/education.xml")
    titles = root.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["Release is prepared earlier.", "Education: First entry."]
    links = root.xpath("//a:link/@href", namespaces=ATOM)
    place = changes(load_corpus(tiny, TODAY))[0].anchor
    assert links == ["../about/changes/", f"../about/changes/#{place}", "../recommendations/edu-01/"]


def test_long_change(tiny: Path) -> None:
    """The title is its first sentence, shortened; the rest is in the summary."""
    words = "Release is prepared " + "much " * 40 + "earlier. Nothing else is new."
    replace(tiny, "data/changes.yml", "Release is prepared earlier.", words)
    root = feed(tiny)
    title, summary = (str(root.findtext(f"a:entry/a:{name}", namespaces=ATOM)) for name in ("title", "summary"))
    assert (len(title) <= 100, title[-2:], summary.startswith(words)) == (True, " …", True)


def test_feed_of_a_role(tiny: Path) -> None:
    """It has the changes for this role alone, and its links begin where it is."""
    root = feed(tiny, "feeds/roles/teacher.xml")
    titles = root.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["Release is prepared earlier.", "Education: First entry."]
    assert root.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM) == ["../../about/changes/"]


def test_feed_with_full_addresses(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the site is known, links are whole; ids do not change."""
    before = feed(tiny).xpath("//a:id/text()", namespaces=ATOM)
    monkeypatch.setenv("SITE_URL", "https://handbook.example/")
    root = feed(tiny)
    assert root.xpath("//a:id/text()", namespaces=ATOM) == before
    links = root.xpath("//a:link/@href", namespaces=ATOM)
    assert links[:2] == ["https://handbook.example/about/changes/", "https://handbook.example/feed.xml"]
    assert all(link.startswith("https://handbook.example/") for link in links)


def test_site_has_the_feeds(tiny_site: Path) -> None:
    """The feeds are files of the site, and pages lead to them."""
    assert (tiny_site / "feed.xml").is_file()
    assert (tiny_site / "feeds/prisons.xml").is_file()
    page = html.document_fromstring((tiny_site / "recommendations/index.html").read_bytes())
    links = page.xpath("//ul[@class='feeds']//a/@href")
    areas = ["../feeds/prisons.xml", "../feeds/education.xml"]
    assert links == ["../feed.xml", *areas, "../feeds/roles/teacher.xml", "../feeds/roles/prison-officer.xml"]
