"""What is found in a page's text, compared with what Markdown makes of it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import html
from markdown import Markdown

from handbook.parsing.allowed_html import rendered_faults
from handbook.parsing.inlines import Inlines, find_inlines
from handbook.parsing.macro_calls import read_template
from handbook.parsing.outline import outline
from handbook.problems import LineIndex, Location, Problem
from tests.support.project import REAL

EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tasklist",
]
"""Those of the real site that change what stands on a page."""

PIECES = [
    *("[", "]", "(", ")", "![", "](", "](a.md)", "](javascript:x)", "[a]", "[a]: ", "[^1]", "[^1]: ", "a.md", "x", " "),
    *(
        "<",
        ">",
        "</",
        "<b",
        "<em>",
        "</em>",
        "<div>",
        "</div>",
        '<div markdown="1">',
        '<a href="a.md">',
        "</a>",
        "<br>",
    ),
    *('<p onclick="x">', "<!--", "-->", "<?", "<script>", "<https://x>", "<javascript://x>", "&#106;", "&lt;", "&"),
    *(
        "`",
        "``",
        "```",
        "```\n",
        "~~~\n",
        "```{ .a onclick=x }\n",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "## ",
    ),
    *('<abbr title="', '">', "</abbr>", "!!! note whole-list\n", "{ .whole-list }"),
    *("{: onclick=x }", "{ .note }"),
    *("{ #a }", "{", "}", "\\", '"', "'", "=", "*", "_", ": ", "!!! note\n", "??? note\n"),
    *("| a | b |\n| --- | --- |\n", "|", "---\n", "===\n", "{% raw %}", "{% endraw %}", "javascript:x", "\t"),
]


def find(body: str, report: list[Problem]) -> Inlines | None:
    """Read a body as a page's."""
    template = read_template(body, "f.md", 1, report.append)
    if template is None:
        return None
    structure = outline(template.text, 1)
    report += [Problem(Location("f.md", line), kind, message) for line, kind, message in structure.faults]
    return find_inlines(template, structure, LineIndex(body, "f.md", 1), 1, report.append)


def render(body: str) -> html.HtmlElement:
    """Make HTML of a body as MkDocs does."""
    text = Environment(autoescape=True).from_string(body).render(rec=str)
    return html.fragment_fromstring(Markdown(extensions=EXTENSIONS).convert(text), create_parent="section")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_gets_past(body: str) -> None:
    """What has no problem becomes HTML that articles may have, with no link or image that was not seen."""
    problems: list[Problem] = []
    found = find(body, problems)
    if problems or found is None:
        return
    seen = {unescape(link.address) for link in found.links}
    for element in render(body).iter():
        assert isinstance(element.tag, str), "a comment"
        assert list(rendered_faults(element.tag, dict(element.attrib))) == []
        address = element.get("href", element.get("src", ""))
        assert address in seen or re.match(r"#fn(ref\d*)?[:-]|$", address)


PAYLOADS = [
    line.replace("⏎", "\n") for line in (REAL / "tests/payloads.txt").read_text(encoding="utf-8").split("\n") if line
]

AROUND = [
    *(
        "{}",
        "x {} y",
        "- {}",
        "> {}",
        "*{}*",
        "**x {}",
        "## {}",
        "| a |\n| - |\n| {} |",
        "[{}](a.md)",
        "[x](a.md '{}')",
    ),
    *("![{}](a.png)", "x[^1]\n\n[^1]: {}", "!!! note\n    {}", '!!! note "{}"\n    x', "- [ ] {}", "<div>{}</div>"),
    *(
        '<p title="{}">x</p>',
        '<p class="{}">x</p>',
        '<p id="{}">x</p>',
        '<a href="{}">x</a>',
        "<em>{}</em>",
        "x {{ .{} }}",
    ),
    *(
        "    {}",
        "<details><summary>{}</summary></details>",
        "`{}`",
        "```\n{}\n```",
        "```{}\nx\n```",
        "<https://x/{}>",
        "\\{}",
    ),
]
"""Places on a page where a payload may stand."""


@pytest.mark.parametrize("around", AROUND)
def test_no_payload_gets_past(around: str) -> None:
    """Whatever is pasted, and wherever, is refused or becomes HTML that articles may have."""
    for payload in PAYLOADS:
        body = around.format(payload)
        problems: list[Problem] = []
        if find(body, problems) is None or problems:
            continue
        for element in render(body).iter():
            assert isinstance(element.tag, str), body
            assert list(rendered_faults(element.tag, dict(element.attrib))) == [], body
            assert not {"whole-list", "bibliography", "filters"} & set(element.get("class", "").split()), body


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("a [b](c.md) d", [("b", "c.md", 1, 3)]),
        ("\n\n- x\n    - [b *c* [d]](<e.md> 'title')", [("b *c* [d]", "e.md", 4, 7)]),
        ("| [a](b.md) | ![c](d.png) |\n| - | - |", [("a", "b.md", 1, 3), ("c", "d.png", 1, 15)]),
        ("[a](b_(c).md)", [("a", "b_(c).md", 1, 1)]),
        ("[![a](b.png)](c.md)", [("a", "b.png", 1, 2), ("![a](b.png)", "c.md", 1, 1)]),
        ("[a][B]\n\n[b]: c.md", [("a", "c.md", 1, 1)]),
        ("<https://example.org/a> and <a@example.org>", [
            ("https://example.org/a", "https://example.org/a", 1, 1),
            ("a@example.org", "mailto:a@example.org", 1, 29),
        ]),
        ("`[a](b)` ``[`](c)`` \\[d](e)", []),
        ("```\n[a](b)\n```\n{% raw %}[c](d.md){% endraw %}", [("c", "d.md", 4, 10)]),
        ('{{ rec("PRI-01") }} [a](b.md)', [("a", "b.md", 1, 21)]),
    ],
)  # fmt: skip
def test_links(body: str, links: list[tuple[str, str, int, int]]) -> None:
    """Each link has its text, its address and its place."""
    problems: list[Problem] = []
    found = find(body, problems)
    assert problems == []
    assert found
    assert [(k.text, k.address, k.location.line, k.location.column) for k in found.links] == links
