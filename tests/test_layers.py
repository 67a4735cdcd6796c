"""Modules are imported in one direction, and each foreign tool by the one module that knows it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REAL

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = [
    {"errors", "checklists", "headers"},
    {"models", "markup", "workers"},
    {"source", "calls", "outline", "images", "navigation", "staging", "checksums", "fingerprints", "memory"},
    {"prose", "inlines", "files", "releases", "generator"},
    {"registry"},
    {"pages"},
    {"coverage", "rules", "links", "history", "schedule", "addresses", "editing"},
    {"reviews"},
    {"corpus"},
    {"skeletons", "downloads", "articles", "archives", "choices", "search"},
    {"drawings", "pictures", "changes"},
    {"feeds", "linked_data"},
    {"exports"},
    {"elsewhere", "rendering", "gates", "reports", "excerpts", "offline", "preview", "schemas", "sheets"},
    {"finder", "kits"},
    {"comparison", "packs", "cards", "pdf", "epub", "zim", "generated", "finishing", "intake"},
    {"press"},
    {"cli"},
]
"""A module or package may import those of the layers before its own."""

ONLY_IN = {
    "yaml": {"source.py"},
    "mkdocs": {"macros.py", "renderings.py", "serving.py"},
    "mkdocs_macros": {"macros.py"},
    "textstat": {"prose.py"},
    "typst": {"engine.py"},
    "pikepdf": {"binding.py", "engine.py"},
    "snowballstemmer": {"search.py"},
    "libzim": {"zim.py"},
    "ruamel": {"editing.py"},
    "rdflib": {"vocabulary.py"},
    "xlsxwriter": {"workbook.py"},
}
"""Which files may import what; the others must do without."""

FILES = sorted([*(REAL / "handbook").rglob("*.py"), REAL / "macros.py"])


def imports(path: Path) -> set[str]:
    """Give the full names of the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REAL).as_posix())
def test_foreign_tools(path: Path) -> None:
    """No file imports a tool that another is the only one to know."""
    roots = {name.partition(".")[0] for name in imports(path)}
    assert {tool for tool, files in ONLY_IN.items() if tool in roots and path.name not in files} == set()


def test_every_module_has_a_layer() -> None:
    """The picture is complete."""
    modules = {path.stem for path in (REAL / "handbook").glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (REAL / "handbook").glob("*/__init__.py")}
    assert set().union(*LAYERS) == modules | packages


def _module(path: Path) -> str:
    """Give the module or package directly below `handbook/` to which a file belongs."""
    package = REAL / "handbook"
    return path.relative_to(package).parts[0].removesuffix(".py") if path.is_relative_to(package) else ""


@pytest.mark.parametrize("layer", range(len(LAYERS)))
def test_direction(layer: int) -> None:
    """Modules import only from the layers below theirs."""
    allowed = set().union(*LAYERS[:layer])
    for module in LAYERS[layer]:
        files = [path for path in FILES if _module(path) == module]
        found = {name for path in files for name in imports(path) if name.startswith("handbook.")}
        names = {name.split(".")[1] for name in found} - ({module} if len(files) > 1 else set())
        assert names - allowed == set(), f"{module} imports from its own layer or above"
