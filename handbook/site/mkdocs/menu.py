"""Where in the menu the pages stand that it does not name: below the page at whose address theirs begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


def place_in_menu(nav: Navigation, pages: Iterable[Page]) -> None:
    """Set the parent of each page that the menu does not name: the page above it that has the longest address.

    The frame of a page then knows its door and the way to it, as it does for pages of the menu.

    Args:
        nav: the menu, as MkDocs has read it.
        pages: all pages of the site.
    """
    named = {page.url: page for page in nav.pages if not page.is_homepage}
    for page in pages:
        if page.parent is None and page.url not in named:
            above = page.url
            while above and above not in named:
                above = above.rstrip("/").rpartition("/")[0]
                above = f"{above}/" if above else ""
            page.parent = _holder(named.get(above))  # type: ignore[assignment]  # a page has what is asked of a section


def _holder(page: Page | None) -> StructureItem | None:
    """Return what leads to the pages below one: the page itself, or the section that has it for its first page."""
    is_first = page is not None and page.parent is not None and page.parent.children[0] is page
    return page.parent if page and is_first else page
