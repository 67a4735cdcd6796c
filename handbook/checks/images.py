"""Whether an image is what its ending says, and draws nothing but itself.

A drawing in SVG is a document: it can hold scripts, and fetch what it likes. So only drawing elements may be in it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from handbook.parsing.allowed_html import DRAWN, DRAWN_ANYWHERE, drawing_fault
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.parsing.allowed_html import Fault
    from handbook.problems import Report

_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",)}
)

ENDINGS = frozenset({*_BEGINNINGS, ".svg"})
"""Of images."""

_NAMESPACES = frozenset({"", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"})


def check_image(data: bytes, ending: str, file: str, report: Report) -> None:
    """Check an image.

    Args:
        data: its bytes.
        ending: of its name, one of `ENDINGS`.
        file: its name in problems.
        report: called with each problem.
    """
    if ending == ".svg":
        _check_drawing(data, file, report)
    elif not data.startswith(_BEGINNINGS[ending]) or (ending == ".webp" and data[8:12] != b"WEBP"):
        message = f"this is not a '{ending}' image; save it as one with a program for images"
        report(Problem(Location(file), ProblemKind.FILE_TYPE, message))


def _check_drawing(data: bytes, file: str, report: Report) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"this is not an '.svg' image ({error.msg}); save it as one with a program for drawings"
        report(Problem(Location(file, line or 1, column or 1), ProblemKind.FILE_TYPE, message))
        return
    if root.getroottree().docinfo.doctype:
        message = "the drawing begins with a document type, which can hide things; delete it"
        report(Problem(Location(file), ProblemKind.FORBIDDEN_HTML, message))
    for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        for kind, message in _faults(element):
            report(Problem(Location(file, element.sourceline or 1), kind, message))


def _faults(element: etree._Element) -> Iterator[Fault]:
    if not isinstance(element.tag, str):
        if not isinstance(element, etree._Comment):  # noqa: SLF001 - lxml has no public name for it
            yield ProblemKind.FORBIDDEN_HTML, "a drawing may not have instructions or entities; delete this one"
        return
    name = etree.QName(element)
    tag = name.localname.casefold()
    if (name.namespace or "") not in _NAMESPACES or tag not in DRAWN:
        yield (
            ProblemKind.FORBIDDEN_HTML,
            f"'<{name.localname}>' may not be in a drawing; delete it, or draw it with paths",
        )
        return
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        own = attribute.localname.casefold()
        if (attribute.namespace or "") not in _NAMESPACES or own not in DRAWN[tag] | DRAWN_ANYWHERE:
            yield ProblemKind.FORBIDDEN_HTML, f"'<{name.localname}>' may not have '{attribute.localname}'; delete it"
        elif fault := drawing_fault(own, value):
            yield ProblemKind.UNSAFE_ADDRESS, fault
