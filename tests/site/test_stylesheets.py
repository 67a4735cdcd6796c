"""The sheets that pages load are made of all components and of the handbook's colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from lxml import html

from handbook import identity
from handbook.site.stylesheets import COMPONENTS, stylesheets
from tests.support.project import REAL

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def test_components_are_joined() -> None:
    """Nothing but comments of a component is lost, and each colour that any sheet asks for has a value."""
    made = dict(stylesheets(REAL / "overrides"))
    parts = sorted((REAL / "overrides" / COMPONENTS).glob("*.css"))
    assert len(parts) > 10
    assert [name for name, text in made.items() if "/*" in text] == []
    whole = "".join(made["stylesheets/handbook.css"].split())
    rules = {path.name: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in parts}
    assert [name for name, text in rules.items() if "".join(text.split()) not in whole] == []
    others = [path.read_text(encoding="utf-8") for path in (REAL / "overrides/stylesheets").glob("*.css")]
    asked = set(re.findall(r"var\((--hb-[a-z-]+)", "".join([*made.values(), *others])))
    assert asked <= set(re.findall(r"(--hb-[a-z-]+):", made["stylesheets/handbook.css"]))


def test_every_area_has_an_icon(corpus: Corpus) -> None:
    """Each area has a picture of its own, which stands whole in the sheet."""
    made = dict(stylesheets(REAL / "overrides"))["stylesheets/handbook.css"]
    icons = dict(re.findall(r'\.area-([\w-]+)\{--icon: url\("(data:image/svg\+xml,[^"]+)"\);\}', made))
    assert icons.keys() == corpus.registry.areas.keys()
    assert len(set(icons.values())) == len(icons)


def test_dark_colours_are_others_of_the_same_names() -> None:
    """Each colour of the dark palette takes the place of a light one."""
    assert identity.DARK.keys() < identity.LIGHT.keys()


def test_older_engines_are_served(tiny_site: Path) -> None:
    """What an engine of 2021 does not know stands behind something that it does, or alone in its rule."""
    for file in (tiny_site / "stylesheets").rglob("*.css"):
        css = file.read_text(encoding="utf-8")
        assert re.findall(r"\(\s*(?:width|height)\s*[<>]", css) == [], file.name
        assert re.findall(r"\{[^{}]*?([\w-]+):\s*color-mix", re.sub(r"([\w-]+): [^;]+;\1: color-mix", "", css)) == []


def test_nothing_of_the_theme_is_sent(tiny_site: Path) -> None:
    """The site has sheets, scripts and icons of its own only, and no component beside what was made of it."""
    names = {path.relative_to(tiny_site).as_posix() for path in tiny_site.rglob("*") if path.is_file()}
    assert [name for name in names if name.startswith(("assets/", COMPONENTS))] == []
    icons = html.parse(tiny_site / "index.html").xpath("//link[@rel='icon']/@href")
    assert set(icons) == {"images/icon.png", "images/icon.svg"} & names
    assert identity.LIGHT["brand"] in (tiny_site / "images/icon.svg").read_text(encoding="utf-8")


def test_names_are_those_of_the_site() -> None:
    """What MkDocs calls the site is what everything else calls the handbook."""
    text = (REAL / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "")
    settings = yaml.safe_load(text)
    assert settings["site_name"] == identity.NAME
    assert identity.LICENCE_URL in settings["copyright"]
    assert identity.LICENCE in settings["copyright"]
    assert f'<html lang="{identity.LANGUAGE}">' in (REAL / "overrides/base.html").read_text(encoding="utf-8")
