"""Drawings taken out of the HTML of a page, as the SVG that they are.

HTML writes SVG without a namespace and is read without regard to upper and lower case; all other places want both.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

_SVG = "http://www.w3.org/2000/svg"

_SPELT: Mapping[str, str] = MappingProxyType({"viewbox": "viewBox"})
"""Names that have a capital within, by how HTML's parser gives them."""


def as_svg(drawing: HtmlElement) -> etree._Element:
    """Return a drawing of an HTML page as SVG that can stand alone; the page keeps its own."""
    made = _copy(drawing)
    etree.cleanup_namespaces(made)
    return made


def _copy(element: HtmlElement) -> etree._Element:
    made = etree.Element(f"{{{_SVG}}}{element.tag!s}", nsmap={None: _SVG})
    for name, value in element.items():
        if name != "xmlns":
            made.set(_SPELT.get(name, name), value)
    made.text = element.text
    for child in element:
        part = _copy(child)
        part.tail = child.tail
        made.append(part)
    return made
