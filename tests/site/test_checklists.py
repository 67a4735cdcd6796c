"""Checklists whose boxes have names."""

from __future__ import annotations

from lxml import html
from markdown import Markdown


def rendered(text: str) -> html.HtmlElement:
    """Return what Markdown makes of a list."""
    extensions = ["pymdownx.tasklist", "handbook.site.checklists"]
    options = {"pymdownx.tasklist": {"clickable_checkbox": True}}
    return html.fragment_fromstring(Markdown(extensions=extensions, extension_configs=options).convert(text))


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
