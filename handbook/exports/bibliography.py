"""The sources in the forms that reference managers read: BibTeX and CSL-JSON.

Nobody recorded whether a source is an article, a book or a chapter of one. So each is given as a document, and its kind
in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handbook.exports.json_files import lined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.exports.shapes import ExportedSource

_SPECIAL = re.compile(r"[\\{}%&#_$~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_bibtex(sources: Iterable[ExportedSource]) -> str:
    """Write a BibTeX file, in UTF-8 as BibLaTeX and reference managers expect it."""
    return "\n".join(map(_bibtex_entry, sources))


def _bibtex_entry(source: ExportedSource) -> str:
    fields = {
        "title": f"{{{_latex(source.title)}}}",  # the second braces keep the capitals
        "author": " and ".join(f"{{{_latex(name)}}}" for name in source.authors),  # whole, whatever 'and' it has
        "year": str(source.year or ""),
        "publisher": f"{{{_latex(source.publisher)}}}",
        "url": source.link or "",
        "language": source.language,
        "keywords": str(source.evidence),
        "note": _latex(source.note or ""),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{source.id},\n{''.join(lines)}}}\n"


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], rf"\{found[0]}"), text)


def write_csl(sources: Iterable[ExportedSource]) -> str:
    """Write a CSL-JSON file, the input of citation processors."""
    return lined(map(_csl_item, sources)) + "\n"


def _csl_item(source: ExportedSource) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": source.id,
        "type": "document",
        "title": source.title,
        "author": [{"literal": name} for name in source.authors],
        "issued": {"date-parts": [[source.year]]} if source.year else None,
        "publisher": source.publisher,
        "URL": source.link,
        "language": source.language,
        "genre": source.evidence.label,
        "note": source.note,
    }
    return {name: value for name, value in fields.items() if value}
