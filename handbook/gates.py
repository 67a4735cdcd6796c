"""What is checked on the built site, because the sources cannot show it.

Markdown extensions and the theme can make HTML that no source contains, so links, anchors and coverage are looked at
once more where the reader meets them.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import html

from handbook.downloads import promised
from handbook.errors import CheckFailedError, Location, Problem, ProblemKind, nearest
from handbook.markup import page_faults, rendered_faults
from handbook.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handbook.corpus import Corpus

_LINKS = {
    "a": "href",
    "area": "href",
    "form": "action",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_UNPLACED = "404.html"
"""Served at any address, so its links start from the server's root, wherever the site will be."""


@dataclass(frozen=True)
class BuiltPage:
    """What the gates need of one HTML file.

    Attributes:
        file: its path below the site's folder.
        anchors: every `id` on the page.
        links: pairs of line and address, as written.
        shown: for each heading's anchor, the recommendations whose box stands in that section.
        faults: line, kind and words of each thing that the page may not have.
    """

    file: str
    anchors: frozenset[str]
    links: tuple[tuple[int, str], ...]
    shown: Mapping[str, frozenset[str]]
    faults: tuple[tuple[int, ProblemKind, str], ...]


def check_site(site: Path, corpus: Corpus) -> None:
    """Check a site whose pages are finished; what it offers for download need not be there yet.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.

    Raises:
        CheckFailedError: with one line for each broken link, and for each covering that is not shown.
    """
    files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {file: _read((site / file).read_bytes(), file) for file in sorted(files) if file.endswith(".html")}
    problems = [
        *_forbidden(site.name, pages, corpus),
        *_broken_links(site.name, files | promised(corpus).keys(), pages),
        *_hidden_coverings(pages, corpus),
    ]
    if problems:
        raise CheckFailedError(problems)


@remembered
def _read(content: bytes, file: str) -> BuiltPage:
    document = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    anchors: set[str] = set()
    links: list[tuple[int, str]] = []
    shown: defaultdict[str, set[str]] = defaultdict(set)
    heading = ""
    for element in document.iterfind(".//*"):
        anchor = element.get("id")
        if anchor:
            anchors.add(anchor)
        if element.tag in _HEADINGS:
            heading = anchor or ""
        if covered := element.get("data-covers"):
            shown[heading].update(covered.split())
        if element.tag in _LINKS and (target := element.get(_LINKS[element.tag])):
            links.append((element.sourceline or 1, target))
    by_section = {key: frozenset(ids) for key, ids in shown.items()}
    return BuiltPage(file, frozenset(anchors), tuple(links), by_section, tuple(_faults(document)))


def _faults(document: html.HtmlElement) -> Iterator[tuple[int, ProblemKind, str]]:
    """Hold articles to the list of what they may have, and what is around them, which no editor writes, to less."""
    for element in document.iterfind(".//*"):
        for fault in page_faults(str(element.tag), dict(element.attrib)):
            yield element.sourceline or 1, *fault
    for article in document.iter("article"):
        for element in article.iter():
            if not isinstance(element.tag, str):
                message = "a comment or instruction may not stand in an article; take it out"
                yield element.sourceline or 1, ProblemKind.FORBIDDEN_HTML, message
                continue
            for fault in rendered_faults(element.tag, dict(element.attrib)):
                yield element.sourceline or 1, *fault


def _forbidden(site: str, pages: Mapping[str, BuiltPage], corpus: Corpus) -> Iterator[Problem]:
    sources = {f"{page.url}index.html": page.file for page in corpus.pages}
    for page in pages.values():
        made_of = f" (this page is made of {sources[page.file]})" if page.file in sources else ""
        for line, kind, message in page.faults:
            yield Problem(Location(f"{site}/{page.file}", line), kind, f"{message}{made_of}")


def _broken_links(site: str, files: frozenset[str], pages: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    for page in pages.values():
        for line, target in page.links if page.file != _UNPLACED else ():
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = _target_file(page.file, unquote(parts.path))
            location = Location(f"{site}/{page.file}", line)
            if file not in files:
                message = (
                    f"'{target}' leads to no file of the site{nearest(file, files) or '; correct or delete the link'}"
                )
                yield Problem(location, ProblemKind.BROKEN_LINK, message)
            elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].anchors:
                near = nearest(parts.fragment, pages[file].anchors) or "; correct or delete the part after '#'"
                message = f"'{target}' leads to a place that '{file}' does not have{near}"
                yield Problem(location, ProblemKind.BROKEN_LINK, message)


def _target_file(file: str, path: str) -> str:
    if not path:
        return file
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return posixpath.normpath(posixpath.join(target, "index.html")) if path.endswith(("/", "..", ".")) else target


def _hidden_coverings(pages: Mapping[str, BuiltPage], corpus: Corpus) -> Iterator[Problem]:
    linked = {
        id_: _linked_places(pages.get(f"recommendations/{id_.lower()}/index.html"))
        for id_ in corpus.coverage.by_recommendation
    }
    for covering in corpus.coverage.coverings:
        id_, section = covering.recommendation.id, covering.section
        location = Location(f"docs/{covering.page.src_uri}", section.line)
        file = f"{covering.page.url}index.html"
        if file not in pages or id_ not in pages[file].shown.get(section.anchor, ()):
            message = f"the built page does not show '{id_}' in the section '#{section.anchor}'; put the mark under it"
            yield Problem(location, ProblemKind.NOT_SHOWN, message)
        if (file, section.anchor) not in linked[id_]:
            message = f"the page of '{id_}' does not link to '{covering.url}'; is a page of that name in its place?"
            yield Problem(location, ProblemKind.NOT_SHOWN, message)


def _linked_places(page: BuiltPage | None) -> frozenset[tuple[str, str]]:
    """Give the files and anchors to which a page links."""
    parts = (urlsplit(target) for _, target in page.links) if page else ()
    return frozenset((_target_file(page.file, unquote(part.path)), part.fragment) for part in parts if page)
