"""The outline agrees with what Markdown makes of a page."""

from __future__ import annotations

import pytest
from lxml import html
from markdown import markdown

from handbook.parsing.outline import outline

BODY = """\
Text before.

## In *short* { #short }

```
## Not a heading
```

## Steps: do, don't

### 1. Say "hello" [to all](x.md)

~~~~ md
~~~
## Nor this
~~~~

### Émile & co.

## Steps: do, don't ##

- item

    ```
    # no
    ```
"""


def test_same_anchors_as_markdown() -> None:
    """Each heading has the anchor that links to it on the site."""
    built = html.fragment_fromstring(
        markdown(BODY, extensions=["toc", "attr_list", "pymdownx.superfences"]), create_parent=True
    )
    anchors = built.xpath(".//h2/@id | .//h3/@id")
    assert [section.anchor for section in outline(BODY, 1).sections] == anchors
    assert len(anchors) == 5


@pytest.mark.parametrize(
    ("line", "title"), [(1, None), (2, None), (3, "In short"), (8, "In short"), (9, "Steps: do, don't")]
)
def test_section_at(line: int, title: str | None) -> None:
    """A line belongs to the last heading before it."""
    section = outline(BODY, 1).section_at(line)
    assert (section and section.title) == title


def test_lines_count_from_the_file() -> None:
    """The front matter's lines are counted too."""
    assert outline("## A", 12).sections[0].line == 12


def test_fenced_lines() -> None:
    """Lines from the opening of a fence to its end are code."""
    assert outline("a\n```\nb\n```\nc", 1).fenced == {2, 3, 4}
