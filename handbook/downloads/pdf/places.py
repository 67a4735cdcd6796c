"""Links within a book, which `book.typ` has set as links to addresses named `place:said:name`.

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
    """Make the links that name places lead there, and say where: on which page, if they say nothing of their own.

    Returns:
        The names of places that the PDF does not have, whose links stay as they are.
    """
    links = list(_links(pdf))
    if not links:
        return []
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    pages = {name: numbers[place[0].objgen] for name, place in NameTree(pdf.Root.Names.Dests).items()}
    for link, said, name in links:
        if name in pages:
            del link[Name.A]
            link.Dest = String(name)
            link.Contents = String(said or f"Page {pages[name]}")
    return sorted({name for _, _, name in links} - pages.keys())


def _links(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str, str]]:
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            address = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
            if address.startswith(_SCHEME):
                said, _, name = unquote(address.removeprefix(_SCHEME)).partition(":")
                yield annotation, said, name
