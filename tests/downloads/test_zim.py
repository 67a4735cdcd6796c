"""The file for Kiwix, read back with libzim's own reader."""

from __future__ import annotations

import posixpath
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from lxml import html

from handbook.downloads.errors import DownloadError
from handbook.downloads.zim import write_zim
from tests.support.site import page_names

if TYPE_CHECKING:
    from pathlib import Path

CONVERSATION = "prisons/first-conversation/index.html"


@pytest.fixture(scope="session")
def archive(zim: Path) -> Archive:
    """Return the real site as Kiwix opens it."""
    return Archive(zim)


def page(archive: Archive, path: str) -> html.HtmlElement:
    """Return a page of the archive."""
    content = bytes(archive.get_entry_by_path(path).get_item().content)
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def test_archive_is_sound(archive: Archive, site: Path) -> None:
    """The checksum fits, the front page comes first, and each page but search is an article with its title."""
    assert archive.check()
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.article_count == len(page_names(site) - {"search/index.html"})
    assert archive.get_entry_by_path(CONVERSATION).title == "Intake and the first conversation"


def test_metadata(archive: Archive) -> None:
    """Everything that a Kiwix library shows is there, within its limits."""
    said = {name: bytes(archive.get_metadata(name)).decode() for name in archive.metadata_keys if "Illu" not in name}
    assert set(said) >= {"Title", "Description", "Language", "Name", "Creator", "Publisher", "Date", "License"}
    assert (len(said["Title"]) <= 30, len(said["Description"]) <= 80) == (True, True)
    assert said["Language"] == "eng"
    assert archive.has_illustration(48)


def test_search(archive: Archive) -> None:
    """A page is found by words of its text."""
    found = Searcher(archive).search(Query().set_query("first conversation intake"))
    assert CONVERSATION in list(found.getResults(0, 5))


def test_suggestions(archive: Archive) -> None:
    """A page is suggested while its title is typed."""
    assert list(SuggestionSearcher(archive).suggest("intake and").getResults(0, 5)) == [CONVERSATION]


def test_site_around_is_not_searched(archive: Archive) -> None:
    """Words that stand around every page do not lead to every page."""
    assert Searcher(archive).search(Query().set_query("Skip to content")).getEstimatedMatches() < 5


def test_every_link_leads_to_an_entry(archive: Archive, site: Path) -> None:
    """No link of any page leads out of the archive, unless it names another site."""
    missing = []
    for name in sorted(page_names(site) - {"search/index.html"}):
        for address in page(archive, name).xpath("//@href | //@src"):
            parts = urlsplit(address)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            if not parts.scheme and parts.path and not archive.has_entry_by_path(target):
                missing.append((name, address))
    assert missing == []


def test_pages_leave_search_to_kiwix(archive: Archive) -> None:
    """There is no search field that would not work."""
    assert page(archive, CONVERSATION).xpath("//form[@role='search'] | //a[@class='find-link']") == []
    assert not archive.has_entry_by_path("search/index.html")


def test_whole(archive: Archive) -> None:
    """The file bears its own checksum."""
    assert archive.check()


def test_furniture_is_not_quoted(archive: Archive) -> None:
    """Menus and feet stand where Kiwix quotes nothing from; articles do not."""
    text = bytes(archive.get_entry_by_path(CONVERSATION).get_item().content).decode()
    quoted = re.sub("<!--htdig_noindex-->.*?<!--/htdig_noindex-->", "", text, flags=re.DOTALL)
    assert "<article" in quoted
    assert not re.search("<nav|<footer|Content-Security-Policy|>Search<", quoted)


def test_kinds(archive: Archive) -> None:
    """Files are known by their kind."""
    assert archive.get_entry_by_path("data/recommendations.xlsx").get_item().mimetype.endswith("sheet")


def test_site_without_a_fitting_icon(tiny_site: Path, tmp_path: Path) -> None:
    """An icon that Kiwix cannot show stops the copy, and nothing is left."""
    other = shutil.copytree(tiny_site, tmp_path / "site")
    (other / "images/icon.png").write_bytes(b"GIF89a")
    with pytest.raises(DownloadError, match="the icon is no PNG of 48 by 48 pixels"):
        write_zim(other, tmp_path / "handbook.zim")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
