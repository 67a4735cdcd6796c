"""The Markdown of the handbook: checklists whose boxes have names, columns that are aligned."""

from __future__ import annotations

import pytest
from lxml import html
from markdown import Markdown

from handbook.parsing.dialect import EXTENSIONS


def rendered(text: str) -> html.HtmlElement:
    """Return what Markdown makes of a list or a table."""
    settings = {name: dict(options) for name, options in EXTENSIONS.items()}
    return html.fragment_fromstring(Markdown(extensions=list(settings), extension_configs=settings).convert(text))


def test_words_are_the_label_of_their_box() -> None:
    """A tap on the words ticks the box, links and emphasis among them included."""
    found = rendered("- [ ] Ask **one** [colleague](a.md)\n- [ ] Write")
    assert [label.text_content().strip() for label in found.iter("label")] == ["Ask one colleague", "Write"]
    assert [len(label.findall("input")) for label in found.iter("label")] == [1, 1]


def test_list_below_an_item_stays_outside() -> None:
    """A label holds one box."""
    found = rendered("- [ ] First\n\n    - [ ] Below\n\n- [ ] Second")
    assert [label.text_content().strip() for label in found.iter("label")] == ["First", "Below", "Second"]
    assert found.xpath("//label//label | //label//ul") == []


def test_other_lists_have_no_label() -> None:
    """What has no box needs none."""
    assert list(rendered("- One\n- Two").iter("label")) == []


def test_columns_are_aligned_by_class() -> None:
    """A style would be refused by browsers, as our content policy asks them to."""
    cells = list(rendered("| a | b | c |\n| :-- | --: | --- |\n| d | e | f |").iter("th", "td"))
    assert [cell.get("class") for cell in cells] == ["align-left", "align-right", None] * 2
    assert not any("style" in cell.attrib or "align" in cell.attrib for cell in cells)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- [A](a.md)\n- [B **c**](b.md)", "titles"),
        ("- [A](a.md)\n- [B](b.md), as well", None),
        ("- First [A](a.md)", None),
        ("- [A](a.md) [B](b.md)", None),
        ("- Words", None),
    ],
)
def test_list_of_links_has_its_class(text: str, name: str | None) -> None:
    """Lines that are there to be tapped are told from those that are read."""
    assert rendered(text).get("class") == name
