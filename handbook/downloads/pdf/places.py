"""Links within a book, which `book.typ` has set as links to addresses named `place:` and the name of a place.

typst could lead them there itself. But what has such a link it sets twice, since it knows the place only then. So each
becomes a link to a named destination of PDF 1.7, part 12.3.2.3 (ISO 32000-1), which typst makes of headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, NameTree, String

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

_SCHEME = "place:"


def lead_to_places(pdf: pikepdf.Pdf) -> list[str]:
    """Make the links that name places lead there, and say on which page that is.

    Returns:
        The names of places that the PDF does not have, whose links stay as they are.
    """
    links = list(_links(pdf))
    if not links:
        return []
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    pages = {name: numbers[place[0].objgen] for name, place in NameTree(pdf.Root.Names.Dests).items()}
    for name, link in links:
        if name in pages:
            del link[Name.A]
            link.Dest = String(name)
            link.Contents = String(f"Page {pages[name]}")
    return sorted({name for name, _ in links} - pages.keys())


def _links(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            address = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
            if address.startswith(_SCHEME):
                yield unquote(address.removeprefix(_SCHEME)), annotation
