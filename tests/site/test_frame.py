"""The frame of every page, rendered with hostile text in every value that its templates can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from lxml import etree
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from handbook.parsing.allowed_html import document_faults
from handbook.site.mkdocs.plugin import HandbookPlugin
from tests.support.project import REAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import Environment

PAYLOAD = "</title></script><script>pwned</script><img src=x onerror=pwned>\"' onfocus=pwned &lt;script&gt; & \u2028"

AS_HTML = {"content": "<p>Text</p>", "linked_data": "{}", "copyright": "Text"}
"""What the frame prints as the HTML or JSON that it is: others make it and see to it."""

DEEPEST = 6

TEMPLATES = sorted(
    path.relative_to(REAL / "overrides").as_posix()
    for kind in ("*.html", "*.xml")
    for path in (REAL / "overrides").rglob(kind)
)


class _Hostile(str):
    """Hostile text that has every attribute and every item, each of them hostile again; it can be called, too."""

    __slots__ = ("depth",)
    depth: int
    lacking: ClassVar = ""
    """An attribute that is empty, so that what depends on its absence is rendered too."""

    def __new__(cls, depth: int = 0) -> _Hostile:  # noqa: PYI034 - a str is made, not this
        made = super().__new__(cls, PAYLOAD)
        made.depth = depth
        return made

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == self.lacking:
            return ""
        return AS_HTML.get(name) or (_Hostile(self.depth + 1) if self.depth < DEEPEST else "")

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__

    def __iter__(self) -> Iterator[_Hostile]:
        return iter([_Hostile(self.depth + 1)] * 3 if self.depth < DEEPEST else [])

    def __getitem__(self, _: object) -> _Hostile:
        return _Hostile(self.depth + 1)

    def __len__(self) -> int:
        return 3 if self.depth < DEEPEST else 0

    def __call__(self, *_: object) -> _Hostile:
        return self

    @property
    def title(self) -> _Hostile:
        """What a str has of this name is no attribute of a page."""
        return _Hostile(self.depth + 1)

    @property
    def url(self) -> str:
        """Addresses are taken apart, so they are no more than text."""
        return PAYLOAD


@pytest.fixture
def frame(tiny: Path) -> Environment:
    """Return the environment in which MkDocs renders the frame of a real project."""
    config = load_config(str(tiny / "mkdocs.yml"))
    environment = config.theme.get_env()
    HandbookPlugin().on_env(environment, config=config, files=Files([]))
    environment.filters["url"] = str
    return environment


@pytest.mark.parametrize("lacking", ["", "is_homepage"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_of_a_value_becomes_markup(
    name: str, lacking: str, frame: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles, words, addresses and settings are shown as they are; no element or attribute is made of them."""
    monkeypatch.setattr(_Hostile, "lacking", lacking)
    made = frame.get_template(name).render(
        page=_Hostile(),
        nav=_Hostile(),
        config=_Hostile(),
        pages=_Hostile(),
        release=_Hostile(),
        build_date_utc=_Hostile(),
    )
    document = etree.fromstring(f"<html>{made}</html>".encode(), etree.HTMLParser(encoding="utf-8"))
    assert [fault for fault in document_faults(document) if "asks another site" not in fault[2]] == []
    assert not [element for element in document.iter("script") if element.text not in {None, "{}"}]
    assert not list(document.iter("img"))
    assert "<script>pwned" not in made
    assert not [key for element in document.iter(etree.Element) for key in element.keys() if "pwned" in key]  # noqa: SIM118


def test_values_are_shown(frame: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above renders what it is about: the title says the hostile text, letter by letter."""
    monkeypatch.setattr(_Hostile, "lacking", "is_homepage")
    made = frame.get_template("main.html").render(
        page=_Hostile(), nav=_Hostile(), config=_Hostile(), release=_Hostile(), build_date_utc=_Hostile()
    )
    document = etree.fromstring(made.encode(), etree.HTMLParser(encoding="utf-8"))
    said = document.xpath("string(//title)")
    assert str(said).startswith(PAYLOAD)
