"""The typeface of the site is its own file: named by its content, licensed, and with the letters that pages use."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from lxml import html
from PIL import ImageFont

from tests.support.project import REAL

if TYPE_CHECKING:
    from pathlib import Path

FONTS = REAL / "overrides/fonts"
STYLE = (REAL / "overrides/stylesheets/components/01-base.css").read_text(encoding="utf-8")

OFFICIAL = (
    "AÀÁÂÃÄÅĀĂĄÆBCÇĆČĊDĎĐEÈÉÊËĒĖĘĚFGĞĠĢHĦIÌÍÎÏĪĮJKĶLĹĻĽŁMNÑŃŅŇOÒÓÔÕÖØŐŒPQRŔŘSŚŞŠȘTŢŤȚUÙÚÛÜŪŮŰŲVWXYÝŸZŹŻŽ"
    "aàáâãäåāăąæbcçćčċdďđeèéêëēėęěfgğġģhħiìíîïīįjkķlĺļľłmnñńņňoòóôõöøőœpqrŕřsśşšșßtţťțuùúûüūůűųvwxyýÿzźżž"
)
"""Letters of the official languages of the EU that are written in Latin script."""


def codes(ranges: str) -> set[int]:
    """Return the characters of a `unicode-range`."""
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_names_tell_content() -> None:
    """Browsers may keep a file for ever, since its name changes with it; style and licence go with it."""
    files = {path.name: path for path in FONTS.glob("*.woff2")}
    assert set(re.findall(r"fonts/([\w.-]+)", STYLE)) == set(files)
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:8] in name
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_letters_of_the_union() -> None:
    """No official language in Latin script falls back in the middle of a word, and files have what their ranges say."""
    promised: set[int] = set()
    had: set[int] = set()
    for file, ranges in re.findall(r"fonts/([\w.-]+)\"\).*?unicode-range: ([^;]+);", STYLE, re.DOTALL):
        font = ImageFont.truetype(FONTS / file, 40, layout_engine=ImageFont.Layout.BASIC)
        unknown = bytes(font.getmask("\N{CYRILLIC CAPITAL LETTER ZHE}"))
        promised |= codes(ranges)
        had |= {code for code in codes(ranges) if bytes(font.getmask(chr(code))) != unknown}
    assert [chr(code) for code in sorted(promised - had) if not chr(code).isspace()] == []
    assert [letter for letter in OFFICIAL if ord(letter) not in promised] == []


def test_most_pages_need_one_file(site: Path) -> None:
    """Of the written pages, few fetch the file of rarer letters."""
    core = codes(re.findall(r"unicode-range: ([^;]+);", STYLE)[-1])
    guidance = [path for path in site.glob("*/*/index.html") if 'class="kind-guidance' in path.read_text("utf-8")]
    letters = {
        path: {ord(sign) for sign in html.parse(path).getroot().text_content() if sign.isalpha()} for path in guidance
    }
    assert len(letters) > 50
    assert sum(1 for used in letters.values() if used - core) < len(letters) / 7
