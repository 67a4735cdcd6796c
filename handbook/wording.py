"""Words and dates as readers of the site and of proposals see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = Locale("en", "GB")

LANGUAGES: Mapping[str, str] = _ENGLISH.languages
"""The names of languages, by the codes of BCP 47."""


def written_date(date: str) -> str:
    """Write a full or partial ISO date in words.

    >>> written_date("2018-06-13"), written_date("2018-06"), written_date("2018")
    ('13 June 2018', 'June 2018', '2018')
    """
    year, *rest = date.split("-")
    month = [_ENGLISH.months["format"]["wide"][int(rest[0])]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def plural(count: int, noun: str) -> str:
    """Write a number of things, whose name forms its plural with an "s".

    >>> plural(1, "page"), plural(12, "page")
    ('1 page', '12 pages')
    """
    return f"{count} {noun}{'s' * (count != 1)}"


def with_code(text: str) -> Markup:
    """Make plain text HTML, with code where backticks are.

    >>> with_code("write `a < b`")
    Markup('write <code>a &lt; b</code>')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - it is escaped


_ACTIVE = str.maketrans({character: f"&#{ord(character)};" for character in "*_`[]{}|\\"})
"""Characters that Markdown would act upon inside a line, as entities that show the same."""


def inert(value: object) -> Markup:
    """Return a value as HTML of which Markdown makes nothing wherever it stands in a line; HTML is left as it is.

    >>> inert("a & [b](c)")
    Markup('a &amp; &#91;b&#93;(c)')
    """
    return value if isinstance(value, Markup) else Markup(str(escape(value)).translate(_ACTIVE))  # noqa: S704 - it is escaped


LONGEST_SPAN = 240
"""Characters of a code span; what is longer is cut."""


def code_span(text: str) -> str:
    """Write text from the content as a code span of Markdown, in which nothing has a meaning.

    >>> code_span("@all `<b>`")
    '`` @all `<b>` ``'
    """
    words = " ".join(re.sub(r"[^\x20-\x7e\u00a1-\ud7ff\ue000-\ufffd]", " ", text).split())[:LONGEST_SPAN]
    fence = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    gap = " " if "`" in words else ""
    return f"{fence}{gap}{words}{gap}{fence}"
