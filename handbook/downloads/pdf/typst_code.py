"""Typst's code mode, written: text becomes string literals, so nothing that a page says is ever run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def text(words: str, /) -> str:
    r"""Return a string literal.

    >>> print(text('a "b" #panic \\ c'))
    "a \"b\" #panic \\ c"
    """
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def call(function: str, /, *arguments: str, **options: str) -> str:
    """Return a call whose arguments are code already.

    >>> print(call("heading", text("Steps"), level="2"))
    heading("Steps", level: 2)
    """
    named = (f"{name.replace('_', '-')}: {value}" for name, value in options.items())
    return f"{function}({', '.join((*arguments, *named))})"


def block(parts: Iterable[str], /) -> str:
    """Return the content made of several parts.

    >>> block(['"a"', 'strong("b")']), block([])
    ('{ "a"; strong("b") }', '[]')
    """
    joined = "; ".join(parts)
    return f"{{ {joined} }}" if joined else "[]"


def array(items: Iterable[str], /) -> str:
    """Return an array; of one item too, which needs a comma after it.

    >>> array(["1"]), array([])
    ('(1,)', '()')
    """
    return f"({''.join(f'{item}, ' for item in items).removesuffix(' ')})"
