"""The site as a copy for machines without a network: unpacked anywhere, opened from a file.

A browser that opens a file, not an address, shows a list for a link to a folder. So links name files, and the pages'
own scripts fetch nothing.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from handbook.downloads.articles import is_redirect
from handbook.downloads.errors import DownloadError
from handbook.identity import SLUG
from handbook.parsing.allowed_html import require_inert
from handbook.publishing.headers import HEADERS_FILE, NGINX_FILE, POLICY, POLICY_OF_COPIES
from handbook.system.archives import write_zip
from handbook.urls import NOT_FOUND_PAGE, link_to_file, resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_FOLDER = SLUG
"""What the archive unpacks to, so that a memory stick stays tidy."""

_SERVER_ONLY = frozenset({NOT_FOUND_PAGE, "robots.txt", "sitemap.xml", "sitemap.xml.gz", HEADERS_FILE, NGINX_FILE})
_FOR_DEVELOPERS = ".map"
_OTHER_COPIES = (".zim", ".zip")

_INSIDE = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_TAG = re.compile(rf"<[a-z]{_INSIDE}>")
_LINK = re.compile(rf"(?P<tag><a\s{_INSIDE}>)(?P<text>.*?)</a>", re.DOTALL)
_PRELOAD = re.compile(rf'<link rel="preload"{_INSIDE}>')
"""Asks for a typeface early, which browsers refuse to pages that are files; the style asks for it all the same."""

_ADDRESS = re.compile(r"""(?P<key>\s(?:href|src|action))="(?P<address>[^"]*)\"""")

_SAFE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?<!\.)")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 120
"""Room for the folder on the reader's machine below the 260 characters that Windows allows."""


def write_offline(site: Path, target: Path) -> None:
    """Write the offline copy.

    Args:
        site: the folder that holds the built site, with all downloads that the copy is to have.
        target: the ZIP archive.

    Raises:
        DownloadError: if a name cannot stand on a memory stick.
        CheckFailedError: if anything could run in a page of the copy that is no file of ours.
    """
    names = copied_names(site)
    _require_safe(names)
    write_zip(((f"{_FOLDER}/{name}", content) for name, content in _copy(site, names)), target)


def copied_names(site: Path) -> list[str]:
    """Name the files that a copy holds: all but what is for servers or developers, redirects, and other copies.

    Hidden files are for servers, or not finished yet: all copies are written at the same time.
    """
    seen = (path for path in site.rglob("*") if not path.name.startswith(".") and path.is_file())
    files = [path for path in seen if path.suffix != ".html" or not is_redirect(path)]
    names = sorted(path.relative_to(site).as_posix() for path in files)
    left_out = (_FOR_DEVELOPERS, *_OTHER_COPIES)
    return [name for name in names if name not in _SERVER_ONLY and not name.endswith(left_out)]


def link_to_files(page: str, name: str, names: Collection[str]) -> str:
    """Make each link of a page name a file; a link to what the copy does not hold stays as text.

    Args:
        page: the page's HTML.
        name: its path below the site's folder.
        names: the files of the copy.
    """

    def leads_nowhere(address: str) -> bool:
        target = resolve(html.unescape(address), name)
        return target is not None and target.file not in names

    def link_or_text(found: re.Match[str]) -> str:
        address = _ADDRESS.search(found["tag"])
        return f"<span>{found['text']}</span>" if address and leads_nowhere(address["address"]) else found[0]

    def with_file(found: re.Match[str]) -> str:
        return f'{found["key"]}="{html.escape(link_to_file(html.unescape(found["address"])))}"'

    page = _LINK.sub(link_or_text, page)
    return _TAG.sub(lambda tag: _ADDRESS.sub(with_file, tag[0]), page)


def _copy(site: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    everything = frozenset(names)
    for name in names:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            page = _PRELOAD.sub("", content.decode().replace(POLICY, POLICY_OF_COPIES))
            content = link_to_files(page, name, everything).encode()
            require_inert(etree.fromstring(content, etree.HTMLParser(encoding="utf-8")), name)
        yield name, content


def _require_safe(names: Iterable[str]) -> None:
    """Stop at names that FAT, Windows or a case-blind file system would not keep as they are."""
    alike = defaultdict(list)
    for name in names:
        alike[name.casefold()].append(name)
        parts = name.split("/")
        if len(name) > _LONGEST or not all(_SAFE_NAME.fullmatch(p) and not _DEVICES.fullmatch(p) for p in parts):
            message = (
                f"'{name}' cannot be a file on every memory stick; rename it: letters, digits, '-', '_' and '.' only, "
                f"no name of a device such as 'con', and {_LONGEST} characters at most"
            )
            raise DownloadError.at(name, message)
    for same in alike.values():
        if len(same) > 1:
            message = f"'{same[0]}' and '{same[1]}' are one file on a memory stick; rename one of them"
            raise DownloadError.at(same[0], message)
