"""What is checked on the built site, because the sources cannot show it.

Markdown extensions and the theme can make HTML that no source contains, so links, anchors and coverage are looked at
once more where the reader meets them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import etree

from handbook.limits import MOST_PAGES_KEPT
from handbook.model.addresses import recommendation_url
from handbook.model.offered import expected_downloads
from handbook.model.origins import with_origin
from handbook.parsing.allowed_html import document_faults, rendered_faults
from handbook.problem_kinds import ProblemKind
from handbook.problems import CheckFailedError, Location, Problem, nearest
from handbook.system.processes import map_chunked
from handbook.urls import NOT_FOUND_PAGE, file_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.model.corpus import Corpus

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

_OLDEST_PARSER = (2, 14)
"""Version of libxml2 from which on it reads HTML as browsers do; an older one might see another page than they."""


class Link(NamedTuple):
    """A link to a place on the site.

    Attributes:
        line: where it stands.
        address: as written.
        file: to which it leads, below the site's folder.
        anchor: the place in it, if any.
    """

    line: int
    address: str
    file: str
    anchor: str


@dataclass(frozen=True)
class BuiltPage:
    """What the gates need of one HTML file.

    Attributes:
        file: its path below the site's folder.
        anchors: every `id` on the page.
        links: those that do not leave the site.
        shown: for each heading's anchor, the recommendations that the section names, each with the degree.
        faults: line, kind and words of each thing that the page may not have.
    """

    file: str
    anchors: frozenset[str]
    links: tuple[Link, ...]
    shown: Mapping[str, frozenset[tuple[str, str]]]
    faults: tuple[tuple[int, ProblemKind, str], ...]


def check_site(site: Path, corpus: Corpus) -> None:
    """Check a site whose pages are finished; what it offers for download need not be there yet.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.

    Raises:
        CheckFailedError: with one line for each broken link, and for each covering that is not shown; or if the
            parser here does not read pages as browsers do.
        WorkerError: if a process that reads a share of the pages is ended.
    """
    _require_parser(site)
    files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {page.file: page for page in _read_all(site, sorted(file for file in files if file.endswith(".html")))}
    on_pages = (
        *_forbidden(site.name, pages),
        *_broken_links(site.name, files | expected_downloads(corpus.registry, corpus.pages).keys(), pages),
    )
    problems = [
        *(with_origin(problem, site, corpus.pages) for problem in on_pages),
        *_hidden_coverings(pages, corpus),
    ]
    if problems:
        raise CheckFailedError(problems)


def _require_parser(site: Path) -> None:
    if etree.LIBXML_VERSION < _OLDEST_PARSER:
        here, needed = (".".join(map(str, version)) for version in (etree.LIBXML_VERSION, _OLDEST_PARSER))
        message = f"lxml has libxml2 {here} here, which reads HTML otherwise than browsers; install one with {needed}"
        raise CheckFailedError([Problem(Location(site.name), ProblemKind.UNREADABLE, message)])


_AT_ONCE = 200
"""Pages whose HTML is in memory at the same time."""


def _read_all(site: Path, files: Sequence[str]) -> Iterator[BuiltPage]:
    for first in range(0, len(files), _AT_ONCE):
        yield from map_chunked(lambda file: _read((site / file).read_bytes(), file), files[first : first + _AT_ONCE])


@lru_cache(maxsize=MOST_PAGES_KEPT)
def _read(content: bytes, file: str) -> BuiltPage:
    document = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    named = {""}
    faults: list[tuple[int, ProblemKind, str]] = []
    links: list[tuple[int, str]] = []
    shown: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    heading = ""
    for element in document.iterfind(".//*"):
        tag, attributes = str(element.tag), dict(element.attrib)
        anchor = attributes.get("id", "")
        if tag in _HEADINGS:
            heading = anchor
        if not attributes:
            continue
        if "id" in attributes and anchor in named:
            message = f"'{anchor}' is not the name of one place on the page; give each place a name of its own"
            faults.append((element.sourceline or 1, ProblemKind.NAME_CLASH, message))
        named.add(intern(anchor))
        if covered := attributes.get("data-covers"):
            shown[heading].update((id_, attributes.get("data-degree", "")) for id_ in covered.split())
        if tag in _LINKS and (target := attributes.get(_LINKS[tag])):
            links.append((element.sourceline or 1, target))
    return BuiltPage(
        file,
        frozenset(named - {""}),
        tuple(_links(file, links)),
        {key: frozenset(ids) for key, ids in shown.items()},
        (*faults, *document_faults(document), *_article_faults(document)),
    )


def _links(file: str, written: Iterable[tuple[int, str]]) -> Iterator[Link]:
    for line, address in written:
        if target := resolve(address, file):
            yield Link(line, *map(intern, (address, target.file, target.fragment)))  # most are on many pages


def _article_faults(document: etree._Element) -> Iterator[tuple[int, ProblemKind, str]]:
    """Hold articles to the list of what they may have; what is around them, which no editor writes, is held to less."""
    for article in document.iter("article"):
        for element in article.iter():
            if not isinstance(element.tag, str):
                message = "a comment or instruction may not stand in an article; take it out"
                yield element.sourceline or 1, ProblemKind.FORBIDDEN_HTML, message
                continue
            for fault in rendered_faults(element.tag, dict(element.attrib)):
                yield element.sourceline or 1, *fault


def _forbidden(site: str, pages: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    for page in pages.values():
        for line, kind, message in page.faults:
            yield Problem(Location(f"{site}/{page.file}", line), kind, message)


def _broken_links(site: str, files: frozenset[str], pages: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    for page in pages.values():
        for link in page.links if page.file != NOT_FOUND_PAGE else ():
            location = Location(f"{site}/{page.file}", link.line)
            if link.file not in files:
                advice = nearest(link.file, files) or "; correct or delete the link"
                message = f"'{link.address}' leads to no file of the site{advice}"
                yield Problem(location, ProblemKind.BROKEN_LINK, message)
            elif link.anchor and link.file in pages and unquote(link.anchor) not in pages[link.file].anchors:
                near = nearest(link.anchor, pages[link.file].anchors) or "; correct or delete the part after '#'"
                message = f"'{link.address}' leads to a place that '{link.file}' does not have{near}"
                yield Problem(location, ProblemKind.BROKEN_LINK, message)


def _hidden_coverings(pages: Mapping[str, BuiltPage], corpus: Corpus) -> Iterator[Problem]:
    recommendations = {
        id_: pages.get(file_of(recommendation_url(corpus.registry.recommendations[id_])))
        for id_ in corpus.coverage.by_recommendation
    }
    linked = {
        id_: {(link.file, link.anchor) for link in page.links} if page else set()
        for id_, page in recommendations.items()
    }
    for covering in corpus.coverage.coverings:
        id_, section = covering.recommendation.id, covering.section
        location = Location(f"docs/{covering.page.src_uri}", section.line)
        file = file_of(covering.page.url)
        if file not in pages or (id_, covering.degree) not in pages[file].shown.get(section.anchor, ()):
            message = (
                f"the built page does not show '{id_}' ({covering.degree}) in the section '#{section.anchor}'; put the "
                "mark at its end"
            )
            yield Problem(location, ProblemKind.NOT_SHOWN, message)
        if (file, section.anchor) not in linked[id_]:
            message = f"the page of '{id_}' does not link to '{covering.url}'; is a page of that name in its place?"
            yield Problem(location, ProblemKind.NOT_SHOWN, message)
