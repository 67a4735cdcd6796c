"""The emergency number in the text of a page: its first mention calls, so that nobody has to type it."""

from __future__ import annotations

import re

NUMBER = "112"
"""In every country of the European Union."""

LINK = f'<a href="tel:{NUMBER}">{NUMBER}</a>'

_MENTION = re.compile(
    rf"^\#[^\n]* | `[^`\n]*` | <(a|summary)\b.*?</\1> | <[^<>]*> | \[[^\]\n]*\]\([^)\n]*\)"
    rf"| (?<![\w-]){NUMBER}(?![\w-])",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
"""The number, or what it is no mention in: a heading, code, a link, words that open what is below them, a tag."""


def with_call(text: str) -> str:
    r"""Return a text in Markdown or HTML whose first mention of the number calls it.

    >>> with_call("Call 112 if it is near. 112 comes first.")
    'Call <a href="tel:112">112</a> if it is near. 112 comes first.'
    >>> with_call("## 112" + chr(10) + "[Rule 112](x.md), 112")
    '## 112\n[Rule 112](x.md), <a href="tel:112">112</a>'
    >>> with_call('<a href="tel:112">112</a>, then 112')
    '<a href="tel:112">112</a>, then 112'
    >>> with_call("<summary>Alarm or 112</summary> Call 112.")
    '<summary>Alarm or 112</summary> Call <a href="tel:112">112</a>.'
    """
    for match in _MENTION.finditer(text):
        if match[0] == NUMBER:
            return f"{text[: match.start()]}{LINK}{text[match.end() :]}"
        if f"tel:{NUMBER}" in match[0]:
            break
    return text
