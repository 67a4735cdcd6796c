"""The first sentences of a section in plain text, for tables that say what a page does without opening it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment
from lxml import html
from markdown import markdown

from handbook.parsing.macro_calls import MACROS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.parsing.outline import Section

_ENOUGH = 300
"""Letters after which no new sentence begins."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Extracts:
    """Gives extracts of the pages of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the words that stand for each macro; lists and boxes are left out."""
        registry = corpus.registry
        self._environment = Environment(autoescape=True)
        self._words: dict[str, Callable[..., str]] = {
            **dict.fromkeys(MACROS, lambda *_, **__: ""),
            "rec": lambda id_: id_,
            "term": lambda term: term,
            "actor": lambda id_: registry.actors[id_].name,
            "role": lambda id_: registry.roles[id_].title.lower(),
        }

    def first_sentences(self, page: Page, section: Section) -> str:
        """Give the first sentences of a section, or the page's summary if it has none of its own."""
        end = page.outline.end_of(section)
        numbered = enumerate(page.body.split("\n"), page.first_line)
        source = "\n".join(line for number, line in numbered if section.line < number < end)
        text = self._environment.from_string(source).render(self._words)
        return _beginning(_paragraphs(markdown(text, extensions=["extra", "admonition"]))) or page.meta.summary


def _paragraphs(source: str) -> Iterator[str]:
    for element in html.fromstring(f"<div>{source}</div>").iter("p", "li"):
        own = [element.text or "", *(part for child in element for part in _inline(child))]
        yield " ".join("".join(own).split())


def _inline(element: html.HtmlElement) -> Iterator[str]:
    """Give the words of what stands in a line; lists and paragraphs inside an item come by themselves."""
    if element.tag not in {"p", "ul", "ol", "table", "div", "dl"}:
        yield element.text_content()
    yield element.tail or ""


def _beginning(paragraphs: Iterator[str]) -> str:
    taken: list[str] = []
    for paragraph in paragraphs:
        for sentence in _SENTENCE_END.split(paragraph):
            if sum(map(len, taken)) >= _ENOUGH:
                return " ".join(taken)
            taken.append(sentence)
    return " ".join(filter(None, taken))
