"""Binds parts of a book, each a tagged PDF of its own, into one.

Pages, tags, bookmarks and named places are joined; then the links that name a place in the book are made to lead there.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf, String

from handbook.downloads.pdf.links import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FOOTER = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q /Total Do Q EMC\n"
"""Draws something on a page that is not read with its text."""


class Binding:
    """A book in the making. Its first part gives it title, language and whatever else a document says of itself."""

    def __init__(self, part: bytes, first: int) -> None:
        """Begin with a part.

        Args:
            part: a tagged PDF.
            first: the number of its first page.
        """
        self._pdf = pikepdf.open(io.BytesIO(part))
        self._first = first
        self._before = first - 1
        self._parts = 1
        tree = self._pdf.Root.StructTreeRoot
        self._document = _document(self._pdf)
        self._tags: dict[int, Object] = dict(NumberTree(tree.ParentTree))
        self._ids: dict[str, Object] = dict(NameTree(tree.IDTree)) if "/IDTree" in tree else {}
        self._places = {name: self._place(place, 0) for name, place in _places(self._pdf)}

    @property
    def next_page(self) -> int:
        """The number that the next page will have."""
        return self._first + len(self._pdf.pages)

    @property
    def pages(self) -> Mapping[str, int]:
        """For each named place, the number of its page."""
        number = {page.obj.objgen: number for number, page in enumerate(self._pdf.pages, self._first)}
        return {name: number[place[0].objgen] for name, place in self._places.items()}

    def add(self, part: bytes) -> None:
        """Add a part behind the others."""
        self._take(part, len(self._pdf.pages))

    def add_in_front(self, part: bytes) -> None:
        """Add a part before all others, on the pages left free for it; these are counted and bear no number."""
        self._take(part, 0)
        self._first = 1

    def stamp(self, total: bytes) -> None:
        """Put the number of all pages, which is all that a PDF shows, on each page but those left free in front."""
        with pikepdf.open(io.BytesIO(total)) as source:
            form = self._pdf.copy_foreign(source.pages[0].as_form_xobject())
        drawn = self._pdf.make_stream(_FOOTER)
        for page in self._pdf.pages[self._before :]:
            page.add_resource(form, Name.XObject, Name.Total)
            page.Contents = Array([drawn, *_all(page.Contents)])

    def finished(self) -> bytes:
        """Give the book with all its links."""
        self._lead_links()
        tree = self._pdf.Root.StructTreeRoot
        tree.ParentTree = self._pdf.make_indirect(_tree("/Nums", sorted(self._tags.items())))
        tree.ParentTreeNextKey = max(self._tags, default=-1) + 1
        if self._ids:
            tree.IDTree = self._pdf.make_indirect(_tree("/Names", _sorted_names(self._ids)))
        self._pdf.Root.Names = Dictionary(Dests=_tree("/Names", _sorted_names(self._places)))
        out = io.BytesIO()
        self._pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()

    def _take(self, part: bytes, at: int) -> None:
        source = pikepdf.open(io.BytesIO(part))
        self._parts += 1
        shift = max(self._tags, default=-1) + 1
        _shift_parents(source, shift)
        _rename_ids(source, self._parts)
        if at:
            self._pdf.add_pages_from(source)
        else:
            for page in reversed(source.pages):
                self._pdf.pages.insert(0, page)
        self._places |= {name: self._place(place, at, source) for name, place in _places(source)}
        self._join_tags(source, shift, in_front=not at)

    def _join_tags(self, source: Pdf, shift: int, *, in_front: bool) -> None:
        """Join the trees of tags; what they say of pages is about their copies, so pages must be copied before."""
        tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        taken = list(_only(tree.K).K)
        for element in taken:
            element.P = self._document
        own = list(self._document.K)
        self._document.K = Array([*taken, *own] if in_front else [*own, *taken])
        self._tags |= {key + shift: value for key, value in NumberTree(tree.ParentTree).items()}
        if "/IDTree" in tree:
            self._ids |= dict(NameTree(tree.IDTree))
        for tag, role in tree.get("/RoleMap", {}).items():
            self._pdf.Root.StructTreeRoot.RoleMap[tag] = role

    def _place(self, place: Object, at: int, source: Pdf | None = None) -> Array:
        number = (source or self._pdf).pages.index(pikepdf.Page(place[0]))
        return Array([self._pdf.pages[at + number].obj, *list(place)[1:]])

    def _lead_links(self) -> None:
        pages = self.pages
        for page in self._pdf.pages:
            for link in page.get("/Annots", []):
                address = str(link.A.get("/URI", "")) if "/A" in link else ""
                if address.startswith(INSIDE):
                    name = unquote(address.removeprefix(INSIDE))
                    del link.A
                    link.Dest = String(name)
                    link.Contents = String(f"Page {pages[name]}")


def _all(item: Object) -> list[Object]:
    return list(item) if isinstance(item, Array) else [item]


def _only(item: Object) -> Object:
    return item[0] if isinstance(item, Array) else item


def _document(pdf: Pdf) -> Object:
    return _only(pdf.Root.StructTreeRoot.K)


def _places(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        yield from NameTree(names).items()


def _tree(key: str, entries: list[tuple[Object | int, Object]]) -> Dictionary:
    """Give a tree of names or numbers that is a single leaf, as typst makes them too."""
    return Dictionary({key: Array([part for entry in entries for part in entry])})


def _sorted_names(entries: Mapping[str, Object]) -> list[tuple[Object | int, Object]]:
    """Sort by the bytes of the names, as readers search them."""
    return sorted(((String(name), value) for name, value in entries.items()), key=lambda entry: bytes(entry[0]))


def _shift_parents(source: Pdf, shift: int) -> None:
    """Move the numbers by which pages and links know their tags behind those that are taken."""
    for page in source.pages:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + shift
        for link in page.get("/Annots", []):
            if "/StructParent" in link:
                link.StructParent = int(link.StructParent) + shift


def _rename_ids(source: Pdf, number: int) -> None:
    """Give tags with an id one that no other part has, and tell the cells of a table."""
    tree = source.Root.StructTreeRoot
    if "/IDTree" not in tree:
        return
    renamed = {f"{number} {name}": element for name, element in NameTree(tree.IDTree).items()}
    for name, element in renamed.items():
        element.ID = String(name)
    tree.IDTree = source.make_indirect(_tree("/Names", _sorted_names(renamed)))
    tables = [_table(element) for element in renamed.values() if element.S == Name.TH]
    for table in {table.objgen: table for table in tables}.values():
        for cell in _cells(table):
            for attributes in cell.get("/A", []):
                if "/Headers" in attributes:
                    attributes.Headers = Array([String(f"{number} {header}") for header in attributes.Headers])


def _table(element: Object) -> Object:
    while Name.Table != element.S:
        element = element.P
    return element


def _cells(element: Object) -> Iterator[Object]:
    for child in element.get("/K", []):
        if isinstance(child, Dictionary) and child.get("/S") in {Name.TH, Name.TD}:
            yield child
        elif isinstance(child, Dictionary):
            yield from _cells(child)
