"""The gate on the built site sees what the sources cannot show."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from handbook.checks.built_site import check_site
from handbook.problems import CheckFailedError
from tests.support.project import TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "prisons/release/index.html"


@pytest.fixture
def built(tiny: Path, tiny_site: Path) -> Path:
    """Return a project with a site of its own that a test may spoil."""
    shutil.copytree(tiny_site, tiny / "site")
    return tiny


def problems(project: Path) -> list[str]:
    """Return the lines with which the gate refuses the site."""
    try:
        check_site(project / "site", load_corpus(project, TODAY))
    except CheckFailedError as error:
        return str(error).splitlines()
    return []


def test_good_site_passes(built: Path) -> None:
    """A site as built has no problems."""
    assert problems(built) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'href="../../education/ran/" title',
            'href="../../education/rann/" title',
            (
                "error[broken-link] '../../education/rann/' leads to no file of the site; "
                "did you mean 'education/ran/index.html'?"
            ),
        ),
        (
            'href="#source-2"',
            'href="#source-22"',
            (
                "error[broken-link] '#source-22' leads to a place that 'prisons/release/index.html' does not have; "
                "did you mean 'source-2'?"
            ),
        ),
        (
            'data-covers="PRI-01"',
            'data-covers="PRI-03"',
            (
                "docs/prisons/release.md:34:1: error[not-shown] the built page does not show 'PRI-01' (steps) in the "
                "section '#1-talk-every-day'; put the mark at its end"
            ),
        ),
        (
            'data-degree="steps"',
            'data-degree="reports"',
            (
                "docs/prisons/release.md:34:1: error[not-shown] the built page does not show 'PRI-01' (steps) in the "
                "section '#1-talk-every-day'; put the mark at its end"
            ),
        ),
    ],
)
def test_spoilt_page(old: str, new: str, said: str, built: Path) -> None:
    """A link, an anchor or a mark that went wrong is named with its place."""
    replace(built, f"site/{RELEASE}", old, new)
    assert [line for line in problems(built) if said in line]


IN_ARTICLE = [
    ("<script>alert(1)</script>", "'<script>' may not stand in an article"),
    ("<style>p {color: red}</style>", "'<style>' may not stand in an article"),
    ('<iframe src="x.html"></iframe>', "'<iframe>' may not stand in an article"),
    ('<form action="https://example.org/"></form>', "is not a file of this site"),
    ("<object></object>", "'<object>' may not stand in an article"),
    ('<p onclick="alert(1)">x</p>', "'<p>' may not have 'onclick' in an article"),
    ('<p STYLE="color: red">x</p>', "'<p>' may not have 'style' in an article"),
    ('<input type="password">', "'<input>' may only be a box to tick or"),
    ("<!-- hidden -->", "a comment or instruction may not stand in an article"),
    ('<a href="jav&#x61;script:alert(1)">x</a>', "'javascript:' is no link to a page"),
    ('<a href="\x01 JaVa\tScRiPt:alert(1)">x</a>', "'javascript:' is no link to a page"),
    ('<a href="data:text/html,x">x</a>', "'data:' is no link to a page"),
    ('<a href="//example.org/">x</a>', "'//example.org/' names another site without its beginning"),
    ('<img src="https://example.org/x.png" alt="x">', "is not a file of this site"),
    ('<svg><use href="https://example.org/x.svg#a"></use></svg>', "leads out of the drawing"),
    ('<svg><rect fill="url(https://example.org/x)"></rect></svg>', "fetches something"),
    ("<svg><foreignObject></foreignObject></svg>", "'<foreignobject>' may not stand in an article"),
]


@pytest.mark.parametrize(("html", "said"), IN_ARTICLE)
def test_forbidden_in_an_article(html: str, said: str, built: Path) -> None:
    """What extensions might make of harmless sources stops the build, with the built line and the page's source."""
    replace(built, f"site/{RELEASE}", "<p>Silence.</p>", f"<p>Silence.</p>\n{html}")
    lines = [line for line in problems(built) if said in line]
    assert lines
    assert lines[0].endswith("(this page is made of docs/prisons/release.md:45)")
    assert (built / f"site/{RELEASE}").read_text(encoding="utf-8").splitlines()[int(lines[0].split(":")[1]) - 1] == html


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<div onmouseover="alert(1)"></div>', "'<div>' has 'onmouseover', which runs code"),
        ('<a href="javascript:alert(1)">x</a>', "'javascript:alert(1)' runs code"),
        ('<form action="vbscript:x"></form>', "'vbscript:x' runs code"),
        ("<script>alert(1)</script>", "a script stands in the page"),
        ('<script type="module" nonce="x">alert(1)</script>', "a script stands in the page"),
        ('<script type="application/ld+json;">alert(1)</script>', "a script stands in the page"),
        ('<script src="data:text/javascript,alert(1)"></script>', "makes readers' browsers ask another site"),
        ('<iframe srcdoc="<script>alert(1)</script>"></iframe>', "'<iframe>' has 'srcdoc', which runs code"),
        ('<svg><a xlink:href="javascript:alert(1)">x</a></svg>', "'javascript:alert(1)' runs code"),
        ('<script src="https://example.org/x.js"></script>', "makes readers' browsers ask another site"),
        ('<script src="//example.org/x.js"></script>', "makes readers' browsers ask another site"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "makes readers' browsers ask another site"),
        ('<iframe src="https://example.org/"></iframe>', "makes readers' browsers ask another site"),
    ],
)
def test_forbidden_around_an_article(html: str, said: str, built: Path) -> None:
    """The theme may have what articles may not, but nothing that runs code in place or asks others."""
    replace(built, f"site/{RELEASE}", "</body>", f"{html}</body>")
    assert [line for line in problems(built) if said in line]


def test_parser_that_reads_otherwise_than_browsers(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is not judged by a library that might see another page than readers."""
    monkeypatch.setattr("lxml.etree.LIBXML_VERSION", (2, 13, 8))
    said = "lxml has libxml2 2.13.8 here, which reads HTML otherwise than browsers; install one with 2.14"
    assert problems(built) == [f"site:1:1: error[unreadable] {said}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        ("docs/prisons/release.md", "Silence.", "Silence.\n\n### Menu { #menu }\n\nSilence.", "menu"),
        (
            "data/glossary.yml",
            "- term:",
            "- {term: Dynamic-security, definition: D., sources: []}\n- term:",
            "dynamic-security",
        ),
        ("data/glossary.yml", "- term:", "- {term: ++, definition: D., sources: []}\n- term:", ""),
    ],
)
def test_name_of_two_places(file: str, old: str, new: str, name: str, tiny: Path) -> None:
    """Nothing takes a name that another place of the page has, in the frame or in a list, and none is empty."""
    replace(tiny, file, old, new)
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 1
    assert f"error[name-clash] '{name}' is not the name of one place on the page" in done.stderr


def test_missing_link_back(built: Path) -> None:
    """The recommendation's page must link to the section."""
    replace(built, "site/recommendations/pri-01/index.html", 'release/#1-talk-every-day"', 'release/#steps"')
    assert problems(built) == [
        (
            "docs/prisons/release.md:34:1: error[not-shown] the page of 'PRI-01' does not link to "
            "'prisons/release/#1-talk-every-day'; is a page of that name in its place?"
        )
    ]


def test_raw_html_link_fails_the_build(tiny: Path) -> None:
    """A broken link in raw HTML, which MkDocs does not see, stops the build with its line and no traceback."""
    replace(tiny, "docs/prisons/release.md", "Silence.", '<a href="../nowhere/">Silence</a>')
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 1
    assert (
        "docs/prisons/release.md:47:1: error[broken-link] '../nowhere/' leads to no page, image or download"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_outline_that_markdown_disagrees_with(tiny: Path) -> None:
    """A heading that only looks like one, in raw HTML, cannot carry a mark unseen."""
    replace(
        tiny,
        "docs/prisons/release.md",
        '### 1. Talk every day\n\n**Who:** every {{ role("prison-officer") }}.',
        "<p>\n### Not a heading\n</p>",
    )
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 1
    assert (
        "error[not-shown] the built page does not show 'PRI-01' (steps) in the section '#not-a-heading'" in done.stderr
    )
