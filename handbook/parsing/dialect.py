"""The Markdown of the handbook: the extensions that pages are rendered with, one of them our own.

Checklists have their words as labels, so that boxes can be ticked by tap and are read out by name; `pymdownx.tasklist`
makes boxes without names. Aligned columns have a class in place of a style, which browsers are told not to take. A list
of nothing but links has one, too, because each of its lines is there to be tapped.
Words without any mark are not looked at, which saves a tenth of the time.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown import Markdown

_AFTER_THE_BOXES = 24
"""Priority below that of `pymdownx.tasklist`, and above that of Markdown's own treatment of what stands in a line."""

_BEFORE_INLINES = 21
"""Priority just above that of this treatment."""

_AFTER_INLINES = 19
"""Priority just below it."""

ACTIVE = re.compile(r"[\\`\[\]<>&*_!]|  \n")
"""What words must have for it to change anything."""


class DialectExtension(Extension):
    """Adds labels to task lists and classes to aligned columns and lists of links, and leaves plain words alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name of the base class's hook
        """Register the four."""
        md.treeprocessors.register(_Labels(md), "checklist-labels", _AFTER_THE_BOXES)
        md.treeprocessors.register(_Alignments(md), "column-alignments", _AFTER_THE_BOXES)
        md.treeprocessors.register(_PlainWords(md), "plain-words", _BEFORE_INLINES)
        md.treeprocessors.register(_Titles(md), "lists-of-links", _AFTER_INLINES)


class _Labels(Treeprocessor):
    def run(self, root: Element) -> None:
        """Put the words of each item, box included, into a label; lists below the item stay outside."""
        for item in root.iter("li"):
            if item.get("class") == "task-list-item":
                _label(item[0] if len(item) and item[0].tag == "p" else item)


def _label(words: Element) -> None:
    label = Element("label")
    label.text, words.text = words.text, None
    words.insert(0, label)


class _Alignments(Treeprocessor):
    def run(self, root: Element) -> None:
        """Name the alignment of each cell by a class."""
        for row in root.iter("tr"):
            for cell in row:
                if alignment := cell.attrib.pop("align", None):
                    cell.set("class", f"align-{alignment}")


class _PlainWords(Treeprocessor):
    def run(self, root: Element) -> None:
        """Let words without a mark be as they are."""
        for element in root.iter():
            if element.text and not ACTIVE.search(element.text):
                element.text = AtomicString(element.text)


class _Titles(Treeprocessor):
    def run(self, root: Element) -> None:
        """Name the lists of which each item is a link and nothing else."""
        for made in root.iter("ul"):
            if all(_is_link(item) for item in made):
                made.set("class", "titles")


def _is_link(item: Element) -> bool:
    words = f"{item.text or ''}{item[-1].tail or ''}" if len(item) else "none"
    return [child.tag for child in item] == ["a"] and not words.strip()


ALIGNMENTS = MappingProxyType({f"align-{side}": side for side in ("left", "center", "right")})
"""The sides to which columns are aligned, by the class of their cells."""

EXTENSIONS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "admonition": {},
        "attr_list": {},
        "footnotes": {"SEPARATOR": "-"},  # in ids, which may have no colon in e-books
        "tables": {"use_align_attribute": True},
        "toc": {"permalink": True, "permalink_title": "Link to this section", "toc_depth": 3},
        "pymdownx.superfences": {},
        "pymdownx.tasklist": {"clickable_checkbox": True},
        __name__: {},
    }
)
"""The extensions by name, each with its settings."""


def makeExtension(**options: object) -> DialectExtension:  # noqa: N802 - the name that Markdown asks for
    """Return the extension to Markdown."""
    return DialectExtension(**options)
