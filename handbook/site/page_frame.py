"""What stands around the text of every written page: its summary, its evidence, its sources, its review."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from handbook.model import offered
from handbook.model.addresses import CONTRIBUTING, role_url
from handbook.model.decisions import taken_by
from handbook.model.forms import form_ids
from handbook.model.vocabulary import Degree, PageKind
from handbook.site.emergency_number import with_call
from handbook.site.page_citation import cite_page
from handbook.system.build_time import build_time
from handbook.urls import relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Actor
    from handbook.site.rendering import Renderer


def add_page_frame(page: Page, markdown: str, renderer: Renderer, repository: str = "", contact: str = "") -> str:
    """Put around a page's text what every page has: the summary before it, its sources and review line after it.

    Whom to call and the evidence strip stand after the first part, so that the answer comes first on a small screen.

    Args:
        page: the page.
        markdown: its text, with every macro replaced by what it gives.
        renderer: of the corpus.
        repository: its address, where readers may suggest a change, or empty.
        contact: the address of mail to which they may write, or empty.
    """
    corpus = renderer.corpus
    packs = list(offered.packs_for(page, corpus))
    forms = [file for id_ in form_ids(page) for file in offered.of_form(corpus.registry.forms[id_])]
    head = renderer.block("page_head", page.src_uri, page=page, packs=packs, forms=forms, minutes=_minutes(page))
    ways = {"form": _form(page, corpus, repository), "mail": _mail(page, contact)}
    foot = renderer.text("page_foot", page.src_uri, page=page, packs=packs, citation=cite_page(page), **ways)
    if page.meta.kind in _READ_IN_EARNEST:
        markdown = with_call(markdown)
    if page.meta.kind is PageKind.GUIDANCE:
        markdown = _STEP.sub(_NUMERAL, markdown)
    if page.meta.kind is PageKind.QUIZ:
        markdown = _ANSWER.sub(_CLOSED, markdown)
    between = list(_after_first_part(page, renderer))
    if between:
        first_part, rest = _at_second_part(markdown)
        markdown = "\n\n".join([first_part, *between]) + f"\n{rest}"
    return f"{head}\n\n{markdown}\n\n{foot}"


def _after_first_part(page: Page, renderer: Renderer) -> Iterator[str]:
    """Yield what stands where a reader knows what to do: whom to call, what to decide, and how well it is tested."""
    registry = renderer.corpus.registry
    role = next((role for role in registry.roles.values() if role_url(role) == page.url), None)
    if registry.contacts and (page.meta.kind is PageKind.GUIDANCE or role):
        yield renderer.block("whom", page.src_uri)
    if role and (decisions := taken_by(registry, role.id)):
        yield renderer.block("decide", page.src_uri, role=role, decisions=decisions)
    if page.meta.evidence:
        followed = _followed(page, renderer.corpus)
        yield renderer.block("strip", page.src_uri, page=page, followed=followed)


_READ_IN_EARNEST = frozenset({PageKind.GUIDANCE, PageKind.OVERVIEW, PageKind.ACTOR, PageKind.REFERENCE})
"""Where the number of the emergency service calls it; in training nobody should call by mistake."""

_STEP = re.compile(r"^### (\d+)\. ", re.MULTILINE)
_NUMERAL = r'### <span class="numeral">\1<span class="unseen">.</span></span> '
"""The number of a step, for a circle around it; its words and so its anchor stay as they are."""

_ANSWER = re.compile(r"^(\d+)\. (\*\*[a-z]\.\*\* .+)$", re.MULTILINE)
_CLOSED = r"\1. <details><summary>Answer to question \1</summary>\2</details>"
"""An answer of a quiz, which readers open when they have chosen theirs."""

_WORDS_A_MINUTE = 220
"""A little less than adults read of such a text in their first language, which is 238 words (Brysbaert 2019)."""


def _minutes(page: Page) -> int:
    return max(1, round(len(page.prose.split()) / _WORDS_A_MINUTE))


def _followed(page: Page, corpus: Corpus) -> list[Actor]:
    """Return the bodies whose recommendations a page does, whole or in part: those of most sections first."""
    covered = corpus.coverage.by_page.get(page.src_uri, ())
    issuers = Counter(c.recommendation.issuer for c in covered if c.degree is not Degree.REPORTS)
    return [corpus.registry.actors[issuer] for issuer, _ in issuers.most_common()]


def _form(page: Page, corpus: Corpus, repository: str) -> str:
    """Return the address at which to suggest a change: without a repository, that of the guide; empty without both."""
    if repository:
        asked = {"template": "suggest-a-change.yml", "page": f"{page.meta.title} ({page.src_uri})"}
        return f"{repository.rstrip('/')}/issues/new?{urlencode(asked)}"
    return relative(CONTRIBUTING, page.url) if f"{CONTRIBUTING}index.md" in corpus.pages.by_uri else ""


def _mail(page: Page, contact: str) -> str:
    """Return what begins a mail about a page, with its name and the state that was read; empty without an address."""
    if not contact:
        return ""
    state = f"reviewed {page.meta.reviewed}, published {build_time().date()}"
    asked = {
        "subject": f"Suggestion: {page.meta.title}",
        "body": f"Page: {page.src_uri} ({state})\n\nWhich sentence?\n\nWhat is right, and how do we know?\n\n",
    }
    return f"mailto:{contact}?{urlencode(asked, quote_via=quote)}"


def _at_second_part(markdown: str) -> tuple[str, str]:
    """Cut a page's text before its second heading of level 2, or at its end."""
    first = f"\n{markdown}".find("\n## ")
    second = markdown.find("\n## ", max(first, 0))
    return (markdown, "") if second < 0 else (markdown[:second], markdown[second:])
