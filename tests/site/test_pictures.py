"""Pictures on the built pages: what they show, and that the same is said in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.site.pictures.canvas import LINE, SIZE, Picture, wrapped
from handbook.site.pictures.figures import figure
from handbook.site.pictures.mechanism import mechanism_picture, ties

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from handbook.model.corpus import Corpus

SHOWN = "recommendations/index.html"
"""The page of the tiny site that has all pictures."""


def read(site: Path, page: str = SHOWN) -> HtmlElement:
    """Return a built page."""
    return html.document_fromstring((site / page).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def drawing(page: HtmlElement, name: str) -> HtmlElement:
    """Return the drawing whose anchors begin with a name, as it is for phones and paper."""
    found: list[HtmlElement] = page.xpath(f"//svg[starts-with(@aria-labelledby, '{name}-title')][title]")
    return found[0]


def shown_words(picture: HtmlElement) -> list[str]:
    """Return the words that a picture shows."""
    return [text.text_content() for text in picture.iter("text")]


def test_names_and_descriptions(tiny_site: Path) -> None:
    """Each drawing is an image whose name and description are on the page, and nowhere twice."""
    page = read(tiny_site)
    drawings = page.xpath("//figure//svg")
    assert drawings
    for one in drawings:
        assert one.get("role") == "img"
        told = [page.xpath(f"//*[@id='{name}']") for name in one.get("aria-labelledby").split()]
        assert [len(found) for found in told] == [1, 1]
        assert all(found[0].text.strip() for found in told)
        assert not one.xpath(".//*[@style] | .//a | .//style | .//script")


def test_coverage(tiny_site: Path) -> None:
    """There is a square for each public recommendation, looking as it is covered; the table says the same."""
    page = read(tiny_site)
    picture = drawing(page, "coverage-prisons")
    squares = [rect.get("class") for rect in picture.xpath(".//rect")]
    assert list(zip(shown_words(picture)[1:], squares, strict=True)) == [("01", "level-2"), ("03", "level-0")]
    row = page.xpath("//details[@class='told']//tr[th/a[text()='Prisons']]/td")
    assert [" ".join(cell.text_content().split()) for cell in row] == ["PRI-03", "none", "PRI-01", "none", "none"]


def test_mechanism(tiny_site: Path) -> None:
    """Each number in the picture is that of an item of the list, which says who, what and how that is known."""
    page = read(tiny_site)
    assert {"RAN", "Council of Europe", "1"} <= set(shown_words(drawing(page, "mechanism")))
    (item,) = page.xpath("//ol[@class='relations']/li")
    said = " ".join(item.text_content().split())
    assert (
        said == "Council of Europe → RAN (joint work): The Council of Europe met the network. Council of Europe, 2016"
    )


def test_stages(tiny_site: Path) -> None:
    """The stages have the number of guidance pages that the site has."""
    words = shown_words(drawing(read(tiny_site), "stages"))
    counts = [word for word in words if word.endswith(("page", "pages"))]
    assert counts == ["0 guidance pages", "0 guidance pages", "1 guidance page"]


def test_timeline(tiny_site: Path) -> None:
    """A body with a known start has a bar; what is known of its end is said and not guessed."""
    page = read(tiny_site)
    picture = drawing(page, "lifetimes")
    assert (len(picture.xpath(".//rect")), len(picture.xpath(".//circle"))) == (1, 1)
    row = page.xpath("//details[@class='told']//tr[th/a[text()='Council of Europe']]/td/text()")
    assert row == ["since 1949, no end on record", "2 March 2016"]


def test_everything_is_on_the_picture(corpus: Corpus) -> None:
    """Nothing leaves its drawing, on any of the real ones."""
    drawn = [figure(name, corpus) for name in ("coverage", "mechanism", "stages", "timeline")]
    pictures = [*drawn[0]["pictures"], *(values["picture"] for values in drawn[1:])]  # type: ignore[misc]
    assert len(pictures) > len(drawn)
    pictures += [values["wide"] for values in drawn if "wide" in values]
    for picture in pictures:
        for shape in picture.shapes:
            if shape.tag == "rect":
                right = float(shape.place["x"]) + float(shape.place["width"])
                bottom = float(shape.place["y"]) + float(shape.place["height"])
                assert float(shape.place["x"]) >= 0, picture.id
                assert right <= picture.width, picture.id
                assert bottom <= picture.height + 1, picture.id


@pytest.mark.parametrize("name", ["mechanism", "timeline"])
def test_wide_pictures(name: str, corpus: Corpus) -> None:
    """For larger screens a picture is wider, has each body's name in full and no line of words upon another."""
    values = figure(name, corpus)
    narrow, wide = values["picture"], values["wide"]
    assert isinstance(narrow, Picture)
    assert isinstance(wide, Picture)
    assert narrow.width < wide.width
    said = " ".join(shape.words for shape in wide.shapes)
    assert "EU Internet Forum (EUIF)" in said
    assert "EU Internet Forum" not in " ".join(shape.words for shape in narrow.shapes)
    places = [(float(shape.place["x"]), float(shape.place["y"])) for shape in wide.shapes if len(shape.words) > 4]
    near = [(a, b) for i, a in enumerate(places) for b in places[:i] if a[0] == b[0] and abs(a[1] - b[1]) < LINE]
    assert near == []


def test_wide_picture_is_for_screens(tiny_site: Path) -> None:
    """The wide drawing has its name from the narrow one, which alone is printed and put into files to take along."""
    (wide,) = read(tiny_site).xpath("//figure[@class='picture wide screen-only'][following-sibling::ol]/svg")
    assert wide.get("aria-labelledby") == "mechanism-title mechanism-desc"
    assert not wide.xpath("title | desc")


def test_real_mechanism(corpus: Corpus) -> None:
    """Every relation that the registry attests among its bodies has its number, and no number hides another."""
    drawn = ties(corpus.registry)
    picture = mechanism_picture(corpus.registry)
    badges = [shape.place for shape in picture.shapes if shape.tag == "circle"]
    assert len(badges) == len(drawn) > 10
    places = [(float(place["cx"]), float(place["cy"])) for place in badges]
    near = [(a, b) for i, a in enumerate(places) for b in places[:i] if abs(a[0] - b[0]) < 18 and abs(a[1] - b[1]) < 18]
    assert near == []
    for tie in drawn:
        assert f"{tie.number}: {tie.relation.says}" in picture.description


@pytest.mark.parametrize("width", [60, 120, 300])
def test_lines(width: int) -> None:
    """Words are broken between words, and none is lost."""
    text = "A lawful information-sharing agreement: give each flow a purpose"
    broken = wrapped(text, width)
    assert " ".join(broken) == text
    assert all(" " not in line or len(line) * SIZE * 0.3 < width for line in broken)
    assert re.search(r"\S", broken[0])
