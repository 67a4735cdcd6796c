"""Text that strangers may have written, as Markdown that shows it and does nothing else."""

from __future__ import annotations

import re

LONGEST = 60_000
"""GitHub takes 65,536 characters for an issue or a comment."""


def fenced(text: str) -> str:
    """Return a text as a block of code that ends at its end only, without characters that hide or turn others."""
    shown = "".join(character if character.isprintable() or character in "\n\t" else "?" for character in text)
    if len(shown) > LONGEST:
        shown = f"{shown[:LONGEST]}\n\n… and more; see the run's artifact."
    fence = "`" * (1 + max([2, *map(len, re.findall("`+", shown))]))
    return f"{fence}text\n{shown}\n{fence}"
