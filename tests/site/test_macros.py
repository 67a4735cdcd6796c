"""The tiny site as built: what each macro and each generated page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.model.front_matter import PageMeta
from handbook.parsing.macro_calls import MACROS
from handbook.site.macros import Macros
from tests.support.project import replace, run
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path


def test_every_macro_is_rendered() -> None:
    """The macros that content may call are exactly those that the renderer has."""
    assert [name for name in MACROS if not callable(getattr(Macros, name, None))] == []


def test_front_matter_shadows_no_macro() -> None:
    """A key of the front matter with a macro's name would hide the macro on that page."""
    assert set(PageMeta.model_fields) & set(MACROS) == set()


def test_rec_links_with_title(tiny_site: Path) -> None:
    """A mention leads to the recommendation and tells its title."""
    link = read(tiny_site, "").xpath("//a[@class='rec']")[0]
    assert (link.get("href"), link.get("title"), link.text) == (
        "recommendations/pri-01/",
        "Know the people you guard",
        "PRI-01",
    )


def test_covers_line(tiny_site: Path) -> None:
    """The last line of a section says what it does, with the recommendation and its issuer."""
    line = read(tiny_site, "prisons/release").xpath("//p[@class='covers']")[0]
    assert words(line) == "Puts into practice PRI-01 Know the people you guard (Council of Europe)."
    assert line.getnext().get("id") == "what-to-avoid"


def test_citations_are_numbered(tiny_site: Path) -> None:
    """Each source has one number on the page, and the list at the end has the same order."""
    article = read(tiny_site, "prisons/release")
    cited = [(link.text, link.get("href")) for link in article.xpath("//a[@class='cite']")]
    assert cited == [
        ("[1]", "#source-1"),
        ("[2, p. 3]", "#source-2"),
        ("[1]", "#source-1"),
        ("[3]", "#source-3"),
        ("[1, p. 7]", "#source-1"),
        ("[3]", "#source-3"),
    ]
    listed = [words(item) for item in article.xpath("//ol[@class='sources']/li")]
    assert listed == [
        'Guidelines on "daily" work. Council of Europe, 2016. Standard; opening read.',
        "Une revue. Université. Review; read whole; in French.",
        "A study. University, 2020. Study; read whole.",
    ]


def test_inline_macros_in_a_table(tiny_site: Path) -> None:
    """A term stands in a table cell as it was typed, and leads to its entry."""
    link = read(tiny_site, "prisons/release").xpath("//td/a[@class='term']")[0]
    assert (link.text, link.get("href")) == ("relational security", "../../reference/glossary/#dynamic-security")


def test_guidance_answers_before_it_proves(tiny_site: Path) -> None:
    """The evidence strip stands after the first part and before the second."""
    order = [e.get("id") or e.get("class") for e in read(tiny_site, "prisons/release").xpath(".//h2 | .//dl")][:3]
    assert order == ["in-short", "strip", "when-this-applies"]


def test_review_line(tiny_site: Path) -> None:
    """Each page says when it was reviewed, when next, and by whom."""
    line = words(read(tiny_site, "prisons/release").xpath("//p[@class='review']")[0])
    assert line == ("Last reviewed: 23 November 2026. Next review: November 2027. Owner: Editors.")


def test_recommendation_page(tiny_site: Path) -> None:
    """The page of a recommendation says what, whom, who, how we know, where it is done, and since when."""
    article = read(tiny_site, "recommendations/pri-01")
    headings = [words(heading).rstrip("¶") for heading in article.xpath(".//h2")]
    assert headings == [
        "What it asks",
        "Of whom",
        "Who issued it, and when",
        "How we know",
        "What this handbook does about it",
        "Sources",
        "Status and history",
    ]
    text = words(article)
    assert "Council of Europe, 2 March 2016." in text
    assert "Read (the text that asks was itself read at the place that asks). The text was read." in text
    covering = article.xpath("//ul[@class='coverings']//a")[0]
    assert (covering.text, covering.get("href")) == (
        "Preparing release: 1. Talk every day",
        "../../prisons/release/#1-talk-every-day",
    )
    assert "Also mentioned on: Tiny." in text


def test_retired_page_names_its_successor(tiny_site: Path) -> None:
    """Who comes by an old link is sent on, and is not told to wait for guidance."""
    article = read(tiny_site, "recommendations/pri-03")
    assert "Nothing any more: what is done now stands on the page of the one that replaces it." in words(article)
    assert "Nothing yet" not in words(article)
    notice = article.xpath("//p[@class='notice']")[0]
    assert words(notice) == "This recommendation is retired. It is replaced by PRI-01 Know the people you guard."
    assert notice.xpath("a/@href") == ["../pri-01/"]


def test_unverified_has_no_page(tiny_site: Path) -> None:
    """A recollection is listed for editors and nowhere else, related recommendations included."""
    assert not (tiny_site / "recommendations/pri-02").exists()
    mentioning = [p for p in tiny_site.rglob("*.html") if "PRI-02" in p.read_text(encoding="utf-8")]
    assert mentioning == [tiny_site / "recommendations/index.html"]


def test_coverage_matrix(tiny_site: Path) -> None:
    """Counts by area, and a page for each area with its recommendations; tables have a caption and scoped headings."""
    urls = ("recommendations", "recommendations/prisons")
    tables = [table for url in urls for table in read(tiny_site, url).xpath("//table")]
    counts = [[words(cell) for cell in row] for row in tables[0].xpath("tbody/tr")]
    assert counts == [
        ["Prisons", "1", "1", "0", "0", "0", "0", "1"],
        ["Education", "0", "0", "0", "1", "0", "0", "0"],
    ]
    assert tables[0].xpath("tbody/tr/th/a/@href") == ["prisons/", "education/"]
    rows = [[words(cell) for cell in row] for row in tables[-1].xpath("tbody/tr")]
    assert rows == [
        ["PRI-01 Know the people you guard", "Preparing release: 1. Talk every day"],
        ["PRI-03 Talk now and then (retired)", "None yet"],
    ]
    assert all(table.xpath("caption") for table in tables)
    assert not [cell for table in tables for cell in table.xpath(".//th") if cell.get("scope") not in {"col", "row"}]


@pytest.mark.parametrize(
    ("url", "part", "shown"),
    [
        (
            "prisons",
            "//table[@class='data rows']//tbody",
            "PRI-01 Know the people you guard Council of Europe, 2016 Active, steps in 1 section",
        ),
        ("prisons", "//ul[@class='pages']", "Preparing release: How to prepare release."),
        (
            "education",
            "//p[@class='covers']",
            "Reports what came of EDU-01 Let pupils ask (Radicalisation Awareness Network).",
        ),
        ("recommendations/education", "//table//td", "Education: What came of it (reports what came of it)"),
        ("recommendations/edu-01", "//p", "Policy: it asks legislators, governments or platforms."),
        (
            "prisons/release",
            "//dl[@class='strip']",
            (
                "Violent extremism: consensus (standards and practitioners agree, with little testing). Standards "
                "agree. Well-being: limited (single or qualitative studies). One study. What has a citation rests on "
                "that source; the rest is practical advice of this handbook. LawStaff must be told why."
            ),
        ),
        (
            "prisons/release",
            "//div[@data-once='advice-whom-to-tell']/table",
            "Whom to tell What you haveWhom to tell Danger now Alarm & 112",
        ),
        (
            "prisons",
            "//div[@class='card']",
            (
                'A prisoner & a worry First sentence: "How was the week?" What they may answer '
                'If they sayYou say "Who "wants" to *know*?""I do."\N{WORD JOINER}[1, p. 3] '
                '"Leave me.""I will come back." Way out: "Until tomorrow." Good: The officer waits. Time helps. '
                "Bad: The officer presses. It ends there.\N{WORD JOINER}[2] "
                "In danger: 112; in a prison, the alarm or radio. For: prison officer."
            ),
        ),
        (
            "prisons/release",
            "//p[@class='origin']",
            "Prisons · How we know",
        ),
        (
            "prisons/release",
            "//dl[@class='strip']//dd",
            "An area of the EU expert group's report of 2018: Prisons. It follows texts of: Council of Europe",
        ),
        ("prisons/release", "//p[@class='reading']", "Reviewed 23 November 2026 · 1 minute · for prison officers"),
        (
            "prisons/release",
            "//details[@class='citing screen-only']",
            "Prevention in Practice (2026). Preparing release. Release",
        ),
        ("roles/prison-officer", "//ul[@class='titles']", "Somebody will soon be free"),
        (
            "roles/prison-officer",
            "//div[@class='groups']",
            "When there is a concern, and afterwardsPreparing release",
        ),
        ("roles/prison-officer", "//ul[@class='titles staged']", "Preparing release tertiary"),
        ("roles/prison-officer", "//li[a[@class='rec']]", "PRI-01 Know the people you guard"),
        (
            "about/changes",
            "//table[contains(caption, 'how they are known')]//tr",
            "Reportedanother named source reports it2",
        ),
        (
            "about/changes",
            "//p",
            "So 60 in 100 citations go to a text that was read whole or at the cited place.",
        ),
        (
            "about/changes",
            "//table[contains(caption, 'what is attested')]/tbody",
            "Prisons PRI-01 Education",
        ),
        (
            "about/changes",
            "//table[contains(caption, 'Unchecked')]/tbody",
            "Plan for release Preparing release: ",
        ),
        ("guidance", "//tbody/tr/td", "Violent extremism: consensus; well-being: limited; law"),
        ("roles/teacher", "//p[not(@class)]", "There is no page of this kind yet."),
        ("reference/glossary", "//dt", "dynamic security (also: relational security)"),
        ("reference/glossary", "//p[@class='letters screen-only']/a[@href='#dynamic-security']", "D"),
        ("prisons/form-wing-note", "//p[@class='downloads']/a[@class='button']", "Note on a wing, for Word"),
        ("reference/sources/standards", "//li[@id='guidelines']", "Used in: Preparing release, PRI-01."),
        ("reference/sources", "//ul[@class='bibliography']", "Standards and reviews (2) Short names"),
        (
            "reference/timeline",
            "//ol[@class='timeline']",
            "2 March 2016: The guidelines are adopted. Council of Europe",
        ),
        ("reference/actors", "//dt[@id='ran']", "Radicalisation Awareness Network (RAN)"),
        (
            "recommendations",
            "//table[contains(caption, 'by kind')]/tbody",
            "Prisons Guidance: 1; Form: 1; Overview: 1 Education Body: 1; Overview: 1",
        ),
        ("recommendations", "//p", "3 sources, 1 terms, 1 dated events, 2 bodies and groups, 2 roles."),
        (
            "recommendations",
            "//table[contains(caption, 'role and stage')]/tbody",
            "Teacher none none none Prison officer none none 1",
        ),
        (
            "recommendations",
            "//ul[@class='packs']",
            "Prisons (PDF): Prison staff. 3 pages of the site Form: note on a wing Prisons Preparing release",
        ),
        ("recommendations", "//ul[@class='packs']", "The whole handbook as an e-book (EPUB)"),
        ("prisons/release", "//p[@class='downloads']", "Print one page (A4) PDF"),
        ("prisons/release", "//p[@class='downloads']", "To print: Prisons (PDF)."),
        ("recommendations/pri-01", "//p[@class='downloads']", "To print: Hand-over card for PRI-01 (PDF)."),
        (
            "recommendations",
            "//table[.//caption[starts-with(., 'Pages')]]//tbody",
            "Preparing release November 2027 23 November 2026",
        ),
        (
            "recommendations",
            "//table[.//caption[starts-with(., 'Draft')]]//tbody",
            "PRI-02 Unverified Plan for release",
        ),
    ],
)
def test_lists(url: str, part: str, shown: str, tiny_site: Path) -> None:
    """Each generated list shows what the data say."""
    assert any(shown in words(element) for element in read(tiny_site, url).xpath(part))


def test_page_has_a_description(tiny_site: Path) -> None:
    """Search engines and previews get the summary."""
    page = html.parse(tiny_site / "prisons/release/index.html")
    assert page.xpath("//meta[@name='description']/@content") == ["How to prepare release."]


def test_macro_in_a_list_item(tiny: Path) -> None:
    """A block in a list item stays in it, whatever its indentation."""
    replace(tiny, "docs/prisons/release.md", "Silence.", '- Silence.\n\n    {{ page_list(kind="actor") }}\n')
    assert run("mkdocs", "build", folder=tiny).returncode == 0
    assert read(tiny / "site", "prisons/release").xpath("//li/ul[@class='pages']")
