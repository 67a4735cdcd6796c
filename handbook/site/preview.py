"""What an editor sees in place of the site, while it is served and has problems: the problems, on every page.

A build that fails would leave the editor with a page that never loads, or with the one from before the mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbook.problems import Severity
from handbook.urls import NOT_FOUND_PAGE, file_of, url_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.problems import Problem


def show_problems(site: Path, corpus: Corpus, problems: Collection[Problem]) -> None:
    """Put a page with the problems at each address of the site.

    Args:
        site: the folder from which it is served.
        corpus: the pages that there would be.
        problems: what is to be mended.
    """
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    environment = Environment(
        loader=PackageLoader("handbook.site"), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )
    text = environment.get_template("preview.jinja").render(errors=errors)
    addresses = {file_of(url_of(src_uri)) for src_uri in corpus.pages.names}
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    for name in {"index.html", NOT_FOUND_PAGE} | addresses | built:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
