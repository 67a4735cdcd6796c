"""Whether the links and images of pages lead somewhere, and say where."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.parsing.macro_calls import MACROS
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, nearest
from handbook.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.pages import Page, Pages
    from handbook.parsing.inlines import Link
    from handbook.problems import Report

_VAGUE = frozenset(
    {
        "",
        "click",
        "click here",
        "click this",
        "details",
        "download",
        "here",
        "learn more",
        "link",
        "more",
        "more information",
        "page",
        "read more",
        "read this",
        "see here",
        "see more",
        "source",
        "this",
        "this link",
        "this page",
        "website",
    }
)
"""Texts of links that say nothing without the sentence around them, as people hear them who go from link to link."""

_MADE = ("data/", "downloads/")
"""Where the site puts the files that it makes; whether each is there is seen when it is built."""

_FURNITURE = re.compile(r"sources|source-\d+")
"""Anchors that the site adds to pages."""


def check_links(pages: Pages, others: frozenset[str], report: Report) -> None:
    """Check the links and images of all pages.

    Args:
        pages: the pages that could be read.
        others: what else links may lead to, by the path below `docs/`: images, and the pages that the site makes.
        report: called with each problem.
    """
    targets = frozenset({*pages.names, *others})
    for page in pages:
        for link in page.inlines.links:
            for kind, message in (*_vague(link), *_broken(link, page, pages, targets)):
                report(Problem(link.location, kind, message))


def _vague(link: Link) -> Iterator[tuple[ProblemKind, str]]:
    words = " ".join(re.sub(r"[^\w\s\0\1-]", " ", link.text).casefold().split())
    name = posixpath.basename(link.address)
    if link.is_image:
        if not words or link.text.strip() in {name, posixpath.splitext(name)[0]}:
            message = f"the image '{name}' has no alternative text; say in '![…]' what it shows"
            yield ProblemKind.MISSING_ALT, message
    elif words in _VAGUE:
        message = f"'{link.text.strip()}' does not say where the link leads; name what readers will find there"
        yield ProblemKind.VAGUE_LINK, message


def _broken(link: Link, page: Page, pages: Pages, targets: frozenset[str]) -> Iterator[tuple[ProblemKind, str]]:
    path, _, anchor = link.address.partition("#")
    is_elsewhere = re.match(r"[^/?#]*:|//", path)  # or refused already
    found = None if is_elsewhere else resolve(link.address, page.src_uri)
    if found is None:
        return
    target = found.url.removesuffix("/")
    if path.startswith("/"):
        message = f"'{link.address}' begins at the server, not at the site; write the way from this page, as '../…'"
        yield ProblemKind.BROKEN_LINK, message
    elif target not in targets and not target.startswith(_MADE):
        advice = nearest(path, _neighbours(target, page, targets)) or "; name the file, as in ../prisons/release.md"
        message = f"'{link.address}' leads to no page or image{advice}"
        yield ProblemKind.BROKEN_LINK, message
    elif anchor and target in pages.by_uri and not _has(pages.by_uri[target], unquote(anchor)):
        known = [section.anchor for section in pages.by_uri[target].outline.sections]
        near = nearest(anchor, known) or "; take it from the heading's link on the site"
        yield ProblemKind.BROKEN_LINK, f"'{target}' has no place '#{anchor}'{near}"


def _neighbours(target: str, page: Page, targets: frozenset[str]) -> list[str]:
    """Find the files that may have been meant, those with the target's folder or name, as a page would link to them."""
    folder, name = posixpath.split(target)
    near = (file for file in targets if posixpath.dirname(file) == folder or posixpath.basename(file) == name)
    return sorted(posixpath.relpath(file, posixpath.dirname(page.src_uri) or ".") for file in near)


_WITHOUT_ANCHORS = frozenset({"advice", "covers"})
"""Macros whose blocks are no lists of things with places of their own."""


def _has(page: Page, anchor: str) -> bool:
    """Tell whether a page has an anchor, as far as that can be known: lists that macros make set anchors too."""
    return (
        anchor in page.inlines.anchors
        or any(section.anchor == anchor for section in page.outline.sections)
        or _FURNITURE.fullmatch(anchor) is not None
        or any(MACROS[call.macro].block and call.macro not in _WITHOUT_ANCHORS for call in page.calls)
    )
