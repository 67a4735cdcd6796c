"""The place of a new page in the `nav` of `mkdocs.yml`, found and filled without touching anything else in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_ENTRY = re.compile(r"(?P<indent> +- )(?P<page>[\w./-]+\.md)\s*(#.*)?")


def with_entry(configuration: str, page: str, neighbours: Collection[str]) -> str | None:
    """Give `mkdocs.yml` with a page added below the last of its neighbours; None when it names none of them.

    Args:
        configuration: the text of the file.
        page: `src_uri` of the new page.
        neighbours: `src_uri` of the pages beside which it belongs.
    """
    lines = configuration.split("\n")
    found = [(number, entry) for number, line in enumerate(lines) if (entry := _ENTRY.fullmatch(line))]
    beside = [(number, entry["indent"]) for number, entry in found if entry["page"] in neighbours]
    if not beside:
        return None
    number, indent = beside[-1]
    return "\n".join([*lines[: number + 1], f"{indent}{page}", *lines[number + 1 :]])
