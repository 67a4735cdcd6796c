"""Pages keep all they have: on a narrow screen, in large type, in forced colours, without scripts, on paper."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESK, EVERY_KIND, KINDS, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

OVERFLOWS = """() => [document.documentElement, ...document.querySelectorAll('body *')]
  .filter((element) => {
    const style = getComputedStyle(element);
    if (!element.getClientRects().length) return false;
    if (element.closest('svg, .unseen, #theme span, pre, .choices ul')) return false;
    if (element === document.documentElement) return element.scrollWidth > innerWidth;
    const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
    return clips && element.tagName !== 'INPUT' && element.scrollWidth > element.clientWidth + 1;
  })
  .map((element) => `${element.tagName}.${element.className}`)"""

SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } \
p { margin-bottom: 2em !important; }"
"""What readers may ask of any text (WCAG 1.4.12)."""

BROKEN = r"""() => {
  const broken = [];
  for (const cell of document.querySelectorAll('article :is(th, td)')) {
    if (!cell.getClientRects().length) continue;
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[\p{L}\d]+/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set(Array.from(range.getClientRects(), (box) => Math.round(box.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""Words in tables that begin on one line and end on another."""

LARGE = {"standard": 32, "fixed": 26}
"""Twice the size that browsers begin with."""

NINE = (
    "<table><thead><tr>"
    + "".join(f"<th scope='col'>Heading {n}</th>" for n in range(1, 10))
    + "</tr></thead><tbody>"
    + ("<tr>" + "".join(f"<td>cell{n} with some longer words</td>" for n in range(1, 10)) + "</tr>") * 80
    + "</tbody></table>"
)


def add_style(page: Page, style: str) -> None:
    """Lay a reader's own style over a page, as browsers do, whatever the page's policy."""
    page.evaluate(
        """(text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets.push(sheet);
        }""",
        style,
    )


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_nothing_is_cut_off(kind: str, page: Page, address: str) -> None:
    """At 320 pixels, with type of twice the size, and with wide spacing, no page scrolls sideways or hides words."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(OVERFLOWS) == []
    add_style(page, SPACED)
    assert page.evaluate(OVERFLOWS) == []
    page.set_viewport_size(DESK)
    assert page.evaluate(OVERFLOWS) == []
    page.reload()
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": LARGE})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate(OVERFLOWS) == []
    page.set_viewport_size({"width": 640, "height": 640})
    assert page.evaluate(OVERFLOWS) == []


@pytest.mark.parametrize("kind", ["area", "guidance", "area list", "coverage"])
def test_tables_keep_words_whole(kind: str, page: Page, address: str) -> None:
    """On a phone, no word in a table is torn in two, neither in its heads nor in its cells."""
    page.set_viewport_size(PHONE)
    page.goto(address + KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.locator("article table").count()
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_first_page_fits_one_screen(size: ViewportSize, page: Page, address: str) -> None:
    """What this is and nine worries are seen without scrolling; at a desk all twelve roles and training too."""
    page.set_viewport_size(size)
    page.goto(address)
    ends = page.evaluate(
        """() => [...document.querySelectorAll('#something-worries-me-now ~ ul:not(#areas-of-work ~ *) a')]
          .map((link) => link.getBoundingClientRect().bottom)"""
    )
    assert len(ends) == 9 + 12 + 3
    assert max(ends[:9] if size == PHONE else ends) <= size["height"]
    assert page.get_by_role("link", name="112").first.is_visible()


def test_forced_colours(page: Page, address: str) -> None:
    """Where the system sets all colours, boxes keep a border, and the focus its outline."""
    page.emulate_media(forced_colors="active")
    page.goto(address + KINDS["guidance"])
    for box in (".emergency", ".strip"):
        assert page.locator(box).first.evaluate("(box) => parseFloat(getComputedStyle(box).borderLeftWidth)") >= 1
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.emulate_media(forced_colors="none")


def test_nothing_moves(page: Page, address: str) -> None:
    """There is no movement, so nobody has to ask for less of it."""
    page.goto(address + KINDS["guidance"])
    moving = """() => document.getAnimations().length + [...document.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      return parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
    }).length"""
    assert page.evaluate(moving) == 0


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """Yield a phone's page without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


def test_without_scripts(bare: Page, address: str) -> None:
    """The doors stand at the top, the section at the end, where a link leads; no button would do nothing."""
    bare.goto(address + KINDS["guidance"])
    assert bare.get_by_role("button", name="Menu").count() == 0
    assert bare.get_by_role("button", name="Dark colours").count() == 0
    assert bare.get_by_role("navigation", name="Main").get_by_role("link", name="Training").is_visible()
    bare.get_by_role("link", name="Menu").click()
    bare.get_by_role("navigation", name="Guidance").get_by_role("link", name="Education").click()
    assert bare.url == f"{address}/education/"
    bare.goto(address + KINDS["guidance"])
    bare.get_by_role("checkbox").first.check()
    assert bare.get_by_role("checkbox").first.is_checked()


def test_dark_without_scripts(bare: Page, address: str) -> None:
    """The system's choice of colours holds from the first moment, because no script makes it."""
    bare.emulate_media(color_scheme="dark")
    bare.goto(address)
    dark = bare.locator("body").screenshot()
    bare.emulate_media(color_scheme="light")
    assert bare.locator("body").screenshot() != dark


def printed(page: Page, folder: Path) -> list[str]:
    """Return the text of each sheet of a page as printed."""
    page.pdf(path=folder / "page.pdf", format="A4", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", "-layout", folder / "page.pdf", "-"],  # noqa: S607 - wherever the machine has it
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("\f")[:-1]


def test_print(page: Page, address: str, tmp_path: Path) -> None:
    """On paper the text stands alone, with the emergency number, and each sheet says where it is from and of when."""
    page.goto(address + KINDS["guidance"])
    sheets = printed(page, tmp_path)
    assert 1 < len(sheets) <= 4
    assert "112" in sheets[0]
    assert "Skip to content" not in "".join(sheets)
    assert "Deciding where to place a person" not in sheets[0]
    assert [number for number, sheet in enumerate(sheets) if "Prevention in Practice, release " not in sheet] == []
    assert [number for number, sheet in enumerate(sheets) if KINDS["guidance"] not in sheet] == []


def test_guidance_prints_on_four_sheets(site: Path, page: Page, address: str, tmp_path: Path) -> None:
    """The longest pages are on four sheets, with all advice and sources in short; a decision is printed apart."""
    guidance = [path for path in site.glob("*/*/index.html") if 'class="kind-guidance' in path.read_text("utf-8")]
    guidance.sort(key=lambda path: len(path.read_bytes()), reverse=True)
    sheets = {}
    for path in guidance[:12]:
        page.goto(f"{address}/{path.parent.relative_to(site).as_posix()}/")
        sheets[path.parent.name] = printed(page, tmp_path)
    assert {name: len(texts) for name, texts in sheets.items() if len(texts) > 4} == {}
    assert [name for name, texts in sheets.items() if "Checklist" not in "".join(texts)] == []
    assert "Sources" in sheets["information-sharing"][-1]
    assert "May I tell?" in "".join(sheets["information-sharing"])


def test_print_keeps_all_columns(page: Page, address: str, tmp_path: Path) -> None:
    """A table of nine columns is printed whole, and its head is repeated."""
    page.goto(address + KINDS["guidance"])
    page.evaluate("(table) => { document.querySelector('article').innerHTML = table; }", NINE)
    sheets = printed(page, tmp_path)
    text = "".join(sheets)
    assert len(sheets) > 1
    assert [n for n in range(1, 10) if text.count(f"cell{n}") != 80] == []
    assert all(sheet.count("Heading") == 9 for sheet in sheets)


def test_print_a_long_table(page: Page, address: str, tmp_path: Path) -> None:
    """Columns are as wide as their words, and the head, which sorts on the screen, is repeated on each sheet."""
    page.goto(address + KINDS["index"])
    page.locator("thead button").first.wait_for()
    sheets = printed(page, tmp_path)
    assert len(sheets) <= 10
    assert "propa-" not in "".join(sheets)
    assert [number for number, sheet in enumerate(sheets) if number and "Issued by" not in sheet] == []


def test_print_a_checklist(page: Page, address: str, tmp_path: Path) -> None:
    """The button prints the list alone, ticks included, on one sheet."""
    page.goto(address + KINDS["guidance"])
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print this checklist").click()
    (sheet,) = printed(page, tmp_path)
    assert "In short" not in sheet
    assert page.locator(".task-list label").first.inner_text().split()[0] in sheet


SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 200);
})"""


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_nothing_jumps(kind: str, page: Page, address: str) -> None:
    """What a reader has begun to read stays where it is while scripts make the page work.

    The typeface is left out: where it comes late, a line may end with another word than before.
    """
    page.set_viewport_size(PHONE)
    page.route("**/*.woff2", lambda route: route.fulfill(body=b""))
    page.goto(address + KINDS[kind], wait_until="networkidle")
    assert page.evaluate(SHIFTS) < 0.01
