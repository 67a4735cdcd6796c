"""Links and addresses of the site: where a link leads, how a page links to what, which file shows an address.

An address (url) is relative to the site's root, without a slash before it: `prisons/release/`, empty for the front
page. A page is known here by its address or by its file, which is in the same folder.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_INDEX = "index.html"

NOT_FOUND_PAGE = "404.html"
"""The page that servers show at any address that has none; so its links begin at the server's root."""


class Target(NamedTuple):
    """A place on the site.

    Attributes:
        url: the address of the page or file, unquoted; it ends in a slash, or is empty, for a page.
        fragment: what stands after `#`, as it was written.
    """

    url: str
    fragment: str

    @property
    def file(self) -> str:
        """The file that a server sends for the address."""
        return file_of(self.url)


def is_internal(link: str) -> bool:
    """Whether a link leads to the site that it stands on: it names neither scheme nor host."""
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc


def resolve(link: str, base: str) -> Target | None:
    """Find the place to which a link leads, as browsers do (RFC 3986, section 5.2); None for one that leaves the site.

    What leads above the site's root begins with `..`, or with a slash if the link does, and so is no place on it.

    Args:
        link: as it is written.
        base: address or file of the page on which it stands.

    >>> resolve("../talk/#steps", "prisons/release/")
    Target(url='prisons/talk/', fragment='steps')
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return Target(page_url(base), parts.fragment)
    path = unquote(parts.path)
    url = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    name = posixpath.basename(path)
    if name in {"", ".", "..", _INDEX}:
        folder = posixpath.dirname(url) if name == _INDEX else url
        url = "" if folder in {"", "."} else f"{folder.rstrip('/')}/"
    return Target(url, parts.fragment)


def file_of(url: str) -> str:
    """Return the file that is at an address, below the site's folder.

    >>> file_of("prisons/release/"), file_of("feed.xml")
    ('prisons/release/index.html', 'feed.xml')
    """
    return f"{url}{_INDEX}" if not url or url.endswith("/") else url


def url_of(src_uri: str) -> str:
    """Return the address of the page that is made of a file below `docs/`.

    >>> url_of("prisons/release.md"), url_of("prisons/index.md")
    ('prisons/release/', 'prisons/')
    """
    stem = src_uri.removesuffix(".md")
    return stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"


def page_url(file: str) -> str:
    """Return the address of a built page.

    >>> page_url("prisons/release/index.html"), page_url("404.html")
    ('prisons/release/', '404.html')
    """
    return file.removesuffix(_INDEX) if posixpath.basename(file) == _INDEX else file


def relative(url: str, base: str) -> str:
    """Return the link from one page to an address of the site.

    Args:
        url: the address, with a fragment or without.
        base: address or file of the page that has the link.

    >>> relative("recommendations/pri-01/#why", "prisons/release/")
    '../../recommendations/pri-01/#why'
    """
    path, hash_, fragment = url.partition("#")
    if hash_ and path == page_url(base):
        return f"#{fragment}"
    target, start = path.split("/"), base.split("/")[:-1]
    shared = len(posixpath.commonprefix([target[:-1], start]))
    way = "/".join([".."] * (len(start) - shared) + target[shared:])
    return f"{way or './'}{hash_}{fragment}"


def link_to_file(link: str) -> str:
    """Let a link to a page name its file, for programs that open files and ask no server; leave others as they are.

    >>> link_to_file("../release/#steps"), link_to_file("https://example.org/")
    ('../release/index.html#steps', 'https://example.org/')
    """
    parts = urlsplit(link)
    if not is_internal(link) or not parts.path or posixpath.basename(parts.path) not in {"", ".", ".."}:
        return link
    return parts._replace(path=posixpath.join(parts.path, _INDEX)).geturl()
