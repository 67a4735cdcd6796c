"""Who the handbook is: its name, language, licence and colours, for everything that bears them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "Prevention in Practice"

SLUG = "prevention-in-practice"
"""The name where only letters and hyphens may stand: in file names and identifiers."""

LANGUAGE = "en-GB"
"""As BCP 47 writes it."""

LICENCE = "CC BY 4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

LIGHT: Mapping[str, str] = {
    "paper": "#f7f5ef",
    "sheet": "#fffefb",
    "ink": "#1b2a30",
    "quiet": "#4b5c63",
    "link": "#0a5862",
    "evidence": "#57407f",
    "accent": "#0a5862",
    "accent-ink": "#fff",
    "brand": "#0a5862",
    "soft": "#e9f1ef",
    "line": "#cdd5d0",
    "edge": "#6c7f83",
    "focus": "#a14a00",
    "good": "#1c6b42",
    "warm": "#8a4b00",
    "bad": "#9c1c14",
    "alert": "#8c1d18",
    "alert-ink": "#fff",
}
"""The colours of the site, by their names in style sheets, where each begins with `--hb-`."""

DARK: Mapping[str, str] = {
    "paper": "#12191d",
    "sheet": "#182126",
    "ink": "#e6ecee",
    "quiet": "#b3c1c6",
    "link": "#85d3da",
    "evidence": "#c9b8ee",
    "accent": "#85d3da",
    "accent-ink": "#0d2226",
    "soft": "#1f2d33",
    "line": "#40535b",
    "edge": "#7f979f",
    "focus": "#ffc861",
    "good": "#7fcf9f",
    "warm": "#f0b878",
    "bad": "#ff9c92",
}
"""Those that are other ones in the dark."""
