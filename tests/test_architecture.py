"""What the page for contributors says of the package is what the package says of itself."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.support.project import REAL

if TYPE_CHECKING:
    from pathlib import Path

_ROW = re.compile(r"^\| `([a-z_.]+)` \| (.+) \|$|^`handbook/([a-z]+)/`: (.+)$", re.MULTILINE)


def test_rooms_and_modules() -> None:
    """Each room and each module of a room stands there with the first line of its docstring, and nothing else does."""
    page = (REAL / "docs/contributing/architecture.md").read_text(encoding="utf-8")
    stated = {row[1] or row[3]: row[2] or row[4] for row in _ROW.finditer(page)}
    own = {
        _name(path.relative_to(REAL / "handbook")): _first_line(path)
        for path in (REAL / "handbook").rglob("*.py")
        if path.stem != "__main__" and (path.stem == "__init__" or path.parent.name != "cli")
    }
    del own[""]  # the package itself
    assert stated == own


def _name(path: Path) -> str:
    return ".".join((path.parent if path.stem == "__init__" else path.with_suffix("")).parts)


def _first_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
