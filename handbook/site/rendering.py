"""Templates and what they all know; values in, text out.

Nothing here knows which site generator asks. Addresses are relative to the page that shows them, so that the site works
in any folder and from a memory stick.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from handbook.model import addresses, contacts, decisions, national_law, offered, vocabulary
from handbook.model.addresses import ADDRESSES, contact_url, provision_url, source_url
from handbook.model.advice import inline
from handbook.model.phone_numbers import tel
from handbook.site import filters
from handbook.site.emergency_number import with_call
from handbook.site.pictures.decisions import decision_picture
from handbook.system.build_time import build_time
from handbook.urls import relative, url_of
from handbook.wording import LANGUAGES, inert, plural, with_code, written_date

if TYPE_CHECKING:
    from handbook.model.corpus import Corpus


class Renderer:
    """Renders templates about one corpus, which has no errors."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the templates."""
        self.corpus = corpus
        self._templates = Environment(
            loader=PackageLoader("handbook.site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            finalize=inert,  # what they print becomes a part of Markdown
            auto_reload=False,  # it would ask the disk before each use
        )
        self._templates.globals.update(
            **ADDRESSES,
            source_url=partial(source_url, registry=corpus.registry),
            contact_url=partial(contact_url, registry=corpus.registry),
            tel=tel,
            provision_url=partial(provision_url, registry=corpus.registry),
            whom=contacts,
            trees=decisions,
            decision_picture=decision_picture,
            law=national_law,
            addresses=addresses,
            corpus=corpus,
            registry=corpus.registry,
            models=vocabulary,
            choices=filters,
            downloads=offered,
            languages=LANGUAGES,
            built=build_time().date(),
        )
        self._templates.filters.update(
            plural=plural, with_call=with_call, with_code=with_code, written_date=written_date, on_one_line=_on_one_line
        )

    def text(self, template: str, src_uri: str, **values: object) -> str:
        """Render a template for the page that shows it."""

        def here(url: str) -> str:
            return relative(url, url_of(src_uri))

        def address(target: str) -> str:
            path, hash_, anchor = target.partition("#")
            return here(f"{url_of(path)}{hash_}{anchor}") if path.endswith(".md") else target

        known = {"here": here, "inline": partial(inline, address=address)}
        return self._templates.get_template(f"{template}.jinja").render(**known, **values)

    def block(self, template: str, src_uri: str, **values: object) -> str:
        """Render on one line, which Markdown leaves alone wherever it stands, in a list or admonition too."""
        return _on_one_line(self.text(template, src_uri, **values))


def _on_one_line(text: str) -> Markup:
    return Markup(" ").join(Markup(line.strip()) for line in text.splitlines() if line.strip())  # noqa: S704 - it is rendered
