"""Names of stylesheets and scripts that change with their content, so that browsers may keep the files for ever."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING

from handbook.urls import resolve

if TYPE_CHECKING:
    from pathlib import Path

_LOADED = re.compile(r'(\s(?:href|src)=")([^":?#]+\.(?:css|js))(?=")')


def add_asset_hashes(site: Path) -> None:
    """Rename the stylesheets and scripts that pages load, and the links to them.

    A file that a script names keeps its name, for nobody would tell the script. Copies of the site that were made
    before have plain names, which suits them.

    Args:
        site: the folder that holds the finished site.
    """
    scripts = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.js"))
    new_names: dict[Path, str] = {}

    def renamed(page: Path, found: re.Match[str]) -> str:
        file = _file(site, page, found[2])
        if not file.is_file() or file.relative_to(site).as_posix() in scripts:
            return found[0]
        if file not in new_names:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
            new_names[file] = f"{file.stem}.{digest}{file.suffix}"
        return f"{found[1]}{found[2].removesuffix(file.name)}{new_names[file]}"

    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        page.write_text(_LOADED.sub(partial(renamed, page), text), encoding="utf-8", newline="\n")
    for file, name in new_names.items():
        file.rename(file.with_name(name))


def _file(site: Path, page: Path, link: str) -> Path:
    """Return the file that a link of a page leads to; one from the server's root may begin with a path to the site."""
    target = resolve(link, page.relative_to(site).as_posix())
    if target and not link.startswith("/"):
        return site / target.file
    parts = link.strip("/").split("/")
    candidates = (site.joinpath(*parts[start:]) for start in range(len(parts)))
    return next((path for path in candidates if path.is_file()), site / link.strip("/"))
