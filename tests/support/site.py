"""Built sites, and what stands on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from handbook.publishing.checksums import write_sums

if TYPE_CHECKING:
    from pathlib import Path


def small_site(folder: Path, text: str) -> Path:
    """Write a finished site of a few files."""
    for name in ("index.html", "404.html", "prisons/index.html", "assets/site.css", "downloads/handbook.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{text} {name}\n" * 50, encoding="utf-8")
    write_sums(folder)
    return folder


def read(site: Path, url: str) -> html.HtmlElement:
    """Return the article of a page of the built site."""
    (article,) = html.parse(site / url / "index.html").getroot().iter("article")
    return article


def page_names(site: Path) -> set[str]:
    """Name the files of a built site that are pages to read: neither the one for what is not found, nor redirects."""
    files = [path for path in site.rglob("*.html") if path.name != "404.html"]
    return {path.relative_to(site).as_posix() for path in files if b'http-equiv="refresh"' not in path.read_bytes()}


def words(element: html.HtmlElement) -> str:
    """Return an element's text as a reader sees it, on one line."""
    return " ".join(element.text_content().split())
