"""Whether the links and images of pages lead somewhere, and say where."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, nearest
from handbook.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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

_EXPORTS = "data/"
"""Where the site puts the files that it exports; whether each is there is seen when it is built."""


def check_links(pages: Pages, anchors: Mapping[str, frozenset[str] | None], report: Report) -> None:
    """Check the links and images of all pages.

    Args:
        pages: the pages that could be read.
        anchors: what links may lead to, by the path below `docs/`: pages with their anchors, and files that have none;
            None where they cannot be known.
        report: called with each problem.
    """
    for page in pages:
        for link in page.inlines.links:
            for kind, message in (*_vague(link), *_misleading(link), *_broken(link, page, anchors)):
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


_SITE = r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]\S*)?"
_MAIL = r"mailto:([\w.+-]+@[\w.-]+)"
_NUMBER = r"tel:(\+?[0-9]+)"


def _misleading(link: Link) -> Iterator[tuple[ProblemKind, str]]:
    """Yield what is wrong where the words of a link are an address or a number, and it leads to another."""
    words = unescape(re.sub(r"[*_\\]|<[^<>]*>", "", link.text)).strip().casefold()
    address = link.address.casefold()
    if address.startswith("tel:"):
        found = re.fullmatch(_NUMBER, address)
        agrees = found and re.sub(r"[^\d+]", "", words) == found[1]
        advice = "write the number itself there, and 'tel:' with its digits as the address"
    elif address.startswith("mailto:"):
        found = re.fullmatch(_MAIL, address)
        agrees = found and ("@" not in words or words == found[1])
        advice = "write 'mailto:' and the one address that the words name"
    elif address.startswith("http"):
        named = re.fullmatch(_SITE, words) or re.search(rf"(?=https?://|\bwww\.){_SITE}", words)
        found = re.match(_SITE, address)
        agrees = "\1" not in words and (not named or (found and named[1] == found[1]))  # code is not read here
        advice = "say in words what readers will find there"
    else:
        return
    if not agrees:
        shown = re.sub("\1+", "`…`", link.text.strip())
        message = f"'{shown}' is not where '{link.address}' leads; {advice}"
        yield ProblemKind.UNSAFE_ADDRESS, message


def _broken(link: Link, page: Page, anchors: Mapping[str, frozenset[str] | None]) -> Iterator[tuple[ProblemKind, str]]:
    path, _, anchor = link.address.partition("#")
    is_elsewhere = re.match(r"[^/?#]*:|//", path)  # or refused already
    found = None if is_elsewhere else resolve(link.address, page.src_uri)
    if found is None:
        return
    target = found.url.removesuffix("/")
    if path.startswith("/"):
        message = f"'{link.address}' begins at the server, not at the site; write the way from this page, as '../…'"
        yield ProblemKind.BROKEN_LINK, message
    elif target not in anchors:
        if not target.startswith(_EXPORTS):
            advice = nearest(path, _neighbours(target, page, anchors)) or "; name the file, as in ../prisons/release.md"
            message = f"'{link.address}' leads to no page, image or download{advice}"
            yield ProblemKind.BROKEN_LINK, message
    elif anchor and (known := anchors[target]) is not None and unquote(anchor) not in known:
        near = nearest(anchor, sorted(known)) or "; take it from the heading's link on the site"
        yield ProblemKind.BROKEN_LINK, f"'{target}' has no place '#{anchor}'{near}"


def _neighbours(target: str, page: Page, targets: Iterable[str]) -> list[str]:
    """Find the files that may have been meant, those with the target's folder or name, as a page would link to them."""
    folder, name = posixpath.split(target)
    near = (file for file in targets if posixpath.dirname(file) == folder or posixpath.basename(file) == name)
    return sorted(posixpath.relpath(file, posixpath.dirname(page.src_uri) or ".") for file in near)
