"""What is done to the built site before anyone may see it: each step in its order, the gates last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks.built_site import check_site
from handbook.publishing.headers import write_headers

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def finish_site(site: Path, corpus: Corpus, *, live: bool = False) -> None:
    """Finish a site whose pages are built; what it offers for download need not be there yet.

    Args:
        site: the folder that holds it.
        corpus: what it was built from.
        live: whether it is shown while it is written, by a server that puts a script of its own into each page; our
            policy would forbid that script.

    Raises:
        CheckFailedError: with one line for each fault that the gates found.
    """
    if not live:
        write_headers(site)
    check_site(site, corpus)
