"""The pages under `docs/`: front matter, sections and macro calls, with nothing rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.limits import LARGEST_PAGE, MOST_PAGES_KEPT
from handbook.model.front_matter import PageMeta
from handbook.model.records import Selection
from handbook.model.registry import group_by
from handbook.model.validation import validate
from handbook.parsing.density import density_problem
from handbook.parsing.front_matter import read_front_matter
from handbook.parsing.inlines import Inlines, find_inlines, without_attributes
from handbook.parsing.macro_calls import CALL, Call, Template, read_template
from handbook.parsing.outline import Outline, Section, outline
from handbook.parsing.prose import plain_text
from handbook.parsing.readings import reading_faults
from handbook.parsing.text_files import read_text
from handbook.parsing.unwritten import report_unwritten
from handbook.problem_kinds import ProblemKind
from handbook.problems import LineIndex, Location, Problem, Report
from handbook.system.processes import map_chunked
from handbook.urls import resolve, url_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path


EMBEDDING = frozenset({"advice", "conversation", "decision"})
"""Macros that show an entry of the registry which cites sources of its own; each takes the id under its own name."""


@dataclass(frozen=True)
class Page:
    """One Markdown page.

    Attributes:
        src_uri: its path below `docs/`, as MkDocs has it.
        text: all of the file.
        meta: its front matter.
        body: the Markdown after the front matter.
        first_line: line of the file on which the body begins.
        prose: its running text, without markup.
        outline: its headings and code fences.
        calls: its macro calls in their order.
        inlines: its links and anchors.
        embedded: the sources of what it embeds from the registry, by macro and id; see `handbook.model.embedding`.
    """

    src_uri: str
    text: str
    meta: PageMeta
    body: str
    first_line: int
    prose: str
    outline: Outline
    calls: tuple[Call, ...]
    inlines: Inlines
    embedded: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Its path in problems."""
        return f"docs/{self.src_uri}"

    @property
    def area(self) -> str:
        """The folder it is in, which is the id of its challenge area when it belongs to one."""
        return self.src_uri.partition("/")[0] if "/" in self.src_uri else ""

    @property
    def url(self) -> str:
        """Its address below the site's root."""
        return url_of(self.src_uri)

    @cached_property
    def citations(self) -> Mapping[str, int]:
        """The sources that it cites, by id, with the number each has on the page."""
        cited = dict.fromkeys(self._cited(self.calls))
        return MappingProxyType({source: number for number, source in enumerate(cited, 1)})

    def _cited(self, calls: Iterable[Call]) -> Iterator[str]:
        for call in calls:
            if call.macro == "cite":
                yield str(call.arguments["source"])
            elif call.macro in EMBEDDING:
                yield from self.embedded.get((call.macro, str(call.arguments[call.macro])), ())

    @cached_property
    def linked(self) -> frozenset[str]:
        """Every `src_uri` to which its links lead."""
        found = (resolve(link.address, self.src_uri) for link in self.inlines.links)
        return frozenset(target.url for target in found if target)

    def linked_in(self, section: Section) -> tuple[str, ...]:
        """Return each `src_uri` to which the links of a section lead, in the order of the text."""
        end = self.outline.end_of(section)
        links = (link for link in self.inlines.links if section.line < link.location.line < end)
        found = (resolve(link.address, self.src_uri) for link in links)
        return tuple(dict.fromkeys(target.url for target in found if target))

    def fits(self, selection: Selection) -> bool:
        """Whether a selection takes it."""
        if self.src_uri in selection.pages:
            return True
        meta = self.meta
        fitting = (
            not selection.pages or selection != Selection(pages=selection.pages),
            not selection.areas or self.area in selection.areas,
            not selection.roles or not set(selection.roles).isdisjoint(meta.roles),
            not selection.kinds or meta.kind in selection.kinds,
            not selection.stages or not set(selection.stages).isdisjoint(meta.stage),
        )
        return all(fitting)

    def embeds(self, macro: str) -> frozenset[str]:
        """Return the ids of what it embeds with one of the macros of `EMBEDDING`."""
        return frozenset(str(call.arguments[macro]) for call in self.calls if call.macro == macro)

    def cited_in(self, section: Section) -> tuple[str, ...]:
        """Return the ids of the sources that a section cites, its subsections included, in the order of the text."""
        end = self.outline.end_of(section)
        calls = (call for call in self.calls if section.line < call.location.line < end)
        return tuple(dict.fromkeys(self._cited(calls)))

    def section_of(self, call: Call) -> Section | None:
        """Find the section in which a call stands."""
        return self.outline.section_at(call.location.line)


@dataclass(frozen=True)
class Pages:
    """All pages by `src_uri`, and the text of those that could not be read to the end; None if it has none."""

    by_uri: Mapping[str, Page]
    broken: Mapping[str, str | None]

    def __iter__(self) -> Iterator[Page]:
        """Return the pages in the order of their paths."""
        return iter(self.by_uri.values())

    @cached_property
    def names(self) -> Collection[str]:
        """The paths of all pages, those that cannot be read too."""
        return dict.fromkeys((*self.by_uri, *self.broken))

    @cached_property
    def by_mention(self) -> Mapping[str, tuple[Page, ...]]:
        """Pages by the id of a recommendation that they mention with `rec`."""
        return group_by(
            self, lambda page: dict.fromkeys(str(c.arguments["recommendation"]) for c in page.calls if c.macro == "rec")
        )

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Page, ...]]:
        """Pages by the id of a source that they cite."""
        return group_by(self, lambda page: page.citations)

    def select(self, selection: Selection) -> Iterator[Page]:
        """Yield the pages that a selection takes."""
        return (page for page in self if page.fits(selection))


def load_pages(root: Path, report: Report) -> Pages:
    """Read every page below `docs/`.

    Args:
        root: the project's folder.
        report: called with each problem.

    Raises:
        WorkerError: if a process that reads a share of them is ended.
    """
    docs = root / "docs"
    if not docs.is_dir():
        message = "there is no folder 'docs'; put the pages into it, or run this elsewhere"
        report(Problem(Location("docs"), ProblemKind.UNREADABLE, message))
    files = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*.md"))}
    texts = {
        src_uri: read_text(path, f"docs/{src_uri}", report, most_bytes=LARGEST_PAGE) for src_uri, path in files.items()
    }
    readable = [(src_uri, text) for src_uri, text in texts.items() if text is not None]
    pages: dict[str, Page] = {}
    read = map_chunked(lambda readable: read_page(*readable), readable)
    for (src_uri, _), (page, problems) in zip(readable, read, strict=True):
        for problem in problems:
            report(problem)
        if page:
            pages[src_uri] = page
    broken = {src_uri: text for src_uri, text in texts.items() if src_uri not in pages}
    return Pages(MappingProxyType(pages), MappingProxyType(broken))


@lru_cache(maxsize=MOST_PAGES_KEPT)
def read_page(src_uri: str, text: str) -> tuple[Page | None, tuple[Problem, ...]]:
    """Return the page that a text is, None when it cannot be one, and what is wrong with it."""
    problems: list[Problem] = []
    return _parse(src_uri, text, problems.append), tuple(problems)


def _parse(src_uri: str, text: str, report: Report) -> Page | None:
    file = f"docs/{src_uri}"
    head = read_front_matter(text, file, report)
    report_unwritten(text, file, report)
    if head is None:
        return None
    body, first_line = text.split("\n", head.lines)[-1], head.lines + 1
    if problem := density_problem(body, file, first_line):
        report(problem)
        return None
    meta = validate(PageMeta, head.document, "the front matter", report)
    template = read_template(body, file, first_line, report)
    if template is None:
        return None
    structure = outline(template.text, first_line)
    faults: list[Problem] = []
    inlines = find_inlines(template, structure, LineIndex(body, file, first_line), first_line, faults.append)
    if not faults and not structure.faults:  # else much of it may follow from these
        faults += _reading_problems(template, structure, file, first_line)
    for fault in faults:
        report(fault)
    if meta is None:
        return None
    prose = plain_text(body, structure, first_line)
    return Page(src_uri, text, meta, body, first_line, prose, structure, template.calls, inlines)


_CALLED = str.maketrans(CALL, "\N{OBJECT REPLACEMENT CHARACTER}")
"""What stands for macro calls while a page is read: a sign, but one that means nothing."""


def _reading_problems(template: Template, structure: Outline, file: str, first_line: int) -> Iterator[Problem]:
    text = template.text.translate(_CALLED)
    plain = without_attributes(template, structure, first_line).translate(_CALLED)
    lines = text.split("\n")
    for fault in reading_faults(text, plain):
        column = lines[fault.line].find(fault.sign) + 1
        yield Problem(Location(file, first_line + fault.line, max(column, 1)), fault.kind, fault.message)
