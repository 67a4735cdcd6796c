"""Where links lead and how pages link: one table for all that resolve or write a link."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest

from handbook.urls import file_of, is_internal, link_to_file, page_url, relative, resolve

PAGE = "prisons/release/"

LINKS = {
    "": (PAGE, ""),
    "#steps": (PAGE, "steps"),
    "./": (PAGE, ""),
    ".": (PAGE, ""),
    "index.html": (PAGE, ""),
    "../talk/": ("prisons/talk/", ""),
    "../talk/#in%20short": ("prisons/talk/", "in%20short"),
    "..": ("prisons/", ""),
    "../": ("prisons/", ""),
    "../index.html#steps": ("prisons/", "steps"),
    "../..": ("", ""),
    "../../": ("", ""),
    "../../index.html": ("", ""),
    "../../#start": ("", "start"),
    "../../downloads/prisons.pdf": ("downloads/prisons.pdf", ""),
    "../../search/?q=exit": ("search/", ""),
    "../%C3%A9cole/": ("prisons/école/", ""),
    "../talk/../release/": (PAGE, ""),
}
"""What stands on a page, with the place that it means."""

ELSEWHERE = ("https://example.org/", "//example.org/", "mailto:a@example.org", "tel:112")


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("base", [PAGE, f"{PAGE}index.html"])
def test_resolve(link: str, base: str) -> None:
    """A link leads where a browser would go, from a page by its address or by its file."""
    found = resolve(link, base)
    assert found == LINKS[link]
    joined = urlsplit(urljoin(f"https://site.invalid/{PAGE}", link))
    assert found is not None
    assert found.file == file_of(unquote(joined.path[1:]).removesuffix("index.html"))


@pytest.mark.parametrize("link", ELSEWHERE)
def test_elsewhere(link: str) -> None:
    """A link with a scheme or host is none of the site's."""
    assert (is_internal(link), resolve(link, PAGE)) == (False, None)
    assert link_to_file(link) == link


@pytest.mark.parametrize("link", ["../../../etc/passwd", "/etc/passwd", "../../.."])
def test_above_the_root(link: str) -> None:
    """What is outside the site's folder has no address of the site."""
    found = resolve(link, PAGE)
    assert found is not None
    assert found.url.startswith(("..", "/"))


@pytest.mark.parametrize("base", ["", "prisons/", PAGE, "404.html", "data/index.json"])
@pytest.mark.parametrize(
    "url", ["", "prisons/", PAGE, "downloads/a.pdf", "feed.xml", "a/b/c/", "prisons/release/#steps"]
)
def test_relative_is_the_inverse(url: str, base: str) -> None:
    """A link written from one page to an address leads to that address."""
    found = resolve(relative(url, base), base)
    assert found is not None
    assert found == (url.partition("#")[0], url.partition("#")[2])


@pytest.mark.parametrize(
    ("link", "file"),
    [("../talk/", "../talk/index.html"), ("..", "../index.html"), ("#steps", "#steps"), ("../a.pdf", "../a.pdf")],
)
def test_link_to_file(link: str, file: str) -> None:
    """A program that opens files finds the page behind a link to a folder."""
    assert link_to_file(link) == file


def test_files() -> None:
    """A page is a file in the folder of its address."""
    for file in ("index.html", "prisons/index.html", "404.html", "feed.xml"):
        assert file_of(page_url(file)) == file
