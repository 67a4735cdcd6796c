"""Leaflets: guidance on one sheet, to pin up or to have in a pocket, with room for the numbers of the place.

All words are those of the page, but for what asks for the numbers and says where the page is.
"""

from __future__ import annotations

import copy
import io
import re
from typing import TYPE_CHECKING

import segno
from lxml import html
from lxml.html import builder

from handbook.downloads.excerpts import ArticleBuilder, part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article

_NUMBERS = {"first": "Whom we tell first, and the number", "next": "When nobody answers there"}
"""What is asked for in the fields, by their names."""

_COUNTED = re.compile(r"\d+\. ")
"""How the heading of a step begins."""

_WHO = "Who:"

_SOURCES = "//a[@class='cite'] | //h2[@id='sources'] | //ol[@class='sources']"


def leaflet(own: Article, address: str, *, is_short: bool) -> Article:
    """Build the leaflet of a guidance page.

    Args:
        own: the article of the page.
        address: where the site is published, with a slash at the end; empty while that is not known, and then nothing
            leads to the page.
        is_short: leave out who takes each step.
    """
    made = ArticleBuilder(f"{own.url}one-page/", own.title, own.file)
    made.add(own, [builder.DIV(builder.CLASS("admonition"), *map(copy.deepcopy, _lists(own, "In short")))])
    made.add_heading("Steps")
    made.add(own, [builder.OL(*_steps(own, is_short=is_short))])
    made.add_heading("Checklist")
    made.add(own, _lists(own, "Checklist"))
    made.add_heading("Our numbers")
    made.add(own, [_fields()])
    if address:
        made.add(own, [_way(f"{address}{own.url}")])
    article = made.article()
    for element in article.content.xpath(_SOURCES):
        element.drop_tree()
    return article


def _lists(own: Article, title: str) -> list[HtmlElement]:
    return [element for element in part(own, title) if element.tag == "ul"]


def _steps(own: Article, *, is_short: bool) -> Iterator[HtmlElement]:
    """Yield each step as an item: its name, and who takes it."""
    for heading in (element for element in part(own, "Steps") if element.tag == "h3"):
        step = builder.LI(builder.STRONG(_COUNTED.sub("", heading.text_content(), count=1)))
        who = heading.getnext()
        if not is_short and who is not None and who.text_content().startswith(_WHO):
            words = " ".join(who.text_content().removeprefix(_WHO).split()).rstrip(".")
            step.append(builder.SPAN(f" \N{EN DASH} {words}"))
        yield step


def _fields() -> HtmlElement:
    """Return a line to fill in for each number."""
    asked = [
        builder.E.div(
            builder.DT(label),
            builder.DD(html.Element("span", {"data-kind": "line", "data-name": name, "data-label": label})),
        )
        for name, label in _NUMBERS.items()
    ]
    return builder.DL(builder.CLASS("form"), *asked)


def _way(address: str) -> HtmlElement:
    """Return where the page is: in words, and as a code for the camera of a phone."""
    link = builder.A(address, href=address)
    return builder.DIV(
        builder.CLASS("scan"), builder.P("The whole page, with its sources:", builder.BR(), link), _code(address)
    )


def _code(address: str) -> HtmlElement:
    """Return a QR code (ISO/IEC 18004), which still can be read where a fifth is dirty or torn."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="q").save(
        drawn, kind="svg", border=0, omitsize=True, xmldecl=False, svgns=False, title=f"QR code of {address}"
    )
    return builder.E.figure(html.fragment_fromstring(drawn.getvalue().decode()))
