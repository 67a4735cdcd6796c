"""Signs and letters that the fonts of the PDFs have; with any other, a page could not be printed.

Noto Sans sets the text. DejaVu Sans sets what that lacks, such as ticks, Arabic and Hebrew, and has what Noto has.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import LineIndex, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = Path(__file__).parent.parent / "fonts"
"""The folder that has the fonts, each as TrueType."""

_LARGEST = "DejaVuSans.ttf"


def missing_glyphs(text: str, file: str) -> Iterator[Problem]:
    """Yield a problem for each character of a file that no font has, where it stands first."""
    seen: set[str] = set()
    for found in _others().finditer(text):
        if found[0] not in seen:
            seen.add(found[0])
            name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
            message = f"no font of the PDFs has '{found[0]}' ({name}); write it in other letters, or in words"
            yield Problem(LineIndex(text, file, 1).at(found.start()), ProblemKind.NOT_PRINTABLE, message)


@cache
def _others() -> re.Pattern[str]:
    """Return what finds each character that the largest font lacks; ends of lines and tabs are no characters of it."""
    ranges = (f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in _ranges(FONTS / _LARGEST))
    return re.compile(f"[^\\n\\t{''.join(ranges)}]")


def _ranges(font: Path) -> Iterator[tuple[int, int]]:
    """Yield the first and last character of each range that a font has: its table `cmap`, in format 12 of OpenType.

    https://learn.microsoft.com/typography/opentype/spec/cmap
    """
    data = font.read_bytes()
    tables = {tag: offset for tag, _, offset, _ in struct.iter_unpack(">4s3I", data[12 : 12 + 16 * data[5]])}
    start = tables[b"cmap"]
    for _, _, offset in struct.iter_unpack(">2HI", data[start + 4 : start + 4 + 8 * data[start + 3]]):
        at = start + offset
        if data[at + 1] == _FORMAT_OF_ALL:
            (count,) = struct.unpack_from(">I", data, at + 12)
            yield from (
                (first, last) for first, last, _ in struct.iter_unpack(">3I", data[at + 16 : at + 16 + 12 * count])
            )
            return


_FORMAT_OF_ALL = 12
"""The format that has all characters of a font, and not only the first 65,536."""
