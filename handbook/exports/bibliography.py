"""The sources in the forms that reference managers read: BibTeX and CSL-JSON.

Nobody recorded whether a source is an article, a book or a chapter of one. So each is given as a document, and its kind
in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handbook.exports.json_files import lined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.exports.shapes import ExportedSource

_SPECIAL = re.compile(r"[\\{}%&#_$~^]")
_DOI = re.compile(r"\b10\.\d{4,9}/\S*[^\s.,;)]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_bibtex(sources: Iterable[ExportedSource]) -> str:
    """Write a BibTeX file, in UTF-8 as BibLaTeX and reference managers expect it."""
    return "\n".join(map(_bibtex_entry, sources))


def _bibtex_entry(source: ExportedSource) -> str:
    fields = {
        "title": f"{{{latex(source.title)}}}",  # the second braces keep the capitals
        "author": " and ".join(_bibtex_authors(source)),
        "year": str(source.year or ""),
        "howpublished": f"{{{latex(source.publisher)}}}",  # classic styles drop the publisher of such an entry
        "doi": _doi(source),
        "url": source.link or "",
        "language": source.language,
        "keywords": str(source.evidence),
        "note": latex(source.note or ""),
    }
    return bibtex_entry(source.id, fields)


def bibtex_entry(key: str, fields: Mapping[str, str]) -> str:
    """Return an entry with the fields that are not empty, each as BibTeX has it; see `latex`."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _bibtex_authors(source: ExportedSource) -> Iterator[str]:
    """Yield the authors; braces keep bodies and names with an `and` together, and `others` is BibTeX's own word."""
    yield from (f"{{{latex(name)}}}" if " and " in name else latex(name) for name in source.authors)
    yield from (f"{{{latex(body)}}}" for body in source.bodies)
    if source.more_authors:
        yield "others"


def _doi(source: ExportedSource) -> str:
    found = _DOI.search(source.note or "")
    return found[0] if found else ""


def latex(text: str) -> str:
    """Return words with what is a command to LaTeX written as the sign that it is."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], rf"\{found[0]}"), text)


def write_csl(sources: Iterable[ExportedSource]) -> str:
    """Write a CSL-JSON file, the input of citation processors."""
    return lined(map(_csl_item, sources)) + "\n"


def _csl_item(source: ExportedSource) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": source.id,
        "type": "document",
        "title": source.title,
        "author": [*map(_csl_person, source.authors), *({"literal": body} for body in source.bodies)],
        "issued": {"date-parts": [[source.year]]} if source.year else None,
        "publisher": source.publisher,
        "DOI": _doi(source),
        "URL": source.link,
        "language": source.language,
        "genre": source.evidence.label,
        "note": source.note,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_person(author: str) -> dict[str, str]:
    family, given = author.split(", ")
    return {"family": family, "given": given}
