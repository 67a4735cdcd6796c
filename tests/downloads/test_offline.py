"""The offline copy: what is in it, and where its links lead. `tests/browser/test_copies.py` opens it."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from handbook.downloads.errors import DownloadError
from handbook.downloads.offline import copied_names, link_to_files, write_offline
from handbook.downloads.zim import write_zim
from handbook.problems import CheckFailedError
from handbook.publishing.headers import POLICY
from tests.support.site import page_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOP = "prevention-in-practice/"


@pytest.fixture
def spoilt(tiny_site: Path, tmp_path: Path) -> Path:
    """Return a copy of the tiny site that a test may spoil."""
    return shutil.copytree(tiny_site, tmp_path / "site")


@pytest.fixture(scope="session")
def offline(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the offline copy of the real site."""
    target = tmp_path_factory.mktemp("offline") / "offline.zip"
    write_offline(site, target)
    with zipfile.ZipFile(target) as archive:
        return {name.removeprefix(TOP): archive.read(name) for name in archive.namelist()}


def addresses(files: dict[str, bytes], wanted: str) -> Iterator[tuple[str, str]]:
    """Yield page and address for all that an XPath expression finds on the pages."""
    for name, content in files.items():
        if name.endswith(".html"):
            document = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
            yield from ((name, str(address)) for address in document.xpath(wanted))


def test_holds_every_page(offline: dict[str, bytes], site: Path) -> None:
    """Nothing that readers see is missing; what servers or developers need is left out."""
    assert {name for name in offline if name.endswith(".html")} == page_names(site)
    assert {"javascripts/theme.js", "stylesheets/handbook.css"} < set(offline)
    assert [name for name in offline if re.search(r"sitemap|\.map$|404", name)] == []


def test_opens_where_case_does_not_count(offline: dict[str, bytes]) -> None:
    """No two files become one on a memory stick, nor a file and a folder."""
    folders = {str(folder) for name in offline for folder in PurePosixPath(name).parents}
    names = [name.casefold() for name in (*offline, *folders)]
    assert len(set(names)) == len(names)


def test_every_link_leads_to_a_file(offline: dict[str, bytes]) -> None:
    """No link needs a server that knows what to show for a folder."""
    missing = []
    for page, address in addresses(offline, "//@href | //@src | //@action"):
        parts = urlsplit(address)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if not parts.scheme and parts.path and file not in offline:
            missing.append((page, address))
    assert missing == []


_SVG = b"http://www.w3.org/2000/svg"
"""The name of a language, which nobody asks for: drawings in styles have it."""


def test_pages_load_nothing_from_elsewhere(offline: dict[str, bytes]) -> None:
    """Scripts, styles and pictures are in the copy, and no script names a place outside."""
    loads = "//script/@src | //img/@src | //link[contains('stylesheet icon', @rel)]/@href"
    assert [(page, address) for page, address in addresses(offline, loads) if urlsplit(address).scheme] == []
    ours = {name: offline[name].replace(_SVG, b"") for name in offline if name.endswith((".js", ".css"))}
    assert [name for name, content in ours.items() if b"://" in content] == []


def test_form_leads_to_a_file(offline: dict[str, bytes]) -> None:
    """Firefox takes no file for the site itself, so the search form may lead to files; nothing else is let in."""
    policy = "//meta[@http-equiv='Content-Security-Policy']/@content"
    assert {said for _, said in addresses(offline, policy)} == {f"{POLICY} file:"}


def test_weighs_little_more_than_its_content(site: Path, tmp_path: Path) -> None:
    """What is not pages and downloads adds less than two megabytes: data, scripts and the text that search shows."""
    write_offline(site, tmp_path / "offline.zip")
    with zipfile.ZipFile(tmp_path / "offline.zip") as archive:
        rest = [e for e in archive.infolist() if not e.filename.endswith((".html", ".pdf", ".epub"))]
    assert sum(entry.compress_size for entry in rest) < 2_000_000


def test_same_bytes_twice(tiny_site: Path, tmp_path: Path) -> None:
    """Two copies of the same site do not differ."""
    for name in ("first.zip", "second.zip"):
        write_offline(tiny_site, tmp_path / name)
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


@pytest.mark.parametrize(
    ("link", "copied"),
    [
        ('<a href="../">x</a>', '<a href="../index.html">x</a>'),
        ('<a href="..">x</a>', '<a href="../index.html">x</a>'),
        ('<a href="./#steps">x</a>', '<a href="./index.html#steps">x</a>'),
        ('<a title="2 > 1" href="../?q=a&amp;b">x</a>', '<a title="2 > 1" href="../index.html?q=a&amp;b">x</a>'),
        ('<a href="#steps">x</a>', '<a href="#steps">x</a>'),
        ('<a href="https://example.org/">x</a>', '<a href="https://example.org/">x</a>'),
        ('<a href="tel:112">x</a>', '<a href="tel:112">x</a>'),
        ('<img src="plan.png" alt="">', '<img src="plan.png" alt="">'),
        ('<p>href="../"</p>', '<p>href="../"</p>'),
        ('<form action="../">', '<form action="../index.html">'),
        (
            '<a href="../offline.zip">x <b>y</b></a> <a href="../">z</a>',
            '<span>x <b>y</b></span> <a href="../index.html">z</a>',
        ),
    ],
)
def test_links(link: str, copied: str) -> None:
    """A link to a folder names its file, one to what the copy lacks becomes text, and all else stays."""
    names = {"prisons/index.html", "prisons/release/index.html", "prisons/release/plan.png"}
    assert link_to_files(link, "prisons/release/index.html", names) == copied


def test_downloads_are_taken_along(spoilt: Path) -> None:
    """PDFs and e-books go with the copy; other copies of the whole do not."""
    (spoilt / "downloads").mkdir()
    for name in ("all.pdf", "all.epub", "offline.zip", "handbook.zim"):
        (spoilt / "downloads" / name).write_bytes(b"x")
    assert [name for name in copied_names(spoilt) if name.startswith("downloads/")] == [
        "downloads/all.epub",
        "downloads/all.pdf",
    ]


@pytest.mark.parametrize(
    "name", ["what?.pdf", "a:b.pdf", "con.pdf", "LPT1", "end.", "ü.pdf", "x" * 121, "two words.pdf"]
)
def test_unsafe_name(name: str, spoilt: Path) -> None:
    """A name that some memory stick or Windows cannot hold stops the copy, and says what to do."""
    (spoilt / name).write_bytes(b"x")
    with pytest.raises(DownloadError, match=r"cannot be a file on every memory stick; rename it"):
        write_offline(spoilt, spoilt.parent / "offline.zip")
    assert not (spoilt.parent / "offline.zip").exists()


@pytest.mark.parametrize(
    "spoiling", ["<script>alert(1)</script>", '<p onclick="alert(1)">x</p>', '<a href="javascript:alert(1)">x</a>']
)
def test_nothing_runs_from_a_copy(spoiling: str, spoilt: Path) -> None:
    """A page in which something could run gets neither onto a memory stick nor into Kiwix."""
    page = spoilt / "prisons/release/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", f"{spoiling}</article>"), encoding="utf-8")
    for write, name in ((write_offline, "offline.zip"), (write_zim, "handbook.zim")):
        with pytest.raises(CheckFailedError, match=r"^prisons/release/index\.html:\d+:1: error\["):
            write(spoilt, spoilt.parent / name)
        assert not (spoilt.parent / name).exists()


def test_names_alike(spoilt: Path) -> None:
    """Two names that differ only in case would be one file."""
    for name in ("plan.pdf", "Plan.pdf"):
        (spoilt / name).write_bytes(b"x")
    with pytest.raises(DownloadError, match=r"'Plan.pdf' and 'plan.pdf' are one file on a memory stick; rename one"):
        write_offline(spoilt, spoilt.parent / "offline.zip")
