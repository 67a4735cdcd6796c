"""Who the handbook is: its name, language, licence and colours, for everything that bears them."""

from __future__ import annotations

NAME = "Prevention in Practice"

SLUG = "prevention-in-practice"
"""The name where only letters and hyphens may stand: in file names and identifiers."""

LANGUAGE = "en-GB"
"""As BCP 47 writes it."""

LICENCE = "CC BY 4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
