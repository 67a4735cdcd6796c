"""What readers do first, in the engines of Firefox and Safari, on the site and in the copy opened from a file."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageDraw

from tests.browser.conftest import KINDS
from tests.browser.engines import ENTER, firefox, webkit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.engines import Engine

pytestmark = pytest.mark.slow

SEEN = ("home", "guidance", "search", "finder", "guidance table", "recommendation")

BOXES = """
const boxes = [];
for (const part of document.querySelectorAll('article *')) {
  for (const box of part.getClientRects()) boxes.push([box.left - 24, box.top - 2, box.right + 2, box.bottom + 2]);
}
return boxes;
"""
"""Where the parts of a page are, with room for the marks of lists at their left and for lines below links."""

READABLE = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('* { font-family: sans-serif !important; }');
document.adoptedStyleSheets = [sheet];
"""
"""A typeface without variations; Firefox prints the bold of one that has them as shapes, which no program can read."""


@pytest.fixture(scope="module", params=[firefox, webkit], ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give a browser of another engine."""
    with request.param() as started:
        yield started


@pytest.fixture(params=["address", "stick"])
def root(request: pytest.FixtureRequest) -> str:
    """Give the address of the site, or of its copy on a memory stick."""
    found: str = request.getfixturevalue(request.param)
    return found


def page_of(root: str, path: str) -> str:
    """Return the address of a page; in the copy that is a file."""
    name, mark, query = path.partition("?")
    return f"{root}{name}index.html{mark}{query}" if root.startswith("file:") else f"{root}{path}"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", SEEN)
def test_nothing_is_painted_twice_or_cut_off(kind: str, width: int, engine: Engine, address: str) -> None:
    """No page scrolls sideways, and where a page has nothing, nothing is seen."""
    engine.resize(width, 1000)
    engine.open(address + KINDS[kind])
    assert engine.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert stray(engine) is None


def stray(engine: Engine) -> tuple[int, int, int, int] | None:
    """Return the place of anything that is painted within the text of a page, but outside of its parts."""
    picture = Image.open(io.BytesIO(engine.picture())).convert("RGB")
    scale = picture.width / engine.run("return innerWidth")
    left, top, right, bottom = engine.run(
        "const box = document.querySelector('article').getBoundingClientRect();"
        "return [box.left, Math.max(box.top, 0), box.right, Math.min(box.bottom, innerHeight)];"
    )
    draw = ImageDraw.Draw(picture)
    paper = picture.getpixel((int(right * scale) - 1, int(top * scale) + 1))
    for box in engine.run(BOXES):
        if box[2] > box[0] and box[3] > box[1]:
            draw.rectangle([edge * scale for edge in box], fill=paper)
    text = picture.crop((int(left * scale), int(top * scale), int(right * scale), int(bottom * scale)))
    return ImageChops.difference(text, Image.new("RGB", text.size, paper)).getbbox()


@pytest.mark.parametrize("kind", ["home", "guidance", "finder", "search"])
def test_search_from_the_head(kind: str, engine: Engine, root: str) -> None:
    """Words typed into the field at the head of any page are looked for, and what is found can be opened."""
    engine.resize(1280, 1000)
    engine.open(page_of(root, KINDS[kind]))
    engine.type("header [role=search] input", f"reception interview{ENTER}")
    found = "#search-results a[href*='/first-conversation/']"
    engine.wait(f'document.querySelector("{found}")')
    assert engine.run("return location.href") == page_of(root, "/search/?q=reception+interview")
    engine.click(found)
    engine.wait("document.querySelector('h1').textContent.startsWith('Intake and the first conversation')")


def test_finder(engine: Engine, root: str) -> None:
    """What is chosen narrows the list and stays in the address."""
    engine.resize(1280, 1000)
    engine.open(page_of(root, "/finder/?role=prison-officer"))
    engine.wait("document.querySelector('#situations li[hidden]')")
    shown = engine.run("return document.querySelectorAll('#situations li:not([hidden])').length")
    engine.click(".choices [data-value=local-cooperation]")
    engine.wait("location.search.includes('area=local-cooperation')")
    assert 0 < engine.run("return document.querySelectorAll('#situations li:not([hidden])').length") < shown


def test_own_file(engine: Engine, root: str) -> None:
    """A file of the reader's own is loaded where it is dropped, and saved."""
    engine.open(page_of(root, "/where-we-stand/"))
    engine.run(
        "const dataTransfer = new DataTransfer();"
        "dataTransfer.items.add(new File(['id,mark,note\\nPRI-11,planned,in spring\\n'], 'ours.csv'));"
        "document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));"
    )
    engine.wait("document.querySelector('.plan tbody')?.textContent.endsWith('Plannedin spring')")
    engine.run("document.querySelector('.keeping button').click()")
    engine.wait("document.querySelector('.keeping [role=status]').textContent.startsWith('Handed to your browser')")


def test_filtered_table(engine: Engine, root: str) -> None:
    """A table shows what was asked for, and is sorted by a click."""
    engine.resize(1280, 1000)
    engine.open(page_of(root, "/guidance/?area=prisons"))
    engine.wait("document.querySelector('#guidance tbody tr[hidden]')")
    links = "[...document.querySelectorAll('#guidance tbody tr:not([hidden]) th a')].map((link) => link.href)"
    assert all("/prisons/" in link for link in engine.run(f"return {links}"))
    engine.click("#guidance thead th:last-child button")
    engine.wait("document.querySelector('#guidance [aria-sort]') && location.search.includes('sort=')")


def test_print(address: str, tmp_path: Path) -> None:
    """In Firefox no sheet ends with a heading, with or without a line below, and a long table repeats its head."""
    target = tmp_path / "page.pdf"
    step = "<h3>Step</h3><p>Who: teacher</p><ul><li>Begin here</li><li>Then go on</li></ul>"
    sheets: list[str] = []
    with firefox() as engine:
        engine.open(address + KINDS["scenario"])
        for before in range(18, 90):  # lines, until the step has its place on the next sheet
            engine.run(f"document.querySelector('article').innerHTML = '<p>A line.</p>'.repeat({before}) + '{step}';")
            target.write_bytes(engine.printed())
            sheets = laid_out(target)
            for sheet in sheets:
                assert ("Who: teacher" in sheet) == ("Begin here" in sheet), before
            if "Who: teacher" not in sheets[0]:
                break
        assert "Who: teacher" in sheets[1]
        engine.open(address + KINDS["index"])
        engine.wait("document.querySelector('thead button')")
        engine.run(READABLE)
        target.write_bytes(engine.printed())
    assert [number for number, sheet in enumerate(laid_out(target)) if number and "Issued by" not in sheet] == []


def laid_out(path: Path) -> list[str]:
    """Return what each sheet of a PDF says, line by line."""
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"],  # noqa: S607 - wherever the machine has it
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split("\f")[:-1]


def test_colours(engine: Engine, root: str) -> None:
    """The colours change at a click, and back."""
    engine.open(page_of(root, KINDS["guidance"]))
    before = engine.run("return getComputedStyle(document.body).backgroundColor")
    engine.click("#theme")
    engine.wait(f"getComputedStyle(document.body).backgroundColor !== '{before}'")
    engine.click("#theme")
    engine.wait(f"getComputedStyle(document.body).backgroundColor === '{before}'")
