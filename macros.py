"""What mkdocs-macros loads: the macros that pages may call, from the plugin `handbook`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: MacrosPlugin) -> None:
    """Register the macros; each is told on which page it is called."""
    handbook = env.conf.plugins["handbook"]
    for name, macro in handbook.macros(lambda: env.page.file.src_uri).items():
        env.macro(macro, name)  # type: ignore[no-untyped-call]  # as mkdocs-macros leaves it
