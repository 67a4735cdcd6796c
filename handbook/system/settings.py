"""What the environment says of the site: where it will be, where its sources are, whom readers may write to."""

from __future__ import annotations

import os
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.problems import HandbookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SITE_URL, REPOSITORY_URL, CONTACT_EMAIL = "SITE_URL", "REPOSITORY_URL", "CONTACT_EMAIL"

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)

_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        SITE_URL: (_ADDRESS, "is no address of a site; write it like https://handbook.example.org/"),
        REPOSITORY_URL: (_ADDRESS, "is no address of a repository; write it like https://github.com/owner/name"),
        CONTACT_EMAIL: (_MAIL, "is no address of mail; write it like editors@example.org"),
    }
)

_WITHOUT: Mapping[str, str] = MappingProxyType(
    {
        SITE_URL: (
            "feeds, PDFs and the page for what is not found do not know where the site is, and below a folder of a "
            "server that page has no style and no links"
        ),
        REPOSITORY_URL: "no page leads to the form for suggestions, or to its source",
        CONTACT_EMAIL: "no page offers a mail to its editors",
    }
)
"""What readers lack when a variable is not set."""


class SettingsError(HandbookError):
    """Raised when a variable of the environment is not what it should be."""


def require_settings() -> None:
    """Take away the space around the variables, as it comes from copying, and see that each is an address.

    Raises:
        SettingsError: naming the one that is none.
    """
    for name, (shape, advice) in _SHAPES.items():
        value = os.environ.get(name, "").strip()
        if value and not shape.fullmatch(value):
            message = f"{name} is '{value}', which {advice}"
            raise SettingsError(message)
        if name in os.environ:
            os.environ[name] = value


def site_address() -> str:
    """Return the address at which the site will be, ending in a slash; nothing while nobody has said where that is."""
    address = os.environ.get(SITE_URL, "").rstrip("/")
    return f"{address}/" if address else ""


def contact() -> str:
    """Return the address of mail to which readers may write, or nothing."""
    return os.environ.get(CONTACT_EMAIL, "")


def missing_settings() -> Iterator[str]:
    """Yield for each variable that is not set a line with what readers lack without it."""
    for name, lack in _WITHOUT.items():
        if not os.environ.get(name):
            yield f"{name} is not set: {lack}."
