"""All that pages may have, taken from the lists of what is allowed, in each output that readers are offered."""

from __future__ import annotations

import re
import zipfile
from inspect import Parameter
from itertools import count
from typing import TYPE_CHECKING

import pytest
from libzim.reader import Archive
from lxml import html

from handbook.parsing.allowed_html import ALLOWED_ANYWHERE_IN_MARKDOWN, ALLOWED_CLASSES, ALLOWED_IN_MARKDOWN
from handbook.parsing.macro_calls import MACROS
from tests.downloads.test_epub import faults
from tests.support.pdfs import PIXEL, words
from tests.support.project import REAL, run, write_project
from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

HEAD = """\
---
title: Everything
summary: All that a page may have.
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: Editors
---

"""

VALUES = {
    "class": "note",
    "datetime": "2026-11-23",
    "dir": "ltr",
    "href": "https://example.org/",
    "lang": "fr",
    "open": "open",
    "title": "Said at length",
}

AROUND = {"li": "<ul>{}</ul>", "summary": "<details>{}</details>", "details": "{}", "ol": "{}", "p": "{}", "ul": "{}"}
"""What stands around an element that is no part of a line."""

WITHIN = {"br": "", "details": "<summary>@</summary>@", "ol": "<li>@</li>", "ul": "<li>@</li>"}

MARKDOWN = r"""
## Headings @ { #first }

### Below @

#### Further below @

Stress *@*{: #stress }, bold **@**, both **@ *@* @** and ***@***, code `@`,
[a link @](../prisons/release.md), [a part @](../prisons/release.md#steps),
[this part @](#first), [a site @](https://example.org/a_(b)), [mail @](mailto:editors@example.org),
[a pack @](../downloads/prisons.pdf), <https://example.org/@>, [by name @][there] and more.

[there]: https://example.org/there "There"

![A square](square.png)

- an item @

    a paragraph of it @

    - below @
    {: #below }

        1. below that @

- another @

Between.

1. first @

    ```text
    code of it @
    ```

2. second @

Between.

- [ ] to do @
- [x] done @

Between.

- [ ] loose @

    more of it @

- [ ] loose, too @

> A quotation @
>
> - in it @

---

| Left @ | Right @ | Middle @ | None @ |
| :--- | ---: | :---: | --- |
| a @ {: #cell } | b \| @ | `c @` | d[^one] |
| *e* @ | [f @](https://example.org/f) | | g[^two] |

Noted.[^one] Noted again.[^one] Noted otherwise.[^two]

[^one]: A note @

[^two]: Another @

    that goes on @

```python
print("@")
```

!!! notice "A title @"
    A box @

    - with a list @

A paragraph @
{: #paragraph }

Signs: ✓ ✗ ☎ ⚠ ★ ① Ⅳ ♀ ₂ ½ № → •; سلام שלום Ωμέγα Привет Đặng.
"""

SIGNS = "✓✗☎⚠★①Ⅳ♀₂½№→•سلامשלוםΩμέγαПриветĐặng"

ARGUMENTS = {
    "actor": "ran",
    "advice": "whom-to-tell",
    "area": "prisons",
    "conversation": "prisoner",
    "decision": "may-i-tell",
    "picture": "stages",
    "recommendation": "PRI-01",
    "recommendations": "EDU-01",
    "role": "prison-officer",
    "source": "guidelines",
    "term": "dynamic security",
}


def elements() -> Iterator[str]:
    """Yield each element that authors may write, with each of its attributes."""
    for element, own in ALLOWED_IN_MARKDOWN.items():
        number = count()
        named = "".join(
            f' {name}="{VALUES.get(name, f"{element}-{next(number)}")}"'
            for name in sorted(own | ALLOWED_ANYWHERE_IN_MARKDOWN)
        )
        made = f"<{element}{named}>" if element == "br" else f"<{element}{named}>{WITHIN.get(element, '@')}</{element}>"
        yield AROUND.get(element, "Words {} and words.").format(made)


def classes() -> Iterator[str]:
    """Yield a paragraph and a box of each class that authors may set."""
    for name in ALLOWED_CLASSES:
        yield f"Of a class @\n{{: .{name} }}"
        yield f"!!! {name}\n    In a box of a class @"


def calls() -> Iterator[str]:
    """Yield a call of each macro; `covers` stands on pages of guidance only, and a form on one page of its own."""
    for name, macro in MACROS.items():
        if name in {"covers", "form", "form_example"}:
            continue
        needed = (p for p in macro.params if not p.is_optional)
        given = ((f"{p.name}=" if p.kind is Parameter.KEYWORD_ONLY else "", ARGUMENTS[p.name]) for p in needed)
        arguments = ", ".join(f'{key}"{value}"' for key, value in given)
        yield f"{{{{ {name}({arguments}) }}}}"


def everything() -> str:
    """Return a page that has it all, with a word of its own at each `@` that stands alone."""
    parts = (MARKDOWN, "## By class\n", *classes(), "## By element\n", *elements(), "## By macro\n", *calls())
    text, number = "\n\n".join(parts), count(1)
    anchors = re.findall(r'(?: id="|{:? ?#)([\w-]+)', text)
    links = "\n".join(f"- [to @](#{anchor})" for anchor in anchors)
    return HEAD + re.sub(r"(?<!\w)@(?!\w)", lambda _: f"word{next(number):03}", f"{text}\n\n## By place\n\n{links}\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with all its downloads that has everything."""

    def build(folder: Path) -> None:
        project = write_project(folder / "tiny", REAL)
        (project / "docs/prisons/everything.md").write_text(everything(), encoding="utf-8")
        (project / "docs/prisons/square.png").write_bytes(PIXEL)
        checked = run("handbook", "check", "--fix", folder=project)
        assert checked.returncode == 0, checked.stdout
        done = run("handbook", "build", folder=project)
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "everything", build) / "tiny/site"


def on_the_site(site: Path) -> str:
    """Return the words of the page that has everything."""
    return text((site / "prisons/everything/index.html").read_bytes())


def in_the_pdf(site: Path) -> str:
    """Return the words of the PDF that has the page."""
    return words(site / "downloads/prisons.pdf")


def in_the_e_book(site: Path) -> str:
    """Return the words of the page's chapter."""
    return text(zipfile.ZipFile(site / "downloads/handbook.epub").read("book/pages/prisons/everything.xhtml"))


def in_kiwix(site: Path) -> str:
    """Return the words of the page as Kiwix opens it."""
    entry = Archive(site / "downloads/handbook.zim").get_entry_by_path("prisons/everything/index.html")
    return text(bytes(entry.get_item().content))


def in_the_offline_copy(site: Path) -> str:
    """Return the words of the page in the copy for memory sticks."""
    with zipfile.ZipFile(site / "downloads/offline.zip") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("prisons/everything/index.html"))
        return text(archive.read(name))


def text(page: bytes) -> str:
    """Return the words of a page."""
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")).text_content()


OUTPUTS: Mapping[str, Callable[[Path], str]] = {
    read.__name__: read for read in (on_the_site, in_the_pdf, in_the_e_book, in_kiwix, in_the_offline_copy)
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_is_lost(output: str, built: Path) -> None:
    """Each word is there, and each sign, whatever it stands in."""
    read = OUTPUTS[output](built)
    written = re.findall(r"word\d+", everything())
    lost = [word for word in written if word not in read]
    assert lost == []
    assert [sign for sign in SIGNS if sign not in read] == []


def test_abbreviations_are_told_on_paper(built: Path) -> None:
    """Nothing can be pointed at there."""
    assert f"({VALUES['title']})" in in_the_pdf(built)


def test_e_book_is_sound(built: Path) -> None:
    """EPUBCheck finds no fault."""
    assert faults(built / "downloads/handbook.epub") == []
