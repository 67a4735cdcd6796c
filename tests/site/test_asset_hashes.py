"""Stylesheets and scripts have names that change with their content, and pages load them by these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.site.asset_hashes import add_asset_hashes
from tests.support.project import run

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.html": '<link href="css/a.css"><script src="js/a.js"></script><a href="css/a.css.html">a.css</a>',
    "deep/page/index.html": '<link href="../../css/a.css"><script src="https://example.org/js/a.js"></script>',
    "404.html": '<link href="/handbook/css/a.css"><script src="/js/a.js"></script><link href="/gone.css">',
    "css/a.css": "a {}",
    "css/unused.css": "b {}",
    "js/a.js": 'load("js/part.js")',
    "js/part.js": "part",
}


def site(folder: Path, **changes: str) -> dict[str, str]:
    """Write a site, give its files fingerprints, and give every file with its content."""
    for name, text in {**PAGES, **changes}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    add_asset_hashes(folder)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_links_follow(tmp_path: Path) -> None:
    """Links from any depth and from the root follow; those elsewhere, to nothing or to something else stay."""
    files = site(tmp_path)
    (css,) = [name for name in files if re.fullmatch(r"css/a\.[0-9a-f]{8}\.css", name)]
    (js,) = [name for name in files if re.fullmatch(r"js/a\.[0-9a-f]{8}\.js", name)]
    expected = f'<link href="{css}"><script src="{js}"></script><a href="css/a.css.html">a.css</a>'
    assert files["index.html"] == expected
    assert files["deep/page/index.html"] == PAGES["deep/page/index.html"].replace("css/a.css", css)
    assert files["404.html"] == f'<link href="/handbook/{css}"><script src="/{js}"></script><link href="/gone.css">'
    assert {"css/a.css", "js/a.js"} & files.keys() == set()


def test_what_no_page_loads_keeps_its_name(tmp_path: Path) -> None:
    """A script finds its parts under the names that it knows, even when a page loads them, too."""
    files = site(tmp_path, **{"part.html": '<script src="js/part.js"></script>'})
    assert {"css/unused.css", "js/part.js"} <= files.keys()
    assert files["part.html"] == '<script src="js/part.js"></script>'


def test_name_changes_with_the_content(tmp_path: Path) -> None:
    """Same content, same name; other content, another name."""
    first, same = site(tmp_path / "first"), site(tmp_path / "same")
    other = site(tmp_path / "other", **{"css/a.css": "a { color: red }"})
    assert first.keys() == same.keys()
    assert len(first.keys() ^ other.keys()) == 2


def test_built_site(tiny: Path) -> None:
    """Whatever a page loads has a fingerprint, and is there; a script that another one loads keeps its name."""
    assert run("handbook", "build", folder=tiny).returncode == 0
    for page in (tiny / "site").rglob("*.html"):
        loaded = re.findall(r'(?:href|src)="([^":]+\.(?:css|js))"', page.read_text(encoding="utf-8"))
        assert [name for name in loaded if not re.search(r"(\.[0-9a-f]{8}\.(css|js)|/search\.js)$", name)] == []
        base = tiny / "site" if page.name == "404.html" else page.parent
        assert [name for name in loaded if not (base / name.lstrip("/")).is_file()] == []
