"""Whether an image is what its ending says, and draws nothing but itself.

A drawing in SVG is a document: it can hold scripts, and fetch what it likes. So only drawing elements may be in it. And
a small file of either sort can be so large a picture that whoever shows or prints it runs out of time or memory.
"""

from __future__ import annotations

import io
import re
import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from handbook.limits import LARGEST_DRAWING, MOST_PIXELS
from handbook.parsing.allowed_html import DRAWN, DRAWN_ANYWHERE, drawing_fault
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.parsing.allowed_html import Fault
    from handbook.problems import Report

_FORMATS: Mapping[str, str] = MappingProxyType({".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"})
"""What Pillow calls the images with each ending."""

ENDINGS = frozenset({*_FORMATS, ".svg"})
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
    else:
        _check_pixels(data, ending, file, report)


def _check_pixels(data: bytes, ending: str, file: str, report: Report) -> None:
    from PIL import Image  # noqa: PLC0415 - it takes a while, and few handbooks have a photograph

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            width, height = Image.open(io.BytesIO(data), formats=[_FORMATS[ending]]).size
    except Image.DecompressionBombError:
        width = height = MOST_PIXELS  # so many that Pillow does not say
    except (OSError, SyntaxError):  # as Pillow says that it is another format, or a broken one
        message = f"this is not a '{ending}' image; save it as one with a program for images"
        report(Problem(Location(file), ProblemKind.FILE_TYPE, message))
        return
    if width * height > MOST_PIXELS:
        message = f"the image has more than {MOST_PIXELS} pixels, which a phone cannot show; make it smaller"
        report(Problem(Location(file), ProblemKind.TOO_LARGE, message))


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
    if _is_endless(root):
        message = f"with all that it refers to, the drawing has more than {LARGEST_DRAWING} characters; draw less"
        report(Problem(Location(file), ProblemKind.TOO_LARGE, message))
    for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        for kind, message in _faults(element):
            report(Problem(Location(file, element.sourceline or 1), kind, message))


_REFERENCE = re.compile(r"#([^\s()\"']+)")


def _is_endless(root: etree._Element) -> bool:
    """Tell whether what is drawn grows beyond measure, as each part that is used may use others many times."""
    parts = {element.get("id"): element for element in root.iter(etree.Element)}
    left, ahead = LARGEST_DRAWING, [root]
    while ahead and left > 0:
        element = ahead.pop()
        values = " ".join(map(str, element.attrib.values()))
        left -= len(values) + 1
        ahead += element.iterchildren(etree.Element)
        ahead += (parts[name] for name in _REFERENCE.findall(values) if name in parts)
    return left <= 0


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
