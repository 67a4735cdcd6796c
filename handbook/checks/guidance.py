"""How a page of guidance speaks to somebody in a hurry: what comes first, how long it is, and what it leaves out.

The lists below were made from the pages themselves: what editors wrote before they were asked to put the action first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.records import Selection
from handbook.model.vocabulary import PageKind
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.pages import Page, Pages
    from handbook.model.registry import Registry
    from handbook.parsing.outline import Section
    from handbook.problems import Report

MOST_WORDS_IN_SHORT = 65
"""What somebody who reads in a second language takes in within half a minute."""

LABELS = ("Call", "Do", "Do not")
"""The parts of *In short*, in this order."""

MOST_HEDGES = 10
"""Sentences of all guidance that say of themselves that nobody tested them; the evidence strip says it once."""

LEAST_ACTIVE = 0.95
"""The share of steps that begin with what to do, and not with who asks for it."""

_LABEL = re.compile(r"\*\*(Call|Do not|Do)[:.]?\*\*[:.]?")
_NAMING = re.compile(r"\{\{ *\w+\(\"([^\"]*)\"[^}]*\}\}")
_CITING = re.compile(r"\{\{ *cite\([^}]*\}\}")
_MARKUP = re.compile(r"\]\([^)]*\)|[\[\]*_`#>|]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+")

_BODIES = (
    "actions? plan|article|assembly|authority|charter|code|commission|committee|conclusions|convention|council|court|"
    "decision|directive|forum|guide|guidebook|guidelines?|handbook|institute|inquiry|journal|law|manual|memorandum|"
    "ministers|network|notice|office|organi[sz]ation|paper|practitioners|principles|programme|project|ran|"
    "recommendation|regulation|report|review|rules|standards?|study|osce|toolbox|toolkit|trainers|unesco|unicef|unodc|"
    "union|united nations|who|workshop"
)
_SAYING = (
    "advis(?:es?|ed)|agreed|ask(?:s|ed)?|begins|call(?:s|ed)?|conclude[sd]?|describe[sd]?|distinguish(?:es)?|"
    "encourages?|ends|expects?|found|gives?|goes|has|have|invites?|knows|lists?|looks?|names?|notes?|oblige[sd]?|"
    "offers?|points?|puts?|recommend(?:s|ed)?|requires?|sa(?:ys?|id)|sees?|should|sort(?:s|ed)?|speaks?|suggests?|"
    "tells?|wants?|wanted|warns?|works?|writes?"
)
_OPENING = (
    "the|an?|one|two|several|many|good|international|european|eu|un|united|according|in|after|at|people|police|"
    "practitioners|ministers|experts|ran|osce|unesco|unicef|unodc|guidelines|guidance|council|commission"
)
_ATTRIBUTION = re.compile(
    rf"(?:{_OPENING})(?:'s)?\b(?:\W+[\w']+){{0,9}}?\W*\b(?:{_BODIES})\b(?:\W+[\w']+){{0,9}}?\W+(?:{_SAYING})\b"
    rf"|(?:{_BODIES})(?:'s)?\b(?:\W+[\w']+){{0,9}}?\W+(?:{_SAYING})\b",
    re.IGNORECASE,
)
"""How a sentence begins that says first who asks: "A RAN paper wants…", "The Council of Europe asks…"."""

_HEDGE = re.compile(
    r"practical advice|practical judgements?|our (?:own )?(?:judgement|reading)|not (?:been )?tested|untested|"
    r"nobody (?:has )?tested|(?:judgement|advice), not (?:a )?(?:finding|tested)",
    re.IGNORECASE,
)
_ABOUT_EVIDENCE = "How we know"
"""The one part in which a page speaks of how well it is tested."""


class _Line(NamedTuple):
    """A line of text, with the place of it."""

    location: Location
    text: str


def check_guidance(registry: Registry, pages: Pages, report: Report) -> None:
    """Check the shape of each *In short* and what evidence rests on; over all guidance, how steps begin and excuses.

    Args:
        registry: the entries.
        pages: those that could be read.
        report: called with each problem; the last two only warn, each where it stands, once there are too many.
    """
    guidance = list(pages.select(Selection(kinds=(PageKind.GUIDANCE,))))
    for page in guidance:
        _check_in_short(page, report)
        _check_evidence(page, registry, report)
    steps = [step for page in guidance for step in first_lines_of_steps(page)]
    passive = [step for step in steps if begins_with_attribution(step.text)]
    if len(passive) > (1 - LEAST_ACTIVE) * len(steps):
        for location, text in passive:
            message = f"the step begins with who asks for it ('{text[:40]}…'); begin with what to do"
            report(Problem(location, ProblemKind.ATTRIBUTION, message, Severity.WARNING))
    hedges = [hedge for page in guidance for hedge in hedging_sentences(page)]
    if len(hedges) > MOST_HEDGES:
        for location, text in hedges:
            message = f"'{text[:60]}' excuses itself, as {len(hedges)} sentences do; the evidence strip says it once"
            report(Problem(location, ProblemKind.HEDGE, message, Severity.WARNING))


def _check_evidence(page: Page, registry: Registry, report: Report) -> None:
    """Report sources of the evidence that the page does not cite, so that readers could not follow them."""
    for number, row in enumerate(page.meta.evidence.outcomes if page.meta.evidence else ()):
        for place, source in enumerate(row.sources):
            if source in registry.sources and source not in page.citations:  # others are reported with all names
                message = (
                    f"the evidence for '{row.outcome}' rests on '{source}', and the page does not cite it; cite it "
                    f"under *{_ABOUT_EVIDENCE}*, or delete it"
                )
                location = page.meta.at("evidence", "outcomes", number, "sources", place)
                report(Problem(location, ProblemKind.WRONG_VALUE, message))


def _check_in_short(page: Page, report: Report) -> None:
    section = next((section for section in page.outline.sections if section.title == "In short"), None)
    if section is None:  # reported with the parts that are missing
        return
    text = "\n".join(line.text for line in _lines_of(page, section))
    found = tuple(label[1] for label in _LABEL.finditer(text))
    location = Location(page.file, section.line)
    before = plain(text[: match.start()]) if (match := _LABEL.search(text)) else ""
    if found != LABELS or before:
        wanted = " · ".join(f"**{label}**" for label in LABELS)
        said = f"'{before[:40]}' stands before them" if found == LABELS else f"here: {', '.join(found) or 'none'}"
        message = f"'In short' has the parts {wanted}, in this order and nothing before them ({said}); put it so"
        report(Problem(location, ProblemKind.IN_SHORT, message))
    if (words := len(plain(text).split())) > MOST_WORDS_IN_SHORT:
        message = f"'In short' has {words} words, {MOST_WORDS_IN_SHORT} at most; leave out what can wait for the steps"
        report(Problem(location, ProblemKind.IN_SHORT, message))


def plain(text: str) -> str:
    """Return the words of some Markdown.

    >>> plain('- **Call** [us](x.md) or a {{ term("trusted flagger") }}.{{ cite("ran") }}')
    'Call us or a trusted flagger.'
    """
    return " ".join(_MARKUP.sub(" ", _NAMING.sub(r"\1", _CITING.sub("", text))).replace(" .", ".").split())


def first_lines_of_steps(page: Page) -> Iterator[_Line]:
    """Return the first line of each step, below who does it."""
    part = ""
    for section in page.outline.sections:
        part = section.title if section.level < 3 else part  # noqa: PLR2004 - parts have level 2
        if part == "Steps" != section.title:
            lines = (line for line in _lines_of(page, section) if not line.text.startswith(("**Who:**", "{{ covers")))
            yield from list(lines)[:1]


def begins_with_attribution(text: str) -> bool:
    """Whether the first sentence says first who asks for something.

    >>> begins_with_attribution("The Council of Europe asks for quiet."), begins_with_attribution("Ask the council.")
    (True, False)
    """
    return _ATTRIBUTION.match(_END.split(plain(text), maxsplit=1)[0]) is not None


def hedging_sentences(page: Page) -> Iterator[_Line]:
    """Return each sentence that says of itself that nobody tested it; where a page speaks of evidence it may."""
    part = ""
    for section in page.outline.sections:
        part = section.title if section.level < 3 else part  # noqa: PLR2004 - parts have level 2
        for location, text in _lines_of(page, section) if part != _ABOUT_EVIDENCE else ():
            sentences = _END.split(plain(text))
            yield from (_Line(location, sentence) for sentence in sentences if _HEDGE.search(sentence))


def _lines_of(page: Page, section: Section) -> Iterator[_Line]:
    """Return the lines below a heading that are not empty, up to the next heading."""
    end = next((other.line for other in page.outline.sections if other.line > section.line), None)
    lines = page.body.split("\n")
    first = section.line - page.first_line + 1
    for number, line in enumerate(lines[first : end and end - page.first_line], section.line + 1):
        if line.strip():
            yield _Line(Location(page.file, number), line.strip())
