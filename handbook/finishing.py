"""What is done to the built site before anyone may see it: each step in its order, the gates last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.gates import check_site

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.corpus import Corpus


def finish_site(site: Path, corpus: Corpus) -> None:
    """Finish a site whose pages are built; what it offers for download need not be there yet.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.

    Raises:
        CheckFailedError: with one line for each fault that the gates found.
    """
    check_site(site, corpus)
