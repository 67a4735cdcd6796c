"""Where things are, below the site's root and in the world."""

from __future__ import annotations

import pytest

from handbook.model.addresses import absolute_url


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("", None),
        ("https://example.org/handbook", "https://example.org/handbook/prisons/#steps"),
        ("https://example.org/handbook/", "https://example.org/handbook/prisons/#steps"),
    ],
)
def test_absolute_url(site: str, address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is complete as soon as it is known where the site will be, with or without a slash at its end."""
    monkeypatch.setenv("SITE_URL", site)
    assert absolute_url("prisons/#steps") == address
