"""Where things are, below the site's root and in the world."""

from __future__ import annotations

import pytest

from handbook.model.addresses import in_the_world


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("", None),
        ("https://example.org/handbook", "https://example.org/handbook/prisons/#steps"),
        ("https://example.org/handbook/", "https://example.org/handbook/prisons/#steps"),
    ],
)
def test_in_the_world(site: str, address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is complete as soon as it is known where the site will be, with or without a slash at its end."""
    monkeypatch.setenv("SITE_URL", site)
    assert in_the_world("prisons/#steps") == address
