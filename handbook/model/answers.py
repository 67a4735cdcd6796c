"""What situations answer: sentences of guidance, found again on the pages that say them, with what these cite there.

A situation has no words of its own, so that advice is given in one place and cannot differ between two.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.decisions import passages
from handbook.model.records import Citation
from handbook.model.vocabulary import AnswerPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.pages import Page, Pages
    from handbook.model.records import Situation
    from handbook.model.registry import Registry
    from handbook.parsing.macro_calls import Call

_CITED = "\ue000"
"""Stands for each citation while a page is read."""

_LABEL = "\ue001"
"""Stands for the label **Do not**: what follows it is never advice to do something."""

_UNENDED = re.compile(r"(?<=[^\s.:;!?…\"])(?=\s*(?:\n *\n|\n *(?:[-+]|\d+\.) |\||\Z))")
"""Where a line of a list, a cell or a paragraph ends without a stop."""

_MARKUP = re.compile(r"\]\([^)\n]*\)|[\[\]*_`|]|^ *(?:[-+]|\d+\.) |^#+ ", re.MULTILINE)
_FORBIDDEN = re.compile(rf"(?:{_LABEL}|\b[Dd]o not) *\Z")
_BEGINS = re.compile(r"[.:;!?…\"(] *\Z")
_ENDS = re.compile(r"[.:;!?…\")]+|\Z")
_SENTENCE = re.compile(rf"[^.:;!?\"{_LABEL}]{{8,}}")


class Said(NamedTuple):
    """A sentence of a situation, with what the page cites for it."""

    sentence: str
    citations: tuple[Citation, ...]


class Wording:
    """The text of a page without markup, with the tables of advice and the decisions that it embeds."""

    def __init__(self, page: Page, registry: Registry) -> None:
        """Read a page; the registry has the tables, and the names that macros print."""
        self._registry = registry
        self._citations: list[Citation] = []
        ended = _UNENDED.sub(".", self._printed(page))
        labelled = ended.replace("**Do not**", _LABEL).replace("**Do**", ". ")
        pieces = " ".join(_MARKUP.sub("", labelled).split()).split(_CITED)
        self._text = "".join(pieces)
        self._offsets = list(accumulate(map(len, pieces)))[:-1]

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Its sentences, among which the nearest to one that is not here can be told."""
        return frozenset(match[0].strip() for match in _SENTENCE.finditer(self._text))

    def find(self, sentence: str, *, forbidden: bool) -> Said | None:
        """Find a sentence, or several that follow one another, from where one begins to where one ends.

        Args:
            sentence: its first letter may be small or a capital, and its stop may be left out.
            forbidden: whether "Do not" stands before it; if not, it must not.
        """
        words = sentence.rstrip(".:;,")
        for start in self._starts(words):
            before, end = self._text[max(0, start - 8) : start], start + len(words)
            begins = _FORBIDDEN.search(before) if forbidden else not start or _BEGINS.search(before)
            if begins and (ending := _ENDS.match(self._text, end - (words[-1] in "?!"))):
                cited = zip(self._offsets, self._citations, strict=True)
                return Said(sentence, tuple(citation for at, citation in cited if start < at <= ending.end()))
        return None

    def _starts(self, words: str) -> Iterator[int]:
        at = self._text.find(words[1:], 1)
        while at > 0:
            if self._text[at - 1].casefold() == words[0].casefold():
                yield at - 1
            at = self._text.find(words[1:], at + 1)

    def _printed(self, page: Page) -> str:
        """Return the body of a page, in which what each macro prints stands in place of its call."""
        starts = list(accumulate((len(line) + 1 for line in page.body.split("\n")), initial=0))
        parts, done = [], 0
        for call in page.calls:
            begin = starts[call.location.line - page.first_line] + call.location.column - 1
            parts += [page.body[done:begin], self._print(call)]
            done = page.body.index("}}", begin) + 2
        return "".join([*parts, page.body[done:]])

    def _print(self, call: Call) -> str:
        registry, arguments = self._registry, {name: str(value) for name, value in call.arguments.items()}
        match call.macro:
            case "cite":
                place = arguments.get("place", "")
                self._citations.append(Citation.model_construct(source=arguments["source"], place=place))
                return _CITED
            case "advice" | "decision" as kind:
                embedded = self._table if kind == "advice" else self._steps
                return "".join(embedded(arguments[kind]))
            case "term":
                return arguments["term"]
            case "role" if role := registry.roles.get(arguments["role"]):
                return role.title.lower()
            case "actor" if actor := registry.actors.get(arguments["actor"]):
                return actor.name
        return ""

    def _table(self, name: str) -> Iterator[str]:
        if advice := self._registry.advice.get(name):
            yield f"{advice.intro}\n\n"
            for row in advice.rows:
                yield " | ".join(row.cells)
                self._citations += row.cites
                yield f"{_CITED * len(row.cites)}\n\n"
            yield from (f"{note}\n\n" for note in advice.notes)

    def _steps(self, name: str) -> Iterator[str]:
        """Yield what the steps of a decision say to everybody, whatever their role."""
        if decision := self._registry.decisions.get(name):
            for _, passage in passages(decision):
                if passage.is_for(None):
                    self._citations += passage.cites
                    yield f"{passage.text}{_CITED * len(passage.cites)}\n\n"


def wordings(registry: Registry, pages: Pages) -> Mapping[str, Wording]:
    """Return the text of each page to which situations lead, as far as it can be read, by its `src_uri`."""
    names = dict.fromkeys(name for situation in registry.situations.values() for name in situation.pages)
    return MappingProxyType({name: Wording(pages.by_uri[name], registry) for name in names if name in pages.by_uri})


def answer(situation: Situation, texts: Mapping[str, Wording]) -> Mapping[str, tuple[Said, ...]]:
    """Return the parts of an answer by their headings, with what the first page that says a sentence cites for it."""
    parts: dict[str, tuple[Said, ...]] = {}
    for part in AnswerPart:
        sentences: tuple[str, ...] = getattr(situation, part)
        found = ((words, find(words, situation, texts, forbidden=part is AnswerPart.AVOID)) for words in sentences)
        parts[part.label] = tuple(said or Said(words, ()) for words, said in found)
    return MappingProxyType(parts)


def find(sentence: str, situation: Situation, texts: Mapping[str, Wording], *, forbidden: bool) -> Said | None:
    """Find a sentence on the first page of a situation that says it; see `Wording.find`."""
    found = (texts[name].find(sentence, forbidden=forbidden) for name in situation.pages if name in texts)
    return next((said for said in found if said), None)
