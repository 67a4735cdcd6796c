"""Hand-over cards: one sheet for each recommendation, to leave on a table after a meeting.

A card says what the recommendation asks, and what the guidance that puts it into practice says of partners and of
rights. All words are those of the site. What does not fit is cut, and the card says where the rest stands.
"""

from __future__ import annotations

import copy
import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from handbook.downloads.excerpts import ArticleBuilder, part
from handbook.model.addresses import CONTACTS, recommendation_url
from handbook.model.vocabulary import Degree, PageKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article
    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Recommendation

ROOMS = (60, 20, 16, 12, 8, 4, 0)
"""Lines that the guidance on a card may fill, about: all that any has, or what has room on most, or less and less."""

_LINE = 95
"""Characters on a line of a card, about; whoever prints looks whether the card has become one page."""

_WHAT_IS_DONE = "What this handbook does about it"

_FROM_GUIDANCE = ("Who does what", "Rights and safeguards")


def card(recommendation: Recommendation, corpus: Corpus, articles: Mapping[str, Article], lines: int) -> Article:
    """Build the card of a recommendation.

    Args:
        recommendation: one that is active.
        corpus: the guidance that covers it.
        articles: the articles of the built site, by address.
        lines: how many lines what is taken from the guidance may fill, about.
    """
    own = articles[recommendation_url(recommendation)]
    sheet = ArticleBuilder(own.url, own.title, own.file)
    sheet.add(own, part(own, "What it asks"))
    sheet.add_facts(own, ("Of whom", "Who issued it, and when"))
    guidance = _guidance(recommendation, corpus)
    if guidance:
        _add_guidance(sheet, articles[guidance.url], lines)
    if CONTACTS in articles:
        sheet.add_link("", articles[CONTACTS])
    sheet.add_heading(_WHAT_IS_DONE)
    sheet.add(own, [element for element in part(own, _WHAT_IS_DONE) if element.tag == "ul"])
    sheet.add_sources(own)
    return _without_notes(sheet.article())


def _guidance(recommendation: Recommendation, corpus: Corpus) -> Page | None:
    """Return the guidance page that does most for a recommendation: the one with the most sections with steps.

    Without any, it is one that does a part of it; None when none does.
    """
    best = corpus.coverage.degree_of(recommendation)
    pages = [
        covering.page
        for covering in corpus.coverage.by_recommendation[recommendation.id]
        if covering.degree is best is not Degree.REPORTS and covering.page.meta.kind is PageKind.GUIDANCE
    ]
    counts = Counter(page.src_uri for page in pages)
    return corpus.pages.by_uri[counts.most_common(1)[0][0]] if counts else None


def _without_notes(sheet: Article) -> Article:
    """Save room at the foot of a card: its numbers lead to the list of sources, which gives no remarks."""
    for citation in sheet.content.find_class("cite"):
        del citation.attrib["class"]
    for remark in sheet.content.find_class("note"):
        remark.drop_tree()
    return sheet


def _add_guidance(sheet: ArticleBuilder, article: Article, lines: int) -> None:
    """Add the parts of the guidance page, under its name, as it may be about more or less than the recommendation.

    Each has its share of the lines, the last also what the others leave.
    """
    left = lines
    is_whole = True
    for position, title in enumerate(_FROM_GUIDANCE):
        taken = _cut(part(article, title), left // (len(_FROM_GUIDANCE) - position))
        left -= taken.lines
        is_whole &= taken.is_whole
        if taken.elements:
            sheet.add_heading(f"{title}: {article.title}")
            sheet.add(article, taken.elements)
    sheet.add_link("More on the page " if is_whole else "Shortened to fit; more on the page ", article)


class _Cut(NamedTuple):
    """What was kept of some elements, and how many lines it fills."""

    elements: list[HtmlElement]
    lines: int
    is_whole: bool


def _cut(elements: Sequence[HtmlElement], room: int) -> _Cut:
    """Keep paragraphs, items and rows from the first on, as long as they fit."""
    kept: list[HtmlElement] = []
    used = 0
    for element in elements:
        taken = copy.deepcopy(element)
        for unit in taken.xpath("self::ul/li | self::ol/li | self::table/tbody/tr") or [taken]:
            lines = _lines(unit)
            if used + lines > room:
                for rest in [unit, *unit.itersiblings()] if unit is not taken else ():
                    rest.drop_tree()
                return _Cut([*kept, taken] if taken.xpath("li | tbody/tr") else kept, used, is_whole=False)
            used += lines
        kept.append(taken)
    return _Cut(kept, used, is_whole=True)


def _lines(unit: HtmlElement) -> int:
    """Guess how many lines a paragraph, an item or a row of a table fills."""
    cells = unit.findall("td") or [unit]
    width = _LINE // len(cells)
    return max(math.ceil(len(cell.text_content()) / width) for cell in cells)
