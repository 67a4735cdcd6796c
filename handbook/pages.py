"""The pages under `docs/`: front matter, sections and macro calls, with nothing rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.calls import MACROS, Call, find_calls
from handbook.errors import Location, Problem, ProblemKind, Report, nearest
from handbook.models import PARTS, PageKind, PageMeta, Stage
from handbook.outline import Outline, Section, outline
from handbook.registry import Registry, index
from handbook.source import read_front_matter, read_text, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


PART_LEVEL = 2
"""Level of the headings that divide a page into its parts; the title has level 1."""


@dataclass(frozen=True)
class Page:
    """One Markdown page.

    Attributes:
        src_uri: its path below `docs/`, as MkDocs has it.
        meta: its front matter.
        outline: its headings and code fences.
        calls: its macro calls in their order.
    """

    src_uri: str
    meta: PageMeta
    outline: Outline
    calls: tuple[Call, ...]

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
        cited = dict.fromkeys(str(call.arguments["source"]) for call in self.calls if call.macro == "cite")
        return MappingProxyType({source: number for number, source in enumerate(cited, 1)})

    def section_of(self, call: Call) -> Section | None:
        """Give the section in which a call stands."""
        return self.outline.section_at(call.location.line)


def url_of(src_uri: str) -> str:
    """Give the address of a page below the site's root: `prisons/release.md` is at `prisons/release/`."""
    stem = src_uri.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


@dataclass(frozen=True)
class Pages:
    """All pages by `src_uri`, and the text of those that could not be read to the end."""

    by_uri: Mapping[str, Page]
    broken: Mapping[str, str]

    def __iter__(self) -> Iterator[Page]:
        """Give the pages in the order of their paths."""
        return iter(self.by_uri.values())

    @cached_property
    def by_mention(self) -> Mapping[str, tuple[Page, ...]]:
        """Pages by the id of a recommendation that they mention with `rec`."""
        return index(
            self, lambda page: dict.fromkeys(str(c.arguments["recommendation"]) for c in page.calls if c.macro == "rec")
        )

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Page, ...]]:
        """Pages by the id of a source that they cite."""
        return index(self, lambda page: page.citations)

    def select(self, *, area: str = "", role: str = "", stage: str = "", kind: str = "") -> Iterator[Page]:
        """Give the pages that fit all that is asked for."""
        for page in self:
            meta = page.meta
            fits = (not area or page.area == area, not role or role in meta.roles, not stage or stage in meta.stage)
            if all(fits) and (not kind or meta.kind == kind):
                yield page


def load_pages(root: Path, registry: Registry, report: Report) -> Pages:
    """Read every page below `docs/` and check it against the registry.

    Args:
        root: the project's folder.
        registry: what pages may refer to.
        report: called with each problem.
    """
    docs = root / "docs"
    if not docs.is_dir():
        message = "there is no folder 'docs'; put the pages into it, or run this elsewhere"
        report(Problem(Location("docs"), ProblemKind.UNREADABLE, message))
    pages: dict[str, Page] = {}
    broken: dict[str, str] = {}
    for path in sorted(docs.rglob("*.md")):
        src_uri = path.relative_to(docs).as_posix()
        text = read_text(path, f"docs/{src_uri}", report)
        page = _read(src_uri, text, report) if text is not None else None
        if page:
            pages[src_uri] = page
            _check(page, text or "", registry, report)
        else:
            broken[src_uri] = text or ""
    return Pages(MappingProxyType(pages), MappingProxyType(broken))


def _read(src_uri: str, text: str, report: Report) -> Page | None:
    file = f"docs/{src_uri}"
    head = read_front_matter(text, file, report)
    if head is None:
        return None
    document, head_lines = head
    body = text.split("\n", head_lines)[-1]
    meta = validate(PageMeta, document, "the front matter", report)
    calls = find_calls(body, file, head_lines + 1, report)
    if meta is None or calls is None:
        return None
    return Page(src_uri, meta, outline(body, head_lines + 1), tuple(calls))


def _check(page: Page, text: str, registry: Registry, report: Report) -> None:
    for position, name in enumerate(page.meta.roles):
        if problem := registry.unknown("role", name, page.meta.at("roles", position)):
            report(problem)
    _check_parts(page, report)
    lines = text.split("\n")
    for call in page.calls:
        _check_names(call, registry, report)
        _check_place(page, call, lines[call.location.line - 1], report)


def _check_parts(page: Page, report: Report) -> None:
    """Report the first part of the page's kind that is missing or out of order; the rest would only follow from it."""
    wanted = PARTS.get(page.meta.kind, ())
    found = [section for section in page.outline.sections if section.level == PART_LEVEL]
    titles = iter([section.title for section in found])
    missing = next((part for part in wanted if part not in titles), None)
    if missing is None:
        return
    misplaced = next((section for section in found if section.title == missing), None)
    near = nearest(missing, [section.title for section in found if section.title not in wanted])
    fault = "stands in the wrong place" if misplaced else f"is missing{near}"
    location = Location(f"docs/{page.src_uri}", misplaced.line if misplaced else page.meta.at("kind").line)
    message = f"the part '{missing}' {fault}; the order is {', '.join(wanted)}"
    report(Problem(location, ProblemKind.MISSING_PART, message))


def _check_names(call: Call, registry: Registry, report: Report) -> None:
    for target, name in call.references():
        if target in _CHOICES:
            if name not in _CHOICES[target]:
                message = f"'{name}' is not a {target}; write one of {', '.join(_CHOICES[target])}"
                report(Problem(call.location, ProblemKind.MACRO_ARGUMENTS, message))
        elif problem := registry.unknown(target, name, call.location):
            report(problem)
        elif call.macro == "rec" and (found := registry.recommendations.get(name)) and not found.public:
            message = f"'{name}' is unverified, so no page may name it; find a source for it first"
            report(Problem(call.location, ProblemKind.UNVERIFIED, message))


_CHOICES = {"stage": tuple(str(stage) for stage in Stage), "kind": tuple(str(kind) for kind in PageKind)}


def _check_place(page: Page, call: Call, line: str, report: Report) -> None:
    """Report calls whose result Markdown would not show as meant."""
    if call.location.line in page.outline.fenced:
        message = (
            f"'{call.macro}' stands in a code fence; move it out, or write it between {{% raw %}} and {{% endraw %}}"
        )
    elif line.startswith("#"):
        message = f"'{call.macro}' stands in a heading, whose anchor would change with it; put it below"
    elif MACROS[call.macro].block and not re.fullmatch(r"\s*\{\{[^{}]*\}\}\s*", line):
        message = f"'{call.macro}' must have its line to itself; put it on a line of its own, with empty lines around"
    else:
        return
    report(Problem(call.location, ProblemKind.MACRO_PLACE, message))
