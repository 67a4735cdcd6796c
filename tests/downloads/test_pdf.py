"""PDFs are read back with a PDF library: what a page says is there, tagged, linked and in order."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pikepdf
import pytest
from lxml import html

from handbook.downloads.articles import Article, read_articles
from handbook.downloads.errors import DownloadError
from handbook.downloads.pdf import Book, Entry, Layout, engine, print_book
from handbook.downloads.pdf.manuscript import arrange
from tests.support.pdfs import PIXEL, addresses, bookmarks, count_tags, inner_links, printed_before, sheets, tags, words

if TYPE_CHECKING:
    from collections.abc import Mapping


GUIDANCE = """
<p class="summary">How to begin.</p>
<h2 id="steps">Steps</h2>
<p class="covers" data-covers="PRI-01 PRI-02" data-degree="steps">Puts into practice
<a href="../../recommendations/pri-01/">PRI-01 Act</a>.</p>
<p>Ask a <a class="term" href="../../reference/glossary/#tie" title="A bond.">tie</a>, then see
<a href="../second/#more">more</a>, <a href="../../about/">about us</a> and
<a href="https://example.com/">a site</a>.\N{WORD JOINER}<a class="cite" href="#source-1">[1]</a> Again.<a class="cite"
href="#source-1">[1, Article 2]</a></p>
<h2 id="sources">Sources</h2>
<ol class="sources"><li id="source-1">Ann Author: <cite lang="fr"><a href="https://example.com/s">Le titre</a></cite>.
Publisher, 2020. <span class="kind">Study; whole read.</span></li></ol>
<p class="downloads">To print: <a href="../../downloads/x.pdf">x</a>.</p>
<p class="review">Last reviewed: <time datetime="2026-11-23">23 November 2026</time>.</p>
"""

SECOND = """
<h2 id="more">More</h2><h3 id="detail">Detail</h3>
<table><thead><tr><th>Who</th><th>Does</th></tr></thead><tbody><tr><td>Officer</td><td>Writes</td></tr></tbody></table>
<ul class="task-list"><li class="task-list-item"><input type="checkbox" disabled> Door locked</li></ul>
"""


ENTRIES = tuple(
    Entry(
        id=id_,
        url=f"recommendations/{id_.lower()}/",
        title=title,
        asks=f"Bodies should {title.lower()}.",
        issued="Council, 2018",
        area="Prisons",
        remark=remark,
    )
    for id_, title, remark in (("PRI-01", "Act", ""), ("PRI-02", "Step up", ""), ("PRI-03", "Wait", "Draft"))
)


def write_pdf(asked: Book, target: Path) -> int:
    """Print a book to a file, and give the number of its pages."""
    return print_book(asked).write(target)


def article(url: str, title: str, body: str) -> Article:
    """Return an article as it is read from a site."""
    return Article(url, title, f"site/{url}index.html", html.fragment_fromstring(body, create_parent="article"))


def book(*bodies: str, **changes: object) -> Book:
    """Return a book with a chapter for each body, of a small site that has a glossary and recommendations."""
    names = ("first", "second")[: len(bodies)]
    chapters = [article(f"prisons/{n}/", n.title(), body) for n, body in zip(names, bodies, strict=True)]
    others = [
        article("about/", "About", "<p>Us.</p>"),
        article("recommendations/pri-01/", "PRI-01 Act", "<p>Act.</p>"),
        article("recommendations/pri-02/", "PRI-02 Step up", "<p>Step up.</p>"),
        article(
            "reference/glossary/",
            "Glossary",
            '<dl class="glossary"><dt id="tie">tie</dt><dd>A bond.</dd><dt id="knot">knot</dt><dd>A tie.</dd></dl>',
        ),
    ]
    made = Book(
        id="tiny",
        title="A tiny book",
        audience="Readers of tests.",
        release="1.2.3",
        date=dt.date(2026, 11, 23),
        address="https://handbook.example/",
        chapters=chapters,
        site={page.url: page for page in (*chapters, *others)},
        folder=Path("site"),
        entries=ENTRIES,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # tests name fields


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of a book that has a little of everything."""
    target = tmp_path_factory.mktemp("printed") / "tiny.pdf"
    assert write_pdf(book(GUIDANCE, SECOND), target) == 8
    return target


def test_document(printed: Path) -> None:
    """A PDF says what it is called, in which language, and that it is accessible."""
    with pikepdf.open(printed) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "A tiny book \N{EN DASH} Prevention in Practice"
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.CreationDate).startswith("D:20261123000000")
        assert len(pdf.pages) == 8


def test_single_page(tmp_path: Path) -> None:
    """A page by itself has its own title, notes and where to write to, and nothing of what makes a book."""
    target = tmp_path / "page.pdf"
    assert write_pdf(book(GUIDANCE, layout=Layout.PAGE, entries=()), target) == 1
    said = words(target)
    assert said.startswith("First How to begin.")
    assert "Ann Author: Le titre. Publisher, 2020." in said
    assert "Where to: how to suggest a change (https://handbook.example/contributing/)." in said
    assert said.endswith(" 1/1")
    assert re.findall("A tiny book|Contents|Terms used|List of|Licence, and|Sources", said) == []


@pytest.mark.parametrize(
    ("layout", "state"),
    [
        (Layout.PAGE, "A tiny book, https://handbook.example/prisons/first/, release 1.2.3 of 23 November 2026"),
        (Layout.BOOK, "A tiny book, https://handbook.example/, release 1.2.3 of 23 November 2026"),
    ],
)
def test_mail_to_the_editors(layout: Layout, state: str, tmp_path: Path) -> None:
    """Where they can be written to, it is said with what they must know of the copy, and filled in by the link."""
    target = tmp_path / "page.pdf"
    write_pdf(book(GUIDANCE, layout=layout, entries=(), contact="editors@example.org"), target)
    said = f"Write to editors@example.org, with these words, by which we know what you have read: {state}."
    assert said.replace(" ", "") in words(target).replace(" ", "")  # an address may be cut at the end of a line
    assert f"mailto:editors@example.org?subject={quote(f'Suggestion: {state}', safe='')}" in addresses(target)


def test_lines_right_below_headings_do_not_stand_alone(tmp_path: Path) -> None:
    """Wherever a page ends, a heading with its short first line and a box stand with what follows."""
    part = "<h3>Step</h3><p><strong>Who:</strong> officer</p><ul><li>First thing</li><li>Second thing</li></ul>"
    box = "<h2>Box</h2><dl class='strip'><dt>For</dt><dd>Officers</dd><dt>Law</dt><dd>Some law</dd></dl>"
    for before in range(30, 50):
        target = tmp_path / f"{before}.pdf"
        filler = "<h2>Steps</h2>" + "<p>A line.</p>" * before
        assert write_pdf(book(filler + part, layout=Layout.PAGE, entries=()), target) <= 2
        for sheet in sheets(target):
            assert ("Who: officer" in sheet) == ("First thing" in sheet), before
        write_pdf(book("<p>A line.</p>" * before + box, layout=Layout.PAGE, entries=()), target)
        for sheet in sheets(target):
            assert len({"Box" in sheet, "For Officers" in sheet, "Some law" in sheet}) == 1, before


def test_caption_stands_with_its_table(tmp_path: Path) -> None:
    """Wherever a page ends, a caption is on the page where its table begins."""
    table = (
        "<table><caption>Whom to tell</caption><thead><tr><th>What</th><th>Whom</th></tr></thead>"
        "<tbody><tr><td>A threat</td><td>The police</td></tr></tbody></table>"
    )
    for before in range(35, 50):
        target = tmp_path / f"{before}.pdf"
        write_pdf(book("<p>A line.</p>" * before + table, layout=Layout.PAGE, entries=()), target)
        for sheet in sheets(target):
            assert ("Whom to tell" in sheet) == ("A threat" in sheet), before


def test_bookmarks(printed: Path) -> None:
    """Bookmarks are the headings, then what the book adds."""
    assert bookmarks(printed) == [
        *("First", "Steps", "Second", "More", "Detail"),
        *("Terms used", "List of recommendations", "Prisons", "PRI-01 Act", "PRI-02 Step up", "PRI-03 Wait"),
        *("List of sources", "Licence, and how to suggest a change"),
    ]


def test_tags(printed: Path) -> None:
    """Tables, notes and headings have tags as many as the pages have them."""
    found = count_tags(printed)
    assert found["/Table"] == 1
    assert found["/TH"] == 2
    assert found["/Note"] == 1
    assert (found["/H1"], found["/H2"], found["/H3"]) == (7, 3, 4)


def test_links(printed: Path) -> None:
    """Links to pages outside go to the site's address; those within go to a named place that there is."""
    assert addresses(printed) == {
        *("https://example.com/", "https://example.com/s", "https://creativecommons.org/licenses/by/4.0/"),
        *(f"https://handbook.example/{url}" for url in ("", "about/", "about/licence/", "contributing/")),
    }
    assert inner_links(printed) == [
        *((2, place) for place in (3, 4, 5, 6, 6, 7, 8)),  # contents
        *((3, place) for place in (6, 5, 4, 3, 3, 3)),  # recommendation, term, page, two citations, and back
        *((6, 3), (6, 3)),  # recommendations
    ]


def test_what_links_say(printed: Path) -> None:
    """Each link to a named place says which note or page that is, to those who hear the PDF read aloud."""
    with pikepdf.open(printed) as pdf:
        links = [link for page in pdf.pages[2:] for link in page.get("/Annots", []) if "/Dest" in link]
        assert {(str(link.Dest), str(link.Contents)) for link in links if isinstance(link.Dest, pikepdf.String)} == {
            ("prisons/first/#note-1/foot", "Footnote 1"),
            ("prisons/first/#steps", "Page 3"),
            ("prisons/second/#more", "Page 4"),
            ("reference/glossary/#tie", "Page 5"),
            ("recommendations/pri-01/", "Page 6"),
        }


def test_words(printed: Path) -> None:
    """What pages and book say is there in reading order, and nothing made for the screen."""
    said = words(printed)
    for part in (
        "Readers of tests. Release 1.2.3, 23 November 2026 https://handbook.example/",
        "Contents First",
        "Ask a tie, then see more, about us and a site.",
        "Again.1 (Article 2)",
        "Le titre. Publisher, 2020. Study; whole read.",
        "Door locked",
        "tie A bond.",
    ):
        assert part in said
    assert not re.search("To print|knot|\N{PILCROW SIGN}|\\{\\{", said)


def test_same_bytes(printed: Path, tmp_path: Path) -> None:
    """The same book gives the same bytes, and leaves nothing else behind."""
    target = tmp_path / "again.pdf"
    write_pdf(book(GUIDANCE, SECOND), target)
    assert target.read_bytes() == printed.read_bytes()
    assert list(tmp_path.iterdir()) == [target]


def test_without_an_address(tmp_path: Path) -> None:
    """While the site's address is not known, links to other pages are plain text."""
    target = tmp_path / "x.pdf"
    write_pdf(book(GUIDANCE, SECOND, address=""), target)
    assert not any("handbook.example" in address for address in addresses(target))
    assert "about us" in words(target)


def test_sheet(tmp_path: Path) -> None:
    """A sheet has no cover, no contents and no index."""
    target = tmp_path / "x.pdf"
    assert write_pdf(book(SECOND, layout=Layout.SINGLE), target) == 1
    assert bookmarks(target) == ["First", "More", "Detail"]


def test_pages_below_another(tmp_path: Path) -> None:
    """Pages come after the page that they are below, one level deeper, wherever they stood."""
    chapters = [
        article("prisons/", "Prisons", "<p>P.</p>"),
        article("about/", "About", "<p>A.</p>"),
        article("prisons/release/", "Release", "<h2 id='h'>Deeper</h2>"),
    ]
    target = tmp_path / "x.pdf"
    write_pdf(book(chapters=chapters), target)
    assert bookmarks(target)[:4] == ["Prisons", "Release", "Deeper", "About"]
    assert count_tags(target)["/H3"] == 1 + len(ENTRIES)


ELEMENTS: Mapping[str, tuple[str, str, Mapping[str, int]]] = {
    "strong": ("<p>One <strong>two</strong> three</p>", "One two three", {"/P": 1}),
    "em": ("<p>One <em>two</em> three</p>", "One two three", {}),
    "sub": ("<p>CO<sub>2</sub></p>", "CO2", {}),
    "sup": ("<p>m<sup>2</sup></p>", "m2", {}),
    "br": ("<p>One<br>two</p>", "One two", {}),
    "code": ("<p>Run <code>make  it</code></p>", "make it", {"/Code": 1}),
    "abbr": (
        '<p>The <abbr title="Network">RAN</abbr>, <abbr title="Network">RAN</abbr> and <kbd>Ctrl</kbd></p>',
        "The RAN (Network), RAN and Ctrl",
        {},
    ),
    "hr": ("<p>One</p><hr><p>two</p>", "One two", {}),
    "time": ('<p>On <time datetime="2026">2026</time></p>', "On 2026", {}),
    "span": ('<p>A <span class="any">word</span></p>', "A word", {}),
    "a without address": ("<p>A <a>word</a></p>", "A word", {}),
    "ul": ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "One", {"/L": 2, "/LI": 2}),
    "li of paragraphs": ("<ul><li><p>One</p><p>Two</p></li></ul>", "One Two", {"/LI": 1}),
    "ol": ("<ol><li>One</li></ol>", "1. One", {"/L": 1}),
    "timeline": ('<ol class="timeline"><li>2018: it began</li></ol>', "• 2018: it began", {"/L": 1}),
    "strip": ('<dl class="strip"> <div><dt>For</dt><dd>All</dd></div></dl>', "For All", {"/L": 1}),
    "notice": ('<p class="notice">Retired.</p>', "Retired.", {}),
    "invented": ('<p class="invented">Invented.</p>', "Invented.", {}),
    "area": ('<p class="area">Area: Prisons</p>', "Area: Prisons", {}),
    "blockquote": ("<blockquote><p>Said</p></blockquote>", "Said", {"/BlockQuote": 1}),
    "pre": (
        '<div class="highlight"><pre><span></span><code>a: "b"\n  c\n</code></pre></div>',
        'a: "b" c',
        {"/Code": 1},
    ),
    "details": ("<details><summary>More</summary>Loose <p>words</p></details>", "More Loose words", {}),
    "caption": (
        "<table><caption>Sum</caption><thead><tr><th>A</th></tr></thead><tbody><tr><th>B</th></tr></tbody></table>",
        "Sum A B",
        {"/Table": 1, "/Caption": 1},
    ),
    "card": ('<section class="card"><h2 id="c">Case</h2><p>It happens.</p></section>', "Case It happens.", {"/H2": 1}),
    "loose words": ("Loose <strong>words</strong><p>between</p> blocks", "Loose words between blocks", {}),
    "typst's own signs": ('<p>#panic("x") $ ] } \\ " // *a* _b_ @c</p>', '#panic("x") $ ] } \\ " // *a* _b_ @c', {}),
    "macro text": ("<p>Greek: ελευθερία, Bulgarian: свобода</p>", "Greek: ελευθερία, Bulgarian: свобода", {}),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_element(name: str, tmp_path: Path) -> None:
    """Each element that pages may have comes out with its words and its tags."""
    body, said, tagged = ELEMENTS[name]
    target = tmp_path / "x.pdf"
    assert write_pdf(book(body, layout=Layout.SINGLE), target) == 1
    assert said in words(target)
    found = count_tags(target)
    assert {tag: found[tag] for tag in tagged} == tagged


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "<p>a</p>\n<video></video>",
            "site/prisons/first/index.html:2:1: error[not-printable] the element 'video' is not known",
        ),
        ('<div class="grid cards"><p>x</p></div>', "the element 'div.grid cards' is not known"),
        ('<section class="hero"></section>', "the element 'section.hero' is not known"),
        (
            '<p><img src="x.png" alt="x"></p>',
            "the element 'img' shows 'x.png', which is no picture of the site (.gif, ",
        ),
        ('<p><img src="x.png"></p>', "the element 'img' 'x.png' has no alternative text; say in a few words"),
        ("<h2 id='a'>A</h2><h4 id='b'>B</h4>", "the element 'h4' skips a level after h2; make it h3"),
        ("<h3 id='a'>A</h3>", "the element 'h3' skips a level after h1; make it h2"),
        ("<ul><p>x</p></ul>", "the element 'p' stands in a list without an 'li' around it"),
        ("<dl><dt>a</dt><dt>b</dt><dd>c</dd></dl>", "the element 'dl' needs one 'dd' after each 'dt'"),
        ("<details><p>x</p></details>", "the element 'details' has no 'summary'; say what it holds"),
        ("<p><input></p>", "the element 'input' is not the box of a task list"),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>", "the element 'table' needs one header row"),
        (
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan='2'>b</td></tr></tbody></table>",
            "the element 'td' spans several cells; give each row and column its own",
        ),
        ('<p><a class="cite" href="#source-9">[9]</a></p>', "the element 'a.cite' cites '#source-9', which is not in"),
        ('<p><a href="#nowhere">x</a></p>', "the element 'a' leads to '#nowhere', a place that its page does not have"),
        (
            "<a href='#x'>x</a><table><thead><tr><th>a</th></tr></thead><tbody id='x'></tbody></table>",
            "a link leads to 'prisons/first/#x', which is not printed; lead it to a heading, or to nothing",
        ),
    ],
)
def test_faults(body: str, said: str, tmp_path: Path) -> None:
    """What cannot be printed is named with its file, line, page and element, and no PDF is written."""
    with pytest.raises(DownloadError, match=re.escape(said)):
        write_pdf(book(body), tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_all_faults_at_once(tmp_path: Path) -> None:
    """One fault does not hide those after it, on other pages too."""
    with pytest.raises(DownloadError) as caught:
        write_pdf(book("<video></video><audio></audio>", "<p><canvas></canvas></p>"), tmp_path / "x.pdf")
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        ("<p>So \N{THUMBS UP SIGN}</p>", "\N{THUMBS UP SIGN}"),
        ("<p lang='hi'>\N{DEVANAGARI LETTER KA}</p>", "\N{DEVANAGARI LETTER KA}"),
        ("<h2 id='a'>\N{CJK UNIFIED IDEOGRAPH-4E2D}</h2>", "\N{CJK UNIFIED IDEOGRAPH-4E2D}"),
    ],
)
def test_letters_without_a_glyph(words: str, letter: str, tmp_path: Path) -> None:
    """Typst does not say where letters stand that no font has; the page is found, and the letter named."""
    said = f"site/prisons/second/index.html:1:1: error[not-printable] no font has '{letter}'; write it in other letters"
    with pytest.raises(DownloadError, match=f"^{re.escape(said)}"):
        write_pdf(book("<p>Fine</p>", words), tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", ["", "<p>One.</p>", "Loose words"])
def test_page_without_headings(body: str, tmp_path: Path) -> None:
    """A page with nothing but its title is a chapter all the same."""
    target = tmp_path / "x.pdf"
    assert write_pdf(book(body, SECOND), target) == 6
    assert bookmarks(target)[:2] == ["First", "Second"]


def test_picture(tmp_path: Path) -> None:
    """A picture of a file is printed, tagged as a figure that says what it shows."""
    picture = tmp_path / "site/prisons/plan.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PIXEL)
    target = tmp_path / "x.pdf"
    body = "<p>Before <img src='../plan.png' alt='A plan'> after</p>"
    write_pdf(book(body, folder=tmp_path / "site", layout=Layout.SINGLE), target)
    with pikepdf.open(target) as pdf:
        assert [str(tag.Alt) for tag in tags(pdf) if tag["/S"] == "/Figure"] == ["A plan"]


def test_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What typst only warns of stops the printing too."""
    style = (engine.HERE / "book.typ").read_text(encoding="utf-8")
    (tmp_path / "book.typ").write_text(style.replace('"Noto Sans"', '("Nowhere", "Noto Sans")'), encoding="utf-8")
    monkeypatch.setattr(engine, "HERE", tmp_path)
    with pytest.raises(DownloadError, match="typst warns: unknown font family: nowhere"):
        write_pdf(book(SECOND), tmp_path / "x.pdf")


def test_no_chapters(tmp_path: Path) -> None:
    """An empty book is refused."""
    with pytest.raises(DownloadError, match="the book 'tiny' has no chapters; select at least one page"):
        write_pdf(book(), tmp_path / "x.pdf")


def test_endless_word(tmp_path: Path) -> None:
    """A word longer than a line is divided and stays on the page."""
    target = tmp_path / "x.pdf"
    write_pdf(book(f"<p>{'a' * 200}</p>", layout=Layout.SINGLE), target)
    assert "a" * 100 not in words(target)


def test_huge_table(tmp_path: Path) -> None:
    """A table over many pages is one table, and its header is read once."""
    rows = "".join(f"<tr><td>{number}</td><td>Text</td></tr>" for number in range(300))
    body = f"<table><thead><tr><th>Number</th><th>Text</th></tr></thead><tbody>{rows}</tbody></table>"
    target = tmp_path / "x.pdf"
    pages = write_pdf(book(body, layout=Layout.SINGLE), target)
    found = count_tags(target)
    assert (found["/Table"], found["/TR"], found["/TH"]) == (1, 301, 2)
    assert words(target).count("Number") == pages > 5


@pytest.mark.parametrize(
    ("part", "added"),
    [
        ("prisons/", ["Terms used", "List of sources", "Licence, and how to suggest a change"]),
        pytest.param("", ["List of sources", "Licence, and how to suggest a change"], marks=pytest.mark.slow),
    ],
)
def test_real_site(site: Path, tmp_path: Path, part: str, added: list[str]) -> None:
    """Every page of the real site can be printed; bookmarks are its headings and notes its citations."""
    articles = read_articles(site)
    others = ("recommendations/", "reference/sources/", "contacts/all/", "guidance/", "where-we-stand/")
    chapters = [page for url, page in articles.items() if url.startswith(part) and not url.startswith(others)]
    target = tmp_path / "all.pdf"
    asked = book(chapters=chapters, site=articles, entries=())
    pages = write_pdf(asked, target)
    assert pages > len(chapters)
    assert target.stat().st_size < 7_500_000
    printed = "following-sibling::*[not(contains(@class, 'screen-only'))][1]"
    shown = f"descendant::h2[@id != 'sources' and {printed}[not(self::h2)]]"
    headings = sum(len(page.content.xpath(f"{shown} | descendant::h3")) + 1 for page in chapters)
    titles = bookmarks(target)
    assert (len(titles), titles[-len(added) :]) == (headings + len(added), added)
    again = printed_before([article for article, _ in arrange(asked)])
    tables = sum(len(page.content.xpath("descendant::table[not(contains(@class, 'sortable'))]")) for page in chapters)
    cited = {
        (page.url, link.get("href"))
        for page in chapters
        for link in page.content.xpath("descendant::a[@class='cite']")
        if again.isdisjoint(link.iterancestors())
    }
    found = count_tags(target)
    assert (found["/Table"], found["/Note"]) == (
        tables - sum(len(element.xpath("table")) for element in again),
        len(cited),
    )


def test_what_pages_embed_is_printed_once(tmp_path: Path) -> None:
    """A table that two chapters need is in the first; the second has the number of its page."""
    table = (
        '<h2 id="tell">Tell</h2><div class="once" data-once="advice-whom-to-tell" data-title="Whom to tell">'
        "<p>Act soon.</p><table><caption>Whom to tell</caption><thead><tr><th>What</th><th>Whom</th></tr></thead>"
        "<tbody><tr><td>Danger</td><td>112</td></tr></tbody></table></div>"
    )
    target = tmp_path / "book.pdf"
    write_pdf(book(table, table), target)
    assert words(target).count("Danger") == 1
    assert "Whom to tell: page 3." in words(target)


def test_chapters_that_run_on(tmp_path: Path) -> None:
    """Below a part, a page that needs no sheet of its own follows the one before; others begin on a new one."""
    part = article("prisons/", "Prisons", "<p>A part.</p>")
    lower = book("<p>One.</p>", "<p>Two.</p>", entries=())
    whole = replace(lower, chapters=[part, *lower.chapters])
    apart = write_pdf(whole, tmp_path / "apart.pdf")
    assert write_pdf(replace(whole, runs_on={"prisons/second/"}), tmp_path / "on.pdf") == apart - 1
    assert bookmarks(tmp_path / "on.pdf") == bookmarks(tmp_path / "apart.pdf")


def test_drawing(tmp_path: Path) -> None:
    """A drawing is printed and tagged as a figure that says what it shows; what only screens need is not."""
    drawn = (
        '<figure><svg viewBox="0 0 340 20" width="340" height="20" font-family="Noto Sans"><title>A box</title>'
        '<desc>It is blue</desc><rect x="1" y="2" width="30" height="10" fill="#0b5c66"/><text x="40" y="9">Sky</text>'
        "</svg><figcaption>Seen.</figcaption></figure>"
    )
    hidden = drawn.replace("<figure>", '<figure class="picture screen-only">').replace("A box", "A circle")
    write_pdf(book(drawn + hidden), tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        figures = [str(tag.Alt) for tag in tags(pdf) if tag["/S"] == "/Figure"]
    assert figures == ["A box. It is blue"]
