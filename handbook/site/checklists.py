"""Checklists whose boxes have their words as labels, so that they can be ticked by tap and are read out by name.

An extension of Markdown beside `pymdownx.tasklist`, which makes boxes without names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

_AFTER_THE_BOXES = 24
"""Priority below that of `pymdownx.tasklist`, and above that of Markdown's own treatment of what stands in a line."""


class ChecklistExtension(Extension):
    """Adds labels to task lists."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name of the base class's hook
        """Register the labels."""
        md.treeprocessors.register(_Labels(md), "checklist-labels", _AFTER_THE_BOXES)


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


def makeExtension(**options: object) -> ChecklistExtension:  # noqa: N802 - the name that Markdown asks for
    """Return the extension to Markdown."""
    return ChecklistExtension(**options)
