"""Sheets for the wall: whom to call in a country, on one page.

All words are those of the country's page. What is known of each contact without a number stays there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.downloads.excerpts import ArticleBuilder, part
from handbook.model.addresses import country_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.downloads.articles import Article
    from handbook.model.records import Country

_CALL = "Call or write"
_NAMES = "By name and link"
_MISSING = "What we did not find"

_LONG = " | //*[@class='note' or @class='remark']"


def sheet(country: Country, articles: Mapping[str, Article], *, is_short: bool) -> Article:
    """Build the sheet of a country.

    Args:
        country: one with a page.
        articles: the articles of the built site, by address.
        is_short: leave out where each number was seen, all remarks, and what was not found.
    """
    own = articles[country_url(country)]
    made = ArticleBuilder(own.url, own.title, own.file)
    made.add(own, [element for element in own.content.iterfind("p") if element.find("a[@href='tel:112']") is not None])
    made.add(own, own.content.xpath("p[@class='notice'][not(preceding-sibling::h2)]"))
    for title in (_CALL, _NAMES) if is_short else (_CALL, _NAMES, _MISSING):
        if elements := part(own, title):
            made.add_heading(title)
            made.add(own, [element for element in elements if element.tag != "p" or title != _MISSING])
    made.add_link("What we know of each: ", own)
    article = made.article()
    left_out = "//*[@class='known'] | //li//*[@class='note']" + (_LONG if is_short else "")
    for element in article.content.xpath(left_out):
        element.drop_tree()
    return article
