"""The pages that lead to others, as they are without a script. `tests/browser/test_finding.py` uses the scripts."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.checks import load_corpus
from handbook.limits import MOST_ANSWER_WORDS
from handbook.problem_kinds import ProblemKind
from handbook.site.generated_pages import rendered_pages
from handbook.site.rendering import Renderer

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


STAGES = ("tertiary", "primary")
LEAST_WORDS = 120
TODAY = dt.date(2026, 11, 23)


def article(site: Path, url: str) -> html.HtmlElement:
    """Return the article of a built page."""
    text = (site / url / "index.html").read_text(encoding="utf-8")
    (found,) = html.document_fromstring(text).iter("article")
    return found


def test_finder_lists_every_situation(tiny_site: Path) -> None:
    """Each situation stands under its heading, by its title alone, and says for whom and what about it is."""
    page = article(tiny_site, "finder")
    (part,) = page.xpath(".//*[@id='situations']/section")
    assert part.xpath("h2/text()") == ["Prison and probation"]
    (item,) = part.xpath(".//li")
    assert item.xpath(".//a/@href") == ["release/"]
    assert dict(item.attrib) == {"data-area": "prisons", "data-role": "prison-officer"}
    assert page.xpath("string(.//*[@role='status'])") == "1 situation"


def test_every_choice_has_a_page(tiny_site: Path) -> None:
    """Behind each choice stands a page that needs no script: its situations, their number, and the way back to all."""
    choices = article(tiny_site, "finder").xpath(".//*[@class='choices screen-only']//a")
    counts = {}
    for choice in choices:
        url = f"finder/{choice.get('href')}"
        page = article(tiny_site, url)
        assert page.xpath(".//a[@aria-current]/text()") == [choice.text]
        assert page.xpath(".//*[contains(@class, 'found')]/a[not(@hidden)]/@href") == ["../"]
        counts[choice.text] = page.xpath("string(.//*[@role='status'])")
        assert counts[choice.text][0] == str(len(page.xpath(".//section//li")))
    assert counts == {"Prison officer": "1 situation", "Prisons": "1 situation"}  # and nothing that leads to none


def test_situation_answers(tiny: Path) -> None:
    """On its page stands what to do, in the words of the guidance, with what this cites, and where to read on."""
    answer(tiny, now="Call the duty manager.", say="Alarm & 112", today="Talking helps. So says a review. And again.")
    corpus = load_corpus(tiny, TODAY)
    page = html.fromstring(f"<main>{dict(rendered_pages(Renderer(corpus)))['finder/release.md']}</main>")
    parts = {head.text: head.getnext() for head in page.xpath(".//h2")}
    assert list(parts) == ["Now", "Say", "Today", "Do not", "Read on"]
    assert parts["Say"].xpath("string(li)").startswith('"Alarm & 112"')
    assert [item.text_content() for item in parts["Do not"]] == ["wait."]
    (helps,) = parts["Today"]
    assert [link.text for link in helps.xpath("a")] == ["[1]", "[3, p. 3]", "[1]"]
    assert helps.xpath("a/@href")[1].startswith("../../reference/sources/")
    assert parts["Read on"].xpath(".//a/@href") == ["../../prisons/release/"]
    assert page.xpath(".//a[@href='tel:112']")


@pytest.mark.parametrize(
    ("part", "sentence", "is_said"),
    [
        ("today", "Talking helps.", True),
        ("today", "talk early", True),  # after a label, and without its stop
        ("today", "Talk", False),  # where no sentence ends
        ("today", "helps.", False),  # where none begins
        ("today", "Wait.", False),  # which the page forbids
        ("avoid", "wait.", True),
        ("avoid", "Talk early.", False),  # which it asks for
        ("say", "Write it down.", True),  # from a table that the page embeds
        ("say", "Talking helps a lot.", False),
    ],
)
def test_situation_has_the_words_of_its_pages(part: str, sentence: str, is_said: bool, tiny: Path) -> None:  # noqa: FBT001 - a case
    """A sentence that no page says, from beginning to end and in the same sense, is reported where it stands."""
    answer(tiny, **{part: sentence})
    problems = load_corpus(tiny, TODAY).problems
    assert [problem.kind for problem in problems] == [ProblemKind.UNSAID] * (not is_said)
    lines = (tiny / "data/situations.yml").read_text(encoding="utf-8").split("\n")
    assert all(sentence in lines[problem.location.line - 1] for problem in problems)


def answer(tiny: Path, **parts: str) -> None:
    """Give the situation other sentences."""
    file = tiny / "data/situations.yml"
    text = file.read_text(encoding="utf-8")
    for part, sentence in parts.items():
        text = re.sub(rf"^  {part}: .*$", f"  {part}: ['{sentence}']", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")


def test_answer_fits_a_minute(corpus: Corpus) -> None:
    """Each real situation answers in enough words to act on, and not in more than its check allows."""
    for situation in corpus.registry.situations.values():
        words = " ".join(sentence for _, sentence in situation.sentences).split()
        assert LEAST_WORDS <= len(words) <= MOST_ANSWER_WORDS, situation.id


def test_stage_has_its_own_page(tiny_site: Path) -> None:
    """It leads to the situations and the guidance of the stage, and the table of all guidance leads to it."""
    table = article(tiny_site, "guidance")
    assert {f"../finder/stage-{name}/" for name in STAGES} < set(table.xpath(".//a/@href"))
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
    assert row.xpath("td/@data-value") == ["3"]


def test_what_all_rows_say_is_said_once(tiny: Path) -> None:
    """The day of the review is a column only where pages were reviewed on different days."""
    for differ in (False, True):
        text = dict(rendered_pages(Renderer(load_corpus(tiny, TODAY))))["guidance/index.md"]
        assert ("All were reviewed on" not in text) == differ
        assert ('<th scope="col">Reviewed</th>' in text) == differ
        assert re.findall(r'data-value="(2026[-\d]+)"', text) == ["2026-11-22", "2026-11-23"] * differ
        release = (tiny / "docs/prisons/release.md").read_text(encoding="utf-8")
        other = release.replace("reviewed: 2026-11-23", "reviewed: 2026-11-22")
        (tiny / "docs/prisons/later.md").write_text(other, encoding="utf-8")


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
    for url in ("recommendations", "guidance"):
        assert len(article(tiny_site, url).xpath(".//form[@class='filters'][@hidden]")) == 1


def test_all_guidance_can_be_reached(corpus: Corpus) -> None:
    """No page of guidance of the real project lacks a situation."""
    reached = {name for situation in corpus.registry.situations.values() for name in situation.pages}
    guidance = {page.src_uri for page in corpus.pages if page.meta.kind == "guidance"}
    assert guidance <= reached
