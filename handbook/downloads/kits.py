"""The sheets of a training kit: what a trainer reads first, hands out, has filled in, and lets people take home.

Sheets for participants have no answers, and are cut from the pages of which the trainer has all.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml.html import builder

from handbook.downloads.excerpts import ArticleBuilder, only, part
from handbook.model.vocabulary import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article
    from handbook.model.records import Pack

_CARDS = frozenset({"Card", "Role"})
"""Titles of the first column of a table whose rows are cards."""

_FOR_THE_TRAINER = frozenset({"One good answer", "What speaks for which sign"})
"""Titles of columns that are not on the cards."""

_HANDED_OUT = "handout"
"""Class of paragraphs that participants get, which a page writes as `{: .handout }` below one."""


def kit_chapters(pack: Pack, by_kind: Mapping[PageKind, Sequence[Article]]) -> list[Article]:
    """Return the sheets of a kit in the order in which a trainer needs them.

    Args:
        pack: the kit.
        by_kind: the selected pages of each kind.
    """
    return [
        *by_kind[PageKind.TRAINING_PLAN],
        *_scenario_cards(pack, by_kind[PageKind.SCENARIO]),
        *by_kind[PageKind.SCENARIO],
        *by_kind[PageKind.CASE_STUDY],
        *_exercise_cards(pack, by_kind[PageKind.EXERCISE]),
        *by_kind[PageKind.EXERCISE],
        *_checklists(pack, by_kind[PageKind.GUIDANCE]),
        *(only(form, "The form", url=f"{form.url}empty/", name=form.title) for form in by_kind[PageKind.TEMPLATE]),
        *by_kind[PageKind.REFERENCE],
        *(sheet for quiz in by_kind[PageKind.QUIZ] for sheet in _questions_and_answers(quiz)),
    ]


def _scenario_cards(pack: Pack, scenarios: Sequence[Article]) -> Iterator[Article]:
    """Yield two cards for each case, to be handed out one after the other: how it begins, and the first week."""
    if scenarios:
        sheet = ArticleBuilder(f"training/{pack.id}/cards/", "Scenario cards", scenarios[0].file)
        for scenario in scenarios:
            sheet.begin_card()
            sheet.add_heading(scenario.title, origin=scenario)
            sheet.add(scenario, scenario.content.find_class("invented"))
            sheet.add(scenario, part(scenario, "The situation"))
            sheet.add(scenario, [builder.P(builder.STRONG("The first hour")), *part(scenario, "The first hour")])
            sheet.begin_card()
            sheet.add_heading(f"{scenario.title}: the first week")
            sheet.add(scenario, part(scenario, "The first week"))
        yield sheet.article()


def _exercise_cards(pack: Pack, exercises: Sequence[Article]) -> Iterator[Article]:
    """Yield what participants of the exercises hold in their hands, each card by itself."""
    found = [(exercise, list(_cards(exercise))) for exercise in exercises]
    if any(cards for _, cards in found):
        sheet = ArticleBuilder(f"training/{pack.id}/exercise-cards/", "Cards for the exercises", exercises[0].file)
        for exercise, cards in found:
            sheet.end_card()
            if cards:
                sheet.add_heading(exercise.title, origin=exercise)
            for card in cards:
                sheet.begin_card()
                sheet.add(exercise, [card])
        yield sheet.article()


def _cards(exercise: Article) -> Iterator[HtmlElement]:
    """Find the cards among the material of an exercise: paragraphs, and rows of tables."""
    for element in part(exercise, "Material"):
        titles = [" ".join(cell.text_content().split()) for cell in element.xpath("thead/tr/th")]
        if element.tag == "p" and _HANDED_OUT in element.get("class", "").split():
            yield element
        elif titles and titles[0] in _CARDS:
            yield from (_card(titles, list(row)) for row in element.xpath("tbody/tr"))


def _card(titles: Sequence[str], cells: Sequence[HtmlElement]) -> HtmlElement:
    """Make a card of a row: its name, then what stands in the columns that are for participants."""
    name = " ".join(cells[0].text_content().split()).rstrip(".")
    made = builder.P(builder.STRONG(f"{titles[0]} {name}." if name.isdecimal() else f"{name}."))
    shown = [(title, cell) for title, cell in zip(titles, cells, strict=True) if title not in _FOR_THE_TRAINER][1:]
    for title, cell in shown:
        words = copy.deepcopy(cell)
        words.tag, words.tail = "span", None
        made.append(builder.SPAN(" " if len(shown) == 1 else f" {title}: "))
        made.append(words)
    return made


def _checklists(pack: Pack, guidance: Sequence[Article]) -> Iterator[Article]:
    """Yield the checklists, each on a card, so that none is torn apart between two pages."""
    if guidance:
        sheet = ArticleBuilder(f"training/{pack.id}/checklists/", "Checklists", guidance[0].file)
        for article in guidance:
            sheet.begin_card()
            sheet.add_heading(article.title, origin=article)
            sheet.add(article, part(article, "Checklist"))
            sheet.add_link("From the page ", article)
        yield sheet.article()


def _questions_and_answers(quiz: Article) -> Iterator[Article]:
    """Yield the questions as they can be handed out, and the answers on a sheet of their own."""
    yield only(quiz, "Questions", url=quiz.url, name=quiz.title)
    yield only(quiz, "Answers", url=f"{quiz.url}answers/", name=f"{quiz.title}: answers")
