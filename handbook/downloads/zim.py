"""The site as one file for Kiwix, which phones and the learning platforms of prisons can read without a network.

Kiwix searches by itself, over an index of the articles made here, so the pages come without the site's own search.
libzim and Xapian draw ids at random, so this file alone is not the same each time that it is made.
"""

from __future__ import annotations

import mimetypes
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from libzim.writer import Creator, Hint, IndexData, Item, StringProvider
from lxml import etree, html

from handbook.downloads.articles import read_articles
from handbook.downloads.errors import DownloadError
from handbook.downloads.offline import copied_names, link_to_files
from handbook.identity import LICENCE, NAME, SLUG
from handbook.model.addresses import SEARCH
from handbook.parsing.allowed_html import require_inert
from handbook.system.atomic import atomic_file
from handbook.system.build_time import build_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.downloads.articles import Article

_METADATA = {
    "Name": f"{SLUG}_en_all",
    "Title": NAME,
    "Description": "Practical guidance on preventing radicalisation",
    "Language": "eng",
    "Creator": NAME,
    "Publisher": NAME,
    "License": LICENCE,
}
_FIRST = "index.html"

_PACKERS = 2
"""Threads that pack, which takes longer than all that is done here; the offline copy is made beside it."""

_NOT_FOR_KIWIX = "//*[@role='search'] | //a[@class='find-link'] | //meta[@http-equiv='Content-Security-Policy']"
_SEARCH_FILES = (SEARCH, *(f"javascripts/{name}" for name in ("search.js", "results.js", "suggestions.js", "vendor/")))

_PICTURE_SIZE = 48
_PNG = b"\x89PNG\r\n\x1a\n"
_KINDS = mimetypes.MimeTypes()
"""Python's own list, not the machine's, and what that lacks."""

for _kind, _ending in (
    ("application/epub+zip", ".epub"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/x-bibtex", ".bib"),
    ("application/x-research-info-systems", ".ris"),
    ("text/turtle", ".ttl"),
    ("font/woff2", ".woff2"),
):
    _KINDS.add_type(_kind, _ending)

_FURNITURE = "//header | //nav | //footer | //aside | //a[@class='headerlink']"
"""What stands around the articles, and is not to be quoted where an article is found."""

_QUOTED = ("htdig_noindex", "/htdig_noindex")
"""Comments between which Kiwix quotes nothing; ht://Dig, a search engine of old, gave them their name."""


class _Entry(Item):  # type: ignore[misc]  # libzim ships no marker for its types
    """One file of the site as libzim asks for it."""

    def __init__(self, name: str, content: bytes, article: Article | None) -> None:
        super().__init__()
        self._name = name
        self._content = content
        self._article = article

    def get_path(self) -> str:
        return self._name

    def get_title(self) -> str:
        return self._article.title if self._article else ""

    def get_mimetype(self) -> str:
        return _KINDS.guess_type(self._name)[0] or "application/octet-stream"

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: self._article is not None}

    def get_indexdata(self) -> IndexData | None:
        return _Words(self._article) if self._article else None


class _Words(IndexData):  # type: ignore[misc]  # libzim ships no marker for its types
    """What readers can find an article by: its own words, not those of the site around it."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self._title = article.title
        self._content = " ".join(article.content.text_content().split())

    def has_indexdata(self) -> bool:
        return True

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._content

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self._content.split())

    def get_geoposition(self) -> None:
        return None


def write_zim(site: Path, target: Path) -> None:
    """Write the file for Kiwix.

    Args:
        site: the folder that holds the built site, with all downloads that the copy is to have.
        target: the ZIM file.

    Raises:
        DownloadError: if the site has no picture of the size that Kiwix shows.
        CheckFailedError: if anything could run in a page of the copy that is no file of ours.
    """
    # Elsewhere, because libzim puts folders of its own beside the file, where other copies of the site are being made.
    with tempfile.TemporaryDirectory() as folder, atomic_file(target) as draft, _silence():
        made = Path(folder, "made.zim")
        creator = Creator(made).config_indexing(indexing=True, language="eng").config_nbworkers(_PACKERS)
        creator.set_mainpath(_FIRST)
        with creator:
            for entry in _entries(site):
                creator.add_item(entry)
            for name, value in _METADATA.items():
                creator.add_metadata(name, value)
            creator.add_metadata("Date", build_time().date())
            creator.add_illustration(_PICTURE_SIZE, _picture(site))
        draft.write_bytes(made.read_bytes())


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what libzim says of its steps out of ours; it writes past Python, whatever its `config_verbose`."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _entries(site: Path) -> Iterator[_Entry]:
    articles = read_articles(site)
    names = [name for name in copied_names(site) if not name.startswith(_SEARCH_FILES)]
    everything = frozenset(names)
    for name in names:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            document = html.document_fromstring(content.decode())
            require_inert(document, name)
            content = link_to_files(_for_kiwix(document), name, everything).encode()
        yield _Entry(name, content, articles.get(name.removesuffix(_FIRST)))


def _for_kiwix(document: html.HtmlElement) -> str:
    """Take out of a page what Kiwix has itself, keep it from quoting what stands around the article, and return it.

    The policy goes too: Kiwix puts a bar with scripts of its own on each page, and asks the network for nothing.
    """
    for element in document.xpath(_NOT_FOR_KIWIX):
        element.drop_tree()
    for element in document.xpath(_FURNITURE):
        begin, end = (etree.Comment(mark) for mark in _QUOTED)
        end.tail, element.tail = element.tail, None
        element.addprevious(begin)
        element.addnext(end)
    return html.tostring(document, encoding="unicode", doctype="<!doctype html>")


def _picture(site: Path) -> bytes:
    """Return the site's icon.

    Raises:
        DownloadError: if it is no PNG of the size that Kiwix shows.
    """
    icon = str(html.parse(site / _FIRST).xpath("string(//link[@rel='icon']/@href)"))
    content = (site / icon).read_bytes()
    size = _PICTURE_SIZE.to_bytes(4, "big") * 2
    if not content.startswith(_PNG) or content[16:24] != size:
        message = f"the icon is no PNG of {_PICTURE_SIZE} by {_PICTURE_SIZE} pixels, which Kiwix shows; save it as that"
        raise DownloadError.at(icon, message)
    return content
