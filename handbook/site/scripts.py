"""Our scripts as browsers get them: without the comments and indents, which are for editors."""

from __future__ import annotations

import re

SCRIPTS = "javascripts/"
"""The folder of our scripts, of which those of others in `vendor` stay as they are."""

_FOR_EDITORS = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
"""Lines that only comment, and indents. Our scripts have no text that goes over several lines."""


def packed_script(src_uri: str, content: bytes) -> bytes:
    r"""Return a file of the site as it is sent; all but our scripts as they are.

    >>> packed_script("javascripts/menu.js", b"// Why\n  let a; // how\n")
    b'let a; // how\n'
    """
    if not src_uri.startswith(SCRIPTS) or "/vendor/" in src_uri or not src_uri.endswith(".js"):
        return content
    return _FOR_EDITORS.sub("", content.decode()).encode()
