"""Packs take their articles from the built site, in its order, without the site around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.downloads.articles import read_articles
from handbook.downloads.errors import DownloadError
from tests.support.site import page_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE = '<html><body{next}><nav>Menu</nav><article class="md-typeset">{body}</article></body></html>'


def page(body: str = "<h1>A page</h1>", following: str = "") -> str:
    """Return a built page."""
    return PAGE.format(body=body, next=f' data-next="{following}"' if following else "")


def write(site: Path, pages: Mapping[str, str]) -> Path:
    """Write pages where a site is."""
    for name, content in pages.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content, encoding="utf-8")
    return site


def test_order(tmp_path: Path) -> None:
    """Links to the next page come first, and what they do not reach follows by address."""
    site = write(
        tmp_path,
        {
            "index.html": page(following="z/"),
            "z/index.html": page(following="../a/"),
            "a/index.html": page(),
            "c/index.html": page(),
            "b/index.html": page(),
            "404.html": page(),
        },
    )
    assert list(read_articles(site)) == ["", "z/", "a/", "b/", "c/"]


def test_pages_that_lead_in_a_circle(tmp_path: Path) -> None:
    """Links that come back to a page do not keep the reader going for ever."""
    site = write(tmp_path, {"index.html": page(following="a/"), "a/index.html": page(following="../")})
    assert list(read_articles(site)) == ["", "a/"]


def test_content(tmp_path: Path) -> None:
    """An article has neither its title nor what serves the screen only; text after these stays."""
    body = (
        "<h1>An <em>article</em></h1><p>One<script>x()</script> two<!-- note --> three</p>"
        '<h2 id="h">Heading<a class="headerlink" href="#h">¶</a></h2>'
    )
    article = read_articles(write(tmp_path / "site", {"index.html": page(body)}))[""]
    assert (article.title, article.file) == ("An article", "site/index.html")
    assert article.content.text_content() == "One two threeHeading"


def test_addresses(site: Path) -> None:
    """On the real site, each page has an article of its own, beginning with the front page."""
    articles = read_articles(site)
    assert next(iter(articles)) == ""
    assert len(articles) == len(page_names(site))
    assert articles["prisons/release/"].file == "site/prisons/release/index.html"


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({}, "site:1:1: error[not-printable] there is no built site here; make it with 'make site'"),
        (
            {"index.html": "<p>Text</p>"},
            "site/index.html:1:1: error[not-printable] the page has no <article>; check what the theme makes of it",
        ),
        (
            {"index.html": page("<p>Text</p>")},
            "site/index.html:1:1: error[not-printable] the article has no <h1> with text; give the page a title",
        ),
        (
            {"index.html": page("<h1> </h1>")},
            "site/index.html:1:1: error[not-printable] the article has no <h1> with text; give the page a title",
        ),
    ],
)
def test_faults(tmp_path: Path, pages: Mapping[str, str], said: str) -> None:
    """A site that has nothing to take is refused with its place."""
    with pytest.raises(DownloadError) as caught:
        read_articles(write(tmp_path / "site", pages))
    assert str(caught.value).endswith(said)
