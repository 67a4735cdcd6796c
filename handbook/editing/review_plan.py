"""When pages fall due for review, and a plan that spreads them, so that no month brings more than editors can read.

Pages that were written together would all fall due together. A plan brings some of them forward, never by more than
half of their time, and puts none off.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from handbook.model.pages import Page

_MONTHS = 12


def due_months(pages: Iterable[Page], months: Mapping[str, int]) -> Mapping[str, int]:
    """Count the pages that fall due in each month, written as YYYY-MM, the earliest first.

    Args:
        pages: all pages.
        months: other numbers of months from one review to the next, by `src_uri`.
    """
    due = (page.meta.due_after(months.get(page.src_uri, page.meta.review_months)) for page in pages)
    return dict(sorted(Counter(f"{date:%Y-%m}" for date in due).items()))


def spread(pages: Iterable[Page], today: dt.date) -> Mapping[str, int]:
    """Compute new numbers of months to the pages that are too many in their month, by `src_uri`.

    No month takes more than a twelfth of all pages where that can be; what is due already stays so.
    """
    all_pages = sorted(pages, key=lambda page: (page.meta.review_months, page.src_uri))
    most = -(-len(all_pages) // _MONTHS)
    load = Counter(page.meta.next_review for page in all_pages)
    planned: dict[str, int] = {}
    for page in all_pages:
        meta = page.meta
        choices = [
            months
            for months in range(meta.review_months - 1, (meta.review_months - 1) // 2, -1)
            if load[due := meta.due_after(months)] < most and due > today
        ]
        if load[meta.next_review] > most and meta.next_review > today and choices:
            planned[page.src_uri] = min(choices, key=lambda months: load[meta.due_after(months)])
            load[meta.next_review] -= 1
            load[meta.due_after(planned[page.src_uri])] += 1
    return planned


def with_months(text: str, months: int) -> str:
    """Return the text of a page with another number of months in its front matter, and nothing else changed."""
    return re.sub(r"^(review_months:\s*)\d+", rf"\g<1>{months}", text, count=1, flags=re.MULTILINE)
