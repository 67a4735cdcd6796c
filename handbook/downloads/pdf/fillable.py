"""Fields to fill in, in the places where `book.typ` has put links named `field:kind/name/label`.

typst makes no fields. Its links have all that a field needs: a place on the page, and one in the order of reading.
So each becomes a field of PDF 1.7, part 12.7 (ISO 32000-1), and its element a `Form` (14.8.4.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEME = "field:"

_PRINTED = 4
"""The flag of an annotation that is on paper too."""

_MULTILINE = 1 << 12
"""The flag of a field in which text runs over several lines."""

_FONT = "/Helv 9 Tf 0 g"
_ON = Name.Yes


class _Field(NamedTuple):
    """A field where a link is: what is written into it, its name in the form, and what is read aloud for it."""

    link: pikepdf.Object
    kind: str
    name: str
    label: str


def make_fillable(pdf: pikepdf.Pdf) -> None:
    """Make fields of the links that stand for fields; a PDF that has none stays as it is."""
    found = list(_fields(pdf))
    if not found:
        return
    for field in found:
        _make_field(pdf, field)
    _name_elements(pdf)
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field.link for field in found]),
        DA=String(_FONT),
        DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(helvetica))),
    )


def _fields(pdf: pikepdf.Pdf) -> Iterator[_Field]:
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            address = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
            if address.startswith(_SCHEME):
                kind, name, label = unquote(address.removeprefix(_SCHEME)).split("/", 2)
                yield _Field(annotation, kind, name, label)
        # what follows reads each page's own annotations, which stay in their order: that of reading
        if Name.Annots in page.obj:
            page.obj.Tabs = Name.S


def _make_field(pdf: pikepdf.Pdf, field: _Field) -> None:
    link = field.link
    for key in (Name.A, Name.Border, Name.C, Name.Contents, Name.QuadPoints, Name.H):
        if key in link:
            del link[key]
    link.Subtype = Name.Widget
    link.F = _PRINTED
    link.T = String(field.name)
    link.TU = String(field.label)
    left, bottom, right, top = (float(number) for number in link.Rect)
    width, height = right - left, top - bottom
    if field.kind == "tick":
        link.FT = Name.Btn
        link.V = link.AS = Name.Off
        link.MK = Dictionary(CA=String("4"))
        crossed = f"q 1 w 2 2 m {width - 2:.2f} {height - 2:.2f} l 2 {height - 2:.2f} m {width - 2:.2f} 2 l S Q"
        shapes = {"/Yes": _shape(pdf, width, height, crossed), "/Off": _shape(pdf, width, height, "")}
        link.AP = Dictionary(N=Dictionary(shapes))
    else:
        link.FT = Name.Tx
        link.DA = String(_FONT)
        link.AP = Dictionary(N=_shape(pdf, width, height, "/Tx BMC EMC"))
        if field.kind in {"lines", "cell"}:
            link.Ff = _MULTILINE


def _shape(pdf: pikepdf.Pdf, width: float, height: float, drawn: str) -> pikepdf.Object:
    """Return what a field shows."""
    shape = pdf.make_stream(drawn.encode())
    shape.Type, shape.Subtype = Name.XObject, Name.Form
    shape.BBox = Array([0, 0, round(width, 2), round(height, 2)])
    shape.Resources = Dictionary()
    return shape


def _name_elements(pdf: pikepdf.Pdf) -> None:
    """Call the elements around the fields forms, of which each has nothing but its field."""
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get(Name.S) == Name.Link and _has_field(element):
            element.S = Name.Form


def _has_field(element: pikepdf.Object) -> bool:
    parts = element.get(Name.K, Array())
    return any(
        part.get(Name.Type) == Name.OBJR and part.Obj.get(Name.Subtype) == Name.Widget
        for part in (parts if isinstance(parts, Array) else [parts])
        if isinstance(part, Dictionary)
    )
